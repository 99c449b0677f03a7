/*
** The sources of the warehouse: declared by a sheet, listed (warehouse.h, sql/catalogue/warehouse.sql).
**
** R1  One sheet serves two commands: its first columns are those of `sito inventory --answers`, the others those
**     of `sito fetch --answers`. A row without a name is no source.
** R2  A sheet is recorded whole or not at all; what stands there already makes no event.
** R3  A file is named as it lies on disk, a table as FILE#TABLE, both with the absolute path of the inventory. An
**     address becomes an item of the inventory when it is declared, to be assessed by people.
*/
#include <stdlib.h>
#include <string.h>

#include "catalogue/office.h"
#include "common/sheet.h"
#include "warehouse/private.h"

static const SitoSheetColumn columns[] = {
    {"item", "pozycja", "item", true},
    {"name", "nazwa", "name", true},
    {"kind", "rodzaj", "kind", false},
    {"options", "opcje", "options", false},
    {"columns", "kolumny", "columns", false},
    {"required", "kolumny wymagane", "required columns", false},
    {"least", "najmniej wierszy", "least rows", false},
    {"shrinkage", "ubytek %", "shrinkage %", false},
    {"missing", "braki %", "missing %", false},
    {"growth", "przyrost braków %", "growth of missing %", false},
    {"kept", "wersje", "versions", false},
    {"active", "ładować", "load", false},
};

/* ---- reading a sheet ---- */

/* What a row says wrongly, as "heading|allowed"; NULL: nothing. */
static const char wrong_rows[] =
    "SELECT line, CASE"
    "  WHEN least IS NOT NULL AND least GLOB '*[^0-9]*' OR length(least) > 12 THEN 'najmniej wierszy: 0, 1, 2 … / least rows: 0, 1, 2 …'"
    "  WHEN kept IS NOT NULL AND (kept GLOB '*[^0-9]*' OR CAST(kept AS INTEGER) > 100) THEN 'wersje: 0 – 100 / versions: 0 – 100'"
    "  WHEN shrinkage IS NOT NULL AND (shrinkage GLOB '*[^0-9,.]*' OR CAST(replace(shrinkage, ',', '.') AS REAL) > 100)"
    "    THEN 'ubytek %: 0 – 100 / shrinkage %: 0 – 100'"
    "  WHEN missing IS NOT NULL AND (missing GLOB '*[^0-9,.]*' OR CAST(replace(missing, ',', '.') AS REAL) > 100)"
    "    THEN 'braki %: 0 – 100 / missing %: 0 – 100'"
    "  WHEN growth IS NOT NULL AND (growth GLOB '*[^0-9,.]*' OR CAST(replace(growth, ',', '.') AS REAL) > 100)"
    "    THEN 'przyrost braków %: 0 – 100 / growth of missing %: 0 – 100'"
    "  WHEN active IS NOT NULL AND lower(active) NOT IN ('tak', 'nie', 'yes', 'no') THEN 'ładować: tak, nie / load: yes, no'"
    "  WHEN item IS NULL THEN 'pozycja: ścieżka, PLIK#TABELA albo adres / item: a path, FILE#TABLE or an address'"
    "  WHEN (SELECT count(*) FROM sheet AS other WHERE other.name = sheet.name AND other.line < sheet.line) > 0"
    "    THEN 'nazwa: każda tylko raz / name: each once'"
    " END AS wrong FROM sheet WHERE name IS NOT NULL AND wrong IS NOT NULL ORDER BY line LIMIT 1";

static const char good_rows[] =
    "SELECT line, name, item, kind, options,"
    "  iif(lower(coalesce(active, 'tak')) IN ('tak', 'yes'), 'active', 'off'),"
    "  json_patch('{}', json_object('options', options, 'columns', columns, 'required', required,"
    "    'least', CAST(least AS INTEGER), 'shrinkage', CAST(replace(shrinkage, ',', '.') AS REAL),"
    "    'missing', CAST(replace(missing, ',', '.') AS REAL), 'growth', CAST(replace(growth, ',', '.') AS REAL),"
    "    'kept', CAST(kept AS INTEGER)))"
    "  FROM sheet WHERE name IS NOT NULL ORDER BY line";

enum { LINE, NAME, ITEM, KIND, OPTIONS, STATE, DECLARATION };

