/*
** Messages: ICU patterns with named values (rule.h). ICU's C interface numbers the arguments of a
** message and its C++ one is not for us, so the pattern is parsed here.
**
**   message  := ( text | argument | # )*            # only inside a plural: its number
**   argument := { name } | { name, number } | { name, number, percent }
**             | { name, plural, ( =N | word ) { message } … }
**             | { name, select, word { message } … }
**
** R1  '' is an apostrophe; an apostrophe before { } or, inside a plural, # quotes up to the next
**     one; any other apostrophe is itself (ICU's mode DOUBLE_OPTIONAL).
** R2  Of a plural, =N wins over the category of the number, which wins over `other`. Of a select,
**     the word that is the value wins over `other`. `other` must be there.
** R3  All of a pattern is parsed, the branches not taken too: a slip shows in the first run.
** R4  NULL is a dash, and `other`. Numbers are written by number.c.
*/
#include "runner/rule.h"

#include <stdlib.h>
#include <string.h>

#include "common/number.h"

enum { DEPTH_LIMIT = 6 };

typedef struct Formatter {
    SitoLanguage language;
    SitoText pattern;
    size_t at;
    const SitoMessageValue *values;
    size_t count;
    bool check; /* no values: only the form is asked */
    int mute;   /* above 0: parsed, not written */
    int plural; /* above 0: inside a plural, # is a sign */
    int depth;
    const SitoMessageValue *number; /* what # stands for */
    SitoBuffer *out;
    char **error;
} Formatter;

typedef struct Branch {
    size_t at; /* behind its opening brace; 0: none */
    int rank;  /* 3 =N or the very word, 2 the category, 1 other */
} Branch;

static int format_message(Formatter *f, bool nested);

static int fail(Formatter *f, const char *what) {
    enum { SHOWN = 200 };
    return sito_error(f->error, SITO_ERROR, "message: %s, at character %d of \"%.*s%s\"", what,
                      (int)f->at + 1, SHOWN, f->pattern.data, f->pattern.size > SHOWN ? "…" : "");
}

static int put(Formatter *f, const char *bytes, size_t size) {
    return f->mute > 0 || f->check ? SITO_OK : sito_buffer_add(f->out, bytes, size);
}

static char peek(const Formatter *f) {
    return f->at < f->pattern.size ? f->pattern.data[f->at] : '\0';
}

static void skip_blanks(Formatter *f) {
    while (peek(f) == ' ') {
        f->at++;
    }
}

static bool is_sign(char c) {
    return c == '\0' || strchr(" ,{}#'", c) != NULL;
}

static SitoText take_word(Formatter *f) {
    skip_blanks(f);
    size_t start = f->at;
    while (!is_sign(peek(f))) {
        f->at++;
    }
    SitoText word = {f->pattern.data + start, f->at - start};
    skip_blanks(f);
    return word;
}

static int put_value(Formatter *f, const SitoMessageValue *value) {
    if (f->mute > 0 || f->check) {
        return SITO_OK;
    }
    switch (value->type) {
    case SITO_VALUE_INTEGER:
        return sito_write_integer(f->language, value->integer, f->out);
    case SITO_VALUE_REAL:
        return sito_write_number(f->language, value->real, f->out);
    case SITO_VALUE_TEXT:
        return put(f, value->text.data, value->text.size);
    default:
        return put(f, "\xE2\x80\x93", 3);
    }
}

static double as_double(const SitoMessageValue *value) {
    return value->type == SITO_VALUE_INTEGER ? (double)value->integer : value->real;
}

/* ---- plural and select ---- */

static bool is(SitoText word, const char *text) {
    return sito_text_equal(word, (SitoText){text, strlen(text)});
}

static int plural_rank(const SitoMessageValue *value, SitoText word, const char *form) {
    if (word.size > 1 && word.data[0] == '=') {
        char digits[24];
        char *end = digits;
        if (word.size - 1 < sizeof digits) {
            memcpy(digits, word.data + 1, word.size - 1);
            digits[word.size - 1] = '\0';
            long long exact = strtoll(digits, &end, 10);
            if (*end == '\0' && value != NULL && value->type != SITO_VALUE_NULL &&
                as_double(value) == (double)exact) {
                return 3;
            }
        }
        return *end == '\0' ? 0 : -1;
    }
    return is(word, form) ? 2 : is(word, "other") ? 1 : 0;
}

