/*
** The columns that a JSON row is made into (json_columns_core.h).
*/
#include "json_columns_core.h"

#include <string.h>

#include "base/option.h"

static const char *const type_words[] = {
    [SITO_JSON_AUTO] = "auto",       [SITO_JSON_TEXT] = "text",
    [SITO_JSON_INTEGER] = "integer", [SITO_JSON_NUMBER] = "number",
    [SITO_JSON_BOOLEAN] = "boolean", [SITO_JSON_JSON] = "json",
    [SITO_JSON_TERYT] = "bdl-teryt",
};

static SitoText text_of(const char *string) {
    return (SitoText){.data = string, .size = strlen(string)};
}

static int shown(SitoText text) {
    return (int)(text.size < 80 ? text.size : 80);
}

SitoJsonType sito_json_type_named(SitoText word) {
    size_t i = 0;
    while (i < SITO_JSON_TYPES && !sito_text_equal_nocase(word, text_of(type_words[i]))) {
        i++;
    }
    return (SitoJsonType)i;
}

static bool is_taken(const SitoJsonColumns *columns, SitoText name) {
    for (size_t i = 0; i < columns->count; i++) {
        if (sito_text_equal_nocase(text_of(columns->items[i].name), name)) {
            return true;
        }
    }
    return false;
}

static int append(SitoJsonColumns *columns, SitoText name, SitoJsonColumn **column, char **error) {
    void *items = columns->items;
    if (columns->count == SITO_JSON_COLUMNS) {
        return sito_error(error, SITO_ERROR, "there are more than %d columns", SITO_JSON_COLUMNS);
    }
    int rc = sito_grow(&items, &columns->capacity, columns->count + 1, sizeof *columns->items,
                       SITO_JSON_COLUMNS);
    columns->items = items;
    if (rc == SITO_OK) {
        *column = &columns->items[columns->count];
        **column = (SitoJsonColumn){.name = sito_print("%.*s", (int)name.size, name.data)};
        rc = (*column)->name == NULL ? SITO_NOMEM : SITO_OK;
        columns->count += rc == SITO_OK;
    }
    return rc;
}

int sito_json_columns_add(SitoJsonColumns *columns, SitoText name, SitoJsonColumn **column,
                          char **error) {
    if (name.size == 0 || name.size > 1000 || name.data[0] == '_' ||
        memchr(name.data, 0, name.size) != NULL) {
        return sito_error(error, SITO_ERROR,
                          "'%.*s' cannot name a column: a name is not empty and does not begin "
                          "with _",
                          shown(name), name.size > 0 ? name.data : "");
    }
    if (is_taken(columns, name)) {
        return sito_error(error, SITO_ERROR, "there are two columns '%.*s'", shown(name),
                          name.data);
    }
    return append(columns, name, column, error);
}

int sito_json_columns_add_new(SitoJsonColumns *columns, SitoText name, SitoJsonColumn **column,
                              char **error) {
    char *free_name = sito_print("%.*s", (int)name.size, name.size > 0 ? name.data : "");
    bool reserved = false;
    for (int n = 1; free_name != NULL; n++) {
        static const char *const hidden[] = {"_row", "_page", "_url", "_signs"};
        reserved = free_name[0] == 0;
        for (size_t i = 0; i < SITO_COUNT(hidden); i++) {
            reserved |= sito_text_equal_nocase(text_of(free_name), text_of(hidden[i]));
        }
        if (!reserved && !is_taken(columns, text_of(free_name))) {
            break;
        }
        sito_free(free_name);
        free_name = sito_print("%.*s_%d", (int)name.size, name.size > 0 ? name.data : "", n + 1);
    }
    if (free_name == NULL) {
        return SITO_NOMEM;
    }
    int rc = append(columns, text_of(free_name), column, error);
    sito_free(free_name);
    return rc;
}

/* ---- 'name path type, …' ---- */

/* Cuts the text up to the first of `ends` outside double quotes. */
static SitoText cut(SitoText *rest, const char *ends) {
    bool quoted = false;
    size_t i = 0;
    for (; i < rest->size && (quoted || strchr(ends, rest->data[i]) == NULL); i++) {
        quoted ^= rest->data[i] == '"';
    }
    SitoText item = {.data = rest->data, .size = i};
    size_t past = i < rest->size ? i + 1 : i;
    *rest = (SitoText){.data = rest->data + past, .size = rest->size - past};
    return item;
}

static int take_item(SitoText item, SitoJsonColumns *columns, char **error) {
    SitoJsonColumn *column = NULL;
    SitoText rest = item, name = cut(&rest, " \t\r\n");
    if (name.size > 1 && name.data[0] == '"' && name.data[name.size - 1] == '"') {
        name = (SitoText){.data = name.data + 1, .size = name.size - 2};
    }
    int rc = sito_json_columns_add(columns, name, &column, error);
    rest = sito_option_trim(rest);
    if (rc == SITO_OK && rest.size > 0 && (rest.data[0] == '$' || rest.data[0] == '@')) {
        rc = sito_json_path_parse(cut(&rest, " \t\r\n"), &column->path, error);
        rest = sito_option_trim(rest);
    } else if (rc == SITO_OK) {
        rc = sito_json_path_member(name, &column->path, error);
    }
    if (rc == SITO_OK && rest.size > 0) {
        column->type = sito_json_type_named(rest);
        if (column->type == SITO_JSON_TYPES) {
            rc = sito_error(error, SITO_ERROR,
                            "'%.*s' of column %s is neither a path nor a type; types are auto, "
                            "text, integer, number, boolean, json",
                            shown(rest), rest.data, column->name);
        }
    }
    return rc;
}

int sito_json_columns_list(SitoText list, SitoJsonColumns *columns, char **error) {
    int rc = SITO_OK;
    do {
        rc = take_item(sito_option_trim(cut(&list, ",")), columns, error);
    } while (rc == SITO_OK && list.size > 0);
    return rc;
}

void sito_json_columns_free(SitoJsonColumns *columns) {
    for (size_t i = 0; i < columns->count; i++) {
        SitoJsonColumn *column = &columns->items[i];
        sito_free(column->name);
        sito_json_path_free(&column->path);
        sito_json_path_free(&column->unless);
        sito_json_path_free(&column->sign);
        sito_free(column->unless_values);
    }
    sito_free(columns->items);
    *columns = (SitoJsonColumns){0};
}
