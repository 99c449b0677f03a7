/*
** The record of an answer as a text (stored_core.h).
*/
#include "stored_core.h"

#include <string.h>

static const char first_line[] = "sito-cache 1\n", last_line[] = "end\n";
static const char *const text_words[STORED_TEXTS] = {
    [STORED_URL] = "url",         [STORED_FINAL] = "final",
    [STORED_SHA256] = "sha256",   [STORED_TYPE] = "type",
    [STORED_CHARSET] = "charset", [STORED_ETAG] = "etag",
    [STORED_LINK] = "link",       [STORED_LAST_MODIFIED] = "last-modified",
};
static const char *const number_words[STORED_NUMBERS] = {
    [STORED_BYTES] = "bytes",     [STORED_STATUS] = "status",   [STORED_FETCHED] = "fetched",
    [STORED_EXPIRES] = "expires", [STORED_PRIVATE] = "private", [STORED_MARKED] = "marked",
    [STORED_INODE] = "inode",     [STORED_DONE] = "done",       [STORED_MTIME] = "mtime",
    [STORED_CTIME] = "ctime",     [STORED_SINCE] = "since",
};

int sito_stored_set(SitoStored *stored, SitoStoredText which, SitoText value) {
    char *copy = sito_malloc(value.size + 1);
    if (copy == NULL) {
        return SITO_NOMEM;
    }
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        copy[i] = (char)(c < 0x20 || c == 0x7F ? ' ' : c);
    }
    copy[value.size] = 0;
    sito_free(stored->text[which]);
    stored->text[which] = copy;
    return SITO_OK;
}

const char *sito_stored_get(const SitoStored *stored, SitoStoredText which) {
    return stored->text[which] != NULL ? stored->text[which] : "";
}

void sito_stored_free(SitoStored *stored) {
    for (size_t i = 0; i < STORED_TEXTS; i++) {
        sito_free(stored->text[i]);
    }
    *stored = (SitoStored){0};
}

int sito_stored_write(const SitoStored *stored, SitoBuffer *text) {
    int rc = sito_buffer_print(text, "%s", first_line);
    for (size_t i = 0; i < STORED_TEXTS && rc == SITO_OK; i++) {
        rc = sito_buffer_print(text, "%s %s\n", text_words[i], sito_stored_get(stored, i));
    }
    for (size_t i = 0; i < STORED_NUMBERS && rc == SITO_OK; i++) {
        rc = sito_buffer_print(text, "%s %lld\n", number_words[i], (long long)stored->number[i]);
    }
    return rc == SITO_OK ? sito_buffer_print(text, "%s", last_line) : rc;
}

/* ---- reading ---- */

static bool read_number(SitoText text, int64_t *number) {
    int64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || value > (INT64_MAX - 9) / 10) {
            return false;
        }
        value = value * 10 + (text.data[i] - '0');
    }
    *number = value;
    return text.size > 0;
}

static size_t word_index(const char *const *words, size_t count, SitoText word) {
    size_t i = 0;
    while (i < count && !sito_text_equal(word, (SitoText){words[i], strlen(words[i])})) {
        i++;
    }
    return i;
}

/* A line without its end; *good turns false where it is none of a record. */
static int read_line(SitoText line, SitoStored *stored, bool *good) {
    const char *blank = memchr(line.data, ' ', line.size);
    SitoText word = {line.data, blank != NULL ? (size_t)(blank - line.data) : line.size};
    SitoText value = {blank != NULL ? blank + 1 : "",
                      blank != NULL ? line.size - word.size - 1 : 0};
    size_t text = word_index(text_words, STORED_TEXTS, word);
    size_t number = word_index(number_words, STORED_NUMBERS, word);
    if (text < STORED_TEXTS) {
        return sito_stored_set(stored, text, value);
    }
    *good &= number < STORED_NUMBERS && read_number(value, &stored->number[number]);
    return SITO_OK;
}

static bool is_digest(const char *text) {
    return strlen(text) == SITO_SHA256_HEX - 1 &&
           strspn(text, "0123456789abcdef") == SITO_SHA256_HEX - 1;
}

int sito_stored_read(SitoText text, SitoStored *stored, bool *good) {
    size_t head = sizeof first_line - 1, tail = sizeof last_line - 1;
    *stored = (SitoStored){0};
    *good = text.size >= head + tail && memcmp(text.data, first_line, head) == 0 &&
            memcmp(text.data + text.size - tail, last_line, tail) == 0;
    int rc = SITO_OK;
    for (size_t at = head; *good && rc == SITO_OK && at < text.size - tail;) {
        const char *end = memchr(text.data + at, '\n', text.size - tail - at);
        *good = end != NULL;
        size_t size = end != NULL ? (size_t)(end - text.data) - at : 0;
        rc = end != NULL ? read_line((SitoText){text.data + at, size}, stored, good) : SITO_OK;
        at += size + 1;
    }
    *good = *good && rc == SITO_OK && is_digest(sito_stored_get(stored, STORED_SHA256));
    if (!*good) {
        sito_stored_free(stored);
    }
    return rc;
}
