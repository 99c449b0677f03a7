/*
** One value of the warehouse as one cell of a CSV file (RFC 4180), as its field declares it.
**
** R1  A value is written so that a reader of the field gets the same value back, or it is refused: nothing is
**     rounded, cut or guessed. NULL is the first sign of missingValues; an empty text is NULL where '' is such
**     a sign. A text that equals another sign is refused.
** R2  Numbers have the field's decimalChar, no groups, no exponent; a number of the shortest form that reads back.
**     A text goes through where it is the number, in the form of the file.
** R3  Dates are ISO 8601, of a day that exists. Truth values are the first of trueValues and falseValues.
** R4  A cell is quoted where it holds the delimiter, a quote, a line end, or blanks at its ends.
*/
#include <math.h>
#include <string.h>

#include "warehouse/private.h"

/* ---- text ---- */

int sito_cell_put_text(SitoBuffer *out, const Dialect *dialect, SitoText text) {
    bool quoted = text.size > 0 && (strchr(" \t", text.data[0]) != NULL ||
                                    strchr(" \t", text.data[text.size - 1]) != NULL);
    for (size_t i = 0; i < text.size && !quoted; i++) {
        char c = text.data[i];
        quoted = c == dialect->delimiter || c == dialect->quote || c == '\r' || c == '\n';
    }
    if (!quoted) {
        return sito_buffer_add(out, text.data, text.size);
    }
    int rc = sito_buffer_add(out, &dialect->quote, 1);
    for (size_t i = 0; i < text.size && rc == SITO_OK; i++) {
        rc = sito_buffer_add(out, text.data + i, 1);
        rc = rc == SITO_OK && text.data[i] == dialect->quote
                 ? sito_buffer_add(out, &dialect->quote, 1)
                 : rc;
    }
    return rc == SITO_OK ? sito_buffer_add(out, &dialect->quote, 1) : rc;
}

/* ---- what does not fit ---- */

static int misfit(SitoLanguage language, const char *pl, const char *en, char **error) {
    return sito_error(error, SITO_ERROR, "%s", sito_say(language, pl, en));
}

/* ---- numbers ---- */

static size_t digits(const char *at) {
    return strspn(at, "0123456789");
}

static bool is_integer(SitoText text) {
    size_t sign = text.size > 0 && text.data[0] == '-';
    return text.size > sign && digits(text.data + sign) == text.size - sign;
}

/* Digits, and after the mark more of them. */
static bool is_number(SitoText text, char decimal) {
    size_t at = text.size > 0 && text.data[0] == '-';
    size_t whole = digits(text.data + at);
    at += whole;
    if (whole > 0 && at < text.size && text.data[at] == decimal) {
        size_t fraction = digits(text.data + at + 1);
        at += fraction > 0 ? fraction + 1 : 0;
    }
    return whole > 0 && at == text.size;
}

static int put_real(SitoBuffer *out, const Dialect *dialect, double value, char decimal,
                    SitoLanguage language, char **error) {
    char text[SITO_REAL_SIZE];
    if (!isfinite(value)) {
        return misfit(language, "liczba nieskończona", "an infinite number", error);
    }
    return sito_real_write(value, decimal, text)
               ? sito_cell_put_text(out, dialect, (SitoText){text, strlen(text)})
               : SITO_NOMEM;
}

