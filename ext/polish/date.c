/*
** Dates as Polish offices write them.
**
**   2024-07-17 · 17.07.2024 · 17 lipca 2024 r. · dn. 17 lipca 2024 · 12 V 2021 · 12.V.2021 · 17/07/2024
**
** R1  With points the day stands first, as in every Polish form. With slashes or dashes a date is understood only
**     when day and month cannot change places: 03/04/2020 may be American and is refused.
** R2  Years have four digits: 03/01/20 is refused.
** R3  Months by name (genitive or nominative, any case) and by Roman numeral; „dnia”, „dn.”, „z dnia” in front and
**     „r.”, „roku” behind are allowed. Only days of the calendar.
*/
#include <string.h>

#include "date.h"
#include "polish.h"

enum { LONGEST = 64 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int days_in_month(int year, int month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_real(const SitoDay *d) {
    return d->year >= 1 && d->month >= 1 && d->month <= 12 && d->day >= 1 &&
           d->day <= days_in_month(d->year, d->month);
}

int64_t sito_day_number(SitoDay d) {
    int64_t year = d.month > 2 ? d.year : d.year - 1,
            month = d.month > 2 ? d.month - 3 : d.month + 9;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + d.day - 1;
}

SitoDay sito_day_of(int64_t number) {
    int64_t era = number / 146097, rest = number % 146097;
    int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
    int64_t day = rest - (365 * year + year / 4 - year / 100), month = (5 * day + 2) / 153;
    return (SitoDay){.year = (int)(year + era * 400 + (month >= 10)),
                     .month = (int)(month < 10 ? month + 3 : month - 9),
                     .day = (int)(day - (153 * month + 2) / 5 + 1)};
}

typedef struct Parts {
    char text[LONGEST + 1]; /* in lower case */
    size_t size, position;
} Parts;

static void skip_blanks(Parts *p) {
    while (p->position < p->size && (p->text[p->position] == ' ' || p->text[p->position] == '\t')) {
        p->position++;
    }
}

static bool take(Parts *p, const char *word) {
    size_t size = strlen(word);
    if (p->size - p->position < size || memcmp(p->text + p->position, word, size) != 0) {
        return false;
    }
    p->position += size;
    return true;
}

static size_t take_number(Parts *p, int *value) {
    size_t start = p->position;
    *value = 0;
    while (p->position < p->size && is_digit(p->text[p->position]) && p->position - start < 5) {
        *value = *value * 10 + (p->text[p->position++] - '0');
    }
    return p->position - start;
}

static int take_month(Parts *p) {
    static const char *const months[] = {
        "stycznia", "lutego",   "marca",    "kwietnia",     "maja",      "czerwca",
        "lipca",    "sierpnia", "września", "października", "listopada", "grudnia",
        "styczeń",  "luty",     "marzec",   "kwiecień",     "maj",       "czerwiec",
        "lipiec",   "sierpień", "wrzesień", "październik",  "listopad",  "grudzień"};
    static const char *const romans[] = {"viii", "vii", "iii", "xii", "vi", "iv",
                                         "ix",   "xi",  "ii",  "v",   "i",  "x"};
    static const unsigned char values[] = {8, 7, 3, 12, 6, 4, 9, 11, 2, 5, 1, 10};
    for (size_t i = 0; i < SITO_COUNT(months); i++) {
        if (take(p, months[i])) {
            return (int)(i % 12) + 1;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(romans); i++) {
        if (take(p, romans[i])) {
            return values[i];
        }
    }
    return 0;
}

/* 17 lipca 2024, 12 V 2021, 12.V.2021: behind the day. */
static bool take_written(Parts *p, SitoDay *day) {
    skip_blanks(p);
    (void)take(p, ".");
    skip_blanks(p);
    day->month = take_month(p);
    if (day->month == 0) {
        return false;
    }
    (void)take(p, ".");
    skip_blanks(p);
    return take_number(p, &day->year) == 4;
}

/* Behind the first number and its mark. */
static bool take_marked(Parts *p, size_t digits, int first, char mark, SitoDay *day) {
    int second, third;
    char between[] = {mark, 0};
    size_t second_size = take_number(p, &second);
    if (second_size == 0 || second_size > 2 || !take(p, between)) {
        return false;
    }
    size_t third_size = take_number(p, &third);
    if (digits == 4) {
        *day = (SitoDay){first, second, third};
        return third_size > 0 && third_size <= 2;
    }
    if (third_size != 4) {
        return false;
    }
    if (mark == '.' || first > 12 || first == second) {
        *day = (SitoDay){third, second, first};
        return true;
    }
    *day = (SitoDay){third, first, second}; /* month first, when the other cannot be one (R1) */
    return second > 12;
}

static bool read(SitoText text, Parts *p) {
    *p = (Parts){0};
    while (text.size > 0 && text.data[0] == ' ') {
        text.data++, text.size--;
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    for (size_t i = 0; i < text.size;) { /* no-break spaces are blanks */
        bool blank = i + 1 < text.size && memcmp(text.data + i, "\xC2\xA0", 2) == 0;
        if (p->size == LONGEST) {
            return false;
        }
        p->text[p->size++] = blank ? ' ' : text.data[i];
        i += blank ? 2 : 1;
    }
    char lower[LONGEST + 1];
    if (p->size == 0 || !sito_polish_lower((SitoText){p->text, p->size}, lower)) {
        return false;
    }
    memcpy(p->text, lower, p->size);
    return true;
}

bool sito_polish_date(SitoText text, SitoDay *day) {
    Parts p;
    int first;
    if (!read(text, &p)) {
        return false;
    }
    (void)(take(&p, "z dnia") || take(&p, "dnia") || take(&p, "dn."));
    skip_blanks(&p);
    size_t digits = take_number(&p, &first);
    if (digits != 1 && digits != 2 && digits != 4) {
        return false;
    }
    char mark = p.position < p.size ? p.text[p.position] : 0;
    bool marked = (mark == '.' || mark == '-' || mark == '/') && p.position + 1 < p.size &&
                  is_digit(p.text[p.position + 1]);
    p.position += marked;
    *day = (SitoDay){.day = first};
    if (marked ? !take_marked(&p, digits, first, mark, day)
               : digits > 2 || !take_written(&p, day)) {
        return false;
    }
    skip_blanks(&p);
    (void)(take(&p, "roku") || take(&p, "r.") || take(&p, "r"));
    return p.position == p.size && is_real(day);
}
