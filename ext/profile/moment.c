/*
** Dates and times (moment.h).
**
** R1  Only days that the Gregorian calendar has: 2023-02-30 and 1900-02-29 are text.
** R2  %d %m %H %M %S take one or two digits, as strptime does; %Y takes four, %f one to nine, %z Z, +0100
**     or +01:00. %y is 1969 to 2068, as POSIX has it. %S may be 60, a leap second.
** R3  Moments with a time zone compare by what they are in UTC.
*/
#include <string.h>

#include "moment.h"

typedef struct Reader {
    SitoText text;
    size_t position;
} Reader;

static bool is_digit_at(const Reader *reader, size_t position) {
    return position < reader->text.size && reader->text.data[position] >= '0' &&
           reader->text.data[position] <= '9';
}

static bool take_digits(Reader *reader, size_t least, size_t most, int *value) {
    size_t start = reader->position;
    *value = 0;
    while (reader->position - start < most && is_digit_at(reader, reader->position)) {
        *value = *value * 10 + (reader->text.data[reader->position++] - '0');
    }
    return reader->position - start >= least;
}

static bool take_char(Reader *reader, char c) {
    if (reader->position < reader->text.size && reader->text.data[reader->position] == c) {
        reader->position++;
        return true;
    }
    return false;
}

static bool take_offset(Reader *reader, SitoMoment *moment) {
    moment->zoned = true;
    if (take_char(reader, 'Z')) {
        return true;
    }
    int sign = take_char(reader, '+') ? 1 : take_char(reader, '-') ? -1 : 0, hours, minutes;
    if (sign == 0 || !take_digits(reader, 2, 2, &hours)) {
        return false;
    }
    take_char(reader, ':');
    if (!take_digits(reader, 2, 2, &minutes) || hours > 14 || minutes > 59) {
        return false;
    }
    moment->offset = sign * (hours * 60 + minutes);
    return true;
}

static bool take_fraction(Reader *reader, SitoMoment *moment) {
    size_t start = reader->position;
    if (!take_digits(reader, 1, 9, &moment->nanosecond)) {
        return false;
    }
    for (size_t digits = reader->position - start; digits < 9; digits++) {
        moment->nanosecond *= 10;
    }
    return true;
}

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_real(const SitoMoment *m) {
    bool month_ok = m->month >= 1 && m->month <= 12;
    return month_ok && m->day >= 1 && m->day <= days_in_month(m->year, m->month) && m->hour < 24 &&
           m->minute < 60 && m->second <= 60;
}

static void day_of_year(SitoMoment *moment, int day) {
    moment->month = 1;
    while (moment->month <= 12 && day > days_in_month(moment->year, moment->month)) {
        day -= days_in_month(moment->year, moment->month++);
    }
    moment->day = day; /* month 13 is not real */
}

static bool take_directive(Reader *reader, char directive, SitoMoment *moment, int *day) {
    switch (directive) {
    case 'Y':
        return take_digits(reader, 4, 4, &moment->year);
    case 'y':
        if (!take_digits(reader, 2, 2, &moment->year)) {
            return false;
        }
        moment->year += moment->year >= 69 ? 1900 : 2000;
        return true;
    case 'm':
        return take_digits(reader, 1, 2, &moment->month);
    case 'd':
        return take_digits(reader, 1, 2, &moment->day);
    case 'j':
        return take_digits(reader, 1, 3, day);
    case 'H':
        return take_digits(reader, 1, 2, &moment->hour);
    case 'M':
        return take_digits(reader, 1, 2, &moment->minute);
    case 'S':
        return take_digits(reader, 1, 2, &moment->second);
    case 'f':
        return take_fraction(reader, moment);
    case 'z':
        return take_offset(reader, moment);
    default:
        return directive == '%' && take_char(reader, '%');
    }
}

bool sito_moment_pattern_ok(SitoText pattern) {
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] == '%' && (++i == pattern.size || pattern.data[i] == 0 ||
                                       strchr("YymdjHMSfz%", pattern.data[i]) == NULL)) {
            return false;
        }
    }
    return pattern.size > 0;
}

