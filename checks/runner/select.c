/*
** The SELECT of a rule file: that it looks like one, and that its words are those of VOCABULARY (R3,
** R4 of rule.c). What it does is SQLite's to say (run.c).
*/
#include "runner/reader.h"

#include <string.h>

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Checks one literal that is compared with kind or measure. */
static int check_literal(SitoRuleReader *reader, SitoText literal, bool measure) {
    static const char *const groups[] = {"defect", "personal", "cell", "measure"};
    const SitoVocabulary *vocabulary = reader->vocabulary;
    for (size_t i = measure ? 3 : 0; i < SITO_COUNT(groups); i++) {
        if (sito_vocabulary_has(vocabulary, groups[i], literal)) {
            return SITO_OK;
        }
    }
    const char *nearest = NULL;
    for (size_t i = measure ? 3 : 0; i < SITO_COUNT(groups) && nearest == NULL; i++) {
        nearest = sito_vocabulary_nearest(vocabulary, groups[i], literal);
    }
    return sito_rule_reader_fail(reader, reader->line, "VOCABULARY has no word", literal, nearest);
}

/* Where a comparison with kind or measure stands: behind the name come operators, IN, IS, NOT and a
** bracket, then literals; anything else ends it. */
typedef struct Comparison {
    enum { NONE, KIND, MEASURE } with;
    bool bracket;
} Comparison;

static void meet_name(Comparison *now, SitoText name) {
    if (sito_text_equal_nocase(name, SITO_LITERAL("kind"))) {
        *now = (Comparison){.with = KIND};
    } else if (sito_text_equal_nocase(name, SITO_LITERAL("measure"))) {
        *now = (Comparison){.with = MEASURE};
    } else if (!sito_text_equal_nocase(name, SITO_LITERAL("in")) &&
               !sito_text_equal_nocase(name, SITO_LITERAL("is")) &&
               !sito_text_equal_nocase(name, SITO_LITERAL("not"))) {
        *now = (Comparison){.with = NONE};
    }
}

static void meet_sign(Comparison *now, char sign) {
    if (sign == '(') {
        now->bracket = true;
    } else if (strchr("\n =<>!", sign) == NULL && (sign != ',' || !now->bracket)) {
        *now = (Comparison){.with = NONE};
    }
}

static int check_words(SitoRuleReader *reader, SitoText sql) {
    Comparison comparison = {.with = NONE};
    int rc = SITO_OK;
    for (size_t i = 0; i < sql.size && rc == SITO_OK; i++) {
        char c = sql.data[i];
        size_t start = i;
        reader->line += c == '\n';
        if (is_name_byte(c)) {
            while (i + 1 < sql.size && is_name_byte(sql.data[i + 1])) {
                i++;
            }
            meet_name(&comparison, (SitoText){sql.data + start, i + 1 - start});
        } else if (c == '-' && i + 1 < sql.size && sql.data[i + 1] == '-') {
            (void)sito_rule_reader_line(sql, &i);
            i--;
            reader->line++;
        } else if (c == '\'') {
            const char *end = memchr(sql.data + i + 1, '\'', sql.size - i - 1);
            size_t size = end != NULL ? (size_t)(end - sql.data) - i - 1 : sql.size - i - 1;
            if (comparison.with != NONE) {
                rc = check_literal(reader, (SitoText){sql.data + i + 1, size},
                                   comparison.with == MEASURE);
            }
            i += size + 1;
        } else {
            meet_sign(&comparison, c);
        }
    }
    return rc;
}

int sito_rule_reader_select(SitoRuleReader *reader, SitoText sql) {
    SitoText rest = sito_rule_reader_trim(sql);
    SitoText word = sito_rule_reader_word(&rest);
    const char *newline = word.size > 0 ? memchr(word.data, '\n', word.size) : NULL;
    word.size = newline != NULL ? (size_t)(newline - word.data) : word.size;
    if (!sito_text_equal_nocase(word, SITO_LITERAL("select")) &&
        !sito_text_equal_nocase(word, SITO_LITERAL("with"))) {
        return sito_error(reader->error, SITO_ERROR,
                          "%s:%d: behind the front matter comes one SELECT", reader->path,
                          reader->line);
    }
    SitoText text = sito_rule_reader_trim(sql);
    reader->rule->sql = sito_print("%.*s", (int)text.size, text.data);
    if (reader->rule->sql == NULL) {
        return SITO_NOMEM;
    }
    return check_words(reader, sql);
}
