/*
** The options of a virtual table (option.h).
*/
#include "option.h"

#include <string.h>

enum { MOST_SHOWN = 80 }; /* bytes of what somebody wrote */

SitoText sito_option_trim(SitoText text) {
    while (text.size > 0 && strchr(" \t\r\n", text.data[0]) != NULL) {
        text.data++, text.size--;
    }
    while (text.size > 0 && strchr(" \t\r\n", text.data[text.size - 1]) != NULL) {
        text.size--;
    }
    return text;
}

/* The value without the quotes that SQL text has around it; doubled ones undone. */
static int unquote(SitoText value, SitoBuffer *out) {
    char quote = value.size > 0 ? value.data[0] : 0;
    bool quoted =
        (quote == '\'' || quote == '"') && value.size > 1 && value.data[value.size - 1] == quote;
    if (!quoted) {
        return sito_buffer_add(out, value.data, value.size);
    }
    for (size_t i = 1; i + 1 < value.size; i++) {
        int rc = sito_buffer_add(out, value.data + i, 1);
        if (rc != SITO_OK) {
            return rc;
        }
        i += value.data[i] == quote && i + 2 < value.size && value.data[i + 1] == quote;
    }
    return SITO_OK;
}

static int shown(SitoText text) {
    return (int)(text.size < MOST_SHOWN ? text.size : MOST_SHOWN);
}

int sito_option_split(const char *module, const char *argument, SitoText *name, SitoBuffer *value,
                      char **error) {
    const char *equals = strchr(argument, '=');
    if (equals == NULL) {
        SitoText whole = sito_option_trim((SitoText){.data = argument, .size = strlen(argument)});
        return sito_error(error, SITO_ERROR, "%s: write options as name='value', not %.*s", module,
                          shown(whole), whole.data);
    }
    *name = sito_option_trim((SitoText){.data = argument, .size = (size_t)(equals - argument)});
    return unquote(sito_option_trim((SitoText){.data = equals + 1, .size = strlen(equals + 1)}),
                   value);
}

int sito_option_unknown(const char *module, SitoText name, const char *const *names, size_t count,
                        char **error) {
    SitoBuffer list = {.limit = 4000};
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    if (rc == SITO_OK) {
        const char *nearest = sito_nearest(name, names, count);
        rc = sito_error(error, SITO_ERROR, "%s: unknown option '%.*s'%s%s%s; options are %.*s",
                        module, shown(name), name.data, nearest != NULL ? "; did you mean '" : "",
                        nearest != NULL ? nearest : "", nearest != NULL ? "'" : "", (int)list.size,
                        list.data);
    }
    sito_buffer_free(&list);
    return rc;
}
