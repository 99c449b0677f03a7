/*
** Reads one rule file (rule.h).
**
**   text ─▶ lines `-- key: value` ─▶ values by key ─▶ SitoRule, and the SELECT behind them
**
** R1  An unknown key, one given twice (param apart) or one that is missing is an error with file
**     and line. So are an empty value, text that is not UTF-8, and a file above 256 KiB.
** R2  A text in one language has its other language; `basis` alone stands for both.
** R3  A word of `needs` is a word of VOCABULARY, and so is every literal that the SELECT compares
**     with a column named kind or measure.
** R4  The SELECT starts with SELECT or WITH. That it is one statement, reads only and binds what it
**     declares is asked by run.c, of SQLite itself.
*/
#include "runner/reader.h"

#include <limits.h>
#include <string.h>

#include "common/file.h"

enum { FILE_LIMIT = 256 * 1024, CARRIED_ON = 4 };

static const char *const key_names[KEY_COUNT] = {
    [KEY_ID] = "id",
    [KEY_TITLE_EN] = "title.en",
    [KEY_TITLE_PL] = "title.pl",
    [KEY_SEVERITY] = "severity",
    [KEY_SEVERITY_ROW] = "severity.row",
    [KEY_SEVERITY_ALLOWED] = "severity.allowed",
    [KEY_NEEDS] = "needs",
    [KEY_FOLLOWS] = "follows",
    [KEY_SCOPE] = "scope",
    [KEY_PROFILE] = "profile",
    [KEY_PARAM] = "param",
    [KEY_STRICTER] = "stricter",
    [KEY_BASIS] = "basis",
    [KEY_BASIS_EN] = "basis.en",
    [KEY_BASIS_PL] = "basis.pl",
    [KEY_MESSAGE_EN] = "message.en",
    [KEY_MESSAGE_PL] = "message.pl",
    [KEY_WHY_EN] = "why.en",
    [KEY_WHY_PL] = "why.pl",
    [KEY_FIX_EN] = "fix.en",
    [KEY_FIX_PL] = "fix.pl",
    [KEY_WAIVER] = "waiver",
    [KEY_SINCE] = "since",
};

static const SitoRuleKey required[] = {KEY_ID,         KEY_TITLE_EN,   KEY_TITLE_PL, KEY_SEVERITY,
                                       KEY_MESSAGE_EN, KEY_MESSAGE_PL, KEY_WHY_EN,   KEY_WHY_PL,
                                       KEY_FIX_EN,     KEY_FIX_PL,     KEY_SINCE};

static int fail(SitoRuleReader *reader, int line, const char *what, SitoText word) {
    return sito_rule_reader_fail(reader, line, what, word, NULL);
}

/* ---- keys ---- */

static int store(SitoRuleReader *reader, SitoText name, SitoText value) {
    size_t key = 0;
    while (key < KEY_COUNT &&
           !sito_text_equal(name, (SitoText){key_names[key], strlen(key_names[key])})) {
        key++;
    }
    if (key == KEY_COUNT) {
        return sito_rule_reader_fail(reader, reader->line, "unknown key", name,
                                     sito_nearest(name, key_names, KEY_COUNT));
    }
    if (value.size == 0) {
        return fail(reader, reader->line, "no value for", name);
    }
    if (key == KEY_PARAM) {
        return sito_rule_reader_param(reader, value);
    }
    if (reader->values[key] != NULL) {
        return fail(reader, reader->line, "key given twice:", name);
    }
    reader->lines[key] = reader->line;
    reader->values[key] = sito_rule_reader_copy(value);
    return reader->values[key] == NULL ? SITO_NOMEM : SITO_OK;
}

static bool carries_on(SitoText line) {
    for (size_t i = 0; i < CARRIED_ON; i++) {
        if (line.size <= i + 2 || line.data[i + 2] != ' ') {
            return false;
        }
    }
    return line.data[0] == '-' && line.data[1] == '-';
}

