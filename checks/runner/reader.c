/*
** What every reader of a part of a rule file needs: words, lines, the sentence where it is wrong (reader.h).
*/
#include "runner/reader.h"

#include <string.h>

SitoText sito_rule_reader_trim(SitoText text) {
    while (text.size > 0 && (*text.data == ' ' || *text.data == '\n' || *text.data == '\r')) {
        text.data++, text.size--;
    }
    while (text.size > 0 && strchr(" \r\n", text.data[text.size - 1]) != NULL) {
        text.size--;
    }
    return text;
}

SitoText sito_rule_reader_word(SitoText *text) {
    size_t size = 0;
    while (size < text->size && text->data[size] != ' ' && text->data[size] != ',') {
        size++;
    }
    SitoText word = {text->data, size};
    while (size < text->size && (text->data[size] == ' ' || text->data[size] == ',')) {
        size++;
    }
    *text = (SitoText){text->data + size, text->size - size};
    return word;
}

char *sito_rule_reader_copy(SitoText text) {
    return sito_print("%.*s", (int)text.size, text.data);
}

int sito_rule_reader_fail(SitoRuleReader *reader, int line, const char *what, SitoText word,
                          const char *nearest) {
    return sito_error(reader->error, SITO_ERROR,
                      nearest == NULL ? "%s:%d: %s '%.*s'" : "%s:%d: %s '%.*s'; did you mean '%s'?",
                      reader->path, line, what, (int)word.size, word.data, nearest);
}

SitoText sito_rule_reader_line(SitoText text, size_t *at) {
    const char *start = text.data + *at;
    const char *newline = memchr(start, '\n', text.size - *at);
    size_t size = newline != NULL ? (size_t)(newline - start) : text.size - *at;
    *at += size + (newline != NULL);
    return (SitoText){start, size > 0 && start[size - 1] == '\r' ? size - 1 : size};
}
