/*
** Types of Table Schema (Data Package v2), as a gate reads them (field_type.h).
**
** R1  Lexical: what counts is how a value is written, exactly; a blank around it is a mismatch.
** R2  integer and number take groupChar, in groups of three; decimalChar defaults to a point.
** R3  date, datetime, time default to ISO 8601; "any" takes the ways of offices (moment.h), other formats
**     are strptime patterns.
** R4  boolean defaults to true, True, TRUE, 1 and false, False, FALSE, 0.
** R5  The class of a value is seen without the schema: digits are an integer, a point or comma among them
**     makes a number, a real day a date.
*/
#include "field_type.h"

static const char *const type_names[] = {
    [TYPE_ANY] = "any",           [TYPE_STRING] = "string",
    [TYPE_INTEGER] = "integer",   [TYPE_NUMBER] = "number",
    [TYPE_BOOLEAN] = "boolean",   [TYPE_DATE] = "date",
    [TYPE_DATETIME] = "datetime", [TYPE_TIME] = "time",
    [TYPE_YEAR] = "year",         [TYPE_YEARMONTH] = "yearmonth"};

static bool is_word(SitoText text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        while (words[i][size] != 0) {
            size++;
        }
        if (sito_text_equal(text, (SitoText){words[i], size})) {
            return true;
        }
    }
    return false;
}

bool sito_type_find(SitoText name, SitoTypeName *type) {
    static const char *const others[] = {"object",   "array",   "list",
                                         "geopoint", "geojson", "duration"};
    for (size_t i = 0; i < SITO_COUNT(type_names); i++) {
        if (is_word(name, &type_names[i], 1)) {
            *type = (SitoTypeName)i;
            return true;
        }
    }
    *type = TYPE_OTHER;
    return is_word(name, others, SITO_COUNT(others));
}

SitoOrder sito_type_order(SitoTypeName type) {
    switch (type) {
    case TYPE_INTEGER:
    case TYPE_NUMBER:
        return ORDER_NUMBER;
    case TYPE_DATE:
    case TYPE_DATETIME:
    case TYPE_TIME:
    case TYPE_YEAR:
    case TYPE_YEARMONTH:
        return ORDER_MOMENT;
    default:
        return ORDER_TEXT;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

enum { LONGEST_NUMBER = 100 };

static SitoClass class_of(SitoText value) {
    static const SitoNumberForm loose = {.group = {" ", 1}};
    char first = value.size > 0 ? value.data[0] : 'x';
    bool sign = first == '-' || first == '+';
    if ((!is_digit(first) && !sign && first != '.' && first != ',') ||
        value.size > LONGEST_NUMBER) {
        return CLASS_TEXT;
    }
    size_t digits = 0;
    for (size_t i = sign; i < value.size; i++) {
        digits += is_digit(value.data[i]);
    }
    if (digits == 0 || digits + sign == value.size) {
        return digits == 0 ? CLASS_TEXT : CLASS_INTEGER;
    }
    SitoMoment moment;
    bool month = value.size == 7 && value.data[4] == '-' &&
                 sito_moment_read(value, SITO_LITERAL("%Y-%m"), &moment);
    if (month || (!sign && sito_moment_guess(value, &moment))) {
        return CLASS_DATE;
    }
    SitoNumber number;
    return !sito_number_read(value, &loose, &number) ? CLASS_TEXT
           : number.whole                            ? CLASS_INTEGER
                                                     : CLASS_NUMBER;
}

static bool has_leading_zeros(SitoText value) {
    if (value.size < 2 || value.data[0] != '0') {
        return false;
    }
    for (size_t i = 1; i < value.size; i++) {
        if (!is_digit(value.data[i])) {
            return false;
        }
    }
    return true;
}

static bool is_among(SitoText value, const SitoTexts *texts) {
    for (size_t i = 0; i < texts->count; i++) {
        if (sito_text_equal(value, texts->items[i])) {
            return true;
        }
    }
    return false;
}

static bool fits_boolean(const SitoFieldType *type, SitoText value) {
    static const char *const trues[] = {"true", "True", "TRUE", "1"};
    static const char *const falses[] = {"false", "False", "FALSE", "0"};
    bool yes = type->trues.count > 0 ? is_among(value, &type->trues)
                                     : is_word(value, trues, SITO_COUNT(trues));
    bool no = type->falses.count > 0 ? is_among(value, &type->falses)
                                     : is_word(value, falses, SITO_COUNT(falses));
    return yes || no;
}

static bool fits_number(const SitoFieldType *type, SitoText value, SitoNumber *number) {
    SitoNumberForm form = type->number;
    if (form.decimal.size == 0) {
        form.decimal = SITO_LITERAL(".");
    }
    form.exponents = type->name == TYPE_NUMBER;
    return sito_number_read(value, &form, number) && (number->whole || form.exponents);
}

static bool fits_moment(const SitoFieldType *type, SitoText value, SitoMoment *moment) {
    bool any = sito_text_equal(type->pattern, SITO_LITERAL("any"));
    if (type->pattern.size > 0 && !any) {
        return sito_moment_read(value, type->pattern, moment);
    }
    switch (type->name) {
    case TYPE_DATE:
        return any ? sito_moment_guess(value, moment)
                   : value.size == 10 && sito_moment_read(value, SITO_LITERAL("%Y-%m-%d"), moment);
    case TYPE_DATETIME:
        return any ? sito_moment_guess(value, moment) : sito_moment_iso(value, moment);
    case TYPE_TIME:
        return sito_moment_time(value, moment);
    case TYPE_YEAR:
        return sito_moment_read(value, SITO_LITERAL("%Y"), moment);
    default:
        return value.size == 7 && sito_moment_read(value, SITO_LITERAL("%Y-%m"), moment);
    }
}

void sito_type_judge(const SitoFieldType *type, SitoText value, SitoJudgement *judgement) {
    judgement->leading_zeros = has_leading_zeros(value);
    judgement->fits = true;
    switch (sito_type_order(type->name)) {
    case ORDER_NUMBER:
        judgement->fits = fits_number(type, value, &judgement->value.number);
        if (judgement->fits) {
            judgement->class = judgement->value.number.whole ? CLASS_INTEGER : CLASS_NUMBER;
            return;
        }
        break;
    case ORDER_MOMENT:
        judgement->fits = fits_moment(type, value, &judgement->value.moment);
        if (judgement->fits && type->name != TYPE_YEAR && type->name != TYPE_TIME) {
            judgement->class = CLASS_DATE;
            return;
        }
        break;
    case ORDER_TEXT:
        judgement->fits = type->name != TYPE_BOOLEAN || fits_boolean(type, value);
        break;
    }
    judgement->class = class_of(value);
}
