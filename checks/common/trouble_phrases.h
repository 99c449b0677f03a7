/*
** English messages and what they are in Polish (trouble.c). In `en` a * stands for what varies; in `pl`
** %1 … %4 are these, in their order. The first that fits counts. An entry without a module at its beginning
** is about a part: what a * stood for is looked up once more.
*/
#ifndef SITO_TROUBLE_PHRASES_H
#define SITO_TROUBLE_PHRASES_H

#include <stddef.h>

typedef struct SitoPhrase {
    const char *en, *pl;
} SitoPhrase;

extern const SitoPhrase sito_remote_phrases[]; /* trouble_remote.c */
extern const size_t sito_remote_phrases_count;
extern const SitoPhrase sito_table_phrases[]; /* trouble_table.c */
extern const size_t sito_table_phrases_count;

#endif
