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
** R6  bareNumber false: what stands before the first digit (and its sign or mark) and behind the last is left
**     out. A sign that does not stand at the number is no number's.
** R7  An item of a list is judged as a value of its type in its default form, blanks included.
*/
#include <string.h>

#include "field_type.h"
#include "form.h"
#include "geo.h"
#include "json_read.h"

static const char *const type_names[] = {
    [TYPE_ANY] = "any",           [TYPE_STRING] = "string",
    [TYPE_INTEGER] = "integer",   [TYPE_NUMBER] = "number",
    [TYPE_BOOLEAN] = "boolean",   [TYPE_DATE] = "date",
    [TYPE_DATETIME] = "datetime", [TYPE_TIME] = "time",
    [TYPE_YEAR] = "year",         [TYPE_YEARMONTH] = "yearmonth",
    [TYPE_DURATION] = "duration", [TYPE_GEOPOINT] = "geopoint",
    [TYPE_GEOJSON] = "geojson",   [TYPE_OBJECT] = "object",
    [TYPE_ARRAY] = "array",       [TYPE_LIST] = "list"};

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
    for (size_t i = 0; i < SITO_COUNT(type_names); i++) {
        if (is_word(name, &type_names[i], 1)) {
            *type = (SitoTypeName)i;
            return true;
        }
    }
    *type = TYPE_OTHER;
    return false;
}

bool sito_type_format(SitoTypeName type, SitoText name, SitoFormat *format) {
    static const struct {
        SitoTypeName type;
        SitoFormat format;
        const char *name;
    } formats[] = {
        {TYPE_STRING, FORMAT_EMAIL, "email"},       {TYPE_STRING, FORMAT_URI, "uri"},
        {TYPE_STRING, FORMAT_UUID, "uuid"},         {TYPE_STRING, FORMAT_BINARY, "binary"},
        {TYPE_GEOPOINT, FORMAT_ARRAY, "array"},     {TYPE_GEOPOINT, FORMAT_OBJECT, "object"},
        {TYPE_GEOJSON, FORMAT_TOPOJSON, "topojson"}};
    *format = FORMAT_DEFAULT;
    for (size_t i = 0; i < SITO_COUNT(formats); i++) {
        if (formats[i].type == type && is_word(name, &formats[i].name, 1)) {
            *format = formats[i].format;
            return true;
        }
    }
    bool formed = type == TYPE_STRING || type == TYPE_GEOPOINT || type == TYPE_GEOJSON;
    return !formed || name.size == 0 || sito_text_equal(name, SITO_LITERAL("default"));
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

static bool is_mark_at(SitoText value, size_t position, SitoText mark) {
    return mark.size <= value.size - position &&
           memcmp(value.data + position, mark.data, mark.size) == 0;
}

/* R6: the number alone; all of the value where there is none in it. */
static SitoText undress(SitoText value, SitoText decimal) {
    size_t start = 0, end = value.size;
    while (start < end && !is_digit(value.data[start])) {
        start++;
    }
    while (end > start && !is_digit(value.data[end - 1])) {
        end--;
    }
    if (start == end) {
        return value;
    }
    if (start >= decimal.size && is_mark_at(value, start - decimal.size, decimal)) {
        start -= decimal.size;
    }
    start -= start > 0 && (value.data[start - 1] == '-' || value.data[start - 1] == '+');
    for (size_t i = 0; i < start; i++) {
        if (value.data[i] == '-' || value.data[i] == '+') {
            return value;
        }
    }
    return (SitoText){value.data + start, end - start};
}

static bool fits_number(const SitoFieldType *type, SitoText value, SitoNumber *number) {
    SitoNumberForm form = type->number;
    if (form.decimal.size == 0) {
        form.decimal = SITO_LITERAL(".");
    }
    form.exponents = type->name == TYPE_NUMBER;
    bool read = sito_number_read(value, &form, number) ||
                (type->dressed && sito_number_read(undress(value, form.decimal), &form, number));
    return read && (number->whole || form.exponents);
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

static bool fits_string(const SitoFieldType *type, SitoText value) {
    switch (type->format) {
    case FORMAT_EMAIL:
        return sito_form_is_email(value);
    case FORMAT_URI:
        return sito_form_is_uri(value);
    case FORMAT_UUID:
        return sito_form_is_uuid(value);
    case FORMAT_BINARY:
        return sito_form_is_base64(value);
    default:
        return true;
    }
}

static SitoText delimiter_of(const SitoFieldType *type) {
    return type->delimiter.size > 0 ? type->delimiter : SITO_LITERAL(",");
}

/* The next item of a list; false when there is none. *position is beyond the value behind the last. */
static bool next_item(SitoText value, SitoText delimiter, size_t *position, SitoText *item) {
    size_t start = *position, end = start;
    if (start > value.size) {
        return false;
    }
    while (end < value.size && !is_mark_at(value, end, delimiter)) {
        end++;
    }
    *item = (SitoText){value.data + start, end - start};
    *position = end < value.size ? end + delimiter.size : value.size + 1;
    return true;
}

/* R7 */
static bool fits_list(const SitoFieldType *type, SitoText value) {
    SitoFieldType one = {.name = type->item};
    SitoText item;
    size_t position = 0;
    if (type->item == TYPE_ANY || type->item == TYPE_STRING) {
        return true;
    }
    while (next_item(value, delimiter_of(type), &position, &item)) {
        SitoNumber number;
        SitoMoment moment;
        SitoOrder order = sito_type_order(type->item);
        if (order == ORDER_NUMBER   ? !fits_number(&one, item, &number)
            : order == ORDER_MOMENT ? !fits_moment(&one, item, &moment)
                                    : !fits_boolean(&one, item)) {
            return false;
        }
    }
    return true;
}

/* The types that have no order. */
static bool fits_text(const SitoFieldType *type, SitoText value) {
    switch (type->name) {
    case TYPE_STRING:
        return fits_string(type, value);
    case TYPE_BOOLEAN:
        return fits_boolean(type, value);
    case TYPE_DURATION:
        return sito_form_is_duration(value);
    case TYPE_GEOPOINT:
        return type->format == FORMAT_ARRAY    ? sito_geo_is_array(value)
               : type->format == FORMAT_OBJECT ? sito_geo_is_object(value)
                                               : sito_geo_is_pair(value);
    case TYPE_GEOJSON:
        return type->format == FORMAT_TOPOJSON ? sito_geo_is_topojson(value)
                                               : sito_geo_is_geojson(value);
    case TYPE_OBJECT:
        return sito_json_is(value, '{');
    case TYPE_ARRAY:
        return sito_json_is(value, '[');
    case TYPE_LIST:
        return fits_list(type, value);
    default:
        return true;
    }
}

int64_t sito_type_length(const SitoFieldType *type, SitoText value) {
    SitoText item;
    size_t position = 0;
    int64_t count = 0;
    if (type->name == TYPE_OBJECT || type->name == TYPE_ARRAY) {
        return sito_json_items(value);
    }
    if (type->name == TYPE_LIST) {
        while (next_item(value, delimiter_of(type), &position, &item)) {
            count++;
        }
        return count;
    }
    for (size_t i = 0; i < value.size; i++) {
        count += ((unsigned char)value.data[i] & 0xC0) != 0x80;
    }
    return count;
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
        judgement->fits = fits_text(type, value);
        break;
    }
    judgement->class = class_of(value);
}
