/*
** Earlier checks of a data set, from the verdicts that the catalogue has (catalogue.h): the trend of a
** report.
**
** R1  Of each day and digest the last verdict, oldest first, 50 at most: whoever tries ten times on one
**     morning sees one row.
** R2  Numbers come from the report that was recorded with the verdict; what an older program did not
**     record is NULL.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "catalogue/private.h"

static const char checks_sql[] =
    "SELECT v.at, (SELECT version FROM event WHERE kind = 'bytes' AND dataset = v.dataset"
    "    AND digest = v.digest ORDER BY id DESC LIMIT 1) AS version, v.verdict, v.digest,"
    "  (SELECT sum(r.value ->> '$.rows') FROM json_each(v.report, '$.resources') AS r),"
    "  v.report ->> '$.summary.findings',"
    "  (SELECT min(m.value ->> '$.value') FROM json_each(v.report, '$.measures') AS m"
    "    WHERE m.value ->> '$.measure' = 'k_anonymity'),"
    "  EXISTS (SELECT 1 FROM event AS p WHERE p.kind = 'state' AND p.outcome = 'published'"
    "    AND p.dataset = v.dataset AND p.digest = v.digest)"
    " FROM (SELECT *, row_number() OVER (PARTITION BY substr(at, 1, 10), digest ORDER BY id DESC) AS"
    "         place FROM verdict WHERE dataset = ?1 AND json_valid(report)) AS v"
    " WHERE v.place = 1 ORDER BY v.id DESC LIMIT 50";

int sito_catalogue_trend(SitoCatalogue *c, const char *dataset, sqlite3 *report, char **error) {
    sqlite3_stmt *from = NULL, *to = NULL;
    char *raw = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(c->db, &from, &raw, checks_sql, "t", dataset);
    if (rc == SITO_OK) {
        rc = sito_db_prepare(report, &to, &raw,
                             "INSERT INTO report.history(at, version, verdict, digest, rows,"
                             " findings, k, published, position) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
                             " ?8, 1000 - (SELECT count(*) FROM report.history)",
                             "");
    }
    while (rc == SITO_OK && (step = sqlite3_step(from)) == SQLITE_ROW) {
        for (int i = 0; i < 8 && rc == SITO_OK; i++) {
            rc = sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        }
        int added = rc == SITO_OK ? sqlite3_step(to) : rc;
        rc = added == SQLITE_DONE ? SITO_OK : sito_db_error(report, added, &raw);
        sqlite3_reset(to);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(c->db, step, &raw);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return sito_catalogue_explain(c, rc, raw, error);
}
