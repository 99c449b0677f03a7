/*
** One file: what it is by its name and its first bytes, and what is said of it (private.h).
*/
#include "private.h"

#include <sqlite3.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "catalogue/file.h"
#include "common/db.h"
#include "common/file.h"
#include "common/kind.h"
#include "common/trouble.h"

enum { HEAD = 100 };

static const struct {
    const char *word, *pl, *en;
} reasons[] = {
    {"personal", "znaleziono dane osobowe: %s", "personal data found: %s"},
    {"persons", "kolumny mówią o osobach: %s", "columns speak of persons: %s"},
    {"heading", "nagłówki mówią o danych osobowych lub wrażliwych: %s",
     "headings speak of personal or sensitive data: %s"},
    {"free-text", "tekst swobodny, którego skan nie ocenia: %s",
     "free text, which the scan does not judge: %s"},
    {"damaged", "uszkodzone rekordy: %s; popraw plik i powtórz",
     "damaged records: %s; mend the file and repeat"},
    {"empty", "nie ma ani jednego rekordu%s", "there is no record%s"},
    {"none", "skan nie znalazł danych osobowych; oceni gestor%s",
     "the scan found no personal data; the custodian assesses%s"},
};

/* Formats by the end of the name, which nothing here reads. */
static const char *const unread[] = {"xlsx", "xls", "xlsm", "ods",   "pdf",    "docx", "doc",
                                     "odt",  "rtf", "mdb",  "accdb", "dbf",    "xml",  "json",
                                     "html", "txt", "zip",  "7z",    "rar",    "jpg",  "png",
                                     "tif",  "shp", "gpkg", "gml",   "parquet"};

static bool ends_with(const char *path, const char *ending) {
    size_t size = strlen(path), length = strlen(ending);
    return size > length && path[size - length - 1] == '.' &&
           sito_text_equal_nocase((SitoText){path + size - length, length},
                                  (SitoText){ending, length});
}

static const char *format_of(const char *path) {
    static const char *const tables[] = {"csv", "tsv", "tab"};
    static const char *const packed[] = {"csv.gz", "tsv.gz", "tab.gz"};
    for (size_t i = 0; i < SITO_COUNT(tables); i++) {
        if (ends_with(path, tables[i]) || ends_with(path, packed[i])) {
            return ends_with(path, tables[i]) ? "csv" : "csv.gz";
        }
    }
    for (size_t i = 0; i < SITO_COUNT(unread); i++) {
        if (ends_with(path, unread[i])) {
            return unread[i];
        }
    }
    return "other";
}

/* The first bytes, as far as there are any; an errno. */
static int read_head(const char *path, char head[HEAD], size_t *size) {
    *size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        return errno;
    }
    int failed = 0;
    while (*size < HEAD) {
        ssize_t n = read(fd, head + *size, HEAD - *size);
        if (n <= 0) {
            failed = n < 0 ? errno : 0;
            break;
        }
        *size += (size_t)n;
    }
    close(fd);
    return failed;
}

int sito_inventory_unread(Inventory *inventory, const char *path, const char *format, int64_t bytes,
                          const char *why, char **error) {
    char *name = sito_inventory_name(path);
    Item item = {.item = name,
                 .format = format,
                 .proposed = "not-assessed",
                 .why = sito_print("%s", why),
                 .bytes = bytes,
                 .rows = -1};
    int rc = name == NULL || item.why == NULL ? SITO_NOMEM
                                              : sito_inventory_keep(inventory, &item, error);
    sito_free(item.why);
    sito_free(name);
    return rc;
}

static int not_data(Inventory *inventory, const char *path, const char *format, int64_t bytes,
                    const char *why, char **error) {
    char *name = sito_inventory_name(path);
    Item item = {.item = name,
                 .format = format,
                 .proposed = "not-data",
                 .why = sito_print("%s", why),
                 .bytes = bytes,
                 .rows = -1};
    int rc = name == NULL || item.why == NULL ? SITO_NOMEM
                                              : sito_inventory_keep(inventory, &item, error);
    sito_free(item.why);
    sito_free(name);
    return rc;
}

