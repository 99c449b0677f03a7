/*
** The states of all data sets, for a terminal and for programs.
**
** R1  Read-only: nothing is sealed or settled.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/private.h"
#include "common/wrap.h"

static const char sets_sql[] =
    "SELECT name || coalesce(' ' || version, ''),"
    "       iif(?1 = 'pl', life.pl, life.en)"
    "       || iif(digest IS NULL, '', char(10) || iif(?1 = 'pl', 'skrót ', 'digest ') || digest)"
    "       || iif(published_at IS NULL, '', char(10) || iif(?1 = 'pl', 'opublikowano ', 'published ')"
    "              || substr(published_at, 1, 10)"
    "              || coalesce(': ' || (SELECT location FROM publication WHERE dataset = name), '')"
    "              || iif(published_digest IS digest OR state = 'withdrawn', '', char(10) ||"
    "                     iif(?1 = 'pl', 'opublikowane są wcześniejsze pliki: ',"
    "                         'earlier files are published: ') || published_digest))"
    "       || iif(withdrawn_at IS NULL, '', char(10) || iif(?1 = 'pl', 'wycofano ', 'withdrawn ')"
    "              || substr(withdrawn_at, 1, 10))"
    "       || coalesce((SELECT char(10) || iif(?1 = 'pl', 'NIEDOKOŃCZONE od ', 'NOT FINISHED since ')"
    "              || substr(at, 1, 16) || ': ' || location || iif(?1 = 'pl',"
    "              '; dokończy je następne sito publish lub sito withdraw w tym folderze',"
    "              '; the next sito publish or sito withdraw in this folder settles it')"
    "              FROM pending WHERE pending.dataset = name), '')"
    "  FROM dataset JOIN life USING (state) ORDER BY name";

static const char overdue_sql[] =
    "SELECT iif(?1 = 'pl', 'wniosek ', 'request ') || request || coalesce(', ' || unit, ''),"
    "       iif(?1 = 'pl', CASE what WHEN 'answer' THEN 'odpowiedź miała być do '"
    "           WHEN 'acceptance' THEN 'akceptacja miała być do '"
    "           ELSE 'dane osobowe miały być usunięte ' END, what || ' was due ') || day"
    "  FROM overdue ORDER BY day, request";

static const char late_sql[] =
    "SELECT dataset || coalesce(', ' || unit, '') || coalesce(', ' || person, ''),"
    "       iif(?1 = 'pl', 'aktualizacja miała być do ', 'the update was due ') || due"
    "       || iif(?1 = 'pl', ', dni po terminie: ', ', days late: ') || days"
    "  FROM overdue_update ORDER BY due, dataset";

/* Sources whose last load did not bring what was expected: the table stands as it was. */
static const char sources_sql[] =
    "SELECT source, CASE standing WHEN 'refused' THEN iif(?1 = 'pl', 'odrzucono', 'refused')"
    "    ELSE iif(?1 = 'pl', 'nie odczytano', 'not read') END || ': '"
    "  || (SELECT coalesce(reason, '') FROM warehouse_load WHERE warehouse_load.source = warehouse_source.source"
    "       ORDER BY id DESC LIMIT 1)"
    "  || iif(?1 = 'pl', '; w hurtowni dane z ', '; in the warehouse those of ') || coalesce(substr(loaded_at, 1, 10), '-')"
    "  FROM warehouse_source WHERE state = 'active' AND standing IN ('refused', 'failed') ORDER BY source";

#define LATE_JSON                                                                                  \
    "(SELECT json_group_array(json_object('dataset', dataset, 'unit', unit, 'person', person,"     \
    " 'due', due, 'days', days)) FROM (SELECT * FROM overdue_update ORDER BY due, dataset))"

/* Rows of (label, lines); *count is their number. */
static int put_rows(SitoCatalogue *c, const char *sql, SitoBuffer *out, int64_t *count,
                    char **raw) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE;
    int rc = sito_db_prepare(c->db, &rows, raw, sql, "t", sito_say(c->language, "pl", "en"));
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *label = (const char *)sqlite3_column_text(rows, 0);
        const char *line = (const char *)sqlite3_column_text(rows, 1);
        ++*count;
        if (label == NULL || line == NULL) {
            rc = SITO_NOMEM;
            break;
        }
        rc = sito_put_plain(out, (SitoText){label, strlen(label)});
        rc = rc == SITO_OK ? sito_buffer_add(out, "\n", 1) : rc;
        while (rc == SITO_OK && *line != 0) {
            size_t size = strcspn(line, "\n");
            rc = sito_buffer_add(out, "  ", 2);
            rc = rc == SITO_OK ? sito_put_wrapped(out, (SitoText){line, size}, 2, 4) : rc;
            line += size + (line[size] != 0);
        }
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(c->db, step, raw);
    }
    sqlite3_finalize(rows);
    return rc;
}

