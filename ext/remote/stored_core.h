/*
** What the cache knows of one answer, and the small text file that it keeps it in.
**
**   sito-cache 1
**   url https://…          lines of a word and a value; a value has no control characters
**   …
**   end
**
** R1  A file that is not whole, or not of this version, is no record; nothing of it is believed.
** R2  No secret stands in it: the URL is the shown form (guard_core.h).
*/
#ifndef SITO_STORED_CORE_H
#define SITO_STORED_CORE_H

#include "base/sito.h"

typedef enum SitoStoredText {
    STORED_URL,   /* as asked for */
    STORED_FINAL, /* that answered in the end */
    STORED_SHA256,
    STORED_TYPE,
    STORED_CHARSET,
    STORED_ETAG,
    STORED_LAST_MODIFIED,
    STORED_LINK,
    STORED_TEXTS
} SitoStoredText;

typedef enum SitoStoredNumber {
    STORED_BYTES,
    STORED_STATUS,
    STORED_FETCHED, /* when it was asked for, ms since 1970; so are the next three */
    STORED_DONE,    /* when the answer had come */
    STORED_SINCE,   /* when these bytes were first got for this request */
    STORED_EXPIRES, /* 0: the server does not say */
    STORED_PRIVATE, /* 1: an address answered that is not public */
    STORED_MARKED,  /* 1: its end was marked by a length or chunks */
    STORED_INODE,   /* of the file with the bytes when its digest was last computed */
    STORED_MTIME,   /* ns; so is the next one */
    STORED_CTIME,
    STORED_NUMBERS
} SitoStoredNumber;

typedef struct SitoStored {
    char *text[STORED_TEXTS]; /* NULL stands for "" */
    int64_t number[STORED_NUMBERS];
} SitoStored;

enum { STORED_LARGEST = 1 << 16 };

/* Sets a text; control characters in it become blanks. */
int sito_stored_set(SitoStored *stored, SitoStoredText which, SitoText value) SITO_MUST_CHECK;
const char *sito_stored_get(const SitoStored *stored, SitoStoredText which); /* "" for none */

int sito_stored_write(const SitoStored *stored, SitoBuffer *text) SITO_MUST_CHECK;
/* *good tells whether `text` was a record. */
int sito_stored_read(SitoText text, SitoStored *stored, bool *good) SITO_MUST_CHECK;
void sito_stored_free(SitoStored *stored);

#endif