typedef struct Sheet {
    const char *path;
    const SitoAct *act;
    sqlite3_stmt *rows;
    SitoLanguage language;
} Sheet;

static const char *cell(const Sheet *sheet, int column) {
    return (const char *)sqlite3_column_text(sheet->rows, column);
}

/* One half of "Polish / English". */
static char *half(const char *both, SitoLanguage language) {
    const char *between = strstr(both, " / ");
    return between == NULL       ? sito_print("%s", both)
           : language == SITO_EN ? sito_print("%s", between + 3)
                                 : sito_print("%.*s", (int)(between - both), both);
}

static int refuse_wrong(sqlite3 *db, const char *path, SitoLanguage language, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(db, &row, error, wrong_rows, "");
    if (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        char *words = half((const char *)sqlite3_column_text(row, 1), language);
        rc = words == NULL ? SITO_NOMEM
                           : sito_error(error, SITO_ERROR,
                                        sito_say(language, "%s, wiersz %lld, kolumna %s",
                                                 "%s, line %lld, column %s"),
                                        path, (long long)sqlite3_column_int64(row, 0), words);
        sito_free(words);
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- recording it ---- */

static bool begins(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* By the form of the place. */
static const char *guess_kind(const char *item) {
    static const char *const presets[] = {"bdl", "ckan", "danegov"};
    for (size_t i = 0; i < SITO_COUNT(presets); i++) {
        if (begins(item, presets[i]) && item[strlen(presets[i])] == ':') {
            return presets[i];
        }
    }
    return begins(item, "http://") || begins(item, "https://") ? "remote"
           : strchr(item, '#') != NULL                         ? "database"
                                                               : "csv";
}

/* The kind: as written, in either language; else by the form of the place. */
static int read_kind(SitoCatalogue *c, const Sheet *sheet, char **kind, char **error) {
    const char *word = cell(sheet, KIND), *item = cell(sheet, ITEM);
    if (word == NULL) {
        *kind = sito_print("%s", guess_kind(item));
        return *kind == NULL ? SITO_NOMEM : SITO_OK;
    }
    int rc = sito_office_text(c,
                              "SELECT kind FROM warehouse_kind WHERE lower(?1) IN (kind, lower(pl),"
                              " lower(en))",
                              word, kind, error);
    if (rc == SITO_OK && *kind == NULL) { /* refused by the catalogue, with the list */
        *kind = sito_print("%s", word);
        rc = *kind == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

/* The item as the inventory names it. */
static char *name_item(const char *kind, const char *place) {
    if (strcmp(kind, "csv") == 0) {
        char *real = realpath(place, NULL), *item = sito_print("%s", real == NULL ? place : real);
        free(real);
        return item;
    }
    if (strcmp(kind, "database") == 0) {
        const char *mark = strrchr(place, '#');
        char *file = mark == NULL ? NULL : sito_print("%.*s", (int)(mark - place), place);
        char *real = file == NULL ? NULL : realpath(file, NULL);
        char *item = real == NULL ? sito_print("%s", place) : sito_print("%s%s", real, mark);
        free(real);
        sito_free(file);
        return item;
    }
    return sito_print("%s", place);
}

/* R3: an address that nobody has met yet. */
static int meet_address(SitoCatalogue *c, const char *kind, const char *item, char **error) {
    char *remote = NULL, *known = NULL;
    int rc = sito_office_text(c, "SELECT 1 FROM warehouse_kind WHERE kind = ?1 AND remote", kind,
                              &remote, error);
    rc = rc == SITO_OK
             ? sito_office_text(c, "SELECT 1 FROM found WHERE item = ?1 AND proposed <> 'gone'",
                                item, &known, error)
             : rc;
    if (rc == SITO_OK && remote != NULL && known == NULL) {
        SitoField fields[] = {{"kind", "found"},           {"subject", item},
                              {"location", item},          {"form", kind},
                              {"outcome", "not-assessed"}, {"program", "sito " SITO_VERSION}};
        rc = sito_office_insert(c, "event", fields, SITO_COUNT(fields), error);
    }
    sito_free(remote);
    sito_free(known);
    return rc;
}

static int check_options(const Sheet *sheet, char **error) {
    Argument argument = {0};
    const char *at = cell(sheet, OPTIONS) == NULL ? "" : cell(sheet, OPTIONS);
    bool found = true;
    int rc = SITO_OK;
    while (rc == SITO_OK && found) {
        rc = sito_argument_next(&at, &argument, &found, sheet->language, error);
    }
    sito_buffer_free(&argument.value);
    return rc;
}

/* Whether exactly this stands there already. */
static int is_known(SitoCatalogue *c, const Sheet *sheet, const char *kind, const char *item,
                    bool *known, char **error) {
    char *before = NULL, *now = NULL;
    int rc = sito_office_text(c,
                              "SELECT kind || char(10) || item || char(10) || state || char(10) ||"
                              " declaration FROM warehouse_source WHERE source = ?1",
                              cell(sheet, NAME), &before, error);
    if (rc == SITO_OK) {
        now =
            sito_print("%s\n%s\n%s\n%s", kind, item, cell(sheet, STATE), cell(sheet, DECLARATION));
        rc = now == NULL ? SITO_NOMEM : SITO_OK;
    }
    *known = rc == SITO_OK && before != NULL && strcmp(before, now) == 0;
    sito_free(before);
    sito_free(now);
    return rc;
}

/* What the inventory calls bdl:72305 cannot stand in the sheet under another name. */
static int check_item(const Sheet *sheet, const char *kind, const char *item, char **error) {
    bool fits = strcmp(guess_kind(item), kind) == 0 || strcmp(kind, "csv") == 0 ||
                strcmp(kind, "database") == 0 || strstr("bdl ckan danegov remote", kind) == NULL;
    bool address = strcmp(kind, "remote") == 0;
    if (fits && address) {
        return sito_address_check(item, sheet->language, error);
    }
    return fits
               ? SITO_OK
               : sito_error(error, SITO_ERROR,
                            sito_say(sheet->language, "pozycję tego rodzaju zapisuje się tak: %s%s",
                                     "an item of this kind is written: %s%s"),
                            address ? "https://" : kind, address ? "…" : ":…");
}

static int declare_one(SitoCatalogue *c, const Sheet *sheet, char **error) {
    char *kind = NULL, *item = NULL;
    bool known = false;
    int rc = check_options(sheet, error);
    rc = rc == SITO_OK ? read_kind(c, sheet, &kind, error) : rc;
    if (rc == SITO_OK) {
        item = name_item(kind, cell(sheet, ITEM));
        rc = item == NULL ? SITO_NOMEM : check_item(sheet, kind, item, error);
    }
    if (rc == SITO_OK) {
        rc = meet_address(c, kind, item, error);
    }
    rc = rc == SITO_OK ? is_known(c, sheet, kind, item, &known, error) : rc;
    if (rc == SITO_OK && !known) {
        SitoField fields[] = {{"source", cell(sheet, NAME)},
                              {"kind", kind},
                              {"item", item},
                              {"state", cell(sheet, STATE)},
                              {"declaration", cell(sheet, DECLARATION)},
                              {"actor", sheet->act->actor},
                              {"case_mark", sheet->act->case_mark}};
        rc = sito_office_insert(c, "warehouse_source", fields, SITO_COUNT(fields), error);
    }
    sito_free(kind);
    sito_free(item);
    return rc;
}

static int add_row(SitoCatalogue *c, void *context, size_t row, char **error) {
    Sheet *sheet = context;
    char *message = NULL;
    (void)row;
    if (sqlite3_step(sheet->rows) != SQLITE_ROW) {
        return SITO_NOMEM;
    }
    int rc = declare_one(c, sheet, &message);
    if (rc != SITO_OK && message != NULL) {
        rc = sito_error(error, rc == SITO_MISUSE ? SITO_ERROR : rc,
                        sito_say(sheet->language, "%s, wiersz %lld: %s", "%s, line %lld: %s"),
                        sheet->path, (long long)sqlite3_column_int64(sheet->rows, LINE), message);
    }
    sito_free(message);
    return rc;
}

int sito_sources_declare(SitoCatalogue *catalogue, const char *path, const SitoAct *act,
                         int64_t *recorded, char **error) {
    sqlite3 *db = NULL;
    Sheet sheet = {.path = path, .act = act, .language = sito_catalogue_language(catalogue)};
    *recorded = 0;
    int rc = sito_sheet_open(&db, path, columns, SITO_COUNT(columns), sheet.language, error);
    rc = rc == SITO_OK ? refuse_wrong(db, path, sheet.language, error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(db, recorded, error,
                                         "SELECT count(*) FROM sheet WHERE name IS NOT NULL", "")
                       : rc;
    if (rc == SITO_OK && *recorded == 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(sheet.language,
                                 "plik %s nie ma ani jednej nazwy źródła (kolumna „nazwa”)",
                                 "the file %s names no source (column \"name\")"),
                        path);
    }
    rc = rc == SITO_OK ? sito_db_prepare(db, &sheet.rows, error, good_rows, "") : rc;
    rc = rc == SITO_OK ? sito_office_add_all(catalogue, add_row, &sheet, (size_t)*recorded, error)
                       : rc;
    sqlite3_finalize(sheet.rows);
    sqlite3_close(db);
    return rc;
}

/* ---- lists ---- */

static const SitoList sheet_list = {
    .sql =
        "SELECT inventory.item, NULL, NULL, inventory.unit, custodian, inventory.source, inventory.rhythm,"
        "       warehouse_source.source, coalesce(kind, iif(format = 'sqlite', 'database', 'csv')),"
        "       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tak'"
        "  FROM inventory LEFT JOIN warehouse_source ON warehouse_source.item = inventory.item"
        " WHERE ?1 IS NOT NULL AND ?2 IS NULL AND inventory.qualification <> 'not-data'"
        "   AND (warehouse_source.source IS NULL AND format IN ('csv', 'csv.gz', 'sqlite') AND rows > 0"
        "        OR warehouse_source.state = 'active' AND inventory.qualification = 'not-assessed')"
        " ORDER BY inventory.item",
    .headings_pl =
        "pozycja;kwalifikacja;uzasadnienie;komórka;gestor;źródło;rytm;nazwa;rodzaj;opcje;kolumny;"
        "kolumny wymagane;najmniej wierszy;ubytek %;braki %;przyrost braków %;wersje;ładować",
    .headings_en =
        "item;qualification;reason;unit;custodian;source;rhythm;name;kind;options;columns;"
        "required columns;least rows;shrinkage %;missing %;growth of missing %;versions;load",
    .keys = ""};

int sito_sources_sheet(SitoCatalogue *catalogue, SitoBuffer *out, char **error) {
    int64_t rows = 0;
    return sito_office_list(catalogue, &sheet_list, NULL, "csv", out, &rows, error);
}

static const SitoList source_list = {
    .sql =
        "SELECT source, kind, iif(state = 'off', iif(?1 = 'pl', 'wyłączone', 'off'),"
        "    CASE standing WHEN 'loaded' THEN iif(?1 = 'pl', 'wczytane', 'loaded')"
        "      WHEN 'unchanged' THEN iif(?1 = 'pl', 'wczytane', 'loaded')"
        "      WHEN 'refused' THEN iif(?1 = 'pl', 'ODRZUCONE', 'REFUSED')"
        "      WHEN 'failed' THEN iif(?1 = 'pl', 'NIE ODCZYTANE', 'NOT READ')"
        "      ELSE iif(?1 = 'pl', 'jeszcze nie wczytane', 'not loaded yet') END), loaded_at,"
        "    CASE qualification WHEN 'unknown' THEN iif(?1 = 'pl', 'BRAK W INWENTARYZACJI', 'NOT IN THE INVENTORY')"
        "      ELSE (SELECT iif(?1 = 'pl', pl, en) FROM qualification AS q"
        "             WHERE q.qualification = warehouse_source.qualification) END, item"
        "  FROM warehouse_source WHERE ?2 IS NULL ORDER BY source",
    .headings_pl = "źródło;rodzaj;stan;wczytano;kwalifikacja;pozycja",
    .headings_en = "source;kind;standing;loaded;qualification;item",
    .keys = "source;kind;standing;loaded_at;qualification;item"};

int sito_sources_list(SitoCatalogue *catalogue, const char *format, SitoBuffer *out, char **error) {
    int64_t rows = 0;
    int rc = sito_office_list(catalogue, &source_list, NULL, format, out, &rows, error);
    if (rc == SITO_OK && rows == 0 && strcmp(format, "text") == 0) {
        out->size = 0;
        rc = sito_buffer_print(
            out, "%s\n",
            sito_say(
                sito_catalogue_language(catalogue),
                "Katalog nie ma ani jednego źródła; zacznij od: sito fetch --questions -o zrodla.csv",
                "The catalogue has no source; begin with: sito fetch --questions -o sources.csv"));
    }
    return rc;
}
