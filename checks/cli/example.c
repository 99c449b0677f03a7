/*
** An invented finding of a rule, as `sito explain` shows it: the message of the rule over values that
** nobody measured.
**
** R1  Thresholds have their defaults; counts are 3 or 12; of a choice the usual word is taken. What a
**     name stands for is known by its place in the pattern and by the list below; else it is "…".
** R2  It needs no data and no network, and says the same every time.
*/
#include "example.h"

#include <string.h>

enum { MOST_NAMES = 40, NAME_SIZE = 40 };

typedef struct Example {
    const SitoRule *rule;
    SitoLanguage language;
    char names[MOST_NAMES][NAME_SIZE];
    SitoMessageValue values[MOST_NAMES];
    size_t count;
} Example;

/* What plain names stand for in the messages of rules. */
static const struct {
    const char *name, *text;
} known[] = {
    {"field", "wiek"},
    {"columns", "wiek, plec"},
    {"names", "wiek, plec"},
    {"codelist", "osiedla.csv#kod"},
    {"first", "2025-01-01"},
    {"last", "2025-12-31"},
    {"since", "2024-01-01"},
    {"until", "2024-12-31"},
    {"modified", "2025-01-10"},
    {"due", "2025-03-31"},
    {"expires", "2025-06-30"},
    {"hash", "SHA-256"},
    {"id", "wiersze"},
    {"metric", "rowCount"},
    {"rule", "free-text"},
    {"encoding", "windows-1250"},
    {"declared", "utf-8"},
    {"detected", "windows-1250"},
    {"name", "zgloszenia-2024.csv"},
    {"secrets", "powod"},
    {"reference", "osoby.csv"},
    {"resource", "zgloszenia"},
    {"type", "integer"},
    {"frequency", "P3M"},
    {"step", "P1M"},
};

static const struct {
    const char *name;
    double number;
} numbers[] = {
    {"k", 5},         {"smallest", 2},  {"value", 1},   {"times", 12},      {"allowed", 5},
    {"before", 1200}, {"digests", 400}, {"bound", 100}, {"expected", 14},   {"policy", 5},
    {"effective", 5}, {"number", 1},    {"rows", 12},   {"distance", 0.45}, {"below", 12},
};

/* What stands for something else in one rule: a text, or (NULL) a number. */
static const struct {
    const char *rule, *name, *text;
    double number;
} special[] = {
    {"delimiter-mismatch", "declared", ";", 0},
    {"delimiter-mismatch", "detected", ",", 0},
    {"heading-blank", "places", "3, 7, 8", 0},
    {"heading-duplicate", "place", NULL, 7},
    {"heading-duplicate", "first", NULL, 3},
    {"encoding-mismatch", "used", "windows-1250", 0},
    {"ragged-row", "columns", NULL, 14},
    {"calendar-gap", "allowed", NULL, 0},
    {"check-digit", "kind", "REGON", 0},
    {"foreign-key-without-target", "columns", "osiedle", 0},
    {"foreign-key-without-target", "reference", "osiedla", 0},
    {"foreign-key-without-target", "reference_columns", "kod", 0},
    {"requirement-not-met", "state", "shown", 0},
    {"requirement-not-met", "asked", "one", 0},
    {"requirement-not-met", "columns", "", 0},
    {"requirement-not-met", "sign", "> ", 0},
    {"requirement-not-met", "value", NULL, 80},
    {"type-mismatch", "type", "integer", 0},
    {"free-text", "longest", NULL, 240},
    {"frequency-attack", "reference", "ulica", 0},
    {"frequency-attack", "pseudonyms", NULL, 40},
    {"linkable-release", "mends", "ulica", 0},
    {"linkable-release", "left", NULL, 1},
    {"l-diversity", "value", NULL, 1},
    {"policy-loosened", "name", "k", 0},
    {"policy-loosened", "declared", NULL, 3},
    {"role-doubtful", "uniques", NULL, 1},
    {"inference", "low", NULL, 0.97},
    {"inference", "baseline", NULL, 0.12},
    {"derived-column", "field", "data_urodzenia", 0},
    {"derived-column", "columns", "wiek", 0},
    {"pattern-mismatch", "state", "other", 0},
};

static SitoMessageValue *value_named(Example *example, const char *name, size_t size) {
    for (size_t i = 0; i < example->count; i++) {
        if (strlen(example->names[i]) == size && strncmp(example->names[i], name, size) == 0) {
            return &example->values[i];
        }
    }
    if (example->count == MOST_NAMES || size >= NAME_SIZE) {
        return NULL;
    }
    char *copy = example->names[example->count];
    memcpy(copy, name, size);
    copy[size] = 0;
    SitoMessageValue *value = &example->values[example->count++];
    *value = (SitoMessageValue){.name = copy, .type = SITO_VALUE_NULL};
    return value;
}

static void set_text(SitoMessageValue *value, const char *text) {
    value->type = SITO_VALUE_TEXT;
    value->text = (SitoText){text, strlen(text)};
}

static void set_real(SitoMessageValue *value, double number) {
    value->type = SITO_VALUE_REAL;
    value->real = number;
}

