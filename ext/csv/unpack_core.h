/*
** Layers between a file and the reader: gzip unpacked, UTF-16 turned into UTF-8. Each pulls bytes
** from
** the layer below when it needs them.
**
** R1  A gzip file that is cut off, damaged, or followed by something else than another gzip member
**     is an error, and so is one that unpacks to more bytes than its limit.
** R2  UTF-16 is turned into UTF-8 unit by unit. A surrogate without its partner becomes the three
**     bytes that UTF-8 forbids for it, an odd byte at the end becomes FF: the reader finds both as
**     bytes that are no text, and the place in the file can be counted back from the UTF-8.
*/
#ifndef SITO_CSV_UNPACK_CORE_H
#define SITO_CSV_UNPACK_CORE_H

#include "csv.h"

/* Up to `room` bytes into `buffer`; *got is 0 at the end only. */
typedef int (*SitoPull)(void *from, char *buffer, size_t room, size_t *got, char **error);

typedef struct SitoUnpack SitoUnpack;
/* `name` is for messages and must outlive the layer. */
int sito_unpack_new(const char *name, int64_t limit, SitoUnpack **unpack) SITO_MUST_CHECK;
void sito_unpack_free(SitoUnpack *unpack);
int sito_unpack_read(SitoUnpack *unpack, SitoPull pull, void *from, char *buffer, size_t room,
                     size_t *got, char **error) SITO_MUST_CHECK;

typedef struct SitoUtf16 {
    bool big_endian, at_end;
    char *bytes; /* read and not yet turned: [begin, end) */
    size_t begin, end;
} SitoUtf16;
/* room must be 8 or more. */
int sito_utf16_read(SitoUtf16 *utf16, SitoPull pull, void *from, char *buffer, size_t room,
                    size_t *got, char **error) SITO_MUST_CHECK;
/* How many bytes of UTF-16 the UTF-8 that sito_utf16_read gave stands for. */
int64_t sito_utf16_bytes(SitoText text);

#endif
