/*
** The schema of the catalogue: made, compared, brought up to date.
**
** A version is the tables of sql/catalogue/tables-1.sql … tables-N.sql. The guards and views have no
** version: an upgrade drops them all, adds the tables of the versions between, and makes the present
** guards and views. So a new catalogue and an upgraded one are the same, byte for byte of their SQL.
**
** R1  What is found is compared with what was made: the present version with a fresh one in memory, an
**     older one with the SHA-256 that it had when it was current. A difference (a trigger changed,
**     dropped or added) is refused: its states cannot be trusted.
** R2  An upgrade is one transaction, begun before the backup is taken, so that nothing can come between.
** R3  The backup is PATH.version-N, complete on disk before the upgrade starts; one of an earlier
**     attempt that failed is replaced.
** R4  Tables and views that an office added beside ours stay as they are.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "catalogue/file.h"
#include "catalogue/private.h"
#include "common/embedded.h"

static const char *const guards[] = {"history.sql",   "people.sql",    "analysis.sql",
                                     "life.sql",      "seal.sql",      "calendar.sql",
                                     "requests.sql",  "updates.sql",   "inventory.sql",
                                     "warehouse.sql", "redactions.sql"};

/* What stood in the older versions: their tables and views as a JSON array, and the SHA-256 of
** object_list over them. */
static const struct {
    int64_t version;
    const char *names, *sha256;
} older[] = {
    {1, "[\"event\",\"input\",\"present\",\"verdict\",\"passing\",\"mark\",\"dataset\"]",
     "27fbea490f66f3574502119691dbc88429046b0f17e597e2a2733794ec9b6e82"},
    {2,
     "[\"event\",\"input\",\"seal\",\"requester\",\"event_kind\",\"present\",\"verdict\","
     "\"passing\",\"role\",\"act\",\"default_permission\",\"permission\",\"authorisation\","
     "\"entitled\",\"step_list\",\"step_outcome\",\"legal_path\",\"risk_source\",\"step\","
     "\"risk_answer\",\"analysis\",\"analysis_missing\",\"life\",\"need\","
     "\"default_requirement\",\"requirement\",\"decision\",\"record\",\"missing\",\"mark\","
     "\"publication\",\"dataset\",\"easter\",\"holiday\",\"day_off\",\"free_day\","
     "\"day_distance\",\"routing\",\"request_event\",\"request\",\"request_time\","
     "\"overdue\"]",
     "3b5789ec803a0d25053f2ab529aa0c556c48af2d7d0a65f79d5064a54dfd404b"},
};

/* The SQL of everything that stands on the named tables and views (?1, a JSON array). */
static const char object_list[] =
    "SELECT group_concat(type || ' ' || name || char(10) || sql, char(10))"
    "  FROM (SELECT type, name, sql FROM sqlite_schema"
    "         WHERE tbl_name IN (SELECT value FROM json_each(?1)) AND sql IS NOT NULL"
    "         ORDER BY type, name)";

static int run_embedded(sqlite3 *db, const char *path, char **raw) {
    return sito_db_run(db, sito_embedded_find(sito_embedded_catalogue, path)->data, raw);
}

/* Adds the tables of the versions after `version`, then the guards and views. */
static int add_schema(sqlite3 *db, int64_t version, char **raw) {
    int rc = SITO_OK;
    while (rc == SITO_OK && version < SITO_CATALOGUE_VERSION) {
        char path[40];
        snprintf(path, sizeof path, "tables-%d.sql", (int)++version);
        rc = run_embedded(db, path, raw);
    }
    for (size_t i = 0; i < SITO_COUNT(guards) && rc == SITO_OK; i++) {
        rc = run_embedded(db, guards[i], raw);
    }
    return rc;
}

static int refuse_changed(const SitoCatalogue *c, char **error) {
    return sito_error(error, SITO_CANTOPEN,
                      sito_say(c->language,
                               "katalog %s: zmieniono jego zabezpieczenia (wyzwalacze, widoki lub "
                               "tabele), więc jego stanom nie można ufać; przywróć kopię zapasową",
                               "catalogue %s: its guards (triggers, views or tables) were changed, "
                               "so its states cannot be trusted; restore a backup"),
                      c->path);
}

/* R1, present version. */
static int check_present(SitoCatalogue *c, char **error) {
    sqlite3 *fresh = NULL;
    char *names = NULL, *expected = NULL, *found = NULL, *raw = NULL;
    int rc = sqlite3_open(":memory:", &fresh);
    if (rc == SQLITE_OK) {
        rc = add_schema(fresh, 0, &raw);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(fresh, &names, &raw,
                          "SELECT json_group_array(DISTINCT tbl_name) FROM sqlite_schema", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(fresh, &expected, &raw, object_list, "t", names);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(c->db, &found, &raw, object_list, "t", names);
    }
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && (found == NULL || strcmp(found, expected) != 0)) {
        rc = refuse_changed(c, error);
    }
    sito_free(names);
    sito_free(expected);
    sito_free(found);
    sqlite3_close(fresh);
    return rc;
}

static int text_sha256(const char *text, char hex[SITO_SHA256_HEX]) {
    SitoSha256 *hash = NULL;
    int rc = sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, text, strlen(text));
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, hex);
    }
    sito_sha256_free(hash);
    return rc;
}

