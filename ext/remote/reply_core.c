/*
** The answer of a server (reply_core.h).
*/
#include "reply_core.h"

#include <string.h>

static const char *const names[REPLY_TEXTS] = {
    [REPLY_TYPE] = "content-type",
    [REPLY_ETAG] = "etag",
    [REPLY_LAST_MODIFIED] = "last-modified",
    [REPLY_LINK] = "link",
    [REPLY_LOCATION] = "location",
    [REPLY_RETRY_AFTER] = "retry-after",
    [REPLY_ENCODING] = "content-encoding",
    [REPLY_CACHE_CONTROL] = "cache-control",
    [REPLY_EXPIRES] = "expires",
    [REPLY_DATE] = "date",
    [REPLY_LENGTH] = "content-length",
    [REPLY_TRANSFER] = "transfer-encoding",
};

static SitoText text_of(const char *string) {
    return (SitoText){string, strlen(string)};
}

static SitoText trim(SitoText text) {
    while (text.size > 0 && strchr(" \t\r\n", text.data[0]) != NULL && text.data[0] != 0) {
        text = (SitoText){text.data + 1, text.size - 1};
    }
    while (text.size > 0 && text.data[text.size - 1] != 0 &&
           strchr(" \t\r\n", text.data[text.size - 1]) != NULL) {
        text.size--;
    }
    return text;
}

const char *sito_reply_get(const SitoReply *reply, SitoReplyText which) {
    return reply->text[which] != NULL ? reply->text[which] : "";
}

void sito_reply_free(SitoReply *reply) {
    for (size_t i = 0; i < REPLY_TEXTS; i++) {
        sito_free(reply->text[i]);
        reply->text[i] = NULL;
    }
}

/* HTTP/1.1 200 OK */
static void begin(SitoReply *reply, SitoText line) {
    const char *blank = memchr(line.data, ' ', line.size);
    sito_reply_free(reply);
    reply->lengths_differ = false;
    reply->status = 0;
    for (size_t i = blank != NULL ? (size_t)(blank - line.data) + 1 : line.size, n = 0;
         i < line.size && n < 3 && line.data[i] >= '0' && line.data[i] <= '9'; i++, n++) {
        reply->status = reply->status * 10 + (line.data[i] - '0');
    }
}

int sito_reply_line(SitoReply *reply, SitoText line) {
    reply->header_bytes += line.size;
    if (line.size >= 5 && memcmp(line.data, "HTTP/", 5) == 0) {
        begin(reply, line);
        return SITO_OK;
    }
    const char *colon = memchr(line.data, ':', line.size);
    if (colon == NULL) {
        return SITO_OK;
    }
    SitoText name = trim((SitoText){line.data, (size_t)(colon - line.data)});
    SitoText value = trim((SitoText){colon + 1, line.size - (size_t)(colon - line.data) - 1});
    size_t i = 0;
    while (i < REPLY_TEXTS && !sito_text_equal_nocase(name, text_of(names[i]))) {
        i++;
    }
    if (i == REPLY_TEXTS || value.size > SITO_MOST_HEADER || memchr(value.data, 0, value.size)) {
        return SITO_OK; /* one that decides nothing, or that cannot be meant */
    }
    bool again = i == REPLY_LENGTH && reply->text[i] != NULL;
    reply->lengths_differ |= again && !sito_text_equal(value, text_of(reply->text[i]));
    sito_free(reply->text[i]);
    reply->text[i] = sito_print("%.*s", (int)value.size, value.data);
    return reply->text[i] == NULL ? SITO_NOMEM : SITO_OK;
}

static bool contains_word(const char *list, const char *word) {
    SitoText rest = text_of(list), wanted = text_of(word);
    while (rest.size > 0) {
        const char *comma = memchr(rest.data, ',', rest.size);
        size_t size = comma != NULL ? (size_t)(comma - rest.data) : rest.size;
        if (sito_text_equal_nocase(trim((SitoText){rest.data, size}), wanted)) {
            return true;
        }
        size += comma != NULL;
        rest = (SitoText){rest.data + size, rest.size - size};
    }
    return false;
}

bool sito_reply_is_marked(const SitoReply *reply) {
    return reply->text[REPLY_LENGTH] != NULL ||
           contains_word(sito_reply_get(reply, REPLY_TRANSFER), "chunked");
}

/* ---- types ---- */

static char *copy_lower(SitoText text) {
    char *copy = sito_print("%.*s", (int)text.size, text.data);
    for (char *c = copy; c != NULL && *c != 0; c++) {
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    }
    return copy;
}

