/*
** Whether a folder holds exactly what was published there (publish.h).
*/
#include <sqlite3.h>
#include <string.h>

#include "common/db.h"
#include "publish/bundle.h"
#include "publish/publish.h"

typedef struct Look {
    SitoPlaceOf place;
    SitoLanguage language;
    SitoVerified *verified;
} Look;

static int flaw(Look *look, const char *where, const char *name, const char *pl, const char *en) {
    look->verified->flaws++;
    return sito_buffer_print(&look->verified->lines, "%s%s%s: %s\n", where,
                             where[0] != 0 ? "/" : "", name, sito_say(look->language, pl, en));
}

/* Fills the table `lying` with what lies at folder/name. */
static int list_files(Look *look, const char *name, char **error) {
    SitoInputs files = {0};
    sqlite3 *db = look->place.db;
    int rc = sito_db_run(db,
                         /* not dropped: the list of the sets is being read */
                         "CREATE TABLE IF NOT EXISTS lying (kind TEXT, path TEXT, sha256 TEXT);"
                         "DELETE FROM lying",
                         error);
    rc = rc == SITO_OK ? sito_folder_list(&look->place.folder, name, &files, error) : rc;
    for (size_t i = 0; i < files.count && rc == SITO_OK; i++) {
        rc = sito_db_do(db, error, "INSERT INTO lying VALUES (?1, ?2, ?3)", "ttt",
                        files.items[i].kind, files.items[i].path, files.items[i].sha256);
    }
    sito_inputs_free(&files);
    return rc;
}

/* ?1 the entry; columns: path, what is wrong, in two languages. */
static const char differences[] =
    "WITH recorded(path, sha256) AS (SELECT value ->> '$.path', value ->> '$.sha256'"
    "   FROM json_each(?1, '$.files'))"
    "SELECT path, 'brak pliku, który opublikowano', 'missing, though it was published' FROM recorded"
    " WHERE path NOT IN (SELECT path FROM lying)"
    " UNION ALL SELECT path, 'plik nie jest tym, który skontrolowano i opublikowano',"
    "   'not the file that was checked and published' FROM recorded JOIN lying USING (path)"
    " WHERE lying.kind = 'file' AND lying.sha256 <> recorded.sha256"
    " UNION ALL SELECT path, 'to nie jest zwykły plik', 'no regular file' FROM lying"
    " WHERE kind = 'odd'"
    " UNION ALL SELECT path, 'tego pliku nie opublikowano', 'this file was not published' FROM lying"
    " WHERE kind = 'file' AND path NOT IN (SELECT path FROM recorded)"
    " ORDER BY 1, 2";

static int compare_set(Look *look, const char *entry, const char *name, char **error) {
    sqlite3_stmt *rows = NULL;
    SitoEntry found;
    int rc = sito_folder_entry(&look->place.folder, name, &found, error);
    if (rc != SITO_OK) {
        return rc;
    }
    look->verified->sets++;
    if (found != SITO_ENTRY_FOLDER) {
        return flaw(look, "", name, "brak folderu, który opublikowano",
                    "missing, though it was published");
    }
    int64_t files = 0;
    rc = list_files(look, name, error);
    rc = rc == SITO_OK
             ? sito_db_integer(look->place.db, &files, error, "SELECT count(*) FROM lying", "")
             : rc;
    look->verified->files += files;
    rc =
        rc == SITO_OK ? sito_db_prepare(look->place.db, &rows, error, differences, "t", entry) : rc;
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = flaw(look, name, (const char *)sqlite3_column_text(rows, 0),
                  (const char *)sqlite3_column_text(rows, 1),
                  (const char *)sqlite3_column_text(rows, 2));
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(look->place.db, step, error);
    }
    sqlite3_finalize(rows);
    return rc;
}

static int compare_sets(Look *look, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE;
    int rc = sito_db_prepare(look->place.db, &rows, error,
                             "SELECT entry, entry ->> '$.dataset', entry ->> '$.pending' FROM shown"
                             " ORDER BY 2, 3",
                             "");
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *entry = (const char *)sqlite3_column_text(rows, 0);
        const char *name = (const char *)sqlite3_column_text(rows, 1);
        rc =
            sqlite3_column_int(rows, 2)
                ? flaw(
                      look, "", name,
                      "publikacji lub wycofania nie dokończono; dokończy je następne sito publish lub "
                      "sito withdraw w tym folderze",
                      "a publication or withdrawal was not finished; the next sito publish or sito "
                      "withdraw in this folder settles it")
                : compare_set(look, entry, name, error);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(look->place.db, step, error);
    }
    sqlite3_finalize(rows);
    return rc;
}

static bool is_index(const char *name) {
    for (size_t i = 0; sito_index_names[i] != NULL; i++) {
        if (strcmp(sito_index_names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The folder itself: its pages, and nothing that nobody published. */
static int compare_whole(Look *look, char **error) {
    SitoInputs entries = {0}, pages = {0};
    int rc = sito_place_index(&look->place, &pages, error);
    for (size_t i = 0; i < pages.count && rc == SITO_OK; i++) {
        bool missing = strcmp(pages.items[i].kind, "missing") == 0;
        rc =
            flaw(look, "", pages.items[i].path,
                 missing ? "brak strony, która ma tu być" : "ta strona nie jest tą, którą zapisano",
                 missing ? "missing" : "not the page that was written");
    }
    rc = rc == SITO_OK ? sito_folder_list(&look->place.folder, NULL, &entries, error) : rc;
    for (size_t i = 0; i < entries.count && rc == SITO_OK; i++) {
        const char *name = entries.items[i].path;
        int64_t known = 0;
        rc = sito_db_integer(look->place.db, &known, error,
                             "SELECT count(*) FROM shown WHERE entry ->> '$.dataset' = ?1", "t",
                             name);
        if (rc == SITO_OK && strncmp(name, ".sito-", 6) == 0) {
            rc = flaw(look, "", name,
                      "pozostało po przerwanym poleceniu; usunie je następne sito publish",
                      "left by a command that was stopped; the next sito publish removes it");
        } else if (rc == SITO_OK && known == 0 && !is_index(name)) {
            rc = flaw(look, "", name, "tego nie opublikowano", "this was not published");
        }
        look->verified->files += rc == SITO_OK && is_index(name);
    }
    sito_inputs_free(&entries);
    sito_inputs_free(&pages);
    return rc;
}

int sito_verify(SitoCatalogue *catalogue, const char *folder, SitoLanguage language,
                SitoVerified *verified, char **error) {
    Look look = {.language = language, .verified = verified};
    int64_t known = 0;
    *verified = (SitoVerified){0};
    int rc = sito_place_open(&look.place, catalogue, language, error);
    rc = rc == SITO_OK ? sito_place_enter(&look.place, folder, false, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_integer(look.place.db, &known, error, "SELECT count(*) FROM shown", "")
             : rc;
    if (rc == SITO_OK && known == 0) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(language, "katalog nie publikował w folderze %s",
                                 "the catalogue has not published in the folder %s"),
                        look.place.folder.path);
    }
    rc = rc == SITO_OK ? compare_sets(&look, error) : rc;
    rc = rc == SITO_OK ? compare_whole(&look, error) : rc;
    sito_place_close(&look.place);
    return rc;
}
