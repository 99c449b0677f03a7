/*
** From a preset and what the user gave to options (presets.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/option.h"
#include "json_query.h"
#include "presets.h"

/* What is being worked on. */
typedef struct Use {
    sqlite3 *db;
    SitoText preset;
    const SitoArguments *given;
    SitoArguments values; /* of parameters, by name; texts for SQL and addresses */
    SitoRemoteOptions *options;
    const char *read; /* the reading chosen */
    SitoBuffer url;   /* being put together */
} Use;

static SitoText text_of(const char *string) {
    return (SitoText){.data = string, .size = strlen(string)};
}

/* ---- parameters ---- */

static int keep_value(Use *use, SitoText name, const SitoBuffer *value) {
    void *items = use->values.items;
    int rc = sito_grow(&items, &use->values.capacity, use->values.count + 1,
                       sizeof *use->values.items, 200);
    use->values.items = items;
    if (rc == SITO_OK) {
        SitoArgument *item = &use->values.items[use->values.count++];
        *item = (SitoArgument){.name = sito_print("%.*s", (int)name.size, name.data),
                               .value = sito_print("%.*s", (int)value->size, value->data)};
        rc = item->name == NULL || item->value == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

/* A row: name, type, least, most, default, says. */
static int take_parameter(void *data, sqlite3_stmt *row, char **error) {
    enum { NAME, TYPE, LEAST, MOST, DEFAULT, SAYS };
    Use *use = data;
    SitoText name, type, otherwise, says;
    SitoBuffer value = {0};
    char *phrase = NULL;
    int rc = sito_json_column(row, NAME, &name);
    rc = rc == SITO_OK ? sito_json_column(row, TYPE, &type) : rc;
    rc = rc == SITO_OK ? sito_json_column(row, DEFAULT, &otherwise) : rc;
    rc = rc == SITO_OK ? sito_json_column(row, SAYS, &says) : rc;
    const char *own = rc == SITO_OK ? sito_argument(use->given, name) : NULL;
    SitoText text = own != NULL ? text_of(own) : otherwise;
    if (rc != SITO_OK || text.data == NULL) {
        return rc;
    }
    rc = sito_preset_value(type, text, sqlite3_column_int64(row, LEAST),
                           sqlite3_column_int64(row, MOST), &value, &phrase);
    if (rc == SITO_ERROR) {
        rc = sito_error(error, SITO_ERROR, "%s: %.*s cannot be '%.*s'; it is %s%s%.*s",
                        use->options->module, (int)name.size, name.data,
                        (int)(text.size < 80 ? text.size : 80), text.data, phrase,
                        says.data != NULL ? ": " : "", (int)says.size, says.data);
    }
    rc = rc == SITO_OK ? keep_value(use, name, &value) : rc;
    sito_buffer_free(&value);
    sito_free(phrase);
    return rc;
}

static int add_name(void *data, sqlite3_stmt *row, char **error) {
    SitoArguments *names = data;
    void *items = names->items;
    (void)error;
    int rc = sito_grow(&items, &names->capacity, names->count + 1, sizeof *names->items, 200);
    names->items = items;
    if (rc == SITO_OK) {
        names->items[names->count] =
            (SitoArgument){.name = sito_print("%s", sqlite3_column_text(row, 0))};
        rc = names->items[names->count++].name == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

static int unknown(Use *use, SitoText name, char **error) {
    SitoArguments known = {0};
    const char *names[300];
    size_t count = 0;
    int rc = sito_json_query(use->db, "SELECT key FROM json_each(?1, '$.parameters')", use->preset,
                             (SitoText){0}, add_name, &known, error);
    for (size_t i = 0; i < known.count && rc == SITO_OK; i++) {
        names[count++] = known.items[i].name;
    }
    names[count++] = "read";
    names[count++] = "base";
    names[count++] = "presets";
    for (size_t i = 0; sito_remote_transport_name(i) != NULL; i++) {
        names[count++] = sito_remote_transport_name(i);
    }
    rc = rc == SITO_OK ? sito_option_unknown(use->options->module, name, names, count, error) : rc;
    for (size_t i = 0; i < known.count; i++) {
        sito_free(known.items[i].name);
    }
    sito_free(known.items);
    return rc;
}

static int count_rows(void *data, sqlite3_stmt *row, char **error) {
    (void)row, (void)error;
    ++*(int *)data;
    return SITO_OK;
}

/* What is no parameter must be read, base, presets or an option of the transport. */
static int take_others(Use *use, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < use->given->count && rc == SITO_OK; i++) {
        SitoText name = text_of(use->given->items[i].name);
        SitoText value = text_of(use->given->items[i].value);
        bool ours = sito_text_equal_nocase(name, SITO_LITERAL("read")) ||
                    sito_text_equal_nocase(name, SITO_LITERAL("base")) ||
                    sito_text_equal_nocase(name, SITO_LITERAL("presets")) ||
                    sito_text_equal_nocase(name, SITO_LITERAL("preset"));
        int found = ours, given = 0;
        for (size_t j = 0; j < use->given->count; j++) {
            given += sito_text_equal_nocase(name, text_of(use->given->items[j].name));
        }
        if (given > 1) {
            return sito_error(error, SITO_ERROR, "%s: option %s is given twice",
                              use->options->module, use->given->items[i].name);
        }
        rc = sito_json_query(
            use->db, "SELECT 1 FROM json_each(?1, '$.parameters') WHERE lower(key) = lower(?2)",
            use->preset, name, count_rows, &found, error);
        if (rc == SITO_OK && found == 0) {
            bool known = false;
            rc = sito_remote_option(use->options, SITO_BY_USER_OF_PRESET, name, value, &known,
                                    error);
            rc = rc == SITO_OK && !known ? unknown(use, name, error) : rc;
        }
    }
    return rc;
}

/* ---- addresses ---- */

/* Adds a text with everything escaped that is not a letter, a digit or one of - . _ ~ */
static int add_escaped(SitoBuffer *url, SitoText text) {
    int rc = SITO_OK;
    for (size_t i = 0; i < text.size && rc == SITO_OK; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        rc = plain ? sito_buffer_add(url, text.data + i, 1) : sito_buffer_print(url, "%%%02X", c);
    }
    return rc;
}

/* Adds a template; `escaped` says how the values of its parameters are put in. *missing is the name of
** one that was not given. */
static int add_template(Use *use, SitoText template, bool escaped, SitoText *missing) {
    int rc = SITO_OK;
    *missing = (SitoText){0};
    for (size_t i = 0; i < template.size && rc == SITO_OK; i++) {
        const char *close =
            template.data[i] == '{' ? memchr(template.data + i, '}', template.size - i) : NULL;
        if (close == NULL) {
            rc = sito_buffer_add(&use->url, template.data + i, 1);
            continue;
        }
        SitoText name = {.data = template.data + i + 1,
                         .size = (size_t)(close - template.data) - i - 1};
        const char *value = sito_argument(&use->values, name);
        if (value == NULL) {
            *missing = name;
            return SITO_OK;
        }
        rc = escaped ? add_escaped(&use->url, text_of(value))
                     : sito_buffer_add(&use->url, value, strlen(value));
        i = (size_t)(close - template.data);
    }
    return rc;
}

/* The name of the parameter, where the template is nothing but one. */
static SitoText only_parameter(SitoText template) {
    bool one = template.size > 2 && template.data[0] == '{' &&
               memchr(template.data, '}', template.size) == template.data + template.size - 1;
    return one ? (SitoText){.data = template.data + 1, .size = template.size - 2} : (SitoText){0};
}

/* name=value, once for each part of a list. A row: name, template, whether it is a list. */
static int take_query(void *data, sqlite3_stmt *row, char **error) {
    Use *use = data;
    SitoText name, template, missing;
    (void)error;
    int rc = sito_json_column(row, 0, &name);
    rc = rc == SITO_OK ? sito_json_column(row, 1, &template) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    size_t before = use->url.size;
    const char *list = sqlite3_column_int(row, 2) != 0
                           ? sito_argument(&use->values, only_parameter(template))
                           : NULL;
    do {
        size_t size = list != NULL ? strcspn(list, ",") : 0;
        bool first = memchr(use->url.data, '?', use->url.size) == NULL;
        rc = sito_buffer_print(&use->url, first ? "?" : "&");
        rc = rc == SITO_OK ? add_escaped(&use->url, name) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(&use->url, "=", 1) : rc;
        if (rc == SITO_OK && list != NULL) {
            rc = add_escaped(&use->url, (SitoText){.data = list, .size = size});
            list += size;
            list += *list == ',';
        } else if (rc == SITO_OK) {
            rc = add_template(use, template, true, &missing);
            use->url.size = missing.data != NULL ? before : use->url.size; /* not given: left out */
        }
    } while (rc == SITO_OK && list != NULL && *list != 0);
    return rc;
}

static int take_path(void *data, sqlite3_stmt *row, char **error) {
    Use *use = data;
    SitoText base, path, missing = {0};
    const char *own = sito_argument(use->given, SITO_LITERAL("base"));
    int rc = sito_json_column(row, 0, &base);
    rc = rc == SITO_OK ? sito_json_column(row, 1, &path) : rc;
    if (rc == SITO_OK && own != NULL) {
        char *phrase = NULL;
        rc = sito_preset_value(SITO_LITERAL("address"), text_of(own), 0, 0, &use->url, &phrase);
        rc = rc == SITO_ERROR
                 ? sito_error(error, rc, "base cannot be '%.80s'; it is %s", own, phrase)
                 : rc;
        sito_free(phrase);
    } else if (rc == SITO_OK) {
        rc = add_template(use, base, false, &missing);
    }
    rc = rc == SITO_OK && missing.data == NULL ? add_template(use, path, true, &missing) : rc;
    return rc == SITO_OK && missing.data != NULL
               ? sito_error(error, SITO_ERROR, "%s: give %.*s='…'", use->options->module,
                            (int)missing.size, missing.data)
               : rc;
}

/* The address that $.read.NAME or $.read.NAME.ask describes, as option `option`. */
static int make_url(Use *use, const char *part, const char *option, char **error) {
    SitoBuffer sql = {0};
    use->url.size = 0;
    int rc =
        sito_buffer_print(&sql,
                          "SELECT ?1 ->> '$.base', r ->> 'path' FROM (SELECT ?1 -> '$.read' -> ?2 "
                          "%s AS r)",
                          part);
    rc = rc == SITO_OK ? sito_buffer_add(&sql, "", 1) : rc;
    rc = rc == SITO_OK ? sito_json_query(use->db, sql.data, use->preset, text_of(use->read),
                                         take_path, use, error)
                       : rc;
    sql.size = 0;
    rc = rc == SITO_OK
             ? sito_buffer_print(
                   &sql,
                   "SELECT key, value, ?1 ->> ('$.parameters.' || trim(value, '{}') || "
                   "'.type') = 'numbers' FROM json_each(?1 -> '$.read' -> ?2 %s, '$.query')",
                   part)
             : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&sql, "", 1) : rc;
    rc = rc == SITO_OK ? sito_json_query(use->db, sql.data, use->preset, text_of(use->read),
                                         take_query, use, error)
                       : rc;
    sito_buffer_free(&sql);
    return rc == SITO_OK
               ? sito_remote_option(use->options, SITO_BY_PRESET, text_of(option),
                                    (SitoText){.data = use->url.data, .size = use->url.size}, NULL,
                                    error)
               : rc;
}

/* ---- readings ---- */

typedef struct Readings {
    const char *wanted; /* NULL: the first */
    SitoBuffer names;
    char *found;
} Readings;

static int see_reading(void *data, sqlite3_stmt *row, char **error) {
    Readings *readings = data;
    const char *name = (const char *)sqlite3_column_text(row, 0);
    (void)error;
    if (name == NULL) {
        return SITO_NOMEM;
    }
    int rc =
        sito_buffer_print(&readings->names, "%s%s", readings->names.size == 0 ? "" : ", ", name);
    if (rc == SITO_OK && readings->found == NULL &&
        (readings->wanted == NULL || sqlite3_stricmp(name, readings->wanted) == 0)) {
        readings->found = sito_print("%s", name);
        rc = readings->found == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

static int require(void *data, sqlite3_stmt *row, char **error) {
    Use *use = data;
    SitoText name, says;
    int rc = sito_json_column(row, 0, &name);
    rc = rc == SITO_OK ? sito_json_column(row, 1, &says) : rc;
    if (rc != SITO_OK || sito_argument(&use->values, name) != NULL) {
        return rc;
    }
    return sito_error(error, SITO_ERROR, "%s: give %.*s='…'%s%.*s", use->options->module,
                      (int)name.size, name.data, says.data != NULL ? ": " : "", (int)says.size,
                      says.data);
}

static int take_option(void *data, sqlite3_stmt *row, char **error) {
    Use *use = data;
    SitoText name, value;
    int rc = sito_json_column(row, 0, &name);
    rc = rc == SITO_OK ? sito_json_column(row, 1, &value) : rc;
    return rc == SITO_OK && value.data != NULL
               ? sito_remote_option(use->options, SITO_BY_PRESET, name, value, NULL, error)
               : rc;
}

static int use_reading(Use *use, char **error) {
    static const char needs[] =
        "SELECT n.value, ?1 ->> ('$.parameters.' || n.value || '.says') FROM "
        "json_each(?1 -> '$.read' -> ?2, '$.needs') AS n";
    static const char options[] =
        "SELECT key, value FROM json_each(?1 -> '$.read' -> ?2, '$.options') UNION ALL "
        "SELECT 'columns', ?1 -> '$.read' -> ?2 -> 'columns' UNION ALL "
        "SELECT 'fields', ?1 -> '$.read' -> ?2 -> 'fields' UNION ALL "
        "SELECT 'answer', ?1 -> '$.read' -> ?2 -> 'ask' ->> 'answer' UNION ALL "
        "SELECT key, value FROM json_each(?1, '$.options')";
    SitoText read = text_of(use->read);
    int ask = 0;
    int rc = sito_json_query(use->db, needs, use->preset, read, require, use, error);
    rc = rc == SITO_OK
             ? sito_json_query(use->db, options, use->preset, read, take_option, use, error)
             : rc;
    rc = rc == SITO_OK
             ? sito_json_query(use->db, "SELECT 1 WHERE ?1 -> '$.read' -> ?2 -> 'ask' IS NOT NULL",
                               use->preset, read, count_rows, &ask, error)
             : rc;
    return rc != SITO_OK ? rc
                         : make_url(use, ask > 0 ? "-> 'ask'" : "", ask > 0 ? "ask" : "url", error);
}

int sito_preset_use(sqlite3 *db, const SitoBuffer *preset, const SitoArguments *given,
                    SitoRemoteOptions *options, char **error) {
    Use use = {.db = db, .preset = sito_json_text(preset), .given = given, .options = options};
    Readings readings = {.wanted = sito_argument(given, SITO_LITERAL("read"))};
    int rc = take_others(&use, error);
    rc = rc == SITO_OK
             ? sito_json_query(db,
                               "SELECT key, value ->> 'type', value ->> 'least', value ->> 'most', "
                               "value ->> 'default', value ->> 'says' FROM json_each(?1, "
                               "'$.parameters')",
                               use.preset, (SitoText){0}, take_parameter, &use, error)
             : rc;
    rc = rc == SITO_OK ? sito_json_query(db, "SELECT key FROM json_each(?1, '$.read')", use.preset,
                                         (SitoText){0}, see_reading, &readings, error)
                       : rc;
    if (rc == SITO_OK && readings.found == NULL) {
        rc =
            sito_error(error, SITO_ERROR, "%s: read cannot be '%.80s'; it is %.*s", options->module,
                       readings.wanted != NULL ? readings.wanted : "", (int)readings.names.size,
                       readings.names.size > 0 ? readings.names.data : "");
    }
    if (rc == SITO_OK) {
        use.read = readings.found;
        rc = use_reading(&use, error);
    }
    for (size_t i = 0; i < use.values.count; i++) {
        sito_free(use.values.items[i].name);
        sito_free(use.values.items[i].value);
    }
    sito_free(use.values.items);
    sito_buffer_free(&use.url);
    sito_buffer_free(&readings.names);
    sito_free(readings.found);
    return rc;
}