bool sito_moment_read(SitoText text, SitoText pattern, SitoMoment *moment) {
    Reader reader = {.text = text};
    int day = -1; /* of the year, where the pattern has %j */
    *moment = (SitoMoment){0};
    for (size_t i = 0; i < pattern.size; i++) {
        bool directive = pattern.data[i] == '%' && i + 1 < pattern.size;
        if (directive ? !take_directive(&reader, pattern.data[++i], moment, &day)
                      : !take_char(&reader, pattern.data[i])) {
            return false;
        }
    }
    if (day >= 0) {
        day_of_year(moment, day);
    }
    /* what the pattern leaves out is the first of its kind: a month is its first day */
    moment->month += memchr(pattern.data, 'm', pattern.size) == NULL && day < 0;
    moment->day += memchr(pattern.data, 'd', pattern.size) == NULL && day < 0;
    return reader.position == text.size && is_real(moment);
}

/* hh:mm[:ss[.fff]][zone] */
static bool take_time(Reader *reader, SitoMoment *moment) {
    if (!take_digits(reader, 1, 2, &moment->hour) || !take_char(reader, ':') ||
        !take_digits(reader, 2, 2, &moment->minute)) {
        return false;
    }
    if (take_char(reader, ':') && !take_digits(reader, 2, 2, &moment->second)) {
        return false;
    }
    if ((take_char(reader, '.') || take_char(reader, ',')) && !take_fraction(reader, moment)) {
        return false;
    }
    return reader->position == reader->text.size || take_offset(reader, moment);
}

static bool take_date(Reader *reader, SitoMoment *moment) {
    bool year_first = is_digit_at(reader, 0) && is_digit_at(reader, 1) && is_digit_at(reader, 2) &&
                      is_digit_at(reader, 3);
    int *first = year_first ? &moment->year : &moment->day;
    int *last = year_first ? &moment->day : &moment->year;
    if (!take_digits(reader, year_first ? 4 : 1, year_first ? 4 : 2, first) ||
        reader->position == reader->text.size) {
        return false;
    }
    char mark = reader->text.data[reader->position];
    return (mark == '-' || mark == '.' || mark == '/') && take_char(reader, mark) &&
           take_digits(reader, 1, 2, &moment->month) && take_char(reader, mark) &&
           take_digits(reader, year_first ? 1 : 4, year_first ? 2 : 4, last);
}

bool sito_moment_guess(SitoText text, SitoMoment *moment) {
    Reader reader = {.text = text};
    *moment = (SitoMoment){0};
    if (text.size < 8 || !take_date(&reader, moment)) {
        return false;
    }
    if (reader.position < text.size) {
        bool parted = take_char(&reader, 'T') || take_char(&reader, ' ');
        if (!parted || !take_time(&reader, moment)) {
            return false;
        }
    }
    return reader.position == text.size && is_real(moment);
}

bool sito_moment_iso(SitoText text, SitoMoment *moment) {
    bool parted = text.size > 10 && (text.data[10] == 'T' || text.data[10] == ' ');
    return parted && text.data[4] == '-' && text.data[7] == '-' && text.size >= 16 &&
           sito_moment_guess(text, moment);
}

bool sito_moment_time(SitoText text, SitoMoment *moment) {
    Reader reader = {.text = text};
    *moment = (SitoMoment){.month = 1, .day = 1};
    return text.size >= 8 && take_time(&reader, moment) && reader.position == text.size &&
           is_real(moment);
}

/* Days since the first of March of year 0; months count from March, so that leap days come last. */
static int64_t day_number(const SitoMoment *m) {
    int64_t year = m->month > 2 ? m->year : m->year - 1;
    int64_t month = m->month > 2 ? m->month - 3 : m->month + 9;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + m->day;
}

int sito_moment_compare(const SitoMoment *a, const SitoMoment *b) {
    int64_t a_second =
        ((day_number(a) * 24 + a->hour) * 60 + a->minute - a->offset) * 60 + a->second;
    int64_t b_second =
        ((day_number(b) * 24 + b->hour) * 60 + b->minute - b->offset) * 60 + b->second;
    if (a_second != b_second) {
        return a_second < b_second ? -1 : 1;
    }
    return (a->nanosecond > b->nanosecond) - (a->nanosecond < b->nanosecond);
}
