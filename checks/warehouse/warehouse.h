/*
** The warehouse of an office: sources that the inventory knows are loaded into tables of one SQLite file,
** data sets are exported from it, indicators computed in it.
**
**   inventory ─▶ source ─▶ reader ─▶ staged ─▶ expectations ─▶ one transaction ─▶ table, versions, lineage
**                                                     table ─▶ SELECT of a resource ─▶ CSV ─▶ check ─▶ publish
**
** R1  Only what the inventory knows and people have assessed is loaded, each time anew.
** R2  A source that fails harms neither its stored table nor another source.
** R3  A program stopped at any point leaves the old version of a table or the new one, with its record.
** R4  One program writes at a time (flock on FILE-lock); readers go on.
** R5  What is loaded and exported is an event of the catalogue. What a stopped program did not record there is
**     recorded by the next one.
*/
#ifndef SITO_WAREHOUSE_H
#define SITO_WAREHOUSE_H

#include "base/sito.h"
#include "catalogue/catalogue.h"
#include "common/language.h"

struct sqlite3;

typedef struct SitoWarehouse SitoWarehouse;

/* Opens, or with `create` makes, the warehouse. With `lock` it is this program's alone until it is closed.
** SITO_CANTOPEN and one sentence where it cannot be; SITO_MISUSE where it is no warehouse. */
int sito_warehouse_open(SitoWarehouse **warehouse, const char *path, bool create, bool lock,
                        SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_warehouse_close(SitoWarehouse *warehouse);

/* ---- sources (source.c) ---- */

/* Records a filled sheet of sources, all of it or nothing; *recorded is their number. */
int sito_sources_declare(SitoCatalogue *catalogue, const char *path, const SitoAct *act,
                         int64_t *recorded, char **error) SITO_MUST_CHECK;

/* Appends the sheet to fill: what the inventory has that could be a source and is none yet. */
int sito_sources_sheet(SitoCatalogue *catalogue, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* Appends the list of sources, as "text", "csv" or "json". */
int sito_sources_list(SitoCatalogue *catalogue, const char *format, SitoBuffer *out,
                      char **error) SITO_MUST_CHECK;

/* ---- loading (fetch.c) ---- */

/* Brings the tables of the network part to a connection; the program sets it. NULL: sources of kind
** remote cannot be read. */
extern int (*sito_network)(struct sqlite3 *db, char **error);

typedef struct SitoFetch {
    SitoWarehouse *warehouse;
    SitoCatalogue *catalogue;
    const char **names; /* of the sources; none: all that are active */
    size_t names_count;
    const char *
        accepted_by; /* a difference from the version before is meant, says this person; NULL: none is */
    SitoLanguage language;
} SitoFetch;

/* What came of it: a database in memory with the table `fetched` (source, item, outcome, reason, rows,
** rows_before, sha256, load), and its numbers. */
typedef struct SitoFetched {
    struct sqlite3 *result;
    int64_t loaded, unchanged, refused, failed;
} SitoFetched;

/* SITO_MISUSE for a name that is no source; what is wrong with a source is in the result. */
int sito_warehouse_fetch(const SitoFetch *fetch, SitoFetched *fetched,
                         char **error) SITO_MUST_CHECK;
void sito_fetched_free(SitoFetched *fetched);

/* Appends the result as "text" or "json". */
int sito_fetched_report(const SitoFetched *fetched, const char *format, SitoLanguage language,
                        SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* ---- exporting (export.c) ---- */

typedef struct SitoExport {
    SitoWarehouse *warehouse;
    SitoCatalogue *catalogue;
    const char *dataset; /* its name */
    const char *folder;
    const char *descriptor; /* JSON */
    SitoLanguage language;
} SitoExport;

typedef struct SitoExported {
    int64_t declared; /* resources that have a query */
    int64_t written, unchanged;
    SitoBuffer lines; /* one a resource; release with sito_buffer_free */
} SitoExported;

/* Writes every resource that has a query. SITO_ERROR where a query, a value or its source is refused;
** what was exported before stays. */
int sito_warehouse_export(const SitoExport *request, SitoExported *exported,
                          char **error) SITO_MUST_CHECK;

/* ---- indicators (indicator.c, compute.c) ---- */

int sito_indicators_declare(SitoCatalogue *catalogue, const char *path, const SitoAct *act,
                            int64_t *recorded, char **error) SITO_MUST_CHECK;
int sito_indicators_sheet(SitoCatalogue *catalogue, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* Appends the values of the last computation, or with `definitions` what is defined. */
int sito_indicators_list(SitoWarehouse *warehouse, SitoCatalogue *catalogue, bool definitions,
                         const char *format, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* Computes all active indicators into the table indicator_value; *missing is the number of values that are
** NULL, *failed that of queries that could not be run. */
typedef struct SitoComputed {
    bool unchanged;
    int64_t indicators, values, missing, failed;
    SitoBuffer lines; /* one a query that failed */
} SitoComputed;
int sito_indicators_compute(SitoWarehouse *warehouse, SitoCatalogue *catalogue,
                            SitoComputed *computed, char **error) SITO_MUST_CHECK;

#endif
