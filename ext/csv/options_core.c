/*
** The options of a csv table (options_core.h).
*/
#include "options_core.h"

#include <string.h>

#include "base/option.h"

typedef struct Option {
    const char *name;
    const char *values; /* for messages */
    int (*take)(SitoCsvOptions *, SitoText value, const struct Option *, char **error);
    bool repeats;
} Option;

static int refuse(const Option *option, SitoText value, char **error) {
    return sito_error(error, SITO_ERROR, "csv: %s cannot be '%.*s'; it is %s", option->name,
                      (int)(value.size < 80 ? value.size : 80), value.data, option->values);
}

static bool is(SitoText value, const char *word) {
    return sito_text_equal_nocase(value, (SitoText){.data = word, .size = strlen(word)});
}

static int keep_text(char **place, SitoText value) {
    *place = sito_print("%.*s", (int)value.size, value.size > 0 ? value.data : "");
    return *place == NULL ? SITO_NOMEM : SITO_OK;
}

/* ---- one function for each option ---- */

static int take_filename(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    return value.size == 0 ? refuse(option, value, error) : keep_text(&o->filename, value);
}

static int take_data(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    (void)option, (void)error;
    return keep_text(&o->data, value);
}

static int take_header(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    if (is(value, "match")) {
        o->match = true;
        o->given.header = SITO_HEADER_YES;
        return SITO_OK;
    }
    static const char *const words[] = {
        [SITO_HEADER_AUTO] = "auto", [SITO_HEADER_YES] = "yes", [SITO_HEADER_NO] = "no"};
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (is(value, words[i])) {
            o->given.header = (SitoHeader)i;
            return SITO_OK;
        }
    }
    return refuse(option, value, error);
}

/* One ASCII character that can be neither part of a value's digits nor of a line end. */
static bool is_mark(SitoText value) {
    unsigned char c = value.size == 1 ? (unsigned char)value.data[0] : 0;
    bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c != 0 && c < 0x80 && !alphanumeric && c != '\r' && c != '\n';
}

static int take_delimiter(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    if (is(value, "auto")) {
        o->given.delimiter = 0;
    } else if (is(value, "tab") || is(value, "\\t")) {
        o->given.delimiter = '\t';
    } else if (is_mark(value)) {
        o->given.delimiter = value.data[0];
    } else {
        return refuse(option, value, error);
    }
    return SITO_OK;
}

static int take_quote(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    o->given.quote_given = !is(value, "auto");
    if (is(value, "auto")) {
        o->given.quote = '"';
    } else if (value.size == 0 || is(value, "none")) {
        o->given.quote = 0;
    } else if (is_mark(value)) {
        o->given.quote = value.data[0];
    } else {
        return refuse(option, value, error);
    }
    return SITO_OK;
}

static int take_encoding(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    o->given.encoding = sito_encoding_named(value);
    o->given.utf16 = is(value, "utf-16") || is(value, "utf16");
    bool known = o->given.encoding != SITO_ENCODINGS || o->given.utf16 || is(value, "auto");
    return known ? SITO_OK : refuse(option, value, error);
}

static int take_decimal(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    if (is(value, "auto")) {
        o->decimal = 0;
    } else if (is(value, ",") || is(value, ".")) {
        o->decimal = value.data[0];
    } else {
        return refuse(option, value, error);
    }
    return SITO_OK;
}

static int take_null(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    (void)option, (void)error;
    int rc = sito_buffer_add(&o->nulls, value.data, value.size);
    return rc == SITO_OK ? sito_buffer_add(&o->nulls, "", 1) : rc;
}

static int take_on_error(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    static const char *const words[] = {
        [SITO_FAIL] = "fail", [SITO_REJECT] = "reject", [SITO_KEEP] = "keep"};
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (is(value, words[i])) {
            o->on_error = (SitoOnError)i;
            return SITO_OK;
        }
    }
    return refuse(option, value, error);
}

static int take_number(SitoText value, int64_t least, int64_t most, int64_t *number,
                       const Option *option, char **error) {
    bool fits = sito_value_integer(value, number) && *number >= least && *number <= most;
    return fits ? SITO_OK : refuse(option, value, error);
}

static int take_reject_limit(SitoCsvOptions *o, SitoText value, const Option *option,
                             char **error) {
    return take_number(value, 0, INT64_MAX, &o->reject_limit, option, error);
}

static int take_skip(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    if (is(value, "auto")) {
        o->given.skip = -1;
        return SITO_OK;
    }
    return take_number(value, 0, 1000, &o->given.skip, option, error);
}

