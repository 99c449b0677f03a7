/*
** Working days in Poland.
**
** R1  Not working: Saturdays, Sundays, 1 and 6 January (from 2011), Easter Sunday and Monday, 1 and 3 May,
**     Pentecost, Corpus Christi, 15 August, 1 and 11 November, 24 December (from 2025), 25 and 26 December.
** R2  The days are those of today's law for every year; only the two that were added since 2000 have their year.
**
** Source: Act of 18 January 1951 on days free from work (Dz.U. 2025 poz. 296); Easter by the Gregorian computus
** (Meeus, Jones, Butcher).
*/
#include "date.h"

static int64_t easter(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, g = (8 * b + 13) / 25, h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 19 * l) / 433, n = h + l - 7 * m;
    int month = (n + 90) / 25;
    return sito_day_number((SitoDay){year, month, (n + 33 * month + 19) % 32});
}

static bool is_fixed_holiday(SitoDay day) {
    static const struct {
        int month, day, since;
    } holidays[] = {{1, 1, 0},  {1, 6, 2011}, {5, 1, 0},      {5, 3, 0},   {8, 15, 0},
                    {11, 1, 0}, {11, 11, 0},  {12, 24, 2025}, {12, 25, 0}, {12, 26, 0}};
    for (size_t i = 0; i < SITO_COUNT(holidays); i++) {
        if (holidays[i].month == day.month && holidays[i].day == day.day &&
            day.year >= holidays[i].since) {
            return true;
        }
    }
    return false;
}

bool sito_is_working_day(int64_t number) {
    int weekday = (int)((number + 2) % 7); /* 0 is Monday: 1 March of the year 0 was a Wednesday */
    if (weekday >= 5) {
        return false;
    }
    SitoDay day = sito_day_of(number);
    int64_t since_easter = number - easter(day.year);
    bool movable =
        since_easter == 0 || since_easter == 1 || since_easter == 49 || since_easter == 60;
    return !movable && !is_fixed_holiday(day);
}

bool sito_add_working_days(int64_t number, int64_t count, int64_t *result) {
    int64_t first = sito_day_number((SitoDay){1, 1, 1}),
            last = sito_day_number((SitoDay){9999, 12, 31});
    int64_t step = count < 0 ? -1 : 1, left = count < 0 ? -count : count;
    while (left > 0 || !sito_is_working_day(number)) {
        number += step;
        if (number < first || number > last) {
            return false;
        }
        left -= left > 0 && sito_is_working_day(number);
    }
    *result = number;
    return true;
}