static int put_integer(SitoBuffer *out, const Dialect *dialect, const Field *field,
                       sqlite3_value *value, SitoText text, SitoLanguage language, char **error) {
    int type = sqlite3_value_type(value);
    if (type == SQLITE_INTEGER || (type == SQLITE_TEXT && is_integer(text))) {
        return sito_cell_put_text(out, dialect, text);
    }
    if (type == SQLITE_FLOAT && field->type == CELL_NUMBER) {
        return put_real(out, dialect, sqlite3_value_double(value), field->decimal, language, error);
    }
    if (type == SQLITE_TEXT && field->type == CELL_NUMBER && is_number(text, field->decimal)) {
        return sito_cell_put_text(out, dialect, text);
    }
    return field->type == CELL_NUMBER
               ? misfit(language, "tekst, który nie jest liczbą w zapisie tego pola",
                        "a text that is no number as this field writes it", error)
               : misfit(language,
                        type == SQLITE_FLOAT ? "liczba z ułamkiem w polu integer; zaokrągla się w "
                                               "zapytaniu: CAST(round(x) AS INTEGER)"
                                             : "tekst, który nie jest liczbą całkowitą",
                        type == SQLITE_FLOAT
                            ? "a real number in a field of the type integer; round "
                              "in the query: CAST(round(x) AS INTEGER)"
                            : "a text that is no whole number",
                        error);
}

/* ---- days and times ---- */

static int number_at(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* Whether the text has the form: 0 stands for a digit. */
static bool has_form(SitoText text, const char *form) {
    if (text.size != strlen(form)) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        if (form[i] == '0' ? !digit : text.data[i] != form[i]) {
            return false;
        }
    }
    return true;
}

static bool is_month(const char *text) {
    int month = number_at(text + 5, 2);
    return month >= 1 && month <= 12;
}

static bool is_day(const char *text) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return is_month(text) && day >= 1 && day <= days[month - 1] &&
           (leap || month != 2 || day <= 28);
}

static bool is_time(const char *text) {
    return number_at(text, 2) < 24 && number_at(text + 3, 2) < 60 && number_at(text + 6, 2) < 60;
}

static bool is_moment(CellType type, SitoText text) {
    switch (type) {
    case CELL_DATE:
        return has_form(text, "0000-00-00") && is_day(text.data);
    case CELL_TIME:
        return has_form(text, "00:00:00") && is_time(text.data);
    case CELL_DATETIME:
        return (has_form(text, "0000-00-00T00:00:00") || has_form(text, "0000-00-00T00:00:00Z")) &&
               is_day(text.data) && is_time(text.data + 11);
    case CELL_YEARMONTH:
        return has_form(text, "0000-00") && is_month(text.data);
    default:
        return has_form(text, "0000");
    }
}

static int put_moment(SitoBuffer *out, const Dialect *dialect, const Field *field,
                      sqlite3_value *value, SitoText text, SitoLanguage language, char **error) {
    int type = sqlite3_value_type(value);
    if ((type == SQLITE_TEXT || (type == SQLITE_INTEGER && field->type == CELL_YEAR)) &&
        is_moment(field->type, text)) {
        return sito_cell_put_text(out, dialect, text);
    }
    static const char *const words[][2] = {
        [CELL_DATE] = {"to nie jest dzień RRRR-MM-DD", "this is no day YYYY-MM-DD"},
        [CELL_TIME] = {"to nie jest godzina GG:MM:SS", "this is no time HH:MM:SS"},
        [CELL_DATETIME] = {"to nie jest chwila RRRR-MM-DDTGG:MM:SS",
                           "this is no moment YYYY-MM-DDTHH:MM:SS"},
        [CELL_YEAR] = {"to nie jest rok z czterech cyfr", "this is no year of four digits"},
        [CELL_YEARMONTH] = {"to nie jest miesiąc RRRR-MM", "this is no month YYYY-MM"}};
    return misfit(language, words[field->type][0], words[field->type][1], error);
}

/* ---- truth ---- */

static int put_truth(SitoBuffer *out, const Dialect *dialect, const Field *field,
                     sqlite3_value *value, SitoText text, SitoLanguage language, char **error) {
    int type = sqlite3_value_type(value);
    int64_t number = type == SQLITE_INTEGER ? sqlite3_value_int64(value) : -1;
    SitoText yes = {field->yes, strlen(field->yes)}, no = {field->no, strlen(field->no)};
    if (number == 1 || (type == SQLITE_TEXT && sito_text_equal(text, yes))) {
        return sito_cell_put_text(out, dialect, yes);
    }
    if (number == 0 || (type == SQLITE_TEXT && sito_text_equal(text, no))) {
        return sito_cell_put_text(out, dialect, no);
    }
    return misfit(language, "to nie jest 0, 1 ani znak prawdy lub fałszu tego pola",
                  "this is neither 0, 1 nor a sign of truth of this field", error);
}

