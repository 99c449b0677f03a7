/*
** What the system and the csv reader say when something cannot be read or written, in the language
** of the person who has to act on it.
*/
#ifndef SITO_TROUBLE_H
#define SITO_TROUBLE_H

#include "base/sito.h"
#include "common/language.h"

/* What an errno means: "brak uprawnień". In English, and where no Polish words are known, those of
** the system. */
const char *sito_errno_words(SitoLanguage language, int number);

/* Replaces an English message of the csv reader or of fetching by the same in `language`; any other message, and
** NULL, is left as it is. */
int sito_trouble_translate(SitoLanguage language, char **error) SITO_MUST_CHECK;

/* The same for messages about the files of rules. */
int sito_trouble_translate_rule(SitoLanguage language, char **error) SITO_MUST_CHECK;

#endif
