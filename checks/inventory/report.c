/*
** The result of an inventory in four forms (inventory.h): a summary and a list for a terminal, CSV to be
** filled in and read back (sito inventory --answers), JSON, and the page (page.c).
*/
#include <sqlite3.h>
#include <string.h>

#include "page.h"
#include "private.h"
#include "common/db.h"
#include "common/listing.h"
#include "common/number.h"

static const SitoList sheet = {
    .sql =
        "SELECT item, format, rows, "
        "  CASE proposed WHEN 'none-found' THEN iif(?1 = 'pl', 'skan nie znalazł danych osobowych – do oceny',"
        "      'no personal data found by the scan, to be assessed')"
        "    WHEN 'after-anonymisation' THEN iif(?1 = 'pl', 'po anonimizacji', 'after anonymisation')"
        "    WHEN 'no' THEN iif(?1 = 'pl', 'nie', 'not')"
        "    WHEN 'not-data' THEN iif(?1 = 'pl', 'to nie są dane', 'no data')"
        "    ELSE iif(?1 = 'pl', 'nieoceniony', 'not yet assessed') END,"
        "  why,"
        "  CASE qualification WHEN 'directly' THEN iif(?1 = 'pl', 'wprost', qualification)"
        "    WHEN 'after-anonymisation' THEN iif(?1 = 'pl', 'po anonimizacji', 'after anonymisation')"
        "    WHEN 'no' THEN iif(?1 = 'pl', 'nie', 'not') END,"
        "  reason, unit, custodian, source, rhythm,"
        "  (SELECT group_concat((c.value ->> '$.name') || ' (' || (c.value ->> '$.type') || ', '"
        "     || (c.value ->> '$.role') || coalesce(', ' || (c.value ->> '$.kinds'), '') || ')', '; ')"
        "     FROM json_each(columns) AS c),"
        "  CASE change WHEN 'new' THEN iif(?1 = 'pl', 'nowy', change)"
        "    WHEN 'changed' THEN iif(?1 = 'pl', 'zmieniony', change)"
        "    WHEN 'gone' THEN iif(?1 = 'pl', 'zniknął', change)"
        "    WHEN 'same' THEN iif(?1 = 'pl', 'bez zmian', change) END"
        "  FROM item WHERE ?2 IS NULL ORDER BY item",
    .headings_pl =
        "pozycja;format;rekordy;propozycja;powód propozycji;kwalifikacja;uzasadnienie;komórka;"
        "gestor;źródło;rytm;kolumny;zmiana",
    .headings_en =
        "item;format;rows;proposal;why;qualification;reason;unit;custodian;source;rhythm;columns;"
        "change",
    .keys =
        "item;format;rows;proposal;why;qualification;reason;unit;custodian;source;rhythm;columns;change"};

int sito_inventory_open_items(sqlite3 *result, int64_t *count, char **error) {
    return sito_db_integer(result, count, error,
                           "SELECT count(*) FROM item WHERE change IS NOT 'gone'"
                           " AND proposed = 'not-assessed' AND qualification IS NULL",
                           "");
}

static int put_count(SitoBuffer *out, const char *label, int64_t number, SitoLanguage language) {
    SitoBuffer digits = {0};
    int rc = sito_write_integer(language, number, &digits);
    rc = rc == SITO_OK ? sito_buffer_print(out, "%9.*s  %s\n", (int)digits.size, digits.data, label)
                       : rc;
    sito_buffer_free(&digits);
    return rc;
}

static const SitoList short_list = {
    .sql =
        "SELECT CASE change WHEN 'new' THEN '+' WHEN 'changed' THEN '~' WHEN 'gone' THEN '–' ELSE '' END,"
        "  CASE coalesce(qualification, proposed)"
        "    WHEN 'none-found' THEN iif(?1 = 'pl', 'do oceny', 'to assess')"
        "    WHEN 'directly' THEN iif(?1 = 'pl', 'wprost', 'directly')"
        "    WHEN 'after-anonymisation' THEN iif(?1 = 'pl', 'po anonimizacji', 'after anonymisation')"
        "    WHEN 'no' THEN iif(?1 = 'pl', 'nie', 'not') WHEN 'not-data' THEN 'sito'"
        "    ELSE iif(?1 = 'pl', 'nieoceniony', 'not assessed') END,"
        "  rows, replace(item, root || '/', ''), why FROM item WHERE ?2 IS NULL"
        " ORDER BY change IS 'gone', proposed = 'not-assessed' DESC, item LIMIT 200",
    .headings_pl = ";kwalifikacja;rekordy;pozycja;powód",
    .headings_en = ";qualification;rows;item;why",
    .keys = "change;qualification;rows;item;why"};

static int put_text(sqlite3 *result, SitoLanguage language, SitoBuffer *out, char **error) {
    int64_t rows = 0, all = 0;
    int rc = sito_inventory_counts(result, language, put_count, out, error);
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    rc = rc == SITO_OK
             ? sito_list_rows(result, &short_list, language, NULL, "text", out, &rows, error)
             : rc;
    rc = rc == SITO_OK ? sito_db_integer(result, &all, error, "SELECT count(*) FROM item", "") : rc;
    if (rc == SITO_OK && all > rows) {
        rc = sito_buffer_print(out,
                               sito_say(language, "… i dalszych %lld; wszystkie: --format csv\n",
                                        "… and %lld more; all of them: --format csv\n"),
                               (long long)(all - rows));
    }
    return rc;
}

int sito_inventory_report(sqlite3 *result, const char *format, SitoLanguage language,
                          SitoBuffer *out, char **error) {
    int64_t rows = 0;
    if (strcmp(format, "html") == 0) {
        return sito_inventory_page(result, language, out, error);
    }
    return strcmp(format, "text") == 0
               ? put_text(result, language, out, error)
               : sito_list_rows(result, &sheet, language, NULL, format, out, &rows, error);
}
