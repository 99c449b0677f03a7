/*
** The file of the warehouse (warehouse.h): found out by its first bytes, made, locked.
**
** R1  A file that is no warehouse is never touched: its application id is read before SQLite sees it.
** R2  The lock is a file beside it, FILE-lock, held with flock: it goes with the program that held it.
** R3  The guards of sito_load are compared with what was made; a warehouse whose guards were changed is
**     refused. Tables and views that an office adds beside ours stay as they are.
*/
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/embedded.h"
#include "common/file.h"
#include "common/trouble.h"
#include "warehouse/private.h"

enum { WAREHOUSE_ID = 0x73697477, HEADER = 100, AT_APPLICATION_ID = 68, BUSY_MS = 30000 };

static int refuse(const char *path, int rc, SitoLanguage language, const char *pl, const char *en,
                  char **error) {
    return sito_error(error, rc, sito_say(language, "hurtownia %s: %s", "warehouse %s: %s"), path,
                      sito_say(language, pl, en));
}

/* ---- what kind of file it is ---- */

static int check_header(const char *path, const unsigned char *bytes, ssize_t size,
                        SitoLanguage language, char **error) {
    static const char magic[] = "SQLite format 3";
    const unsigned char *id = bytes + AT_APPLICATION_ID;
    if (size < HEADER || memcmp(bytes, magic, sizeof magic) != 0) {
        return refuse(path, SITO_MISUSE, language, "to nie jest baza SQLite",
                      "this is no SQLite database", error);
    }
    if (((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3]) !=
        WAREHOUSE_ID) {
        return refuse(path, SITO_MISUSE, language,
                      "ta baza SQLite nie jest hurtownią programu sito; podaj inny plik "
                      "(--warehouse)",
                      "this SQLite database is no warehouse of sito; name another file "
                      "(--warehouse)",
                      error);
    }
    return SITO_OK;
}

static int check_file(const char *path, bool create, SitoLanguage language, char **error) {
    SitoFileKind kind = sito_file_kind(path);
    if (kind == SITO_FILE_MISSING) {
        return create ? SITO_OK
                      : refuse(path, SITO_CANTOPEN, language,
                               "nie ma takiego pliku; hurtownię tworzy sito fetch",
                               "there is no such file; sito fetch makes it", error);
    }
    if (kind != SITO_FILE_REGULAR) {
        return refuse(path, SITO_MISUSE, language, "to nie jest zwykły plik",
                      "this is no regular file", error);
    }
    unsigned char bytes[HEADER] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? -1 : read(file, bytes, sizeof bytes);
    int number = errno;
    if (file >= 0) {
        close(file);
    }
    if (size < 0) {
        return sito_error(error, SITO_CANTOPEN,
                          sito_say(language, "hurtownia %s: %s", "warehouse %s: %s"), path,
                          sito_errno_words(language, number));
    }
    if (size == 0) { /* nothing was written yet by a program that was stopped */
        return create ? SITO_OK
                      : refuse(path, SITO_CANTOPEN, language,
                               "plik jest pusty; hurtownię tworzy sito fetch",
                               "the file is empty; sito fetch makes it", error);
    }
    return check_header(path, bytes, size, language, error);
}

/* ---- the lock ---- */

static int take_lock(SitoWarehouse *w, char **error) {
    char *path = sito_print("%s-lock", w->path);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    w->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int number = errno, rc = SITO_OK;
    if (w->lock < 0) {
        rc = sito_error(
            error, SITO_CANTOPEN,
            sito_say(w->language, "nie można utworzyć pliku %s: %s", "cannot make the file %s: %s"),
            path, sito_errno_words(w->language, number));
    } else if (flock(w->lock, LOCK_EX | LOCK_NB) != 0) {
        rc = refuse(w->path, SITO_CANTOPEN, w->language,
                    "pracuje na niej inny program sito; poczekaj, aż skończy",
                    "another program sito is at work on it; wait until it has finished", error);
    }
    sito_free(path);
    return rc;
}

/* ---- opening ---- */

int sito_warehouse_explain(const SitoWarehouse *w, int rc, char *raw, char **error) {
    if (rc != SITO_OK && rc != SITO_NOMEM && rc != SITO_INTERRUPT) {
        rc = sito_error(
            error, SITO_CANTOPEN, sito_say(w->language, "hurtownia %s: %s", "warehouse %s: %s"),
            w->path,
            rc == SQLITE_BUSY   ? sito_say(w->language, "inny program właśnie z niej korzysta",
                                           "another program is using it")
            : rc == SQLITE_FULL ? sito_say(w->language, "brak miejsca na dysku", "the disk is full")
            : rc == SQLITE_READONLY
                ? sito_say(w->language, "nie wolno do niej pisać", "it may not be written")
            : raw != NULL ? raw
                          : sqlite3_errstr(rc));
    }
    sito_free(raw);
    return rc;
}

