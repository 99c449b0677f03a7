/*
** The seven-step analysis of a data set, kept in the catalogue (sql/catalogue/analysis.sql): recorded,
** shown, and printed as the „Karta analizy możliwości ponownego wykorzystywania”.
*/
#ifndef SITO_ANALYSIS_H
#define SITO_ANALYSIS_H

#include "catalogue/catalogue.h"

/* A record of a step or an answer about a source of risk. */
typedef struct SitoAnalysisRecord {
    const char *subject; /* "1" to "6", or "P1" … "K4" */
    const char *outcome; /* of the views step_outcome; absent, reduced, remains */
    const char *form; /* what was filled in; of step 6 "risk-assessment" or "dpia"; may be NULL */
    const char *persons; /* of step 2 under 15.2.4: how many; may be NULL */
    SitoAct act;
} SitoAnalysisRecord;

/* Records it and seals it. SITO_ERROR with the reason where the triggers refuse. */
int sito_analysis_record(SitoCatalogue *catalogue, const char *dataset,
                         const SitoAnalysisRecord *record, char **error) SITO_MUST_CHECK;

/* How much the analysis still lacks: required steps that are not done, risks without an answer.
** SITO_ERROR where the data set is not in the catalogue. */
int sito_analysis_missing(SitoCatalogue *catalogue, const char *dataset, int64_t *missing,
                          char **error) SITO_MUST_CHECK;

/* What is recorded and what is missing, for a terminal. */
int sito_analysis_text(SitoCatalogue *catalogue, const char *dataset, SitoBuffer *out,
                       char **error) SITO_MUST_CHECK;

/* One HTML document in Polish that prints on A4 (analysis_card.c). */
int sito_analysis_card(SitoCatalogue *catalogue, const char *dataset, SitoBuffer *out,
                       char **error) SITO_MUST_CHECK;

/* The open questions as CSV to fill in; the filled file recorded, all of it or nothing (answers.c).
** SITO_ERROR with the line and the reason where a row is refused. Of `act`, actor and case mark stand
** for rows that name none. */
int sito_analysis_questions(SitoCatalogue *catalogue, const char *dataset, SitoBuffer *out,
                            char **error) SITO_MUST_CHECK;
int sito_analysis_answers(SitoCatalogue *catalogue, const char *dataset, const char *path,
                          const SitoAct *act, int64_t *recorded, char **error) SITO_MUST_CHECK;

#endif
