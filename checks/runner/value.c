/*
** The values of the front matter that are lists: params, needs, severities, stricter (rule.h).
*/
#include "runner/reader.h"

#include <string.h>

enum { LIST_LIMIT = 64 };

/* NAME TYPE DEFAULT  sentence | sentence in Polish */
int sito_rule_reader_param(SitoRuleReader *reader, SitoText value) {
    SitoText name = sito_rule_reader_word(&value), type = sito_rule_reader_word(&value),
             def = sito_rule_reader_word(&value);
    const char *bar = value.size > 0 ? memchr(value.data, '|', value.size) : NULL;
    static const char *const types[] = {"integer", "number", "text"};
    bool known = false;
    for (size_t i = 0; i < SITO_COUNT(types); i++) {
        known = known || sito_text_equal(type, (SitoText){types[i], strlen(types[i])});
    }
    if (!known || bar == NULL) {
        return sito_error(reader->error, SITO_ERROR,
                          "%s:%d: a param is NAME integer|number|text DEFAULT sentence | sentence "
                          "in Polish",
                          reader->path, reader->line);
    }
    SitoRule *rule = reader->rule;
    void *items = rule->params;
    int rc = sito_grow(&items, &reader->params_room, rule->params_count + 1, sizeof *rule->params,
                       LIST_LIMIT);
    rule->params = items;
    if (rc != SITO_OK) {
        return rc;
    }
    SitoText en = sito_rule_reader_trim((SitoText){value.data, (size_t)(bar - value.data)});
    SitoText pl =
        sito_rule_reader_trim((SitoText){bar + 1, value.size - (size_t)(bar + 1 - value.data)});
    SitoParam *param = &rule->params[rule->params_count++];
    *param = (SitoParam){
        .name = sito_rule_reader_copy(name),
        .type = sito_rule_reader_copy(type),
        .value = sito_rule_reader_copy(def),
        .sentence = {[SITO_EN] = sito_rule_reader_copy(en), [SITO_PL] = sito_rule_reader_copy(pl)}};
    return param->name && param->type && param->value && param->sentence[0] && param->sentence[1]
               ? SITO_OK
               : SITO_NOMEM;
}

int sito_rule_reader_needs(SitoRuleReader *reader, SitoText value) {
    SitoRule *rule = reader->rule;
    int line = reader->lines[KEY_NEEDS];
    while (value.size > 0) {
        SitoText word = sito_rule_reader_word(&value);
        if (!sito_vocabulary_has(reader->vocabulary, "need", word)) {
            return sito_rule_reader_fail(reader, line, "VOCABULARY has no need", word,
                                         sito_vocabulary_nearest(reader->vocabulary, "need", word));
        }
        void *items = rule->needs;
        int rc = sito_grow(&items, &reader->needs_room, rule->needs_count + 1, sizeof(char *),
                           LIST_LIMIT);
        rule->needs = items;
        if (rc != SITO_OK) {
            return rc;
        }
        char *need = sito_rule_reader_copy(word);
        if (need == NULL) {
            return SITO_NOMEM;
        }
        rule->needs[rule->needs_count++] = need;
    }
    return SITO_OK;
}

/* A list of severities as bits 1 << SitoSeverity. */
static int read_severity_list(SitoRuleReader *reader, SitoRuleKey key, unsigned *bits) {
    const char *value = reader->values[key];
    SitoText rest = {value, value != NULL ? strlen(value) : 0};
    while (rest.size > 0) {
        SitoSeverity severity;
        SitoText word = sito_rule_reader_word(&rest);
        if (!sito_severity_parse(word, &severity)) {
            return sito_rule_reader_fail(reader, reader->lines[key],
                                         "a severity is fatal, error, warning or note, not", word,
                                         NULL);
        }
        *bits |= 1u << severity;
    }
    return SITO_OK;
}

int sito_rule_reader_severities(SitoRuleReader *reader) {
    SitoText word = {reader->values[KEY_SEVERITY], strlen(reader->values[KEY_SEVERITY])};
    if (!sito_severity_parse(word, &reader->rule->severity)) {
        return sito_rule_reader_fail(reader, reader->lines[KEY_SEVERITY],
                                     "a severity is fatal, error, warning or note, not", word,
                                     NULL);
    }
    int rc = read_severity_list(reader, KEY_SEVERITY_ROW, &reader->rule->row_severities);
    return rc == SITO_OK
               ? read_severity_list(reader, KEY_SEVERITY_ALLOWED, &reader->rule->allowed_severities)
               : rc;
}

/* NAME higher|lower, …: which way of a parameter is the stricter one. */
int sito_rule_reader_stricter(SitoRuleReader *reader) {
    const char *value = reader->values[KEY_STRICTER];
    SitoText rest = {value, value != NULL ? strlen(value) : 0};
    while (rest.size > 0) {
        SitoText name = sito_rule_reader_word(&rest), way = sito_rule_reader_word(&rest);
        bool higher = sito_text_equal(way, SITO_LITERAL("higher"));
        SitoParam *param = NULL;
        for (size_t i = 0; i < reader->rule->params_count; i++) {
            SitoParam *one = &reader->rule->params[i];
            bool same = sito_text_equal(name, (SitoText){one->name, strlen(one->name)});
            param = same && strcmp(one->type, "text") != 0 ? one : param;
        }
        if (param == NULL) {
            return sito_rule_reader_fail(reader, reader->lines[KEY_STRICTER],
                                         "there is no numeric param", name, NULL);
        }
        if (!higher && !sito_text_equal(way, SITO_LITERAL("lower"))) {
            return sito_rule_reader_fail(reader, reader->lines[KEY_STRICTER],
                                         "a parameter is stricter higher or lower, not", way, NULL);
        }
        param->stricter = higher ? SITO_STRICTER_HIGHER : SITO_STRICTER_LOWER;
    }
    return SITO_OK;
}
