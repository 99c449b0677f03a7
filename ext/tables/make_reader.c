/*
** Members of an object, and their simple values (make_reader.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "make_reader.h"

int make_failure(MakeReader *reader, int rc) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(reader->error, SITO_ERROR, "%s", sqlite3_errmsg(reader->db));
}

int make_each(MakeReader *reader, SitoText json, MakeTake *take) {
    sqlite3_stmt *statement = NULL;
    int step = SQLITE_DONE,
        rc = sqlite3_prepare_v2(reader->db, "SELECT key, value, type FROM json_each(?1)", -1,
                                &statement, NULL);
    rc = rc == SQLITE_OK
             ? sqlite3_bind_text64(statement, 1, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8)
             : rc;
    rc = rc == SQLITE_OK ? SITO_OK : make_failure(reader, rc);
    while (rc == SITO_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        MakeField field = {.row = statement};
        field.key = (const char *)sqlite3_column_text(statement, 0);
        field.type = (const char *)sqlite3_column_text(statement, 2);
        field.number = sqlite3_column_double(statement, 1);
        field.text.data = (const char *)sqlite3_column_text(statement, 1);
        field.text.size = (size_t)sqlite3_column_bytes(statement, 1);
        bool lost = field.key == NULL || field.type == NULL ||
                    (field.text.data == NULL && strcmp(field.type, "null") != 0);
        rc = lost ? SITO_NOMEM : take(reader, &field);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? make_failure(reader, step) : rc;
    sqlite3_finalize(statement);
    return rc;
}

bool make_is(const MakeField *field, const char *type) {
    return strcmp(field->type, type) == 0;
}

int make_wrong(MakeReader *reader, const MakeField *field, const char *allowed) {
    return sito_error(reader->error, SITO_ERROR, "%s is %s", field->key, allowed);
}

int make_unknown_key(MakeReader *reader, const char *key, const char *of, const char *const *known,
                     size_t count) {
    const char *near = sito_nearest((SitoText){key, strlen(key)}, known, count);
    SitoBuffer list = {0};
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    rc = rc != SITO_OK
             ? rc
             : sito_error(reader->error, SITO_ERROR, "unknown key '%s'%s%s%s%s; the keys are %.*s",
                          key, of, near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
                          near != NULL ? "'?)" : "", (int)list.size, list.data);
    sito_buffer_free(&list);
    return rc;
}

int make_take_text(MakeReader *reader, const MakeField *field, char **to) {
    if (!make_is(field, "text") || memchr(field->text.data, 0, field->text.size) != NULL) {
        return make_wrong(reader, field, "a text");
    }
    sito_free(*to);
    *to = sito_print("%s", field->text.data);
    return *to == NULL ? SITO_NOMEM : SITO_OK;
}

int make_take_whole(MakeReader *reader, const MakeField *field, int64_t most, int64_t *to) {
    *to = sqlite3_column_int64(field->row, 1);
    if (!make_is(field, "integer") || *to < 0 || *to > most) {
        return sito_error(reader->error, SITO_ERROR, "%s is a whole number from 0 to %lld",
                          field->key, (long long)most);
    }
    return SITO_OK;
}

int make_take_flag(MakeReader *reader, const MakeField *field, bool *to) {
    *to = make_is(field, "true");
    return *to || make_is(field, "false") ? SITO_OK : make_wrong(reader, field, "true or false");
}
