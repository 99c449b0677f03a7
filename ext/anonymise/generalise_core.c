/*
** One value made coarser (generalise.h).
*/
#include "generalise.h"

#include <string.h>

#include "polish/polish.h"

const char *const anon_unit_names[ANON_UNITS] = {"day",       "week", "month", "quarter",
                                                 "half-year", "year", "decade"};

/* ---- numbers ---- */

static int write_whole(int64_t lower, int64_t upper, AnonLanguage language, SitoBuffer *out) {
    if (lower == upper) {
        return sito_buffer_print(out, "%lld", (long long)lower);
    }
    const char *format = lower >= 0                ? "%lld–%lld"
                         : language == ANON_POLISH ? "od %lld do %lld"
                                                   : "%lld to %lld";
    return sito_buffer_print(out, format, (long long)lower, (long long)upper);
}

static int write_bounds(AnonDecimal lower, AnonDecimal upper, AnonLanguage language,
                        SitoBuffer *out) {
    char mark = language == ANON_POLISH ? ',' : '.';
    int rc = language == ANON_POLISH ? sito_buffer_print(out, "od ") : SITO_OK;
    rc = rc == SITO_OK ? anon_decimal_print(lower, mark, out) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(out, "%s", language == ANON_POLISH ? " do poniżej " : " to under ")
             : rc;
    return rc == SITO_OK ? anon_decimal_print(upper, mark, out) : rc;
}

int anon_write_range(AnonDecimal number, AnonDecimal width, AnonDecimal origin, bool whole,
                     AnonLanguage language, SitoBuffer *out, const char **reason) {
    int64_t lower;
    number = anon_decimal_trim(number);
    if (whole && number.scale > 0) {
        *reason =
            "has a fraction, which a range of whole numbers has no place for; write the width "
            "with a decimal place (5.0)";
        return SITO_ERROR;
    }
    if (!anon_decimal_align(&number, &width) || !anon_decimal_align(&origin, &number) ||
        !anon_decimal_align(&number, &width) ||
        !anon_decimal_floor(number.digits, origin.digits, width.digits, &lower)) {
        *reason = "has more than 18 digits";
        return SITO_ERROR;
    }
    if (whole) {
        return write_whole(lower, lower + width.digits - 1, language, out);
    }
    return write_bounds((AnonDecimal){lower, number.scale},
                        (AnonDecimal){lower + width.digits, number.scale}, language, out);
}

/* ---- dates ---- */

/* What a text says of a time: from `day` on, known to a `unit`. */
typedef struct Moment {
    SitoDay day;
    AnonUnit unit;
} Moment;

static bool digits(SitoText text, size_t from, size_t count, int *value) {
    *value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (i >= text.size || text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        *value = *value * 10 + (text.data[i] - '0');
    }
    return true;
}

/* 2024, 2024-07, 2024-Q3, 2024-H2 */
static bool read_period(SitoText text, Moment *moment) {
    int year, part;
    if (!digits(text, 0, 4, &year) || year < 1) {
        return false;
    }
    *moment = (Moment){.day = {year, 1, 1}, .unit = ANON_YEAR};
    if (text.size == 4) {
        return true;
    }
    if (text.data[4] != '-') {
        return false;
    }
    if (text.size == 7 && digits(text, 5, 2, &part) && part >= 1 && part <= 12) {
        *moment = (Moment){.day = {year, part, 1}, .unit = ANON_MONTH};
        return true;
    }
    if (text.size != 7 || !digits(text, 6, 1, &part) || part < 1) {
        return false;
    }
    if (text.data[5] == 'Q' && part <= 4) {
        *moment = (Moment){.day = {year, part * 3 - 2, 1}, .unit = ANON_QUARTER};
        return true;
    }
    if (text.data[5] == 'H' && part <= 2) {
        *moment = (Moment){.day = {year, part * 6 - 5, 1}, .unit = ANON_HALF_YEAR};
        return true;
    }
    return false;
}