/* One key with the lines that carry it on; *at stands behind them. */
static int read_key(SitoRuleReader *reader, SitoText text, size_t *at) {
    SitoText line = sito_rule_reader_line(text, at);
    const char *colon = memchr(line.data, ':', line.size);
    if (line.size < 3 || line.data[2] != ' ' || colon == NULL) {
        return fail(reader, reader->line, "expected `-- key: value`, not", line);
    }
    SitoText name = {line.data + 3, (size_t)(colon - line.data) - 3};
    SitoText value =
        sito_rule_reader_trim((SitoText){colon + 1, (size_t)(line.data + line.size - colon) - 1});
    SitoBuffer whole = {.limit = FILE_LIMIT};
    int rc = sito_buffer_add(&whole, value.data, value.size);
    int more = 0;
    while (rc == SITO_OK && *at < text.size) {
        size_t next = *at;
        line = sito_rule_reader_line(text, &next);
        if (!carries_on(line)) {
            break;
        }
        value = sito_rule_reader_trim((SitoText){line.data + 2, line.size - 2});
        rc = whole.size > 0 ? sito_buffer_add(&whole, " ", 1) : SITO_OK;
        rc = rc == SITO_OK ? sito_buffer_add(&whole, value.data, value.size) : rc;
        *at = next;
        more++;
    }
    if (rc == SITO_OK) {
        rc = store(reader, name, (SitoText){whole.data, whole.size});
    }
    sito_buffer_free(&whole);
    reader->line += 1 + more;
    return rc;
}

static int check_present(SitoRuleReader *reader) {
    for (size_t i = 0; i < SITO_COUNT(required); i++) {
        if (reader->values[required[i]] == NULL) {
            const char *name = key_names[required[i]];
            return fail(reader, reader->line, "the front matter lacks the key",
                        (SitoText){name, strlen(name)});
        }
    }
    bool both = reader->values[KEY_BASIS] != NULL;
    bool each = reader->values[KEY_BASIS_EN] != NULL && reader->values[KEY_BASIS_PL] != NULL;
    bool any = reader->values[KEY_BASIS_EN] != NULL || reader->values[KEY_BASIS_PL] != NULL;
    if (both ? any : !each) {
        return sito_error(reader->error, SITO_ERROR,
                          "%s:%d: give either 'basis' or both 'basis.en' and 'basis.pl'",
                          reader->path, reader->line);
    }
    return SITO_OK;
}

static int check_id(SitoRuleReader *reader) {
    const char *slash = strrchr(reader->path, '/');
    const char *file = slash != NULL ? slash + 1 : reader->path;
    const char *id = reader->values[KEY_ID];
    size_t size = strlen(id);
    if (strncmp(file, id, size) != 0 || strcmp(file + size, ".sql") != 0) {
        return fail(reader, reader->lines[KEY_ID], "the id must be the file's name, not",
                    (SitoText){id, size});
    }
    const char *family = slash;
    while (family != NULL && family > reader->path && family[-1] != '/') {
        family--;
    }
    if (family == NULL || family == slash) {
        return sito_error(reader->error, SITO_ERROR,
                          "%s: a rule lies in a folder that names its family", reader->path);
    }
    reader->rule->family = sito_rule_reader_copy((SitoText){family, (size_t)(slash - family)});
    return reader->rule->family == NULL ? SITO_NOMEM : SITO_OK;
}

/* The rule's family and severity are known. */
static int read_waiver(SitoRuleReader *reader) {
    SitoRule *rule = reader->rule;
    const char *word = reader->values[KEY_WAIVER];
    bool about_people =
        strcmp(rule->family, "personal-data") == 0 || strcmp(rule->family, "reidentification") == 0;
    rule->waiver = strcmp(rule->family, "procedure") == 0 || rule->severity == SITO_FATAL
                       ? SITO_WAIVER_NEVER
                   : about_people ? SITO_WAIVER_CONTROLLER
                                  : SITO_WAIVER_OFFICE;
    if (word != NULL && !sito_waiver_parse(word, &rule->waiver)) {
        return fail(reader, reader->lines[KEY_WAIVER],
                    "a waiver is office, controller, ways or never, not",
                    (SitoText){word, strlen(word)});
    }
    return SITO_OK;
}

static int check_message(SitoRuleReader *reader, SitoLanguage language, SitoRuleKey key) {
    char *slip = NULL;
    int rc = sito_message_check(language, reader->values[key], &slip);
    if (slip != NULL) {
        rc = sito_error(reader->error, rc, "%s:%d: %s: %s", reader->path, reader->lines[key],
                        key_names[key], slip);
    }
    sito_free(slip);
    return rc;
}

static char *take(SitoRuleReader *reader, SitoRuleKey key) {
    char *value = reader->values[key];
    reader->values[key] = NULL;
    return value;
}

