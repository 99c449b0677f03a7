/*
** One value made coarser, as SQL functions.
**
**   SELECT anon_range(wiek, 5), anon_date(data, 'quarter'), anon_prefix(kod, 2) FROM zgloszenia;
**
** R1  NULL gives NULL, but for anon_suppress: whether a value was there is hidden, too.
** R2  A value that cannot be generalised is an error without the value, never the value itself.
** R3  Numbers may be written as Polish offices write them; what could be two numbers is refused.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "functions.h"

void anon_refuse(sqlite3_context *context, const char *what, const char *reason) {
    const SitoFunction *f = sqlite3_user_data(context);
    char *message = sito_print("%s: %s %s", f->name, what, reason);
    sito_result_failure(context, message == NULL ? SITO_NOMEM : SITO_ERROR, message);
}

void anon_answer(sqlite3_context *context, int rc, SitoBuffer *out, const char *reason) {
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, out->data != NULL ? out->data : "", out->size,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (rc == SITO_ERROR && reason != NULL) {
        anon_refuse(context, "a value", reason);
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(out);
}

int anon_value_text(sqlite3_value *value, char real[32], SitoText *text) {
    int rc = sito_value_text(value, text);
    if (rc == SITO_OK && sqlite3_value_type(value) == SQLITE_FLOAT && text->size < 32) {
        memcpy(real, text->data, text->size);
        char *point = memchr(real, '.', text->size);
        if (point != NULL) {
            *point = ',';
        }
        text->data = real;
    }
    return rc;
}

bool anon_text(sqlite3_context *context, sqlite3_value *value, char real[32], SitoText *text) {
    int rc = anon_value_text(value, real, text);
    if (rc != SITO_OK) {
        sqlite3_result_error_nomem(context);
    }
    return rc == SITO_OK;
}

bool anon_number(sqlite3_context *context, sqlite3_value *value, const char *what,
                 AnonDecimal *number) {
    SitoText text;
    char real[32];
    if (!anon_text(context, value, real, &text)) {
        return false;
    }
    if (text.data == NULL || !anon_decimal_read(text, number)) {
        anon_refuse(context, what, "is no number of at most 18 digits, or could be two");
        return false;
    }
    return true;
}

bool anon_whole(sqlite3_context *context, sqlite3_value *value, const char *what, int64_t least,
                int64_t *number) {
    *number = sqlite3_value_int64(value);
    if (sqlite3_value_type(value) == SQLITE_INTEGER && *number >= least) {
        return true;
    }
    anon_refuse(context, what,
                least == 0 ? "is a whole number from 0" : "is a whole number from 1");
    return false;
}

bool anon_language(sqlite3_context *context, int argc, sqlite3_value **argv, int arg,
                   AnonLanguage *language) {
    SitoText text = SITO_LITERAL("pl");
    if (argc > arg && sito_value_text(argv[arg], &text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return false;
    }
    *language = sito_text_equal(text, SITO_LITERAL("en")) ? ANON_ENGLISH : ANON_POLISH;
    if (*language == ANON_POLISH && !sito_text_equal(text, SITO_LITERAL("pl"))) {
        anon_refuse(context, "the language", "is 'pl' or 'en'");
        return false;
    }
    return true;
}

static bool is_null(sqlite3_value *value) {
    return sqlite3_value_type(value) == SQLITE_NULL;
}

void anon_suppress(sqlite3_context *context, int argc, sqlite3_value **argv) {
    if (argc > 1) {
        sqlite3_result_value(context, argv[1]);
    } else {
        sqlite3_result_text(context, "*", 1, SQLITE_STATIC);
    }
}

void anon_mask(sqlite3_context *context, int argc, sqlite3_value **argv) {
    int64_t first, last = 0;
    SitoText text;
    SitoBuffer out = {0};
    if (is_null(argv[0]) || !anon_whole(context, argv[1], "the number of characters", 0, &first) ||
        (argc > 2 && !anon_whole(context, argv[2], "the number of characters", 0, &last))) {
        return;
    }
    int rc = sito_value_text(argv[0], &text);
    anon_answer(context, rc == SITO_OK ? anon_write_mask(text, first, last, &out) : rc, &out, NULL);
}

void anon_prefix(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    int64_t count;
    SitoText text;
    SitoBuffer out = {0};
    if (is_null(argv[0]) || !anon_whole(context, argv[1], "the number of characters", 1, &count)) {
        return;
    }
    int rc = sito_value_text(argv[0], &text);
    anon_answer(context, rc == SITO_OK ? anon_write_prefix(text, count, &out) : rc, &out, NULL);
}

void anon_date(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text, name;
    SitoBuffer out = {0};
    const char *reason = NULL;
    if (is_null(argv[0])) {
        return;
    }
    int rc = sito_value_text(argv[0], &text);
    rc = rc == SITO_OK ? sito_value_text(argv[1], &name) : rc;
    for (int unit = 0; unit < ANON_UNITS && rc == SITO_OK; unit++) {
        if (sito_text_equal(name,
                            (SitoText){anon_unit_names[unit], strlen(anon_unit_names[unit])})) {
            rc = anon_write_date(text, (AnonUnit)unit, &out, &reason);
            anon_answer(context, rc, &out, reason);
            return;
        }
    }
    if (rc == SITO_OK) {
        anon_refuse(context, "the unit",
                    "is 'day', 'week', 'month', 'quarter', 'half-year', 'year' or 'decade'");
    } else {
        sito_result_failure(context, rc, NULL);
    }
}

void anon_range(sqlite3_context *context, int argc, sqlite3_value **argv) {
    AnonDecimal number, width, origin = {0};
    AnonLanguage language;
    SitoBuffer out = {0};
    const char *reason = NULL;
    if (is_null(argv[0]) || !anon_number(context, argv[0], "a value", &number) ||
        !anon_number(context, argv[1], "the width", &width) ||
        (argc > 2 && !anon_number(context, argv[2], "the origin", &origin)) ||
        !anon_language(context, argc, argv, 3, &language)) {
        return;
    }
    if (width.digits <= 0) {
        anon_refuse(context, "the width", "is a number above 0");
        return;
    }
    bool whole = width.scale == 0 && origin.scale == 0;
    int rc = anon_write_range(number, width, origin, whole, language, &out, &reason);
    anon_answer(context, rc, &out, reason);
}

/* "80 i więcej" from the limit on (sign 1), "5 i mniej" up to it (sign -1). */
static void cut(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
    static const char *const words[2][2] = {{"i mniej", "or less"}, {"i więcej", "or more"}};
    AnonDecimal number, limit;
    AnonLanguage language;
    SitoBuffer out = {0};
    if (is_null(argv[0]) || !anon_number(context, argv[0], "a value", &number) ||
        !anon_number(context, argv[1], "the limit", &limit) ||
        !anon_language(context, argc, argv, 2, &language)) {
        return;
    }
    AnonDecimal a = number, b = limit;
    if (!anon_decimal_align(&a, &b)) {
        anon_refuse(context, "a value", "has more than 18 digits");
    } else if (sign > 0 ? a.digits < b.digits : a.digits > b.digits) {
        sqlite3_result_value(context, argv[0]);
    } else {
        int rc = anon_decimal_print(limit, language == ANON_POLISH ? ',' : '.', &out);
        rc = rc == SITO_OK ? sito_buffer_print(&out, " %s", words[sign > 0][language]) : rc;
        anon_answer(context, rc, &out, NULL);
    }
}