static int take_choice(SitoText value, bool *given, bool *choice, const Option *option,
                       char **error) {
    if (!is(value, "auto") && !is(value, "yes") && !is(value, "no")) {
        return refuse(option, value, error);
    }
    *given = !is(value, "auto");
    *choice = is(value, "yes");
    return SITO_OK;
}

static int take_trim(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    return take_choice(value, &o->given.trim_given, &o->given.trim, option, error);
}

static int take_trailing(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    return take_choice(value, &o->given.trailing_given, &o->given.trailing, option, error);
}

static int take_types(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    o->auto_types = is(value, "auto");
    return is(value, "text") || is(value, "auto") ? SITO_OK : refuse(option, value, error);
}

static int take_max_unpacked(SitoCsvOptions *o, SitoText value, const Option *option,
                             char **error) {
    return take_number(value, 1, INT64_MAX, &o->max_unpacked, option, error);
}

static int take_max_field(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    int64_t bytes;
    int rc = take_number(value, 1, SITO_CSV_MOST_FIELD, &bytes, option, error);
    if (rc == SITO_OK) {
        o->given.max_field = (size_t)bytes;
    }
    return rc;
}

static int take_sha256(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    o->hash = true;
    if (is(value, "compute")) {
        return SITO_OK;
    }
    if (value.size != SITO_SHA256_HEX - 1) {
        return refuse(option, value, error);
    }
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        c = c >= 'A' && c <= 'F' ? (char)(c + 32) : c;
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return refuse(option, value, error);
        }
        o->sha256[i] = c;
    }
    return SITO_OK;
}

/* ---- columns='name type, "other name" type, …' ---- */

/* The text up to the next comma outside quotes. */
static SitoText next_item(SitoText *rest) {
    bool quoted = false;
    size_t i = 0;
    for (; i < rest->size && (quoted || rest->data[i] != ','); i++) {
        quoted ^= rest->data[i] == '"';
    }
    SitoText item = sito_option_trim((SitoText){.data = rest->data, .size = i});
    size_t past = i < rest->size ? i + 1 : i;
    *rest = (SitoText){.data = rest->data + past, .size = rest->size - past};
    return item;
}