static int put_text(SitoCatalogue *c, SitoBuffer *out, char **raw) {
    int64_t sets = 0, late = 0;
    SitoBuffer overdue = {0};
    char *head = NULL;
    int rc = put_rows(c, sets_sql, out, &sets, raw);
    if (rc == SITO_OK && sets == 0) {
        rc = sito_buffer_print(out, "%s\n",
                               sito_say(c->language, "Katalog nie zna żadnego zbioru.",
                                        "The catalogue knows no data set."));
    }
    rc = rc == SITO_OK ? put_rows(c, overdue_sql, &overdue, &late, raw) : rc;
    rc = rc == SITO_OK ? put_rows(c, late_sql, &overdue, &late, raw) : rc;
    if (rc == SITO_OK && late > 0) {
        rc = sito_buffer_print(out, "\n%s\n", sito_say(c->language, "Po terminie:", "Overdue:"));
        rc = rc == SITO_OK ? sito_buffer_add(out, overdue.data, overdue.size) : rc;
    }
    SitoBuffer sources = {0};
    int64_t waiting = 0;
    rc = rc == SITO_OK ? put_rows(c, sources_sql, &sources, &waiting, raw) : rc;
    if (rc == SITO_OK && waiting > 0) {
        rc = sito_buffer_print(out, "\n%s\n",
                               sito_say(c->language, "Źródła, których nie wczytano:",
                                        "Sources that were not loaded:"));
        rc = rc == SITO_OK ? sito_buffer_add(out, sources.data, sources.size) : rc;
    }
    sito_buffer_free(&sources);
    rc = rc == SITO_OK ? sito_db_text(c->db, &head, raw,
                                      "SELECT chain FROM seal ORDER BY event DESC LIMIT 1", "")
                       : rc;
    if (rc == SITO_OK && head != NULL) {
        rc = sito_buffer_print(
            out, sito_say(c->language, "\nSkrót łańcucha: %s\n", "\nHead of the chain: %s\n"),
            head);
    }
    sito_free(head);
    sito_buffer_free(&overdue);
    return rc;
}

static const char json_sql[] =
    "SELECT json_object('datasets', (SELECT json_group_array(json_object('name', name, 'state', state,"
    "   'version', version, 'digest', digest, 'published_digest', published_digest,"
    "   'published_at', published_at, 'withdrawn_at', withdrawn_at,"
    "   'location', (SELECT location FROM publication WHERE dataset = name),"
    "   'pending', (SELECT json_object('outcome', outcome, 'location', location, 'at', at)"
    "                 FROM pending WHERE pending.dataset = name)))"
    "    FROM (SELECT * FROM dataset ORDER BY name)),"
    "  'overdue', (SELECT json_group_array(json_object('request', request, 'unit', unit,"
    "   'what', what, 'day', day)) FROM (SELECT * FROM overdue ORDER BY day, request)),"
    "  'overdue_updates', " LATE_JSON ","
    "  'sources', (SELECT json_group_array(json_object('source', source, 'item', item, 'state', state,"
    "   'standing', standing, 'loaded_at', loaded_at, 'qualification', qualification))"
    "    FROM (SELECT * FROM warehouse_source ORDER BY source)),"
    "  'head', (SELECT chain FROM seal ORDER BY event DESC LIMIT 1))";

int sito_catalogue_late(SitoCatalogue *c, SitoBuffer *text, char **json, char **error) {
    char *raw = NULL;
    int64_t count = 0;
    int rc = put_rows(c, late_sql, text, &count, &raw);
    rc = rc == SITO_OK ? sito_db_text(c->db, json, &raw, "SELECT " LATE_JSON, "") : rc;
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_catalogue_states(SitoCatalogue *c, const char *format, SitoBuffer *out, char **error) {
    char *raw = NULL, *json = NULL;
    int rc;
    if (strcmp(format, "json") == 0) {
        rc = sito_db_text(c->db, &json, &raw, json_sql, "");
        rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n", json) : rc;
    } else {
        rc = put_text(c, out, &raw);
    }
    sito_free(json);
    return sito_catalogue_explain(c, rc, raw, error);
}
