/*
** sito diff OLD NEW: what changed between two files or data sets (runner/compare.h), as text or JSON.
** Exit status 0 where nothing did, 1 where something did.
*/
#include <sqlite3.h>

#include <string.h>

#include "cli.h"
#include "common/db.h"
#include "common/mask.h"
#include "common/number.h"
#include "runner/compare.h"

/* How a change reads; %a and %b are the two versions, written by the kind's form, %f the column. */
static const struct Words {
    const char *kind;
    enum { PLAIN, INTEGER, PERCENT } form;
    const char *pl, *en;
} words[] = {
    {"identical", PLAIN, "plik jest ten sam, bajt w bajt", "the file is the same, byte by byte"},
    {"resource-added", PLAIN, "zasób jest nowy", "the resource is new"},
    {"resource-removed", PLAIN, "zasobu już nie ma", "the resource is gone"},
    {"column-added", INTEGER, "kolumna %f jest nowa (miejsce %b)", "column %f is new (place %b)"},
    {"column-removed", INTEGER, "kolumny %f już nie ma (była na miejscu %a)",
     "column %f is gone (it was at place %a)"},
    {"column-moved", INTEGER, "kolumna %f: z miejsca %a na %b", "column %f: from place %a to %b"},
    {"type-changed", PLAIN, "kolumna %f: typ %a, teraz %b", "column %f: type %a, now %b"},
    {"role-changed", PLAIN, "kolumna %f: rola %a, teraz %b", "column %f: role %a, now %b"},
    {"records", INTEGER, "rekordy: %a, teraz %b", "records: %a, now %b"},
    {"damaged", INTEGER, "rekordy uszkodzone (nieporównane): %a, teraz %b",
     "damaged records (not compared): %a, now %b"},
    {"key-repeated", INTEGER, "klucz się powtarza (wartości: %a), więc porównano całe rekordy",
     "the key is repeated (values: %a), so whole records were compared"},
    {"records-removed", INTEGER, "rekordy, których już nie ma: %a", "records that are gone: %a"},
    {"records-added", INTEGER, "rekordy nowe: %b", "records that are new: %b"},
    {"records-changed", INTEGER, "rekordy zmienione: %b", "records that changed: %b"},
    {"values-changed", INTEGER, "kolumna %f: wartości zmienione: %b",
     "column %f: values that changed: %b"},
    {"missing", PERCENT, "kolumna %f: braki %a, teraz %b", "column %f: missing %a, now %b"},
    {"distinct", INTEGER, "kolumna %f: różne wartości: %a, teraz %b",
     "column %f: different values: %a, now %b"},
    {"distribution", PERCENT, "kolumna %f: rozkład wartości przesunął się o %b",
     "column %f: the distribution of values moved by %b"},
};

static int put_number(sqlite3_stmt *row, int column, int form, SitoLanguage language,
                      SitoBuffer *out) {
    if (sqlite3_column_type(row, column) == SQLITE_NULL) {
        return sito_buffer_print(out, "–");
    }
    return form == INTEGER ? sito_write_integer(language, sqlite3_column_int64(row, column), out)
           : form == PERCENT
               ? sito_write_percent(language, sqlite3_column_double(row, column), out)
               : sito_buffer_print(out, "%s", (const char *)sqlite3_column_text(row, column));
}

/* row: kind, resource, field, before, after */
static int put_change(sqlite3_stmt *row, SitoLanguage language, SitoBuffer *out) {
    const char *kind = (const char *)sqlite3_column_text(row, 0);
    const struct Words *found = words;
    while (kind != NULL && strcmp(found->kind, kind) != 0) {
        found++;
    }
    const char *resource = (const char *)sqlite3_column_text(row, 1);
    int rc = kind == NULL ? SITO_NOMEM
                          : sito_buffer_print(out, "%s: ", resource != NULL ? resource : "");
    for (const char *at = sito_say(language, found->pl, found->en); *at != 0 && rc == SITO_OK;
         at++) {
        if (at[0] == '%' && at[1] == 'f') {
            rc = put_number(row, 2, PLAIN, language, out);
        } else if (at[0] == '%') {
            rc = put_number(row, at[1] == 'a' ? 3 : 4, found->form, language, out);
        } else {
            rc = sito_buffer_add(out, at, 1);
            continue;
        }
        at++;
    }
    return rc == SITO_OK ? sito_buffer_add(out, "\n", 1) : rc;
}

static const char changes_sql[] =
    "SELECT kind, masked_name(resource), masked_name(field), before, after FROM temp.change"
    " ORDER BY number";

static int write_text(sqlite3 *db, SitoLanguage language, bool same, SitoBuffer *out,
                      char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, changes_sql, "");
    while (rc == SITO_OK) {
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW) {
            rc = step == SQLITE_DONE ? SITO_OK : sito_db_error(db, step, error);
            break;
        }
        rc = put_change(row, language, out);
    }
    sqlite3_finalize(row);
    return rc == SITO_OK && same
               ? sito_buffer_print(out, "%s\n",
                                   sito_say(language, "Kolumny i rekordy są te same.",
                                            "Columns and records are the same."))
               : rc;
}

static int write_json(sqlite3 *db, const SitoArguments *arguments, bool same, SitoBuffer *out,
                      char **error) {
    char *text = NULL;
    int rc = sito_db_text(
        db, &text, error,
        "SELECT json_object('schema', 1, 'old', masked_name(?1), 'new', masked_name(?2), 'same',"
        "  json(iif(?3, 'true', 'false')), 'changes', (SELECT json_group_array(json_object('kind',"
        "  kind, 'resource', masked_name(resource), 'field', masked_name(field), 'before', before,"
        "  'after', after)) FROM (SELECT * FROM temp.change ORDER BY number)))",
        "tti", arguments->paths[0], arguments->paths[1], (int64_t)same);
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n", text) : rc;
    sito_free(text);
    return rc;
}

static int compare(sqlite3 *db, const SitoArguments *arguments, int64_t *same, SitoBuffer *out,
                   char **error) {
    int rc = sito_db_error(db, sito_mask_register(db), error);
    rc = rc == SITO_OK ? sito_compare(db, arguments->paths[0], arguments->paths[1], arguments->key,
                                      arguments->language, error)
                       : rc;
    rc = rc == SITO_OK ? sito_db_integer(db, same, error,
                                         "SELECT NOT EXISTS (SELECT 1 FROM temp.change"
                                         " WHERE kind NOT IN ('identical', 'key-repeated'))",
                                         "")
                       : rc;
    bool json = arguments->format != NULL && strcmp(arguments->format, "json") == 0;
    return rc != SITO_OK ? rc
           : json        ? write_json(db, arguments, *same, out, error)
                         : write_text(db, arguments->language, *same, out, error);
}

int sito_command_diff(const SitoArguments *arguments) {
    sqlite3 *db = NULL;
    SitoBuffer out = {0};
    char *error = NULL;
    int64_t same = 0;
    int rc = sito_db_open(&db, &error);
    rc = rc == SITO_OK ? compare(db, arguments, &same, &out, &error) : rc;
    int status = rc == SITO_OK ? sito_write_result(arguments, (SitoText){out.data, out.size})
                               : sito_fail(rc, error);
    sito_buffer_free(&out);
    sqlite3_close(db);
    return status != SITO_EXIT_OK ? status : same ? SITO_EXIT_OK : SITO_EXIT_FINDINGS;
}