static int select_rank(const SitoMessageValue *value, SitoText word) {
    if (value != NULL && value->type == SITO_VALUE_TEXT && sito_text_equal(value->text, word)) {
        return 3;
    }
    return is(word, "other") ? 1 : 0;
}

/* Which categories a plural must have, as bits in the order of `forms`. */
static const char *const forms[] = {"zero", "one", "two", "few", "many", "other"};
static const unsigned needed_forms[] = {
    [SITO_EN] = 1u << 1 | 1u << 5, [SITO_PL] = 1u << 1 | 1u << 3 | 1u << 4 | 1u << 5};

static int note_form(Formatter *f, SitoText word, bool plural, unsigned *seen) {
    bool known = !plural;
    for (unsigned i = 0; i < SITO_COUNT(forms); i++) {
        if (is(word, forms[i])) {
            *seen |= 1u << i;
            known = true;
        }
    }
    known = known || (word.size > 1 && word.data[0] == '=');
    return known ? SITO_OK : fail(f, "not a plural form");
}

/* Parses all branches, mute; leaves f->at at the closing brace of the argument. */
static int find_branch(Formatter *f, const SitoMessageValue *value, bool plural, const char *form,
                       Branch *best) {
    unsigned seen = 0;
    int rc = SITO_OK;
    f->mute++;
    f->plural += plural;
    while (rc == SITO_OK) {
        SitoText word = take_word(f);
        if (word.size == 0) {
            break;
        }
        if (peek(f) != '{') {
            rc = fail(f, "expected {");
            break;
        }
        f->at++;
        rc = note_form(f, word, plural, &seen);
        int rank = plural ? plural_rank(value, word, form) : select_rank(value, word);
        if (rc == SITO_OK && rank < 0) {
            rc = fail(f, "= takes an integer");
        }
        if (rank > best->rank) {
            *best = (Branch){.at = f->at, .rank = rank};
        }
        rc = rc == SITO_OK ? format_message(f, true) : rc;
    }
    f->mute--;
    f->plural -= plural;
    unsigned needed = plural ? needed_forms[f->language] : 1u << 5;
    if (rc == SITO_OK && (seen & needed) != needed) {
        rc =
            fail(f, plural ? "the plural lacks a form of this language" : "the select lacks other");
    }
    return rc;
}

static int format_choice(Formatter *f, const SitoMessageValue *value, bool plural) {
    bool number =
        value != NULL && (value->type == SITO_VALUE_INTEGER || value->type == SITO_VALUE_REAL);
    if (plural && value != NULL && value->type == SITO_VALUE_TEXT) {
        return fail(f, "a plural needs a number");
    }
    const char *form = plural && number ? sito_plural(f->language, as_double(value)) : "other";
    Branch best = {0};
    int rc = find_branch(f, value, plural, form, &best);
    if (rc != SITO_OK || f->check || f->mute > 0) {
        return rc;
    }
    size_t end = f->at;
    const SitoMessageValue *outer = f->number;
    f->number = plural ? value : outer;
    f->at = best.at;
    f->plural += plural;
    rc = format_message(f, true);
    f->plural -= plural;
    f->number = outer;
    f->at = end;
    return rc;
}

/* ---- arguments and text ---- */

static int find_value(Formatter *f, SitoText name, const SitoMessageValue **value) {
    *value = NULL;
    for (size_t i = 0; i < f->count; i++) {
        if (is(name, f->values[i].name)) {
            *value = &f->values[i];
            return SITO_OK;
        }
    }
    if (f->check) {
        return SITO_OK;
    }
    return sito_error(f->error, SITO_ERROR, "message: the rule gives no value '%.*s'",
                      (int)name.size, name.data);
}

