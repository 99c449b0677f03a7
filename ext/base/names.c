/*
** Names of tables as users write them inside a string (sito.h). SQLite's rules: bare names of
** letters, digits, _ and $; "…", `…` or […] around anything else, the quote doubled inside.
*/
#include "sito.h"

#include <string.h>

static bool is_bare(unsigned char c) {
    return c >= 0x80 || c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* The inside of a quoted part; *position stands on the opening quote and ends behind the closing one.
** A doubled quote stands for one. */
static int take_quoted(SitoText text, size_t *position, SitoBuffer *part) {
    char close = text.data[*position] == '[' ? ']' : text.data[*position];
    for (size_t i = *position + 1; i < text.size; i++) {
        if (text.data[i] == close) {
            bool doubled = close != ']' && i + 1 < text.size && text.data[i + 1] == close;
            if (!doubled) {
                *position = i + 1;
                return SITO_OK;
            }
            i++;
        }
        int rc = sito_buffer_add(part, text.data + i, 1);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    return SITO_ERROR;
}

/* One part of the name from *position on; *part receives it without its quotes, ended by NUL. */
static int take_part(SitoText text, size_t *position, SitoBuffer *part) {
    size_t start = *position;
    int rc;
    if (start < text.size && strchr("\"`[", text.data[start]) != NULL) {
        rc = take_quoted(text, position, part);
    } else {
        while (*position < text.size && is_bare((unsigned char)text.data[*position])) {
            ++*position;
        }
        size_t length = *position - start;
        rc = length == 0 ? SITO_ERROR : sito_buffer_add(part, text.data + start, length);
    }
    return rc == SITO_OK ? sito_buffer_add(part, "", 1) : rc;
}

int sito_name_parse(SitoText text, SitoName *name, char **error) {
    SitoBuffer first = {0}, second = {0};
    size_t position = 0;
    *name = (SitoName){0};
    bool well_formed = text.size > 0 && memchr(text.data, 0, text.size) == NULL &&
                       sito_utf8_valid(text) == text.size;
    int rc = well_formed ? take_part(text, &position, &first) : SITO_ERROR;
    if (rc == SITO_OK && position < text.size && text.data[position] == '.') {
        position++;
        rc = take_part(text, &position, &second);
    }
    if (rc == SITO_OK && position != text.size) {
        rc = SITO_ERROR;
    }
    if (rc == SITO_OK) {
        name->schema = second.data != NULL ? first.data : NULL;
        name->table = second.data != NULL ? second.data : first.data;
        name->quoted = name->schema != NULL ? sito_print("\"%w\".\"%w\"", name->schema, name->table)
                                            : sito_print("\"%w\"", name->table);
        if (name->quoted == NULL) {
            rc = SITO_NOMEM;
            sito_name_free(name);
        }
        return rc;
    }
    sito_buffer_free(&first);
    sito_buffer_free(&second);
    if (rc == SITO_ERROR) {
        return sito_error(error, rc,
                          "not the name of a table; write t, schema.t or \"any name\".\"t\"");
    }
    return rc;
}

void sito_name_free(SitoName *name) {
    sito_free(name->schema);
    sito_free(name->table);
    sito_free(name->quoted);
    *name = (SitoName){0};
}
