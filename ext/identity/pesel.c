/*
** PESEL, the number of a person in the national population register.
**
**   SELECT pesel_valid('09222509560')   1
**   SELECT pesel_valid('44051401358')   0   the last digit is wrong
**   SELECT pesel_birth_date('02070803628'), pesel_sex('02070803628')   1902-07-08, F
**
** R1  11 digits YYMMDDZZZSK: the date of birth, a running number whose last digit is odd for men
**     and even for women, a check digit.
** R2  The century is in the month: 1800-1899 +80, 1900-1999 as it is, 2000 +20, 2100 +40, 2200 +60.
** R3  The date is a real one: 30 February has a right check digit as easily as any other day.
** R4  The check digit brings the weighted sum to a multiple of 10.
** R5  Blanks and dashes between the digits do not matter. An SQL integer may have lost leading
**     zeros, as every tenth PESEL does in a spreadsheet.
** R6  NULL gives NULL; anything that is not a PESEL gives 0.
**
** Source: Act on the population register (Dz.U. 2010 nr 217 poz. 1427), art. 15 and 16.
*/
#include "code.h"

enum { SIZE = 11 };

static int two_digits(const char *digits) {
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

static int days_in_month(int year, int month) {
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

SitoBirth sito_pesel_birth(const SitoCode *code) {
    static const int centuries[] = {1900, 2000, 2100, 2200, 1800};
    int coded = two_digits(code->signs + 2);
    return (SitoBirth){.year = centuries[coded / 20] + two_digits(code->signs),
                       .month = coded % 20,
                       .day = two_digits(code->signs + 4),
                       .male = (code->signs[9] - '0') % 2 == 1};
}

static bool has_real_date(const SitoCode *code) {
    SitoBirth birth = sito_pesel_birth(code);
    return birth.month >= 1 && birth.month <= 12 && birth.day >= 1 &&
           birth.day <= days_in_month(birth.year, birth.month);
}

bool sito_pesel_valid(const SitoCode *code) {
    static const unsigned char weights[] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    return sito_code_is_number(code, SIZE) && sito_code_sum(code->signs, weights, SIZE) % 10 == 0 &&
           has_real_date(code);
}