/* The default of a number, as it stands in the rule: digits and a point. */
static double read_decimal(const char *text) {
    double number = 0, unit = 1;
    for (; *text >= '0' && *text <= '9'; text++) {
        number = number * 10 + (*text - '0');
    }
    for (text += *text == '.'; *text >= '0' && *text <= '9'; text++) {
        unit /= 10;
        number += unit * (*text - '0');
    }
    return number;
}

/* {name} */
static void take_plain(Example *example, SitoMessageValue *value) {
    for (size_t i = 0; i < example->rule->params_count; i++) {
        const SitoParam *param = &example->rule->params[i];
        if (strcmp(param->name, value->name) == 0) {
            if (strcmp(param->type, "text") == 0) {
                set_text(value, param->value);
            } else {
                set_real(value, read_decimal(param->value));
            }
            return;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(known); i++) {
        if (strcmp(known[i].name, value->name) == 0) {
            set_text(value, known[i].text);
            return;
        }
    }
    set_text(value, "…");
    for (size_t i = 0; i < SITO_COUNT(numbers); i++) {
        if (strcmp(numbers[i].name, value->name) == 0) {
            set_real(value, numbers[i].number);
        }
    }
}

/* ---- the names of a pattern, and what each is used as ---- */

static SitoText trimmed(const char *from, const char *to) {
    while (from < to && *from == ' ') {
        from++;
    }
    while (to > from && to[-1] == ' ') {
        to--;
    }
    return (SitoText){from, (size_t)(to - from)};
}

static bool is(SitoText word, const char *text) {
    return sito_text_equal(word, (SitoText){text, strlen(text)});
}

/* A choice: the words that tell of the usual case, where they are among its words; else "other". */
static const char *chosen(const char *branches) {
    static const char *const usual[] = {"pesel", "column", "certain", "mustBeGreaterThan",
                                        "health"};
    const char *end = strchr(branches, '\n');
    size_t room = end != NULL ? (size_t)(end - branches) : strlen(branches);
    for (size_t i = 0; i < SITO_COUNT(usual); i++) {
        const char *at = strstr(branches, usual[i]);
        if (at != NULL && (size_t)(at - branches) < (room < 120 ? room : 120)) {
            return usual[i];
        }
    }
    return "other";
}

static bool take_special(const Example *example, SitoMessageValue *value, bool plural) {
    for (size_t i = 0; i < SITO_COUNT(special); i++) {
        if (strcmp(special[i].rule, example->rule->id) == 0 &&
            strcmp(special[i].name, value->name) == 0) {
            if (special[i].text != NULL) {
                set_text(value, special[i].text);
            } else if (plural) {
                value->type = SITO_VALUE_INTEGER;
                value->integer = (int64_t)special[i].number;
            } else {
                set_real(value, special[i].number);
            }
            return true;
        }
    }
    return false;
}

/* One argument, from behind its opening brace: {name}, {name, kind, …}. */
static void take_argument(Example *example, const char *at) {
    size_t size = strcspn(at, ",{}");
    SitoText name = trimmed(at, at + size);
    SitoMessageValue *value = value_named(example, name.data, name.size);
    if (name.size == 0 || value == NULL || at[size] == '{') {
        return;
    }
    if (take_special(example, value, strncmp(at + size, ", plural", 8) == 0)) {
        return;
    }
    if (at[size] != ',') {
        if (value->type == SITO_VALUE_NULL) {
            take_plain(example, value);
        }
        return;
    }
    const char *kind_at = at + size + 1;
    size_t kind_size = strcspn(kind_at, ",{}");
    SitoText kind = trimmed(kind_at, kind_at + kind_size);
    if (is(kind, "plural")) {
        value->type = SITO_VALUE_INTEGER;
        value->integer = is(name, "more") || is(name, "heading") ? 0 : is(name, "rows") ? 1200 : 3;
    } else if (is(kind, "select")) {
        set_text(value, chosen(kind_at + kind_size));
    } else if (is(kind, "number")) {
        take_plain(example, value);
        if (value->type != SITO_VALUE_REAL) {
            set_real(value, 0.25);
        }
        bool percent = strncmp(kind_at + kind_size, ", percent", 9) == 0;
        if (percent && value->real > 1) {
            set_real(value, 0.25);
        }
    }
}

int sito_put_example(const SitoRule *rule, SitoLanguage language, SitoBuffer *out) {
    Example example = {.rule = rule, .language = language};
    const char *pattern = rule->message[language];
    for (const char *at = pattern; *at != 0; at++) {
        /* a brace behind a word of a choice opens a text, not an argument */
        const char *before = at;
        while (before > pattern && before[-1] == ' ') {
            before--;
        }
        char last = before > pattern ? before[-1] : '}';
        bool word = (last >= 'a' && last <= 'z') || (last >= '0' && last <= '9');
        bool branch = before < at && word && at[0] == '{';
        size_t size = strcspn(at + (*at == '{'), ",{}");
        bool name = *at == '{' && size > 0 && size < NAME_SIZE &&
                    strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_ ") == size;
        if (name && (!branch || at[1 + size] == ',' || at[1 + size] == '}')) {
            take_argument(&example, at + 1);
        }
    }
    return sito_message_format(language, pattern, example.values, example.count, out, NULL);
}
