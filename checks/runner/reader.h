/*
** A rule file while it is being read: what rule.c (front matter) and select.c (the SELECT) share.
*/
#ifndef SITO_RULE_READER_H
#define SITO_RULE_READER_H

#include "runner/rule.h"
#include "runner/vocabulary.h"

typedef enum SitoRuleKey {
    KEY_ID,
    KEY_TITLE_EN,
    KEY_TITLE_PL,
    KEY_SEVERITY,
    KEY_SEVERITY_ROW,
    KEY_SEVERITY_ALLOWED,
    KEY_NEEDS,
    KEY_FOLLOWS,
    KEY_SCOPE,
    KEY_PROFILE,
    KEY_PARAM,
    KEY_STRICTER,
    KEY_BASIS,
    KEY_BASIS_EN,
    KEY_BASIS_PL,
    KEY_MESSAGE_EN,
    KEY_MESSAGE_PL,
    KEY_WHY_EN,
    KEY_WHY_PL,
    KEY_FIX_EN,
    KEY_FIX_PL,
    KEY_WAIVER,
    KEY_SINCE,
    KEY_COUNT
} SitoRuleKey;

/* A rule while its file is being read. */
typedef struct SitoRuleReader {
    SitoRule *rule;
    const char *path;
    const SitoVocabulary *vocabulary;
    char *values[KEY_COUNT];
    int lines[KEY_COUNT];
    int line; /* the one that is being read, from 1 */
    size_t needs_room, params_room;
    char **error;
} SitoRuleReader;

/* "PATH:LINE: WHAT 'WORD'", with a guess where `nearest` is not NULL; returns SITO_ERROR. */
int sito_rule_reader_fail(SitoRuleReader *reader, int line, const char *what, SitoText word,
                          const char *nearest) SITO_MUST_CHECK;

/* A copy to be released; the text without blanks and line ends around it; its first word, which it then lacks; the line at
** *at without its end, *at behind it. */
char *sito_rule_reader_copy(SitoText text);
SitoText sito_rule_reader_trim(SitoText text);
SitoText sito_rule_reader_word(SitoText *text);
SitoText sito_rule_reader_line(SitoText text, size_t *at);

/* value.c: take one param, and what the keys needs, severity, severity.row, severity.allowed and stricter
** say. */
int sito_rule_reader_param(SitoRuleReader *reader, SitoText value) SITO_MUST_CHECK;
int sito_rule_reader_needs(SitoRuleReader *reader, SitoText value) SITO_MUST_CHECK;
int sito_rule_reader_severities(SitoRuleReader *reader) SITO_MUST_CHECK;
int sito_rule_reader_stricter(SitoRuleReader *reader) SITO_MUST_CHECK;

/* select.c: takes the SELECT behind the front matter. */
int sito_rule_reader_select(SitoRuleReader *reader, SitoText sql) SITO_MUST_CHECK;

#endif