static int format_number(Formatter *f, const SitoMessageValue *value) {
    bool percent = false;
    if (peek(f) == ',') {
        f->at++;
        percent = is(take_word(f), "percent");
        if (!percent) {
            return fail(f, "a number is plain or percent");
        }
    }
    if (value == NULL || f->mute > 0) {
        return SITO_OK;
    }
    if (value->type == SITO_VALUE_TEXT) {
        return fail(f, "not a number");
    }
    return percent && value->type != SITO_VALUE_NULL
               ? sito_write_percent(f->language, as_double(value), f->out)
               : put_value(f, value);
}

static int format_argument(Formatter *f) {
    SitoText name = take_word(f);
    if (name.size == 0) {
        return fail(f, "expected a name");
    }
    const SitoMessageValue *value;
    int rc = find_value(f, name, &value);
    if (rc != SITO_OK) {
        return rc;
    }
    if (peek(f) != ',') {
        rc = value != NULL ? put_value(f, value) : SITO_OK;
    } else {
        f->at++;
        SitoText kind = take_word(f);
        bool plural = is(kind, "plural");
        if (is(kind, "number")) {
            rc = format_number(f, value);
        } else if ((plural || is(kind, "select")) && peek(f) == ',') {
            f->at++;
            rc = format_choice(f, value, plural);
        } else {
            rc = fail(f, "expected number, plural or select");
        }
    }
    if (rc == SITO_OK && peek(f) != '}') {
        rc = fail(f, "expected }");
    }
    f->at++;
    return rc;
}

/* An apostrophe: doubled, quoting, or itself. */
static int format_quote(Formatter *f, bool plural) {
    f->at++;
    char next = peek(f);
    if (next == '\'') {
        f->at++;
        return put(f, "'", 1);
    }
    if (next != '{' && next != '}' && !(plural && next == '#')) {
        return put(f, "'", 1);
    }
    while (f->at < f->pattern.size) {
        if (peek(f) == '\'') {
            f->at++;
            if (peek(f) != '\'') {
                return SITO_OK;
            }
        }
        int rc = put(f, f->pattern.data + f->at, 1);
        if (rc != SITO_OK) {
            return rc;
        }
        f->at++;
    }
    return SITO_OK; /* ICU: an open quote ends with the pattern */
}

static int format_piece(Formatter *f) {
    switch (peek(f)) {
    case '{':
        f->at++;
        return format_argument(f);
    case '#':
        if (f->plural > 0) {
            f->at++;
            return f->number != NULL ? put_value(f, f->number) : SITO_OK;
        }
        break;
    case '\'':
        return format_quote(f, f->plural > 0);
    default:
        break;
    }
    int rc = put(f, f->pattern.data + f->at, 1);
    f->at++;
    return rc;
}

/* Up to the end or, nested, behind the closing brace. */
static int format_message(Formatter *f, bool nested) {
    if (++f->depth > DEPTH_LIMIT) {
        return fail(f, "nested too deeply");
    }
    int rc = SITO_OK;
    while (rc == SITO_OK && f->at < f->pattern.size && peek(f) != '}') {
        rc = format_piece(f);
    }
    f->depth--;
    if (rc != SITO_OK) {
        return rc;
    }
    if (nested != (peek(f) == '}')) {
        return fail(f, nested ? "a brace is not closed" : "a brace closes nothing");
    }
    f->at += nested;
    return SITO_OK;
}

int sito_message_format(SitoLanguage language, const char *pattern, const SitoMessageValue *values,
                        size_t count, SitoBuffer *out, char **error) {
    Formatter formatter = {.language = language,
                           .pattern = {pattern, strlen(pattern)},
                           .values = values,
                           .count = count,
                           .out = out,
                           .error = error};
    size_t before = out->size;
    int rc = format_message(&formatter, false);
    if (rc != SITO_OK) {
        out->size = before;
    }
    return rc;
}

int sito_message_check(SitoLanguage language, const char *pattern, char **error) {
    SitoBuffer none = {.limit = 1};
    Formatter formatter = {.language = language,
                           .pattern = {pattern, strlen(pattern)},
                           .check = true,
                           .out = &none,
                           .error = error};
    return format_message(&formatter, false);
}
