/*
** Looks for a statistical table in a proposal (propose_table.h).
*/
#include "runner/propose_table.h"

#include "common/db.h"

/* Columns of numbers: also where up to half of the cells are signs of one character. A year is none. */
static const char prepare[] =
    "CREATE TEMP TABLE proposed_total(position, word);"
    "CREATE TEMP TABLE proposed_table(object TEXT);"
    "CREATE TEMP TABLE proposed_number AS"
    " SELECT p.position, p.name, p.type, f.numbers > 0 OR p.type = 'number' AS fractions,"
    "        f.texts > 0 AS signs"
    "   FROM temp.proposal AS p JOIN profile AS f ON f.field = p.name"
    "  WHERE (p.type IN ('integer', 'number') OR (f.integers + f.numbers > 0 AND f.dates = 0"
    "         AND f.texts <= f.integers + f.numbers AND f.leading_zeros = 0"
    "         AND NOT EXISTS (SELECT 1 FROM temp.proposed_text AS t WHERE t.position = p.position)))"
    "    AND NOT EXISTS (SELECT 1 FROM temp.plain AS w WHERE w.original = p.name"
    "                      AND w.text IN ('rok', 'year', 'miesiac', 'month', 'kwartal', 'wiek'))";

/* Texts in columns with numbers that are longer than a sign. */
static const char find_texts[] =
    "SELECT printf('INSERT INTO temp.proposed_text SELECT %d WHERE EXISTS (SELECT 1 FROM temp.data"
    " WHERE length(trim(\"%w\")) BETWEEN 1 AND 3 AND trim(\"%w\") GLOB ''*[a-wyzA-WYZ]*'' OR (length(trim(\"%w\")) > 3"
    " AND trim(\"%w\") GLOB ''*[a-zA-Z]*''))', m.position, m.heading, m.heading, m.heading, m.heading)"
    "  FROM temp.matched AS m JOIN profile AS f ON f.field = m.name"
    " WHERE m.heading IS NOT NULL AND f.texts > 0 AND f.integers + f.numbers > 0";

static const char find_totals[] =
    "SELECT printf('INSERT INTO temp.proposed_total SELECT %d, v FROM (SELECT DISTINCT trim(\"%w\") AS v"
    " FROM temp.data) WHERE pl_lower(v) IN (''ogółem'', ''ogolem'', ''razem'', ''łącznie'', ''suma'',"
    " ''total'', ''wszyscy'', ''wszystkie'') LIMIT 1', m.position, m.heading)"
    "  FROM temp.matched AS m JOIN profile AS f ON f.field = m.name"
    " WHERE m.heading IS NOT NULL AND f.distinct_values <= 5000 AND f.texts > 0";

/* How often the commonest combination of the other columns stands in the file. */
static const char count_repeats[] =
    "SELECT 'INSERT INTO temp.proposed_repeats SELECT max(n) FROM (SELECT count(*) AS n FROM temp.data GROUP BY '"
    "  || group_concat(printf('\"%w\"', m.heading), ', ') || ')'"
    "  FROM temp.matched AS m WHERE m.heading IS NOT NULL"
    "   AND m.position NOT IN (SELECT position FROM temp.proposed_number) HAVING count(*) BETWEEN 1 AND 8";

static const char decide[] =
    "INSERT INTO temp.proposed_table"
    " SELECT json_object('about', 'persons',"
    "   'dimensions', (SELECT json_group_array(json_patch('{}', json_object('field', p.name, 'total', t.word)))"
    "      FROM (SELECT * FROM temp.proposal WHERE position NOT IN (SELECT position FROM temp.proposed_number)"
    "             ORDER BY position) AS p LEFT JOIN temp.proposed_total AS t USING (position)),"
    "   'measures', (SELECT json_group_array(json_object('field', name, 'kind', iif(fractions, 'sum', 'count')))"
    "      FROM (SELECT * FROM temp.proposed_number ORDER BY position)))"
    "  WHERE EXISTS (SELECT 1 FROM temp.proposed_total) AND EXISTS (SELECT 1 FROM temp.proposed_number)"
    "    AND (SELECT n FROM temp.proposed_repeats) = 1"
    "    AND (SELECT count(*) FROM temp.proposed_number) <= 20;"
    "UPDATE temp.proposal SET role = 'measure', why = 'table', detail = NULL,"
    "   type = (SELECT iif(n.fractions, 'number', 'integer') FROM temp.proposed_number AS n"
    "            WHERE n.position = proposal.position)"
    " WHERE position IN (SELECT position FROM temp.proposed_number)"
    "   AND EXISTS (SELECT 1 FROM temp.proposed_table);"
    "UPDATE temp.proposal SET role = 'quasi-identifier', why = 'dimension'"
    " WHERE role <> 'measure' AND why IN ('row-unique', 'other', 'date')"
    "   AND EXISTS (SELECT 1 FROM temp.proposed_table)";

int sito_propose_table(struct sqlite3 *facts, char **error) {
    int rc = sito_db_run(facts,
                         "CREATE TEMP TABLE proposed_text(position);"
                         "CREATE TEMP TABLE proposed_repeats(n)",
                         error);
    rc = rc == SITO_OK ? sito_db_run_written(facts, find_texts, error) : rc;
    rc = rc == SITO_OK ? sito_db_run(facts, prepare, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(facts, find_totals, error) : rc;
    rc = rc == SITO_OK ? sito_db_run_written(facts, count_repeats, error) : rc;
    return rc == SITO_OK ? sito_db_run(facts, decide, error) : rc;
}