static int fill(SitoRuleReader *reader) {
    SitoRule *rule = reader->rule;
    const char *scope = reader->values[KEY_SCOPE];
    rule->scope_package = scope != NULL && strcmp(scope, "package") == 0;
    if (scope != NULL && !rule->scope_package && strcmp(scope, "resource") != 0) {
        return fail(reader, reader->lines[KEY_SCOPE], "a scope is resource or package, not",
                    (SitoText){scope, strlen(scope)});
    }
    int rc = check_id(reader);
    rc = rc == SITO_OK ? sito_rule_reader_severities(reader) : rc;
    rc = rc == SITO_OK ? sito_rule_reader_stricter(reader) : rc;
    rc = rc == SITO_OK ? read_waiver(reader) : rc;
    const char *needs = reader->values[KEY_NEEDS];
    rc = rc == SITO_OK && needs != NULL
             ? sito_rule_reader_needs(reader, (SitoText){needs, strlen(needs)})
             : rc;
    rc = rc == SITO_OK ? check_message(reader, SITO_EN, KEY_MESSAGE_EN) : rc;
    rc = rc == SITO_OK ? check_message(reader, SITO_PL, KEY_MESSAGE_PL) : rc;
    rule->id = take(reader, KEY_ID);
    rule->since = take(reader, KEY_SINCE);
    rule->follows = take(reader, KEY_FOLLOWS);
    rule->profile = take(reader, KEY_PROFILE);
    rule->title[SITO_EN] = take(reader, KEY_TITLE_EN);
    rule->title[SITO_PL] = take(reader, KEY_TITLE_PL);
    rule->message[SITO_EN] = take(reader, KEY_MESSAGE_EN);
    rule->message[SITO_PL] = take(reader, KEY_MESSAGE_PL);
    rule->why[SITO_EN] = take(reader, KEY_WHY_EN);
    rule->why[SITO_PL] = take(reader, KEY_WHY_PL);
    rule->fix[SITO_EN] = take(reader, KEY_FIX_EN);
    rule->fix[SITO_PL] = take(reader, KEY_FIX_PL);
    const char *basis = reader->values[KEY_BASIS];
    rule->basis[SITO_EN] = basis != NULL ? sito_print("%s", basis) : take(reader, KEY_BASIS_EN);
    rule->basis[SITO_PL] = basis != NULL ? sito_print("%s", basis) : take(reader, KEY_BASIS_PL);
    if (rule->basis[SITO_EN] == NULL || rule->basis[SITO_PL] == NULL) {
        return SITO_NOMEM;
    }
    return rc;
}

static int read_all(SitoRuleReader *reader, SitoText text) {
    if (text.size > FILE_LIMIT || memchr(text.data, 0, text.size) != NULL ||
        sito_utf8_valid(text) != text.size) {
        return sito_error(reader->error, SITO_ERROR,
                          "%s: a rule is UTF-8 text of at most 256 KiB, without NUL", reader->path);
    }
    size_t at = 0;
    int rc = SITO_OK;
    while (rc == SITO_OK && at + 1 < text.size && text.data[at] == '-' &&
           text.data[at + 1] == '-') {
        rc = read_key(reader, text, &at);
    }
    rc = rc == SITO_OK ? check_present(reader) : rc;
    rc = rc == SITO_OK ? fill(reader) : rc;
    rc = rc == SITO_OK ? sito_rule_reader_select(reader, (SitoText){text.data + at, text.size - at})
                       : rc;
    return rc == SITO_OK ? sito_text_hash(text, reader->rule->sha256) : rc;
}

int sito_rule_read(SitoRule *rule, const char *path, SitoText text, char **error) {
    *rule = (SitoRule){0};
    SitoVocabulary vocabulary;
    int rc = sito_vocabulary_load(&vocabulary, error);
    if (rc != SITO_OK) {
        return rc;
    }
    SitoRuleReader reader = {
        .rule = rule, .path = path, .vocabulary = &vocabulary, .line = 1, .error = error};
    rc = read_all(&reader, text);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        sito_free(reader.values[i]);
    }
    sito_vocabulary_free(&vocabulary);
    if (rc != SITO_OK) {
        sito_rule_free(rule);
    }
    return rc;
}

void sito_rule_free(SitoRule *rule) {
    char *texts[] = {rule->id, rule->family, rule->since, rule->follows, rule->profile, rule->sql};
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        sito_free(texts[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        sito_free(rule->title[i]);
        sito_free(rule->message[i]);
        sito_free(rule->why[i]);
        sito_free(rule->fix[i]);
        sito_free(rule->basis[i]);
    }
    for (size_t i = 0; i < rule->needs_count; i++) {
        sito_free(rule->needs[i]);
    }
    for (size_t i = 0; i < rule->params_count; i++) {
        sito_free(rule->params[i].name);
        sito_free(rule->params[i].type);
        sito_free(rule->params[i].value);
        sito_free(rule->params[i].sentence[0]);
        sito_free(rule->params[i].sentence[1]);
    }
    sito_free(rule->needs);
    sito_free(rule->params);
    *rule = (SitoRule){0};
}
