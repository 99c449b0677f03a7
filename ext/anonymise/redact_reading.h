/*
** The text as a reader's eye has it, with the place of each byte in the original (redact_reading_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_READING_H
#define SITO_ANONYMISE_REDACT_READING_H

#include "base/sito.h"

typedef struct AnonReading {
    SitoText original;
    SitoText text;
    uint32_t *from; /* where the character of each byte of text begins in the original */
    char *data;
    size_t capacity;
    size_t last;       /* while it is made: where its last character begins, */
    uint32_t last_was; /* and which it is */
} AnonReading;

int anon_reading_make(SitoText original, AnonReading *reading) SITO_MUST_CHECK;
void anon_reading_free(AnonReading *reading);

/* The bytes of the original behind the bytes start to end (start < end) of the reading. */
size_t anon_reading_start(const AnonReading *reading, size_t start);
size_t anon_reading_end(const AnonReading *reading, size_t end);

#endif