/* R1, an older version: *names is set to what stands in it. */
static int check_older(SitoCatalogue *c, int64_t version, const char **names, char **error) {
    for (size_t i = 0; i < SITO_COUNT(older); i++) {
        if (older[i].version == version) {
            char *found = NULL, *raw = NULL, hex[SITO_SHA256_HEX] = "";
            int rc = sito_db_text(c->db, &found, &raw, object_list, "t", older[i].names);
            if (rc == SITO_OK && found != NULL) {
                rc = text_sha256(found, hex);
            }
            sito_free(found);
            rc = sito_catalogue_explain(c, rc, raw, error);
            if (rc == SITO_OK && strcmp(hex, older[i].sha256) != 0) {
                rc = refuse_changed(c, error);
            }
            *names = older[i].names;
            return rc;
        }
    }
    return refuse_changed(c, error);
}

/* ---- backup ---- */

int sito_catalogue_copy(const SitoCatalogue *c, const char *to, char **raw) {
    sqlite3 *source = NULL, *target = NULL;
    int rc =
        sqlite3_open_v2(sqlite3_db_filename(c->db, "main"), &source, SQLITE_OPEN_READONLY, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(target, "PRAGMA synchronous = EXTRA", NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
        rc = backup == NULL ? sqlite3_errcode(target) : sqlite3_backup_step(backup, -1);
        int finished = sqlite3_backup_finish(backup);
        rc = rc == SQLITE_DONE ? finished : rc;
    }
    if (rc != SQLITE_OK) {
        rc = sito_error(raw, rc & 0xff, "%s", sqlite3_errstr(rc));
    }
    sqlite3_close(source);
    sqlite3_close(target);
    return rc;
}

/* R3. */
static int back_up(const SitoCatalogue *c, int64_t version, char **raw) {
    const char *path = sqlite3_db_filename(c->db, "main");
    char *name = sito_print("%s.version-%d", path, (int)version);
    char *unfinished = sito_print("%s.version-%d.unfinished", path, (int)version);
    int rc = name == NULL || unfinished == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && unlink(unfinished) != 0 && errno != ENOENT) {
        rc = sito_error(raw, SITO_IOERR, "%s", strerror(errno));
    }
    if (rc == SITO_OK) {
        rc = sito_catalogue_copy(c, unfinished, raw);
    }
    if (rc == SITO_OK && rename(unfinished, name) != 0) {
        rc = sito_error(raw, SITO_IOERR, "%s", strerror(errno));
    }
    if (rc != SITO_OK && unfinished != NULL) {
        unlink(unfinished);
    }
    sito_free(name);
    sito_free(unfinished);
    return rc;
}

/* ---- making and upgrading ---- */

/* Drops the triggers and views of an older version. */
static int drop_guards(sqlite3 *db, const char *names, char **raw) {
    char *drops = NULL;
    int rc = sito_db_text(db, &drops, raw,
                          "SELECT group_concat('DROP ' || type || ' \"' || name || '\"', ';')"
                          "  FROM sqlite_schema"
                          " WHERE type IN ('trigger', 'view')"
                          "   AND tbl_name IN (SELECT value FROM json_each(?1))"
                          /* a trigger goes with its view */
                          "   AND NOT (type = 'trigger' AND tbl_name IN"
                          "            (SELECT name FROM sqlite_schema WHERE type = 'view'))",
                          "t", names);
    if (rc == SITO_OK && drops != NULL) {
        rc = sito_db_run(db, drops, raw);
    }
    sito_free(drops);
    return rc;
}

static int upgrade(SitoCatalogue *c, int64_t version, char **error) {
    const char *names = NULL;
    char *raw = NULL;
    int rc = check_older(c, version, &names, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = back_up(c, version, &raw);
    if (rc == SITO_OK) {
        rc = drop_guards(c->db, names, &raw);
    }
    if (rc == SITO_OK) {
        rc = add_schema(c->db, version, &raw);
    }
    return sito_catalogue_explain(c, rc, raw, error);
}

/* The version; 0 where the file is empty. */
static int read_version(SitoCatalogue *c, int64_t *version, char **error) {
    char *raw = NULL;
    int rc = sito_db_integer(c->db, version, &raw, "PRAGMA user_version", "");
    return sito_catalogue_explain(c, rc, raw, error);
}

/* Makes or upgrades, unless another program was faster. */
static int change_schema(SitoCatalogue *c, char **error) {
    int64_t version = 0;
    char *raw = NULL;
    int rc = sito_catalogue_begin(c, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = read_version(c, &version, error);
    if (rc == SITO_OK && version == 0) {
        rc = add_schema(c->db, 0, &raw);
        rc = sito_catalogue_explain(c, rc, raw, error);
    } else if (rc == SITO_OK && version < SITO_CATALOGUE_VERSION) {
        rc = upgrade(c, version, error);
    }
    return sito_catalogue_end(c, rc, error);
}

int sito_catalogue_prepare(SitoCatalogue *c, bool create, char **error) {
    int64_t version = 0;
    int rc = read_version(c, &version, error);
    if (rc == SITO_OK && version < SITO_CATALOGUE_VERSION && (version > 0 || create)) {
        rc = change_schema(c, error);
    }
    return rc == SITO_OK ? check_present(c, error) : rc;
}
