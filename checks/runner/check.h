/*
** A check, whole: what `path` names is read, scanned, judged, and the result lies in the tables of
** report.sql, ready for any format.
**
**   package + policy + rules ─▶ for each resource: scan ─▶ rules ─┬▶ report ─▶ verdict, bound to a digest
**                             ─▶ all resources: foreign keys ─▶ rules ┘
**
** R1  Resources are read one after another; each has its own facts (scan.h), all of them those of the
**     package (whole.h). The verdict of a resource counts its own rules and what the rules of the
**     package found about it; the verdict of the data set counts everything.
** R2  Before anything is scanned it is asked whether every file is there.
** R3  What a file name or a name of the descriptor says of a person stands in no report.
*/
#ifndef SITO_CHECK_H
#define SITO_CHECK_H

#include "runner/inputs.h"

/* What a check is at: told as it begins. `file` is the path of the data of resource `number` of `count`. */
typedef enum SitoCheckStage { SITO_CHECK_READS, SITO_CHECK_RULES } SitoCheckStage;
typedef void (*sito_stage_teller)(void *context, SitoCheckStage stage, const char *file,
                                  int64_t number, int64_t count);

typedef struct SitoCheckOptions {
    const char *path;       /* as the user wrote it, or where standard input was put */
    const char *shown;      /* "-" for standard input; NULL: path */
    const char *policy;     /* path; NULL: the built-in policy */
    const char *rules;      /* folder; NULL: none but the built-in rules */
    const char *catalogue;  /* as the next steps name it; NULL: none */
    const char *remembered; /* of an earlier version (earlier.h); NULL: none */
    const char *profile;    /* name; NULL: the policy's, else default */
    const char *record;     /* a catalogue that is there, for what it has on record; NULL: none */
    SitoSeverity fail_on;
    bool show_values;   /* excerpts get the record as it is, too: for a terminal, never recorded */
    bool fail_on_given; /* else a profile may choose it */
    SitoLanguage language;
    bool language_given;     /* else a policy may choose it */
    sito_stage_teller stage; /* may be NULL */
    void *stage_context;
} SitoCheckOptions;

typedef struct SitoCheck {
    struct sqlite3 *report;
    SitoPackage package;
    SitoPolicy policy;
    SitoProfile profile;
    SitoSeverity fail_on;
    SitoRules rules; /* of the profile */
    SitoInputs inputs;
    SitoLanguage language;
    char digest[SITO_SHA256_HEX];
    const char *verdict; /* PASS, FAIL, ERROR */
    int exit_status;     /* 0, 1, 3 */
} SitoCheck;

/* Reads what every command needs of a data set: package, policy, rules. Problems of the descriptor
** are errors (SITO_MISUSE). Release with sito_check_free, also after errors. */
int sito_check_prepare(SitoCheck *check, const SitoCheckOptions *options,
                       char **error) SITO_MUST_CHECK;

/* Scans and judges; the report is filled, the digest and the verdict are known. */
int sito_check_run(SitoCheck *check, const SitoCheckOptions *options, char **error) SITO_MUST_CHECK;

void sito_check_free(SitoCheck *check);

#endif