void anon_top(sqlite3_context *context, int argc, sqlite3_value **argv) {
    cut(context, argc, argv, 1);
}

void anon_bottom(sqlite3_context *context, int argc, sqlite3_value **argv) {
    cut(context, argc, argv, -1);
}

void anon_round(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    AnonDecimal number, base;
    int64_t lower;
    if (is_null(argv[0]) || !anon_number(context, argv[0], "a value", &number) ||
        !anon_number(context, argv[1], "the base", &base)) {
        return;
    }
    if (base.digits <= 0) {
        anon_refuse(context, "the base", "is a number above 0");
        return;
    }
    bool whole = base.scale == 0;
    if (!anon_decimal_align(&number, &base) ||
        !anon_decimal_floor(number.digits, 0, base.digits, &lower)) {
        anon_refuse(context, "a value", "has more than 18 digits");
        return;
    }
    int64_t above = number.digits - lower, below = base.digits - above;
    bool up = above > below || (above == below && number.digits >= 0);
    AnonDecimal rounded = {lower + (up ? base.digits : 0), number.scale};
    double unit = 1;
    for (int i = 0; i < rounded.scale; i++) {
        unit *= 10;
    }
    if (whole) {
        sqlite3_result_int64(context, rounded.digits / (int64_t)unit);
    } else {
        sqlite3_result_double(context, (double)rounded.digits / unit);
    }
}