/* The value of a parameter behind the type, without quotes; {"", 0} for none. */
static SitoText parameter(SitoText header, const char *name) {
    const char *at = memchr(header.data, ';', header.size);
    while (at != NULL) {
        size_t left = header.size - (size_t)(at + 1 - header.data);
        const char *next = memchr(at + 1, ';', left);
        SitoText pair = trim((SitoText){at + 1, next != NULL ? (size_t)(next - at - 1) : left});
        size_t size = strlen(name);
        if (pair.size > size && pair.data[size] == '=' &&
            sito_text_equal_nocase((SitoText){pair.data, size}, text_of(name))) {
            SitoText value = {pair.data + size + 1, pair.size - size - 1};
            bool quoted =
                value.size > 1 && value.data[0] == '"' && value.data[value.size - 1] == '"';
            return quoted ? (SitoText){value.data + 1, value.size - 2} : value;
        }
        at = next;
    }
    return (SitoText){"", 0};
}

int sito_type_split(const char *header, char **type, char **charset) {
    SitoText text = text_of(header);
    *type = copy_lower(trim((SitoText){header, strcspn(header, ";")}));
    *charset = copy_lower(parameter(text, "charset"));
    return *type == NULL || *charset == NULL ? SITO_NOMEM : SITO_OK;
}

static bool one_of(const char *type, const char *const *types, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(type, types[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool ends_with(const char *text, const char *end) {
    size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* Types that say nothing of what is inside; servers send files of all kinds so. */
static bool says_nothing(const char *type) {
    static const char *const types[] = {"",
                                        "text/plain",
                                        "application/octet-stream",
                                        "binary/octet-stream",
                                        "application/download",
                                        "application/x-download",
                                        "application/force-download",
                                        "application/gzip",
                                        "application/x-gzip"};
    return one_of(type, types, SITO_COUNT(types));
}

static bool type_fits(SitoBody wanted, const char *type) {
    static const char *const csv[] = {"text/csv",
                                      "application/csv",
                                      "text/x-csv",
                                      "application/x-csv",
                                      "text/comma-separated-values",
                                      "text/tab-separated-values",
                                      "application/vnd.ms-excel"};
    static const char *const json[] = {"application/json",      "text/json",
                                       "application/x-json",    "application/ndjson",
                                       "application/x-ndjson",  "application/jsonl",
                                       "application/jsonlines", "application/json-lines",
                                       "application/json-seq",  "text/javascript",
                                       "application/javascript"};
    return says_nothing(type) || (wanted == SITO_BODY_CSV ? one_of(type, csv, SITO_COUNT(csv))
                                                          : one_of(type, json, SITO_COUNT(json)) ||
                                                                ends_with(type, "+json"));
}

static bool begins_nocase(SitoText text, const char *word) {
    size_t size = strlen(word);
    return text.size >= size && sito_text_equal_nocase((SitoText){text.data, size}, text_of(word));
}

/* The text behind a byte order mark and blanks. */
static SitoText beginning(SitoText first) {
    bool mark = first.size >= 3 && memcmp(first.data, "\xEF\xBB\xBF", 3) == 0;
    return trim(mark ? (SitoText){first.data + 3, first.size - 3} : first);
}

static bool looks_like_page(SitoText first) {
    static const char *const marks[] = {"<!doctype html", "<html",  "<head",
                                        "<body",          "<title", "<!--"};
    for (size_t i = 0; i < SITO_COUNT(marks); i++) {
        if (begins_nocase(first, marks[i])) {
            return true;
        }
    }
    return false;
}

const char *sito_body_refusal(SitoBody wanted, const char *type, SitoText first) {
    bool html = strcmp(type, "text/html") == 0 || strcmp(type, "application/xhtml+xml") == 0;
    if (wanted == SITO_BODY_ANY) {
        return NULL;
    }
    first = beginning(first);
    if (html || looks_like_page(first)) {
        return "a page of HTML, as login pages and error pages are, not data";
    }
    if (begins_nocase(first, "<?xml")) {
        return "a document of XML, as storage services answer errors, not data";
    }
    if (!type_fits(wanted, type)) {
        return wanted == SITO_BODY_CSV ? "of a type that is not CSV" : "of a type that is not JSON";
    }
    return NULL;
}

/* ---- age ---- */

int64_t sito_max_age(const char *cache_control) {
    SitoText rest = text_of(cache_control);
    int64_t age = -1;
    while (rest.size > 0) {
        const char *comma = memchr(rest.data, ',', rest.size);
        size_t size = comma != NULL ? (size_t)(comma - rest.data) : rest.size;
        SitoText word = trim((SitoText){rest.data, size});
        if (begins_nocase(word, "no-store") || begins_nocase(word, "no-cache")) {
            return 0;
        }
        if (begins_nocase(word, "max-age=")) {
            age = 0;
            for (size_t i = 8;
                 i < word.size && word.data[i] >= '0' && word.data[i] <= '9' && age < 1000000000;
                 i++) {
                age = age * 10 + (word.data[i] - '0');
            }
        }
        size += comma != NULL;
        rest = (SitoText){rest.data + size, rest.size - size};
    }
    return age;
}
