/*
** What the last published, else the last marked version of a data set left for the next check
** (catalogue.h, runner/earlier.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "catalogue/private.h"

/* Of the newest publication; where there was none, of the newest mark; the newest verdict of its bytes. */
static const char remembered_sql[] =
    "SELECT v.report -> '$.remembered' FROM event AS s"
    "  JOIN verdict AS v ON v.dataset = s.dataset AND v.digest = s.digest"
    " WHERE s.dataset = ?1 AND s.kind = 'state' AND s.outcome IN ('published', 'publishable')"
    "   AND json_valid(v.report) AND json_type(v.report, '$.remembered') = 'array'"
    " ORDER BY s.outcome = 'published' DESC, s.id DESC, v.id DESC LIMIT 1";

int sito_catalogue_remembered(SitoCatalogue *c, const char *dataset, char **json, char **error) {
    char *raw = NULL;
    int rc = sito_db_text(c->db, json, &raw, remembered_sql, "t", dataset);
    return sito_catalogue_explain(c, rc, raw, error);
}
