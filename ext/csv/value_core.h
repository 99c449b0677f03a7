/*
** Values of declared columns: what is a whole number, what is a number.
**
** R1  integer: an optional sign and digits without a leading zero, within 64 bits.
** R2  number: the same, and optionally the decimal mark of the table and digits behind it; blanks
**     and no-break spaces (U+00A0, U+202F) may stand between groups of three digits before the
**     mark. At most 15 significant digits, so that no digit is lost.
** R3  date: 2025-01-31, or the day first: 31.01.2025, 31.1.2025, 31-01-2025, 31/01/2025; a day that
**     the calendar has, in the years 1 to 9999. It becomes 2025-01-31.
** R4  canonical (types=auto): an optional minus, digits without a leading zero and perhaps a
**     decimal mark and digits; at most 9 digits in all; no -0.
** R5  What does not fit is left as it is, for the caller to hand on as text.
*/
#ifndef SITO_CSV_VALUE_CORE_H
#define SITO_CSV_VALUE_CORE_H

#include "csv.h"

typedef enum SitoValueType {
    SITO_TYPE_TEXT,
    SITO_TYPE_INTEGER,
    SITO_TYPE_NUMBER,
    SITO_TYPE_DATE
} SitoValueType;

enum { SITO_DATE_SIZE = 10 }; /* YYYY-MM-DD */

bool sito_value_integer(SitoText text, int64_t *value);
bool sito_value_number(SitoText text, char decimal, double *value);
bool sito_value_date(SitoText text, char date[SITO_DATE_SIZE + 1]);
/* *decimals: there is a decimal mark. */
bool sito_value_canonical(SitoText text, char decimal, bool *decimals);

#endif