/* The sentence for what was found in a table. */
static char *explain(const Table *table, SitoLanguage language) {
    SitoBuffer kinds = {0};
    char *sentence = NULL;
    const char *detail = table->detail == NULL ? "" : table->detail;
    for (size_t i = 0; i < SITO_COUNT(reasons); i++) {
        if (strcmp(reasons[i].word, table->reason) == 0) {
            if (i == 0 &&
                sito_put_kinds(language, (SitoText){detail, strlen(detail)}, &kinds) == SITO_OK &&
                sito_buffer_add(&kinds, "", 1) == SITO_OK) {
                detail = kinds.data;
            }
            sentence = sito_print(sito_say(language, reasons[i].pl, reasons[i].en), detail);
        }
    }
    sito_buffer_free(&kinds);
    return sentence;
}

/* Keeps what was read; an error of the file itself makes it one that cannot be read. */
static int keep_table(Inventory *inventory, const char *path, const char *name, const char *format,
                      int64_t bytes, const char *digest, char **error) {
    Table table;
    char *trouble = NULL;
    char *shown = sito_inventory_name(path), *table_name = NULL;
    char *table_shown = name == NULL ? NULL : sito_inventory_name(name);
    int rc = sito_inventory_read(&table, path, name, inventory->language, &trouble);
    table_name =
        shown == NULL || table_shown == NULL ? NULL : sito_print("%s#%s", shown, table_shown);
    Item item = {.item = name == NULL ? shown : table_name,
                 .format = format,
                 .digest = digest != NULL ? digest : table.digest,
                 .bytes = bytes,
                 .rows = rc == SITO_OK ? table.rows : -1,
                 .damaged = table.damaged,
                 .proposed = rc == SITO_OK ? table.proposed : "not-assessed",
                 .columns = table.columns};
    item.why = rc == SITO_OK ? explain(&table, inventory->language)
                             : sito_print(sito_say(inventory->language, "nie da się odczytać: %s",
                                                   "cannot be read: %s"),
                                          trouble == NULL ? "" : trouble);
    if (rc != SITO_NOMEM && rc != SITO_INTERRUPT) {
        rc = item.item == NULL || item.why == NULL ? SITO_NOMEM
                                                   : sito_inventory_keep(inventory, &item, error);
    }
    sito_free(item.why);
    sito_free(trouble);
    sito_free(shown);
    sito_free(table_shown);
    sito_free(table_name);
    sito_inventory_table_free(&table);
    return rc;
}

/* ---- databases ---- */

