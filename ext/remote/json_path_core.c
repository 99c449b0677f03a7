/*
** Paths into a JSON text (json_path_core.h).
*/
#include "json_path_core.h"

#include <string.h>

static bool is_bare(unsigned char c) {
    return c >= 0x80 || c == '_' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static int wrong(SitoText text, size_t at, char **error) {
    return sito_error(error, SITO_ERROR,
                      "'%.*s' is no path (see its character %lld); write for example $.results[*] "
                      "or @.name",
                      (int)(text.size < 80 ? text.size : 80), text.data, (long long)at + 1);
}

/* Ends the part that was gathered and begins the next. */
static int end_part(SitoJsonPath *path, SitoBuffer *part) {
    int rc = sito_buffer_add(part, "", 1);
    if (rc == SITO_OK) {
        path->parts[path->stars] = part->data;
        *part = (SitoBuffer){0};
    }
    return rc;
}

/* .name or ."name"; *at stands behind the point. */
static int take_name(SitoText text, size_t *at, SitoBuffer *part, char **error) {
    bool quoted = *at < text.size && text.data[*at] == '"';
    size_t from = *at + quoted, to = from;
    while (to < text.size && (quoted ? text.data[to] != '"' && (unsigned char)text.data[to] >= 0x20
                                     : is_bare((unsigned char)text.data[to]))) {
        to++;
    }
    if (to == from || (quoted && (to == text.size || text.data[to] != '"'))) {
        return wrong(text, to, error);
    }
    *at = to + quoted;
    return sito_buffer_print(part, quoted ? ".\"%.*s\"" : ".%.*s", (int)(to - from),
                             text.data + from);
}

/* [3] or [*]; *at stands behind the bracket. */
static int take_index(SitoText text, size_t *at, SitoJsonPath *path, SitoBuffer *part,
                      char **error) {
    size_t from = *at;
    if (text.size - from >= 2 && memcmp(text.data + from, "*]", 2) == 0) {
        *at = from + 2;
        if (path->stars == SITO_MOST_STARS) {
            return sito_error(error, SITO_ERROR, "'%.*s' has more than %d [*]", (int)text.size,
                              text.data, SITO_MOST_STARS);
        }
        int rc = end_part(path, part);
        path->stars += rc == SITO_OK;
        return rc == SITO_OK ? sito_buffer_add(part, "$", 1) : rc;
    }
    while (*at < text.size && *at - from < 9 && text.data[*at] >= '0' && text.data[*at] <= '9') {
        ++*at;
    }
    if (*at == from || *at >= text.size || text.data[*at] != ']') {
        return wrong(text, *at, error);
    }
    ++*at;
    return sito_buffer_print(part, "[%.*s]", (int)(*at - 1 - from), text.data + from);
}

int sito_json_path_parse(SitoText text, SitoJsonPath *path, char **error) {
    SitoBuffer part = {0};
    *path = (SitoJsonPath){0};
    if (text.size == 0 || text.size > 1000 || (text.data[0] != '$' && text.data[0] != '@')) {
        return wrong(text, 0, error);
    }
    path->of_row = text.data[0] == '@';
    int rc = sito_buffer_add(&part, "$", 1);
    for (size_t at = 1; at < text.size && rc == SITO_OK;) {
        char c = text.data[at++];
        rc = c == '.'   ? take_name(text, &at, &part, error)
             : c == '[' ? take_index(text, &at, path, &part, error)
                        : wrong(text, at - 1, error);
    }
    if (rc == SITO_OK) {
        rc = end_part(path, &part);
    }
    sito_buffer_free(&part);
    if (rc != SITO_OK) {
        sito_json_path_free(path);
    }
    return rc;
}

int sito_json_path_member(SitoText name, SitoJsonPath *path, char **error) {
    bool sayable = name.size > 0;
    *path = (SitoJsonPath){.of_row = true};
    for (size_t i = 0; i < name.size; i++) {
        sayable &=
            name.data[i] != '"' && name.data[i] != '\\' && (unsigned char)name.data[i] >= 0x20;
    }
    if (!sayable) {
        return sito_error(error, SITO_ERROR,
                          "a member is named '%.*s', which cannot be a column: a name needs a "
                          "letter and holds no quotes, backslashes or line ends; name the columns "
                          "with columns='…'",
                          (int)(name.size < 80 ? name.size : 80), name.size > 0 ? name.data : "");
    }
    path->parts[0] = sito_print("$.\"%.*s\"", (int)name.size, name.data);
    return path->parts[0] != NULL ? SITO_OK : SITO_NOMEM;
}

void sito_json_path_free(SitoJsonPath *path) {
    for (size_t i = 0; i <= SITO_MOST_STARS; i++) {
        sito_free(path->parts[i]);
    }
    *path = (SitoJsonPath){0};
}

bool sito_json_path_within(const SitoJsonPath *path, const SitoJsonPath *rows) {
    bool within = path->stars <= rows->stars;
    for (size_t i = 0; i < path->stars && within; i++) {
        within = strcmp(path->parts[i], rows->parts[i]) == 0;
    }
    return within;
}
