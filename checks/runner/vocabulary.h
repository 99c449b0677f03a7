/*
** The closed list of words that rules may use (checks/rules/VOCABULARY), and what each word of
** `needs` asks of the facts.
*/
#ifndef SITO_VOCABULARY_H
#define SITO_VOCABULARY_H

#include "base/sito.h"
#include "common/language.h"

typedef struct SitoWord {
    char *group; /* measure, defect, personal, need */
    char *word;
    char *meaning;
} SitoWord;

typedef struct SitoVocabulary {
    SitoWord *items; /* in the order of the file */
    size_t count;
} SitoVocabulary;

/* Reads the embedded list. */
int sito_vocabulary_load(SitoVocabulary *vocabulary, char **error) SITO_MUST_CHECK;
void sito_vocabulary_free(SitoVocabulary *vocabulary);
bool sito_vocabulary_has(const SitoVocabulary *vocabulary, const char *group, SitoText word);
/* The nearest word of the group, or NULL: for "did you mean". */
const char *sito_vocabulary_nearest(const SitoVocabulary *vocabulary, const char *group,
                                    SitoText word);

/* One word of `needs`: a SELECT over the facts that gives 1 where the rule applies, and the reason
** that the report states where it does not. */
typedef struct SitoNeed {
    const char *word;
    const char *sql;
    const char *reason[2]; /* by SitoLanguage */
} SitoNeed;

extern const SitoNeed sito_needs[];
extern const size_t sito_needs_count;
const SitoNeed *sito_need_find(const char *word);

#endif
