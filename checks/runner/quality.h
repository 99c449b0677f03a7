/*
** quality[] of the descriptor: requirements in the shapes of the Open Data Contract Standard, of a
** resource or of a field.
**
**   {"id", "metric": M, "field", "arguments", "unit": "rows"|"percent", mustBe…, "severity"}
**   {"id", "type": "sql", "query": "SELECT …", mustBe…, "severity"}
**   {"id", "rule": RULE, "arguments": {…}, "severity"}       settings.h
**   {"id", "type": "text", "description"}                    said in the report, judged by nobody
**
** R1  Metrics, over the records without a defect: rowCount; nullValues, cells with a missing value of
**     the schema; missingValues, those in arguments.missingValues (else the schema's); duplicateValues,
**     records that repeat an earlier one in the field or in arguments.properties (missing ones repeat
**     nothing); invalidValues, cells that are not missing and not in arguments.validValues, or do not
**     match all of arguments.pattern (ICU), or without arguments are not of the declared type.
** R2  unit percent: of the records.
** R3  mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo, mustBeLessThan,
**     mustBeLessOrEqualTo; mustBeBetween and mustNotBeBetween [a, b], both ends among them. A
**     requirement with several has to meet all.
** R4  A query is one SELECT over the facts and the table `data` (or ${table}, ${object}; ${column}, ${property} for
**     the field) under the watch of rules (authorize.h). Its answer is one row of one number.
** R5  A number that may be a value of the data (run.h, R3) is compared, but not kept.
** R6  What could not be measured has a failure and no result: the verdict is ERROR.
*/
#ifndef SITO_QUALITY_H
#define SITO_QUALITY_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* Fills the table `measured` of the facts; the facts of the scan and temp.data are there. Requirements
** of rowCount with simple bounds are in `quality` already (describe.sql). */
int sito_quality_fill(struct sqlite3 *facts, SitoLanguage language, char **error) SITO_MUST_CHECK;

#endif
