/*
** Reads the closed list of words (vocabulary.h): lines `GROUP WORD   meaning`, comments with #.
**
** R1  A line that is not of this form, or a word that its group has twice, is an error.
*/
#include "runner/vocabulary.h"

#include <string.h>

#include "common/embedded.h"

enum { WORD_LIMIT = 1000 };

static SitoText take_word(SitoText *line) {
    size_t size = 0;
    while (size < line->size && line->data[size] != ' ') {
        size++;
    }
    SitoText word = {line->data, size};
    while (size < line->size && line->data[size] == ' ') {
        size++;
    }
    *line = (SitoText){line->data + size, line->size - size};
    return word;
}

static char *copy(SitoText text) {
    return sito_print("%.*s", (int)text.size, text.data);
}

static int add_line(SitoVocabulary *vocabulary, size_t *capacity, SitoText line, int number,
                    char **error) {
    SitoText group = take_word(&line), word = take_word(&line);
    if (group.size == 0 || word.size == 0 || line.size == 0) {
        return sito_error(error, SITO_ERROR, "VOCABULARY:%d: a line is GROUP WORD meaning", number);
    }
    void *items = vocabulary->items;
    int rc =
        sito_grow(&items, capacity, vocabulary->count + 1, sizeof *vocabulary->items, WORD_LIMIT);
    vocabulary->items = items;
    if (rc != SITO_OK) {
        return rc;
    }
    SitoWord *item = &vocabulary->items[vocabulary->count];
    *item = (SitoWord){.group = copy(group), .word = copy(word), .meaning = copy(line)};
    vocabulary->count++;
    if (item->group == NULL || item->word == NULL || item->meaning == NULL) {
        return SITO_NOMEM;
    }
    for (SitoWord *other = vocabulary->items; other < item; other++) {
        if (strcmp(other->group, item->group) == 0 && strcmp(other->word, item->word) == 0) {
            return sito_error(error, SITO_ERROR, "VOCABULARY:%d: '%s' is there twice", number,
                              item->word);
        }
    }
    return SITO_OK;
}

int sito_vocabulary_load(SitoVocabulary *vocabulary, char **error) {
    *vocabulary = (SitoVocabulary){0};
    const SitoEmbedded *file = sito_embedded_find(sito_embedded_rules, "VOCABULARY");
    if (file == NULL) {
        return sito_error(error, SITO_ERROR,
                          "the program was built without checks/rules/VOCABULARY");
    }
    size_t capacity = 0;
    int rc = SITO_OK, number = 0;
    const char *end = file->data + file->size;
    for (const char *at = file->data; at < end && rc == SITO_OK;) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline != NULL ? newline : end;
        number++;
        if (stop > at && *at != '#') {
            rc =
                add_line(vocabulary, &capacity, (SitoText){at, (size_t)(stop - at)}, number, error);
        }
        at = stop + 1;
    }
    if (rc != SITO_OK) {
        sito_vocabulary_free(vocabulary);
    }
    return rc;
}

void sito_vocabulary_free(SitoVocabulary *vocabulary) {
    for (size_t i = 0; i < vocabulary->count; i++) {
        sito_free(vocabulary->items[i].group);
        sito_free(vocabulary->items[i].word);
        sito_free(vocabulary->items[i].meaning);
    }
    sito_free(vocabulary->items);
    *vocabulary = (SitoVocabulary){0};
}

static bool is_word(const SitoWord *item, const char *group, SitoText word) {
    return strcmp(item->group, group) == 0 &&
           sito_text_equal(word, (SitoText){item->word, strlen(item->word)});
}

bool sito_vocabulary_has(const SitoVocabulary *vocabulary, const char *group, SitoText word) {
    for (size_t i = 0; i < vocabulary->count; i++) {
        if (is_word(&vocabulary->items[i], group, word)) {
            return true;
        }
    }
    return false;
}

const char *sito_vocabulary_nearest(const SitoVocabulary *vocabulary, const char *group,
                                    SitoText word) {
    const char *words[WORD_LIMIT];
    size_t count = 0;
    for (size_t i = 0; i < vocabulary->count; i++) {
        if (strcmp(vocabulary->items[i].group, group) == 0) {
            words[count++] = vocabulary->items[i].word;
        }
    }
    return sito_nearest(word, words, count);
}
