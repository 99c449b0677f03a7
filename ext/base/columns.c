/*
** Lists of columns (names.h).
*/
#include "columns.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int sito_columns_add(SitoColumns *names, SitoText name, char **error) {
    if (name.size == 0 || memchr(name.data, 0, name.size) != NULL) {
        return sito_error(error, SITO_ERROR,
                          "an empty name in the list of columns; write 'osiedle, wiek'");
    }
    if (names->count == SITO_MOST_COLUMNS) {
        return sito_error(error, SITO_ERROR, "more than %d columns", SITO_MOST_COLUMNS);
    }
    for (int i = 0; i < names->count; i++) {
        SitoText other = {.data = names->names[i], .size = strlen(names->names[i])};
        if (sito_text_equal_nocase(other, name)) {
            return sito_error(error, SITO_ERROR, "the column %s is named twice", names->names[i]);
        }
    }
    char *copy = sito_malloc(name.size + 1);
    if (copy == NULL) {
        return SITO_NOMEM;
    }
    memcpy(copy, name.data, name.size);
    copy[name.size] = 0;
    names->names[names->count++] = copy;
    return SITO_OK;
}

/* The text between quotes; *position stands behind the opening one and ends behind the closing. */
static int take_quoted(SitoText list, size_t *position, SitoBuffer *name, char **error) {
    while (*position < list.size) {
        char c = list.data[(*position)++];
        if (c == '"') {
            if (*position == list.size || list.data[*position] != '"') {
                return SITO_OK;
            }
            (*position)++;
        }
        int rc = sito_buffer_add(name, &c, 1);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    return sito_error(error, SITO_ERROR, "a quote in the list of columns is not closed");
}

static int take_bare(SitoText list, size_t *position, SitoBuffer *name) {
    size_t from = *position;
    while (*position < list.size && list.data[*position] != ',') {
        (*position)++;
    }
    size_t to = *position;
    while (to > from && is_blank(list.data[to - 1])) {
        to--;
    }
    return sito_buffer_add(name, list.data + from, to - from);
}

static void skip_blanks(SitoText list, size_t *position) {
    while (*position < list.size && is_blank(list.data[*position])) {
        (*position)++;
    }
}

int sito_columns_parse(SitoText list, SitoColumns *names, char **error) {
    SitoBuffer name = {0};
    size_t position = 0;
    int rc = SITO_OK;
    do {
        name.size = 0;
        skip_blanks(list, &position);
        if (position < list.size && list.data[position] == '"') {
            position++;
            rc = take_quoted(list, &position, &name, error);
            skip_blanks(list, &position);
        } else {
            rc = take_bare(list, &position, &name);
        }
        if (rc == SITO_OK && position < list.size && list.data[position] != ',') {
            rc = sito_error(error, SITO_ERROR, "names of columns are parted by commas");
        }
        if (rc == SITO_OK) {
            rc = sito_columns_add(names, (SitoText){.data = name.data, .size = name.size}, error);
        }
    } while (rc == SITO_OK && position++ < list.size);
    sito_buffer_free(&name);
    return rc;
}

int sito_columns_copy(const SitoColumns *from, SitoColumns *to, char **error) {
    int rc = SITO_OK;
    for (int i = 0; i < from->count && rc == SITO_OK; i++) {
        SitoText name = {.data = from->names[i], .size = strlen(from->names[i])};
        rc = sito_columns_add(to, name, error);
    }
    return rc;
}

void sito_columns_free(SitoColumns *names) {
    for (int i = 0; i < names->count; i++) {
        sito_free(names->names[i]);
    }
    names->count = 0;
}

static bool needs_quotes(const char *name) {
    size_t size = strlen(name);
    return strpbrk(name, ",\"") != NULL || is_blank(name[0]) || is_blank(name[size - 1]);
}

int sito_columns_print(const SitoColumns *names, uint64_t set, SitoBuffer *out) {
    bool first = true;
    int rc = SITO_OK;
    for (int i = 0; i < names->count && rc == SITO_OK; i++) {
        if ((set >> i & 1) == 0) {
            continue;
        }
        rc = sito_buffer_print(out, needs_quotes(names->names[i]) ? "%s\"%w\"" : "%s%s",
                               first ? "" : ", ", names->names[i]);
        first = false;
    }
    return rc;
}