static bool type_of(SitoText word, SitoValueType *type) {
    static const struct {
        const char *name;
        SitoValueType type;
    } types[] = {{"", SITO_TYPE_TEXT},
                 {"text", SITO_TYPE_TEXT},
                 {"integer", SITO_TYPE_INTEGER},
                 {"number", SITO_TYPE_NUMBER},
                 {"date", SITO_TYPE_DATE}};
    for (size_t i = 0; i < SITO_COUNT(types); i++) {
        if (is(word, types[i].name)) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

/* Splits an item into its name, quotes undone, and the word behind it. */
static int split_item(SitoText item, SitoBuffer *name, SitoText *type) {
    size_t i = 0;
    if (item.size > 0 && item.data[0] == '"') {
        for (i = 1; i < item.size; i++) {
            bool doubled = i + 1 < item.size && item.data[i] == '"' && item.data[i + 1] == '"';
            if (item.data[i] == '"' && !doubled) {
                break;
            }
            int rc = sito_buffer_add(name, item.data + i, 1);
            if (rc != SITO_OK) {
                return rc;
            }
            i += doubled;
        }
        i++;
    } else {
        while (i < item.size && item.data[i] != ' ' && item.data[i] != '\t') {
            i++;
        }
        int rc = sito_buffer_add(name, item.data, i);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    i = i < item.size ? i : item.size;
    *type = sito_option_trim((SitoText){.data = item.data + i, .size = item.size - i});
    return SITO_OK;
}

static int take_columns(SitoCsvOptions *o, SitoText value, const Option *option, char **error) {
    SitoBuffer name = {.limit = 1000};
    int rc = value.size == 0 ? refuse(option, value, error) : SITO_OK;
    while (rc == SITO_OK && value.size > 0) {
        SitoText word;
        SitoValueType type = SITO_TYPE_TEXT;
        SitoText item = next_item(&value);
        name.size = 0;
        rc = split_item(item, &name, &word);
        if (rc == SITO_OK && (name.size == 0 || name.data[0] == '_' || !type_of(word, &type))) {
            rc = refuse(option, item, error);
        }
        void *types = o->types;
        if (rc == SITO_OK) {
            rc = sito_grow(&types, &o->types_capacity, o->columns.count + 1, sizeof *o->types,
                           SITO_CSV_MAX_COLUMNS);
            o->types = types;
        }
        if (rc == SITO_OK) {
            o->types[o->columns.count] = type;
            rc = sito_headings_add(&o->columns, (SitoText){.data = name.data, .size = name.size});
        }
    }
    sito_buffer_free(&name);
    return rc;
}

static const Option known[] = {
    {"filename", "the name of a file", take_filename, false},
    {"data", "the text of the table itself", take_data, false},
    {"header", "auto, yes, no or match", take_header, false},
    {"delimiter", "auto, tab, or one character that is no letter, digit or line end",
     take_delimiter, false},
    {"quote", "auto, none, or one character that is no letter, digit or line end", take_quote,
     false},
    {"encoding", "auto, utf-8, utf-16, utf-16le, utf-16be, windows-1250, iso-8859-2 or cp852",
     take_encoding, false},
    {"decimal", "auto, ',' or '.'", take_decimal, false},
    {"null", "a text that means: no value", take_null, true},
    {"columns",
     "'name type, …' for every column; types are text, integer and number, names do not begin with "
     "_",
     take_columns, false},
    {"types", "text or auto", take_types, false},
    {"skip", "auto, or a number of lines from 0 to 1000", take_skip, false},
    {"trim", "auto, yes or no", take_trim, false},
    {"trailing", "auto, yes or no", take_trailing, false},
    {"on_error", "fail, reject or keep", take_on_error, false},
    {"reject_limit", "a number of records from 0", take_reject_limit, false},
    {"max_field", "a number of bytes from 1 to 209715200", take_max_field, false},
    {"max_unpacked", "a number of bytes from 1", take_max_unpacked, false},
    {"sha256", "compute, or the 64 hexadecimal digits that the file must have", take_sha256, false},
};

/* ---- the arguments ---- */

static int unknown(SitoText name, char **error) {
    const char *names[SITO_COUNT(known)];
    for (size_t i = 0; i < SITO_COUNT(known); i++) {
        names[i] = known[i].name;
    }
    return sito_option_unknown("csv", name, names, SITO_COUNT(known), error);
}

const char *sito_csv_option_name(size_t i) {
    return i < SITO_COUNT(known) ? known[i].name : NULL;
}

static int take(SitoCsvOptions *options, size_t i, SitoBuffer *value, char **error) {
    SitoText text = {.data = value->size > 0 ? value->data : "", .size = value->size};
    if ((options->seen & 1u << i) != 0 && !known[i].repeats) {
        return sito_error(error, SITO_ERROR, "csv: option %s is given twice", known[i].name);
    }
    options->seen |= 1u << i;
    return known[i].take(options, text, &known[i], error);
}

int sito_csv_option(SitoCsvOptions *options, const char *argument, char **error) {
    SitoBuffer value = {0};
    SitoText name;
    int rc = sito_option_split("csv", argument, &name, &value, error);
    size_t i = 0;
    while (rc == SITO_OK && i < SITO_COUNT(known) && !is(name, known[i].name)) {
        i++;
    }
    if (rc == SITO_OK) {
        rc = i < SITO_COUNT(known) ? take(options, i, &value, error) : unknown(name, error);
    }
    sito_buffer_free(&value);
    return rc;
}

int sito_csv_options_check(const SitoCsvOptions *options, char **error) {
    if ((options->filename == NULL) == (options->data == NULL)) {
        return sito_error(error, SITO_ERROR, "csv: give either filename='…' or data='…'");
    }
    if (options->given.quote != 0 && options->given.quote == options->given.delimiter) {
        return sito_error(error, SITO_ERROR, "csv: delimiter and quote cannot be the same");
    }
    if (options->match && options->columns.count == 0) {
        return sito_error(error, SITO_ERROR, "csv: header='match' needs columns='…'");
    }
    if (options->auto_types && options->columns.count > 0) {
        return sito_error(error, SITO_ERROR, "csv: give either types='auto' or columns='…'");
    }
    return SITO_OK;
}

SitoCsvOptions sito_csv_defaults(void) {
    return (SitoCsvOptions){.given = sito_sniff_nothing(),
                            .reject_limit = INT64_MAX,
                            .max_unpacked = SITO_CSV_MAX_UNPACKED};
}

void sito_csv_options_free(SitoCsvOptions *options) {
    sito_free(options->filename);
    sito_free(options->data);
    sito_buffer_free(&options->nulls);
    sito_headings_free(&options->columns);
    sito_free(options->types);
}