/* The rest of a time of day behind a date: digits and the signs of a clock and a zone. */
static bool is_clock(SitoText text) {
    int hour, minute;
    if (!digits(text, 0, 2, &hour) || text.size < 5 || text.data[2] != ':' ||
        !digits(text, 3, 2, &minute) || hour > 24 || minute > 59) {
        return false;
    }
    for (size_t i = 5; i < text.size; i++) {
        if (strchr("0123456789:.,+-Z ", text.data[i]) == NULL || text.data[i] == 0) {
            return false;
        }
    }
    return true;
}

static bool read_moment(SitoText text, Moment *moment) {
    while (text.size > 0 && text.data[0] == ' ') {
        text = (SitoText){text.data + 1, text.size - 1};
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    if (read_period(text, moment)) {
        return true;
    }
    moment->unit = ANON_DAY;
    if (sito_polish_date(text, &moment->day)) {
        return true;
    }
    for (size_t i = 8; i + 5 <= text.size; i++) {
        if (text.data[i] == ' ' || text.data[i] == 'T') {
            SitoText rest = {text.data + i + 1, text.size - i - 1};
            SitoText date = {text.data, i};
            if (is_clock(rest) && sito_polish_date(date, &moment->day)) {
                return true;
            }
        }
    }
    return false;
}

/* The week of ISO 8601: Monday to Sunday, of the year in which its Thursday lies. */
static int write_week(SitoDay day, SitoBuffer *out) {
    int64_t number = sito_day_number(day);
    int64_t weekday = (number + 2) % 7; /* 1 March of the year 0 was a Wednesday; Monday is 0 */
    int64_t thursday = number - weekday + 3;
    int year = sito_day_of(thursday).year;
    int64_t first = sito_day_number((SitoDay){year, 1, 1});
    return sito_buffer_print(out, "%04d-W%02d", year, (int)((thursday - first) / 7) + 1);
}

int anon_write_date(SitoText value, AnonUnit unit, SitoBuffer *out, const char **reason) {
    Moment moment;
    if (!read_moment(value, &moment)) {
        *reason = "is no date, or could be two";
        return SITO_ERROR;
    }
    if (moment.unit > unit || (unit == ANON_WEEK && moment.unit != ANON_DAY)) {
        *reason = "is less precise than the unit that is asked for";
        return SITO_ERROR;
    }
    SitoDay day = moment.day;
    switch (unit) {
    case ANON_DAY:
        return sito_buffer_print(out, "%04d-%02d-%02d", day.year, day.month, day.day);
    case ANON_WEEK:
        return write_week(day, out);
    case ANON_MONTH:
        return sito_buffer_print(out, "%04d-%02d", day.year, day.month);
    case ANON_QUARTER:
        return sito_buffer_print(out, "%04d-Q%d", day.year, (day.month + 2) / 3);
    case ANON_HALF_YEAR:
        return sito_buffer_print(out, "%04d-H%d", day.year, (day.month + 5) / 6);
    case ANON_YEAR:
        return sito_buffer_print(out, "%04d", day.year);
    default:
        return sito_buffer_print(out, "%04d–%04d", day.year / 10 * 10, day.year / 10 * 10 + 9);
    }
}

/* ---- texts ---- */

/* Bytes of the first `count` characters; all of them where there are fewer. */
static size_t prefix_size(SitoText text, int64_t count) {
    size_t position = 0;
    for (; count > 0 && position < text.size; count--) {
        (void)sito_utf8_next(text, &position);
    }
    return position;
}

static int64_t length(SitoText text) {
    int64_t count = 0;
    for (size_t position = 0; position < text.size; count++) {
        (void)sito_utf8_next(text, &position);
    }
    return count;
}

int anon_write_prefix(SitoText value, int64_t count, SitoBuffer *out) {
    return sito_buffer_add(out, value.data, prefix_size(value, count));
}

int anon_write_mask(SitoText value, int64_t first, int64_t last, SitoBuffer *out) {
    int64_t all = length(value);
    if (first >= all || last >= all - first) {
        return sito_buffer_add(out, "***", 3);
    }
    size_t tail = prefix_size(value, all - last);
    int rc = sito_buffer_add(out, value.data, prefix_size(value, first));
    rc = rc == SITO_OK ? sito_buffer_add(out, "***", 3) : rc;
    return rc == SITO_OK ? sito_buffer_add(out, value.data + tail, value.size - tail) : rc;
}