/* ---- a cell ---- */

static int put_missing(SitoBuffer *out, const Dialect *dialect, const Field *field,
                       SitoLanguage language, char **error) {
    if (field->signs_count == 0) {
        return misfit(language, "brak wartości, a pole nie ma znaku braku (missingValues)",
                      "a missing value, and the field has no sign for it (missingValues)", error);
    }
    return sito_cell_put_text(out, dialect, (SitoText){field->signs[0], strlen(field->signs[0])});
}

/* Whether the text is one of the signs of a missing value. */
static bool is_sign(const Field *field, SitoText text) {
    for (size_t i = 0; i < field->signs_count; i++) {
        if (sito_text_equal((SitoText){field->signs[i], strlen(field->signs[i])}, text)) {
            return true;
        }
    }
    return false;
}

static int put_text(SitoBuffer *out, const Dialect *dialect, const Field *field,
                    sqlite3_value *value, SitoText text, SitoLanguage language, char **error) {
    int type = sqlite3_value_type(value);
    if (type == SQLITE_FLOAT && field->type == CELL_ANY) {
        return put_real(out, dialect, sqlite3_value_double(value), field->decimal, language, error);
    }
    if (type == SQLITE_FLOAT) {
        return misfit(
            language,
            "liczba z ułamkiem w polu tekstowym; zapis liczby wybiera zapytanie: printf('%.2f', x)",
            "a real number in a field of text; the query chooses its form: printf('%.2f', x)",
            error);
    }
    if (text.size == 0) { /* not NULL, and '' is no sign */
        return sito_buffer_print(out, "%c%c", dialect->quote, dialect->quote);
    }
    return sito_cell_put_text(out, dialect, text);
}

int sito_cell_put(SitoBuffer *out, const Field *field, const Dialect *dialect, sqlite3_value *value,
                  SitoLanguage language, char **error) {
    int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL) {
        return put_missing(out, dialect, field, language, error);
    }
    if (type == SQLITE_BLOB) {
        return misfit(language, "ciąg bajtów (BLOB)", "a blob", error);
    }
    SitoText text = {"", 0};
    if (type != SQLITE_FLOAT) { /* reading a real number as text would round it */
        text.data = (const char *)sqlite3_value_text(value);
        text.size = (size_t)sqlite3_value_bytes(value);
        if (text.data == NULL) {
            return SITO_NOMEM;
        }
    }
    if (type == SQLITE_TEXT && is_sign(field, text)) {
        return text.size == 0
                   ? put_missing(out, dialect, field, language, error)
                   : misfit(language,
                            "tekst jest znakiem braku wartości (missingValues); zamień go na NULL: "
                            "nullif(x, 'znak')",
                            "the text is a sign of a missing value (missingValues); make it NULL: "
                            "nullif(x, 'sign')",
                            error);
    }
    if (sito_utf8_valid(text) < text.size || memchr(text.data, 0, text.size) != NULL) {
        return misfit(language, "tekst nie jest poprawnym UTF-8", "the text is no valid UTF-8",
                      error);
    }
    switch (field->type) {
    case CELL_INTEGER:
    case CELL_NUMBER:
        return put_integer(out, dialect, field, value, text, language, error);
    case CELL_BOOLEAN:
        return put_truth(out, dialect, field, value, text, language, error);
    case CELL_DATE:
    case CELL_TIME:
    case CELL_DATETIME:
    case CELL_YEAR:
    case CELL_YEARMONTH:
        return put_moment(out, dialect, field, value, text, language, error);
    default:
        return put_text(out, dialect, field, value, text, language, error);
    }
}
