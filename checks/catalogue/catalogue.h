/*
** The catalogue: an append-only SQLite file of events (sql/catalogue/history.sql). The state of a
** data set is derived from its events; `publishable` is refused by triggers, in any shell, unless a
** passing verdict of exactly these bytes is there.
*/
#ifndef SITO_CATALOGUE_H
#define SITO_CATALOGUE_H

#include "base/sito.h"
#include "common/language.h"

typedef struct SitoCatalogue SitoCatalogue;

/* One file that a check read. */
typedef struct SitoInput {
    const char *kind; /* data, companion, descriptor, policy, hierarchy, codelist, rule */
    const char *path; /* relative to the data set's folder; of a rule FAMILY/ID */
    char sha256[SITO_SHA256_HEX];
} SitoInput;

/* A run of `sito check`, as it is recorded. */
typedef struct SitoRun {
    const char *dataset;  /* the descriptor's name */
    const char *version;  /* the descriptor's version; may be NULL */
    const char *location; /* the folder, absolute */
    const char *digest;   /* 64 hexadecimal digits: over all inputs and the program's version */
    const char *program;  /* "sito 0.1.0" */
    const char *verdict;  /* PASS, FAIL, ERROR */
    const char *report;   /* the json report */
    const SitoInput *inputs;
    size_t inputs_count;
} SitoRun;

/* Who acts. The catalogue records what the caller names; it does not authenticate. */
typedef struct SitoAct {
    const char *actor; /* the person */
    const char *role;  /* as which; may be NULL, as may all that follow */
    const char *reason;
    const char *case_mark; /* znak sprawy */
    const char *document;  /* 64 hexadecimal digits: SHA-256 of the signed document */
} SitoAct;

/* Opens or, where `create` is set, makes the catalogue. A file that is no catalogue, a newer schema,
** a changed schema, a folder, an unreadable file: SITO_CANTOPEN with one sentence in `language`, as
** all messages of this catalogue; nothing is changed. */
int sito_catalogue_open(SitoCatalogue **catalogue, const char *path, bool create,
                        SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_catalogue_close(SitoCatalogue *catalogue);
SitoLanguage sito_catalogue_language(const SitoCatalogue *catalogue);

/* Registers the data set where it is new and appends bytes and verdict, in one transaction. */
int sito_catalogue_record(SitoCatalogue *catalogue, const SitoRun *run,
                          char **error) SITO_MUST_CHECK;

/* Records that the bytes of the data set are now these (ends a mark of other bytes), then asks for
** the state `publishable`. SITO_ERROR with the reason, as the triggers give it, where it is refused
** (the bytes stay recorded). Of `run`, verdict and report are not looked at. */
int sito_catalogue_mark(SitoCatalogue *catalogue, const SitoRun *run, const SitoAct *act,
                        char **error) SITO_MUST_CHECK;

/* The derived state of a data set; *state is to be released with sito_free; NULL: not registered. */
int sito_catalogue_state(SitoCatalogue *catalogue, const char *dataset, char **state,
                         char **error) SITO_MUST_CHECK;

/* SITO_OK where the newest check of the data set was of these bytes; else SITO_ERROR and a sentence. */
int sito_catalogue_expect(SitoCatalogue *catalogue, const char *dataset, const char *digest,
                          char **error) SITO_MUST_CHECK;

/* Appends the states of all data sets, as "text" or "json" (status.c). */
int sito_catalogue_states(SitoCatalogue *catalogue, const char *format, SitoBuffer *out,
                          char **error) SITO_MUST_CHECK;

/* The updates that are late today: appended as text, and as a JSON array to be released with sito_free. */
int sito_catalogue_late(SitoCatalogue *catalogue, SitoBuffer *text, char **json,
                        char **error) SITO_MUST_CHECK;

/* Copies the catalogue, as it is committed, into a new file (backup.c): never over another, whole or not at
** all, and verified: its guards, its pages, its chain. SITO_MISUSE where something is there already. */
int sito_catalogue_backup(SitoCatalogue *catalogue, const char *path, char **error) SITO_MUST_CHECK;

/* Fills report.history of `report` (report.sql) with the checks of a data set that are recorded. */
struct sqlite3;
int sito_catalogue_trend(SitoCatalogue *catalogue, const char *dataset, struct sqlite3 *report,
                         char **error) SITO_MUST_CHECK;

/* What the last published, else the last marked version left for the next check (remembered.c), as JSON;
** NULL: nothing. To be released with sito_free. */
int sito_catalogue_remembered(SitoCatalogue *catalogue, const char *dataset, char **json,
                              char **error) SITO_MUST_CHECK;

/* ---- the chain of hashes over all events (seal.c) ---- */

/* Recording and marking seal everything at their end; this seals what a plain shell added since. */
int sito_catalogue_seal(SitoCatalogue *catalogue, char **error) SITO_MUST_CHECK;

/* The newest link of the chain, to be noted elsewhere; "" where nothing is sealed. */
int sito_catalogue_head(SitoCatalogue *catalogue, char head[SITO_SHA256_HEX],
                        char **error) SITO_MUST_CHECK;

typedef struct SitoAudit {
    int64_t events, sealed;     /* the newest numbers; events beyond `sealed` have no seal yet */
    int64_t flaws;              /* 0: nothing that the chain can find */
    char head[SITO_SHA256_HEX]; /* the newest link, to be noted elsewhere; "": nothing is sealed */
    bool head_found;            /* the head that was asked for is one of the links */
    SitoBuffer lines;           /* one line a flaw, at most 20; release with sito_buffer_free */
} SitoAudit;

/* Verifies the chain; with `head` (may be NULL) also that this is one of its links. */
int sito_catalogue_verify(SitoCatalogue *catalogue, const char *head, SitoAudit *audit,
                          char **error) SITO_MUST_CHECK;

/* Appends all events, as "text", "csv" or "json" (history.c). */
int sito_catalogue_history(SitoCatalogue *catalogue, const char *format, SitoBuffer *out,
                           char **error) SITO_MUST_CHECK;

#endif
