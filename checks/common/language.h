/*
** The two languages of everything that people read. Both forms stand side by side at the place
** where they are used, so that one cannot be changed without seeing the other.
*/
#ifndef SITO_LANGUAGE_H
#define SITO_LANGUAGE_H

typedef enum SitoLanguage { SITO_PL, SITO_EN } SitoLanguage;

static inline const char *sito_say(SitoLanguage language, const char *pl, const char *en) {
    return language == SITO_PL ? pl : en;
}

#endif
