/*
** Numbers as people write them (number.h).
*/
#include "common/number.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

enum { DECIMALS = 6, PERCENT_DECIMALS = 1, NUMBER_SIZE = 400 };

const char *sito_plural(SitoLanguage language, double number) {
    double size = fabs(number);
    if (size == 1) {
        return "one";
    }
    if (language == SITO_EN || !(size < INFINITY) || size != floor(size)) {
        return "other";
    }
    double tens = fmod(size, 100), ones = fmod(size, 10);
    return ones >= 2 && ones <= 4 && !(tens >= 12 && tens <= 14) ? "few" : "many";
}

/* The digits before the decimal mark, in groups of three. */
static int write_groups(SitoLanguage language, SitoText digits, SitoBuffer *out) {
    SitoText mark = language == SITO_PL ? SITO_LITERAL("\xC2\xA0") : SITO_LITERAL(",");
    bool grouped = digits.size > (language == SITO_PL ? 4 : 3);
    int rc = SITO_OK;
    for (size_t i = 0; i < digits.size && rc == SITO_OK; i++) {
        if (grouped && i > 0 && (digits.size - i) % 3 == 0) {
            rc = sito_buffer_add(out, mark.data, mark.size);
        }
        rc = rc == SITO_OK ? sito_buffer_add(out, digits.data + i, 1) : rc;
    }
    return rc;
}

/* Writes "-1234.5000" as the language does. */
static int write_digits(SitoLanguage language, const char *text, SitoBuffer *out) {
    int rc = SITO_OK;
    if (*text == '-') {
        rc = sito_buffer_add(out, text++, 1);
    }
    size_t whole = strcspn(text, ".");
    rc = rc == SITO_OK ? write_groups(language, (SitoText){text, whole}, out) : rc;
    size_t end = strlen(text);
    while (end > whole && (text[end - 1] == '0' || text[end - 1] == '.')) {
        end--;
    }
    if (rc == SITO_OK && end > whole) {
        rc = sito_buffer_add(out, language == SITO_PL ? "," : ".", 1);
        rc = rc == SITO_OK ? sito_buffer_add(out, text + whole + 1, end - whole - 1) : rc;
    }
    return rc;
}

static int write_double(SitoLanguage language, double number, int decimals, SitoBuffer *out) {
    if (isnan(number)) {
        return sito_buffer_add(out, "NaN", 3);
    }
    if (isinf(number)) {
        return sito_buffer_print(out, "%s\xE2\x88\x9E", number < 0 ? "-" : "");
    }
    char text[NUMBER_SIZE];
    sqlite3_snprintf(sizeof text, text, "%.*f", decimals, number == 0 ? 0.0 : number);
    bool nothing = text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1);
    return write_digits(language, nothing ? text + 1 : text, out); /* no minus before a zero */
}

int sito_write_integer(SitoLanguage language, int64_t number, SitoBuffer *out) {
    char text[32];
    sqlite3_snprintf(sizeof text, text, "%lld", (long long)number);
    return write_digits(language, text, out);
}

int sito_write_number(SitoLanguage language, double number, SitoBuffer *out) {
    return write_double(language, number, DECIMALS, out);
}

int sito_write_percent(SitoLanguage language, double share, SitoBuffer *out) {
    int rc = write_double(language, share * 100, PERCENT_DECIMALS, out);
    return rc == SITO_OK ? sito_buffer_add(out, "%", 1) : rc;
}
