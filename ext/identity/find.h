/*
** The search through a text that find.c drives; the parts that look for one thing each share it.
*/
#ifndef SITO_IDENTITY_FIND_H
#define SITO_IDENTITY_FIND_H

#include "code.h"
#include "identity.h"
#include "lexicon.h"

/* A word of the text. */
typedef struct SitoToken {
    size_t start, end;
    SitoWord word;
    bool capital; /* begins with a capital letter */
} SitoToken;

typedef struct SitoSearch {
    SitoText text;
    size_t done;        /* the end of the last hit, or of what is known to be nothing */
    uint32_t shaped;    /* kinds whose form alone was there */
    SitoToken previous; /* the word before the present one; size 0: none */
    size_t institution; /* the end of the last word that speaks of an office or a firm; 0: none */
    bool numbers_only;  /* no names, addresses, dates of birth */
    struct {            /* words that were asked lately whether they end a name */
        size_t end;     /* 0: none */
        bool answer;
    } stops[8];
    size_t next_stop;
    int (*found)(void *context, const SitoHit *hit);
    void *context;
} SitoSearch;

/* Reads the word that begins at `start`; false when it is too long or of other letters. */
bool sito_token_read(SitoText text, size_t start, SitoToken *token);
/* The word behind `end`, with nothing between but blanks and the marks given ("." or ".-"). */
bool sito_token_next(SitoText text, size_t end, const char *marks, SitoToken *token);
/* True when nothing but blanks and full stops parts the previous word from `start`. */
bool sito_follows_previous(const SitoSearch *search, size_t start);

int sito_search_emit(SitoSearch *search, SitoHit hit);

/* Each looks at what begins at the token, emits what it finds, and moves search->done. */
int sito_find_name(SitoSearch *search, const SitoToken *token);
int sito_find_address(SitoSearch *search, const SitoToken *token);
int sito_find_birth(SitoSearch *search, const SitoToken *token);
int sito_find_code(SitoSearch *search, const SitoToken *token);
/* A postal code and its town. */
int sito_find_town(SitoSearch *search, size_t start);

/* The end of the date that begins with a digit at `start`; `start` when there is none. */
size_t sito_date_end(SitoText text, size_t start);

bool sito_is_digit_at(SitoText text, size_t position);

#endif
