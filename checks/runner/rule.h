/*
** A rule: front matter in comments, then one SELECT (checks/rules/FAMILY/ID.sql). This part reads
** rule files; run.c runs them.
**
** Front matter. One key a line, `-- key: value`; a comment that is indented by four blanks or more
** carries the value on. Texts that people read stand in both languages.
**
**   id                     the file's name without .sql
**   title.en title.pl      what is asked of the data, one sentence
**   severity               fatal, error, warning or note
**   severity.row           optional: the severities that a row may give itself instead
**   severity.allowed       optional: the severities that a policy, a profile or (only upwards) a data set
**                          may give the rule instead
**   needs                  optional: words of VOCABULARY; where one is not met the rule
**                          does not apply
**   follows                optional: the id of a rule whose findings bring those of this one with them
**   scope                  optional: resource (default) or package
**   profile                optional: the rule runs only in the profile of that name (checks/profiles)
**   param                  optional, one each: NAME TYPE DEFAULT  sentence | sentence in Polish
**   stricter               optional: NAME higher|lower, …: the params that a data set may make stricter
**   basis                  why one may ask this; basis.en and basis.pl where it needs translating
**   message.en message.pl  what happened: a pattern of message.c over the columns of the row
**   why.en why.pl          why it matters
**   fix.en fix.pl          how to mend it
**   waiver                 optional: who may let a finding stand (waiver.h): office (whoever answers for the
**                          data set), controller (the local data controller), ways (he, and only on the ways
**                          15.2.2, 15.2.3 and statute), never. Without it: never for a fatal rule and in the
**                          family procedure, controller in personal-data and reidentification, else office
**   since                  the version that brought the rule
**
** The SELECT. Every row is a finding; no row is a pass. Columns that have a meaning of their own:
**
**   field     the column of the data that the finding is about, or NULL
**   line      the first physical line it was seen in, or NULL
**   count     how many records or columns it concerns, exact (an integer)
**   witness   optional: a kind of the table `witness`. Its rows of that kind and of the same field
**             (IS, so NULL meets NULL) become the samples of the finding.
**   severity  optional: allowed only as severity.row says; NULL: the rule's own
**   resource  with scope: package: the resource that the finding is about; NULL: all of them
**
** All others, and these, are values that the message may name. A parameter is bound to the
** effective value of the table `threshold` where a threshold has its name, else to that of `parameter`
** (settings.h), else to the default. A
** rule that leaves a parameter unbound, a missing column, a count that is no integer above 0, a
** severity that is not allowed: the rule could not be evaluated, the verdict is ERROR.
*/
#ifndef SITO_RULE_H
#define SITO_RULE_H

#include "base/sito.h"
#include "common/language.h"

/* fatal: what was found leaves no result at all; the verdict is ERROR. */
typedef enum SitoSeverity { SITO_NOTE, SITO_WARNING, SITO_SEVERE, SITO_FATAL } SitoSeverity;

/* Who may waive a finding. */
typedef enum SitoWaiverBy {
    SITO_WAIVER_OFFICE,
    SITO_WAIVER_CONTROLLER,
    SITO_WAIVER_WAYS,
    SITO_WAIVER_NEVER
} SitoWaiverBy;

typedef struct SitoParam {
    char *name;        /* without the colon */
    char *type;        /* integer, number, text */
    char *value;       /* the default, as written */
    char *sentence[2]; /* by SitoLanguage */
    enum { SITO_STRICTER_NEITHER, SITO_STRICTER_HIGHER, SITO_STRICTER_LOWER } stricter;
} SitoParam;

typedef struct SitoRule {
    char *id;                                                 /* the file's name without .sql */
    char *family;                                             /* the folder's name */
    char *title[2], *message[2], *why[2], *fix[2], *basis[2]; /* by SitoLanguage */
    char *since;
    char *follows; /* the id of a rule, or NULL */
    char *profile; /* NULL: in every profile */
    SitoSeverity severity;
    SitoWaiverBy waiver;
    unsigned row_severities;     /* bit 1 << SitoSeverity: what a row may give itself */
    unsigned allowed_severities; /* what others may give the rule */
    char **needs;                /* words of VOCABULARY (need.c) */
    size_t needs_count;
    SitoParam *params;
    size_t params_count;
    bool scope_package; /* sees all resources; default: one resource */
    char *sql;
    char sha256[SITO_SHA256_HEX]; /* of the file */
    bool builtin;
} SitoRule;

typedef struct SitoRules {
    SitoRule *items; /* by family (structure first, procedure last), then id, followers last */
    size_t count;
} SitoRules;

/* Reads the built-in rules and those of `folder` (FAMILY/ID.sql; may be NULL). An unknown, missing
** or repeated key, an unknown word, an id that is not the file's name or is taken is an error with
** file and line. On an error *rules is empty. */
int sito_rules_load(SitoRules *rules, const char *folder, char **error) SITO_MUST_CHECK;
void sito_rules_free(SitoRules *rules);
const SitoRule *sito_rules_find(const SitoRules *rules, const char *id);

/* The family as a heading; one that is not ours is its own name. */
const char *sito_family_title(const char *family, SitoLanguage language);

/* Reads one rule from the text of its file, named `path` (FAMILY/ID.sql) in errors. */
int sito_rule_read(SitoRule *rule, const char *path, SitoText text, char **error) SITO_MUST_CHECK;
void sito_rule_free(SitoRule *rule);

/* ---- severity.c ---- */

const char *sito_severity_word(SitoSeverity severity); /* note, warning, error, fatal */
const char *sito_severity_title(SitoSeverity severity, SitoLanguage language);
bool sito_severity_parse(SitoText word, SitoSeverity *severity);

const char *sito_waiver_word(SitoWaiverBy by); /* office, controller, ways, never */
const char *sito_waiver_title(SitoWaiverBy by, SitoLanguage language); /* who that is */
bool sito_waiver_parse(const char *word, SitoWaiverBy *by);

/* ---- message.c ---- */

/* A value that a message may name. */
typedef struct SitoMessageValue {
    const char *name;
    enum { SITO_VALUE_NULL, SITO_VALUE_INTEGER, SITO_VALUE_REAL, SITO_VALUE_TEXT } type;
    int64_t integer;
    double real;
    SitoText text;
} SitoMessageValue;

/* Formats an ICU message pattern: {name}, {name, number}, {name, number, percent},
** {name, plural, =0 {…} one {…} few {…} many {…} other {…}}, # inside a plural,
** {name, select, word {…} other {…}}, '' and '{' quoted as ICU does. Numbers are written as the
** language writes them; NULL is written as a dash. A name that has no value, a plural of something
** that is no number, or a malformed pattern is an error. */
int sito_message_format(SitoLanguage language, const char *pattern, const SitoMessageValue *values,
                        size_t count, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* Whether a pattern is well formed and its plurals have every form that the language asks for. */
int sito_message_check(SitoLanguage language, const char *pattern, char **error) SITO_MUST_CHECK;

#endif