static int look_at_tables(Inventory *inventory, const char *path, int64_t bytes, sqlite3 *source,
                          const char *digest, char **error) {
    sqlite3_stmt *names = NULL;
    char *trouble = NULL;
    int64_t seen = 0;
    int step = SQLITE_DONE,
        rc = sito_db_prepare(source, &names, &trouble,
                             "SELECT name FROM pragma_table_list WHERE schema = 'source'"
                             " AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name",
                             "");
    while (rc == SITO_OK && (step = sqlite3_step(names)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(names, 0);
        seen++;
        rc = name == NULL ? SITO_NOMEM
                          : keep_table(inventory, path, name, "sqlite", bytes, digest, error);
    }
    bool readable = rc == SITO_OK && step == SQLITE_DONE;
    sqlite3_finalize(names);
    if (rc == SITO_OK && (!readable || seen == 0)) {
        rc = sito_inventory_unread(
            inventory, path, "sqlite", bytes,
            readable ? sito_say(inventory->language, "baza bez tabel", "a database without tables")
                     : sito_say(inventory->language, "bazy danych nie da się odczytać",
                                "the database cannot be read"),
            error);
    } else if (trouble != NULL && rc != SITO_NOMEM) {
        rc = sito_inventory_unread(inventory, path, "sqlite", bytes,
                                   sito_say(inventory->language, "bazy danych nie da się odczytać",
                                            "the database cannot be read"),
                                   error);
    }
    sito_free(trouble);
    return rc;
}

static int look_at_database(Inventory *inventory, const char *path, int64_t bytes, char **error) {
    sqlite3 *source = NULL;
    char sha256[SITO_SHA256_HEX] = "", *trouble = NULL;
    int64_t size = 0;
    int rc = sito_file_hash(path, inventory->language, sha256, &size, &trouble);
    rc = rc == SITO_OK ? sito_inventory_attach(&source, path, &trouble) : rc;
    if (rc == SITO_OK) {
        rc = look_at_tables(inventory, path, bytes, source, sha256, error);
    } else if (rc != SITO_NOMEM) {
        rc = sito_inventory_unread(
            inventory, path, "sqlite", bytes,
            sito_say(
                inventory->language,
                "bazy danych nie da się otworzyć: jest uszkodzona albo zajęta przez inny program",
                "the database cannot be opened: it is damaged, or another program holds it"),
            error);
    }
    sqlite3_close(source);
    sito_free(trouble);
    return rc;
}

/* ---- any file ---- */

static bool is_catalogue(const char *path, SitoLanguage language) {
    char *ignored = NULL;
    bool is = sito_catalogue_file_check(path, false, language, &ignored) == SITO_OK;
    sito_free(ignored);
    return is;
}

/* The application id of a warehouse (sql/warehouse), at byte 68 of a database. */
static bool is_warehouse(const char *head, size_t size) {
    return size >= 72 && memcmp(head + 68, "sitw", 4) == 0;
}

/* What a warehouse is locked by: an empty file beside it. */
static bool is_lock(const char *path, int64_t bytes) {
    static const char ending[] = ".db-lock";
    size_t size = strlen(path), length = sizeof ending - 1;
    return bytes == 0 && size > length && strcmp(path + size - length, ending) == 0;
}

int sito_inventory_look(Inventory *inventory, const char *path, int64_t bytes, char **error) {
    SitoLanguage language = inventory->language;
    const char *format = format_of(path), *slash = strrchr(path, '/');
    char head[HEAD];
    size_t size = 0;
    int failed = read_head(path, head, &size);
    if (failed != 0) {
        return sito_inventory_unread(inventory, path, format, bytes,
                                     sito_errno_words(language, failed), error);
    }
    if (is_lock(path, bytes) ||
        (size >= 16 && memcmp(head, "SQLite format 3", 16) == 0 && is_warehouse(head, size))) {
        return not_data(inventory, path, "warehouse", bytes,
                        sito_say(language,
                                 "hurtownia programu sito; jej źródła są osobnymi pozycjami",
                                 "a warehouse of sito; its sources are items of their own"),
                        error);
    }
    if (size >= 16 && memcmp(head, "SQLite format 3", 16) == 0) {
        return is_catalogue(path, language)
                   ? not_data(inventory, path, "catalogue", bytes,
                              sito_say(language, "katalog programu sito", "a catalogue of sito"),
                              error)
                   : look_at_database(inventory, path, bytes, error);
    }
    if (strcmp(slash == NULL ? path : slash + 1, "datapackage.json") == 0) {
        return not_data(inventory, path, "descriptor", bytes,
                        sito_say(language, "opis zbioru", "a descriptor"), error);
    }
    if (strncmp(format, "csv", 3) != 0) {
        return sito_inventory_unread(
            inventory, path, format, bytes,
            sito_say(language,
                     "tego formatu sito nie czyta; zapisz dane jako CSV albo oceń ręcznie",
                     "sito does not read this format; save the data as CSV or assess by hand"),
            error);
    }
    return bytes == 0
               ? sito_inventory_unread(inventory, path, format, bytes,
                                       sito_say(language, "plik jest pusty", "the file is empty"),
                                       error)
               : keep_table(inventory, path, NULL, format, bytes, NULL, error);
}
