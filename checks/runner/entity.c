/*
** Counts rows of legal persons and of people (entity.h).
*/
#include "runner/entity.h"

#include <sqlite3.h>

#include "common/db.h"

/* temp.entity_column: what each column says of an entity: it names it, it is its KRS, it leads to it. */
static const char prepare[] =
    "CREATE TEMP TABLE entity_column AS"
    " SELECT m.position, m.heading, f.name,"
    "        words GLOB '*nazw*' OR words GLOB '*firm*' OR words GLOB '*podmiot*' OR words GLOB '*wykonawc*'"
    "          OR words GLOB '*kontrahen*' OR words GLOB '*przedsiebior*' OR words GLOB '*beneficjen*'"
    "          OR words GLOB '*oferent*' OR words GLOB '*dostawc*' OR words GLOB '*najemc*'"
    "          OR words GLOB '*dzierzawc*' OR words GLOB '*forma prawn*' OR words GLOB '*organizacj*' AS names,"
    "        words GLOB '* krs *' OR words GLOB '*nr krs*' AS krs,"
    "        words GLOB '*firm*' OR words GLOB '*wykonawc*' OR words GLOB '*kontrahen*'"
    "          OR words GLOB '*przedsiebior*' OR words GLOB '*oferent*' OR words GLOB '*dostawc*' AS firm,"
    "        EXISTS (SELECT 1 FROM personal AS p WHERE p.field = f.name AND p.kind IN ('nip', 'regon')"
    "                 AND p.verdict <> 'chance') AS number,"
    "        p.texts > 0 AS text"
    "  FROM (SELECT *, ' ' || replace(replace(replace(pl_ascii(pl_lower(name)), '_', ' '), '-', ' '), '.', ' ')"
    "               || ' ' AS words FROM field) AS f"
    "  JOIN temp.matched AS m ON m.position = f.position JOIN profile AS p ON p.field = f.name"
    " WHERE f.role IS NOT 'direct-identifier' AND m.heading IS NOT NULL";

/* The one column by which rows are counted: numbers before names; and what makes a row a legal person's. */
static const char write_select[] =
    "SELECT printf('CREATE TEMP TABLE entity_row AS SELECT data.rowid AS record, _line AS line, _byte AS byte, %s"
    " AS legal FROM temp.data WHERE trim(\"%w\") <> ''''',"
    "   coalesce((SELECT group_concat(printf(iif(krs, 'coalesce(trim(\"%w\") GLOB ''*[1-9]*'', 0)',"
    "                                        'coalesce(legal_person(\"%w\"), 0)'), heading), ' OR ')"
    "               FROM temp.entity_column WHERE krs OR names AND text), '0'), c.heading)"
    "  FROM temp.entity_column AS c WHERE c.number OR c.firm AND c.text"
    " ORDER BY c.number DESC, c.position LIMIT 1";

static const char count[] =
    "INSERT INTO entity SELECT (SELECT name FROM temp.entity_column WHERE number OR firm AND text"
    "    ORDER BY number DESC, position LIMIT 1), count(*), sum(NOT legal) FROM temp.entity_row"
    "  HAVING count(*) > 0;"
    "INSERT INTO witness SELECT 'entity', (SELECT field FROM entity), line, record, byte, NULL"
    "  FROM temp.entity_row WHERE NOT legal ORDER BY record LIMIT 20;"
    "DROP TABLE temp.entity_row";

int sito_entity_fill(sqlite3 *db, char **error) {
    char *select = NULL;
    int rc = sito_db_run(db, prepare, error);
    rc = rc == SITO_OK ? sito_db_text(db, &select, error, write_select, "") : rc;
    if (rc == SITO_OK && select != NULL) {
        rc = sito_db_run(db, select, error);
        rc = rc == SITO_OK ? sito_db_run(db, count, error) : rc;
    }
    sito_free(select);
    return rc;
}
