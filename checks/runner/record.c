/*
** Reads the record of a data set (record.h).
*/
#include "runner/record.h"

#include <sqlite3.h>

#include "common/db.h"

/* %Q: the data set; %Q: SHA-256 of the data. A release has other bytes where none of its data files is this one. */
static const char *const copies[][2] = {
    {"SELECT 1 WHERE %Q IS NOT NULL AND %Q IS NOT NULL", "INSERT INTO catalogued VALUES (?)"},
    {"SELECT e.at, EXISTS (SELECT 1 FROM event AS w WHERE w.dataset = e.dataset AND w.kind = 'state'"
     "   AND w.outcome = 'withdrawn' AND w.id > e.id)"
     " FROM event AS e WHERE e.dataset = %Q AND e.kind = 'state' AND e.outcome = 'published'"
     "  AND e.id = (SELECT min(f.id) FROM event AS f WHERE f.dataset = e.dataset AND f.kind = 'state'"
     "               AND f.outcome = 'published' AND f.digest = e.digest)"
     "  AND NOT EXISTS (SELECT 1 FROM event AS b JOIN input AS i ON i.event = b.id"
     "    WHERE b.dataset = e.dataset AND b.kind = 'bytes' AND b.digest = e.digest AND i.kind = 'data'"
     "      AND i.sha256 = %Q) ORDER BY e.id",
     "INSERT INTO release VALUES (?, ?)"},
    {"SELECT kind, substr(at, 1, 10) FROM (SELECT 'withdrawn' AS kind, at, id FROM event WHERE dataset = %Q"
     "   AND kind = 'state' AND outcome = 'withdrawn' ORDER BY id DESC LIMIT 1) WHERE %Q IS NOT NULL",
     "INSERT INTO ruling VALUES (?, ?)"},
    {"SELECT 'decision', substr(d.at, 1, 10) FROM event AS d WHERE d.dataset = %Q AND d.kind = 'decision'"
     "  AND d.outcome = 'negative' AND EXISTS (SELECT 1 FROM event AS b JOIN input AS i ON i.event = b.id"
     "    WHERE b.dataset = d.dataset AND b.kind = 'bytes' AND b.digest = d.digest AND i.kind = 'data'"
     "      AND i.sha256 = %Q)"
     "  AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.dataset = d.dataset AND l.kind = 'decision'"
     "    AND l.id > d.id)",
     "INSERT INTO ruling VALUES (?, ?)"},
    {"SELECT 'analysis', substr(s.at, 1, 10) FROM event AS s WHERE s.dataset = %Q AND s.kind = 'step'"
     "  AND s.outcome = 'negative' AND %Q IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event AS l"
     "    WHERE l.dataset = s.dataset AND l.kind = 'step' AND l.id > s.id"
     "      AND l.subject <= s.subject) ORDER BY s.id DESC LIMIT 1",
     "INSERT INTO ruling VALUES (?, ?)"},
};

int sito_record_fill(sqlite3 *facts, const char *path, const char *dataset, char **error) {
    sqlite3 *catalogue = NULL;
    char *sha256 = NULL;
    if (path == NULL) {
        return SITO_OK;
    }
    int rc = sito_db_text(facts, &sha256, error, "SELECT sha256 FROM resource", "");
    if (rc == SITO_OK) {
        rc = sqlite3_open_v2(path, &catalogue, SQLITE_OPEN_READONLY, NULL);
        rc = rc == SITO_OK ? rc : sito_db_error(catalogue, rc, error);
    }
    if (rc == SITO_OK) {
        sqlite3_busy_timeout(catalogue, 5000);
        int64_t known = 0;
        rc = sito_db_integer(catalogue, &known, error,
                             "SELECT count(*) FROM sqlite_schema WHERE name IN ('event', 'input')",
                             "");
        for (size_t i = 0; i < SITO_COUNT(copies) && rc == SITO_OK && known == 2; i++) {
            char *select = sito_print(copies[i][0], dataset, sha256);
            rc = select == NULL ? SITO_NOMEM
                                : sito_db_copy(catalogue, facts, select, copies[i][1], error);
            sito_free(select);
        }
    }
    sqlite3_close(catalogue);
    sito_free(sha256);
    return rc;
}
