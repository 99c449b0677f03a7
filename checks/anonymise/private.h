/*
** One resource on its way: resource.c reads it, search.c finds its levels, files.c writes it; anonymise.c
** calls for each.
*/
#ifndef SITO_CHECKS_ANONYMISE_PRIVATE_H
#define SITO_CHECKS_ANONYMISE_PRIVATE_H

#include "anonymise/anonymise.h"
#include "folder/folder.h"

typedef struct SitoMaking {
    struct sqlite3 *db; /* record.sql; temp.data, temp.unit of the resource at hand */
    const SitoCheck *before;
    SitoStage *stage;
    SitoLanguage language;
    int64_t number; /* of the resource, from 0 */
} SitoMaking;

/* Reads resource `number`, finds its levels, stages the new file (and companion), and changes its part of
** the descriptor. */
int sito_make_resource(SitoMaking *making, char **error) SITO_MUST_CHECK;

/* The plan of anon_release with the thresholds that the gate uses; `sensitive` may be NULL. */
int sito_make_plan(SitoMaking *making, int64_t k, const char *sensitive, char **plan,
                   char **error) SITO_MUST_CHECK;

/* blame.c: a sentence about the sensitive column whose thresholds leave nothing (`lost`: nothing of the
** quasi-identifiers; else no release at all), though k alone would; NULL where there is none. */
int sito_make_blame(SitoMaking *making, bool lost, char **sentence, char **error) SITO_MUST_CHECK;

/* search.c: sets treatment.level, fills temp.kept and the row of `resource`. */
int sito_make_levels(SitoMaking *making, char **error) SITO_MUST_CHECK;
/* Fills `frontier`. */
int sito_make_frontier(SitoMaking *making, char **error) SITO_MUST_CHECK;

/* files.c: stages the files of temp.kept and changes the descriptor. */
int sito_make_files(SitoMaking *making, char **error) SITO_MUST_CHECK;

/* The rows of a SELECT as a staged CSV file, with a heading. */
int sito_make_stage_rows(SitoMaking *making, const char *path, const char *select, char delimiter,
                         char **error) SITO_MUST_CHECK;
/* A file of the source as it is. */
int sito_make_copy(SitoMaking *making, const char *relative, char **error) SITO_MUST_CHECK;

/* table.c: a safe table in place of the resource at hand, which has disclosure.table. */
int sito_make_table(SitoMaking *making, char **error) SITO_MUST_CHECK;
/* table_files.c: fills temp.contribution of a measure; stages the files of temp.made_cell. */
int sito_make_contributions(SitoMaking *making, int64_t measure, bool sum,
                            char **error) SITO_MUST_CHECK;
int sito_make_table_files(SitoMaking *making, char **error) SITO_MUST_CHECK;

#endif
