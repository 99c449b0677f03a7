/*
** The profile of an earlier version (earlier.h).
*/
#include "runner/earlier.h"

#include "common/db.h"

static const char parts[] =
    "SELECT (SELECT name FROM resource), 'profile', json_object('field', field, 'rows', rows,"
    "  'missing', missing, 'distinct', distinct_values, 'longest', longest, 'integers', integers,"
    "  'numbers', numbers, 'dates', dates, 'texts', texts, 'leading_zeros', leading_zeros)"
    "  FROM profile"
    " UNION ALL SELECT (SELECT name FROM resource), 'spread', json_object('field', field, 'low',"
    "  low_quartile, 'median', median, 'high', high_quartile) FROM spread";

int sito_earlier_keep(struct sqlite3 *report, struct sqlite3 *facts, char **error) {
    return sito_db_copy(facts, report, parts, "INSERT INTO report.remembered VALUES (?, ?, ?)",
                        error);
}

static const char fill_profile[] =
    "INSERT INTO previous SELECT v ->> '$.field', v ->> '$.rows', v ->> '$.missing',"
    "  v ->> '$.distinct', NULL, NULL, v ->> '$.longest', v ->> '$.integers', v ->> '$.numbers',"
    "  v ->> '$.dates', v ->> '$.texts', v ->> '$.leading_zeros'"
    "  FROM (SELECT e.value -> '$.row' AS v FROM json_each(?1) AS e"
    "         WHERE e.value ->> '$.part' = 'profile'"
    "           AND e.value ->> '$.resource' = (SELECT name FROM resource))";

static const char fill_spread[] =
    "INSERT INTO previous_spread SELECT v ->> '$.field', v ->> '$.low', v ->> '$.median',"
    "  v ->> '$.high'"
    "  FROM (SELECT e.value -> '$.row' AS v FROM json_each(?1) AS e"
    "         WHERE e.value ->> '$.part' = 'spread'"
    "           AND e.value ->> '$.resource' = (SELECT name FROM resource))";

int sito_earlier_fill(struct sqlite3 *facts, const char *remembered, char **error) {
    if (remembered == NULL) {
        return SITO_OK;
    }
    int rc = sito_db_do(facts, error, fill_profile, "t", remembered);
    return rc == SITO_OK ? sito_db_do(facts, error, fill_spread, "t", remembered) : rc;
}

int sito_earlier_attach(struct sqlite3 *report, const char *json, char **whole, char **error) {
    return sito_db_text(report, whole, error,
                        "SELECT json_insert(?1, '$.remembered', (SELECT json_group_array("
                        "  json_object('resource', resource, 'part', part, 'row', json(row)))"
                        " FROM report.remembered))",
                        "t", json);
}
