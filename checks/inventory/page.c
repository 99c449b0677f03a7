/*
** The page of an inventory (page.h): one HTML document without anything from outside, for a screen and for
** paper. On top what nobody could read, then every item with its columns.
*/
#include "page.h"

#include <sqlite3.h>
#include <string.h>

#include "common/db.h"
#include "common/markup.h"
#include "common/number.h"

static const char style[] =
    "body { font: 11pt/1.4 sans-serif; margin: 10mm; color: #111 }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { border-bottom: 1px solid #999; padding: 3px 8px; text-align: left; vertical-align: top;\n"
    "         overflow-wrap: anywhere }\n"
    "td.n { text-align: right; white-space: nowrap } thead { display: table-header-group }\n"
    "tr { break-inside: avoid } .q { font-weight: bold; white-space: nowrap } .q-not-assessed { color: #a40000 }\n"
    "small { color: #444 } details { margin-top: 2px } @page { size: A4 landscape; margin: 12mm }\n";

static int put(SitoBuffer *out, const char *text) {
    return sito_buffer_add(out, text, strlen(text));
}

static int put_value(SitoBuffer *out, sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL
               ? SITO_OK
               : sito_put_markup(out, (SitoText){text, (size_t)sqlite3_column_bytes(row, column)});
}

static int put_count(SitoBuffer *out, const char *label, int64_t number, SitoLanguage language) {
    int rc = put(out, "<tr><td class=\"n\">");
    rc = rc == SITO_OK ? sito_write_integer(language, number, out) : rc;
    return rc == SITO_OK ? sito_buffer_print(out, "</td><td>%s</td></tr>\n", label) : rc;
}

/* item, proposed or qualified (code, words), rows, why, unit and custodian, columns, change */
static const char items[] =
    "SELECT item, coalesce(qualification, proposed),"
    "  CASE coalesce(qualification, proposed)"
    "    WHEN 'none-found' THEN iif(?1 = 'pl', 'do oceny', 'to assess')"
    "    WHEN 'directly' THEN iif(?1 = 'pl', 'wprost', 'directly')"
    "    WHEN 'after-anonymisation' THEN iif(?1 = 'pl', 'po anonimizacji', 'after anonymisation')"
    "    WHEN 'no' THEN iif(?1 = 'pl', 'nie', 'not') WHEN 'not-data' THEN 'sito'"
    "    ELSE iif(?1 = 'pl', 'nieoceniony', 'not assessed') END,"
    "  rows, coalesce(nullif(why, ''), iif(?1 = 'pl', 'pliku już nie ma', 'the file is gone')),"
    "  concat_unit, columns_text,"
    "  CASE change WHEN 'new' THEN iif(?1 = 'pl', 'nowy', change)"
    "    WHEN 'changed' THEN iif(?1 = 'pl', 'zmieniony', change)"
    "    WHEN 'gone' THEN iif(?1 = 'pl', 'zniknął', change) END"
    "  FROM (SELECT *, coalesce(unit, '') || coalesce(', ' || custodian, '') ||"
    "          coalesce(', ' || rhythm, '') AS concat_unit,"
    "          (SELECT group_concat((c.value ->> '$.name') || ' – ' || (c.value ->> '$.type') || ', '"
    "             || (c.value ->> '$.role') || coalesce(' (' || (c.value ->> '$.kinds') || ')', ''), '; ')"
    "             FROM json_each(columns) AS c) AS columns_text FROM item)"
    " ORDER BY change IS 'gone', coalesce(qualification, proposed) = 'not-assessed' DESC, item";

static int put_item(SitoBuffer *out, sqlite3_stmt *row, SitoLanguage language) {
    int rc = put(out, "<tr><td class=\"q q-");
    rc = rc == SITO_OK ? put_value(out, row, 1) : rc;
    rc = rc == SITO_OK ? put(out, "\">") : rc;
    rc = rc == SITO_OK ? put_value(out, row, 2) : rc;
    rc = rc == SITO_OK ? put(out, "</td><td>") : rc;
    rc = rc == SITO_OK ? put_value(out, row, 0) : rc;
    rc = rc == SITO_OK && sqlite3_column_type(row, 7) != SQLITE_NULL ? put(out, " <small>") : rc;
    rc = rc == SITO_OK ? put_value(out, row, 7) : rc;
    rc = rc == SITO_OK && sqlite3_column_type(row, 7) != SQLITE_NULL ? put(out, "</small>") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 6) != SQLITE_NULL) {
        rc = sito_buffer_print(out, "<details><summary>%s</summary><small>",
                               sito_say(language, "kolumny", "columns"));
        rc = rc == SITO_OK ? put_value(out, row, 6) : rc;
        rc = rc == SITO_OK ? put(out, "</small></details>") : rc;
    }
    rc = rc == SITO_OK ? put(out, "</td><td class=\"n\">") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 3) != SQLITE_NULL) {
        rc = sito_write_integer(language, sqlite3_column_int64(row, 3), out);
    }
    rc = rc == SITO_OK ? put(out, "</td><td>") : rc;
    rc = rc == SITO_OK ? put_value(out, row, 4) : rc;
    rc = rc == SITO_OK ? put(out, "</td><td>") : rc;
    rc = rc == SITO_OK ? put_value(out, row, 5) : rc;
    return rc == SITO_OK ? put(out, "</td></tr>\n") : rc;
}

static int put_items(sqlite3 *result, SitoLanguage language, SitoBuffer *out, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE,
        rc = sito_db_prepare(result, &rows, error, items, "t", sito_say(language, "pl", "en"));
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = put_item(out, rows, language);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(result, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}

int sito_inventory_page(sqlite3 *result, SitoLanguage language, SitoBuffer *out, char **error) {
    const char *title = sito_say(language, "Inwentaryzacja danych", "Inventory of data");
    int rc = sito_buffer_print(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n"
        "<p>%s</p>\n<table style=\"width: auto\">\n",
        sito_say(language, "pl", "en"), title, style, title,
        sito_say(language,
                 "To propozycja skanu. Że skan niczego nie znalazł, nie znaczy, że "
                 "nic tam nie ma: o każdej pozycji rozstrzyga człowiek.",
                 "This is what a scan proposes. That it found nothing does not mean "
                 "that nothing is there: a person decides about every item."));
    rc = rc == SITO_OK ? sito_inventory_counts(result, language, put_count, out, error) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(
                   out,
                   "</table>\n<table>\n<thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th>"
                   "<th>%s</th></tr></thead>\n<tbody>\n",
                   sito_say(language, "Kwalifikacja", "Qualification"),
                   sito_say(language, "Pozycja", "Item"), sito_say(language, "Rekordy", "Rows"),
                   sito_say(language, "Powód", "Why"),
                   sito_say(language, "Komórka, gestor, rytm", "Unit, custodian, rhythm"))
             : rc;
    rc = rc == SITO_OK ? put_items(result, language, out, error) : rc;
    return rc == SITO_OK ? put(out, "</tbody>\n</table>\n</body>\n</html>\n") : rc;
}
