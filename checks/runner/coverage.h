/*
** Coverage: which periods and areas the records of a data set lie in, against what its descriptor
** says (coverage.temporal, coverage.spatial). Fills the facts `period` and `territory`.
**
** R1  A period is a day, week (from Monday), month, quarter or year; a value is a date (2024-03-31,
**     31.03.2024, with or without a time), a month (2024-03), a quarter (2024-Q1, 2024 Q1, 2024-K1) or a
**     year (2024). What is none of these is counted, never skipped.
** R2  The code list is a CSV file of the data set; file.csv#heading names its column.
*/
#ifndef SITO_COVERAGE_H
#define SITO_COVERAGE_H

#include "runner/inputs.h"

/* `db` is a facts database whose table temp.data is open and whose fields are filled. The code list
** is added to `inputs`. */
int sito_coverage_fill(struct sqlite3 *db, const char *folder, SitoLanguage language,
                       SitoInputs *inputs, char **error) SITO_MUST_CHECK;

#endif