static int configure(sqlite3 *db, char **raw) {
    static const int settings[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1}, {SQLITE_DBCONFIG_ENABLE_VIEW, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    for (size_t i = 0; i < SITO_COUNT(settings); i++) {
        int rc = sqlite3_db_config(db, settings[i][0], settings[i][1], NULL);
        if (rc != SQLITE_OK) {
            return sito_db_error(db, rc, raw);
        }
    }
    sqlite3_busy_timeout(db, BUSY_MS);
    /* a view that somebody made over a table keeps its name when versions change */
    return sito_db_run(db, "PRAGMA synchronous = EXTRA; PRAGMA legacy_alter_table = ON", raw);
}

static const char guards[] = "SELECT group_concat(name || char(10) || sql, char(10)) FROM"
                             " (SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND"
                             " tbl_name IN ('sito_load', 'sito_version', 'sito_reason',"
                             " 'sito_warehouse') ORDER BY type, name)";

static int make(SitoWarehouse *w, char **raw) {
    int64_t version = 0;
    int rc = sito_db_run(w->db, "BEGIN IMMEDIATE", raw);
    rc = rc == SITO_OK ? sito_db_integer(w->db, &version, raw, "PRAGMA user_version", "") : rc;
    if (rc == SITO_OK && version == 0) {
        rc = sito_db_run(w->db, sito_embedded_find(sito_embedded_warehouse, "warehouse.sql")->data,
                         raw);
    }
    rc = rc == SITO_OK ? sito_db_run(w->db, "COMMIT", raw) : rc;
    if (!sqlite3_get_autocommit(w->db)) {
        sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}

static int check_guards(SitoWarehouse *w, char **raw, bool *same) {
    sqlite3 *fresh = NULL;
    char *expected = NULL, *found = NULL;
    int rc = sqlite3_open(":memory:", &fresh);
    rc = rc == SQLITE_OK
             ? sito_db_run(fresh,
                           sito_embedded_find(sito_embedded_warehouse, "warehouse.sql")->data, raw)
             : rc;
    rc = rc == SITO_OK ? sito_db_text(fresh, &expected, raw, guards, "") : rc;
    rc = rc == SITO_OK ? sito_db_text(w->db, &found, raw, guards, "") : rc;
    *same = rc == SITO_OK && found != NULL && strcmp(found, expected) == 0;
    sito_free(expected);
    sito_free(found);
    sqlite3_close(fresh);
    return rc;
}

static int open_database(SitoWarehouse *w, bool create, char **error) {
    char *raw = NULL, *path = sito_print("%s%s", w->path[0] == '/' ? "" : "./", w->path);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    bool same = false;
    int rc = sqlite3_open_v2(path, &w->db,
                             SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0), NULL);
    sito_free(path);
    rc = rc == SQLITE_OK ? configure(w->db, &raw) : rc;
    rc = rc == SITO_OK && create ? make(w, &raw) : rc;
    rc = rc == SITO_OK ? check_guards(w, &raw, &same) : rc;
    rc = sito_warehouse_explain(w, rc & 0xff, raw, error);
    return rc != SITO_OK || same
               ? rc
               : refuse(w->path, SITO_CANTOPEN, w->language,
                        "zmieniono jej zabezpieczenia (tabelę sito_load lub jej wyzwalacze); "
                        "przywróć kopię zapasową",
                        "its guards (the table sito_load or its triggers) were changed; restore "
                        "a backup",
                        error);
}

/* The absolute path, so that records name the same file from everywhere. */
static char *absolute(const char *path) {
    char *folder = sito_path_folder(path);
    char *real = folder == NULL ? NULL : realpath(folder, NULL);
    const char *slash = strrchr(path, '/');
    char *result = real == NULL ? sito_print("%s", path)
                                : sito_path_join(real, slash == NULL ? path : slash + 1);
    free(real);
    sito_free(folder);
    return result;
}

int sito_warehouse_open(SitoWarehouse **out, const char *path, bool create, bool lock,
                        SitoLanguage language, char **error) {
    *out = NULL;
    int rc = check_file(path, create, language, error);
    if (rc != SITO_OK) {
        return rc;
    }
    SitoWarehouse *w = sito_malloc(sizeof *w);
    if (w == NULL) {
        return SITO_NOMEM;
    }
    *w = (SitoWarehouse){.lock = -1, .language = language, .path = absolute(path)};
    rc = w->path == NULL ? SITO_NOMEM : lock ? take_lock(w, error) : SITO_OK;
    rc = rc == SITO_OK ? open_database(w, create, error) : rc;
    if (rc != SITO_OK) {
        sito_warehouse_close(w);
        return rc;
    }
    *out = w;
    return SITO_OK;
}

void sito_warehouse_close(SitoWarehouse *w) {
    if (w != NULL) {
        sqlite3_close(w->db);
        if (w->lock >= 0) {
            close(w->lock);
        }
        sito_free(w->path);
        sito_free(w);
    }
}
