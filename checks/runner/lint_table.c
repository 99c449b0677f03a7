/*
** What the table of keys cannot say of statistical tables (lint_table.h): one SELECT a rule.
*/
#include "lint_table.h"

#include <sqlite3.h>

#include "common/db.h"

/* The tables: where they stand, the resource's object, its columns, whether it is one (or is to be made). */
#define TABULATED                                                                                  \
    "WITH tabulated(place, resource, fields, t, made) AS ("                                        \
    " SELECT substr(r.fullkey, 3) || '.disclosure.table', r.value, r.value -> '$.schema.fields',"  \
    "        r.value -> '$.disclosure.table',"                                                     \
    "        coalesce(r.value ->> '$.disclosure.kind', 'records') = 'records'"                     \
    "   FROM json_each(?1, '$.resources') AS r"                                                    \
    "  WHERE r.value -> '$.disclosure.table' IS NOT NULL),"                                        \
    " dimension AS (SELECT tabulated.*, place || substr(d.fullkey, 2) AS at, d.value AS d"         \
    "   FROM tabulated, json_each(t, '$.dimensions') AS d),"                                       \
    " measure AS (SELECT tabulated.*, place || substr(m.fullkey, 2) AS at, m.value AS m"           \
    "   FROM tabulated, json_each(t, '$.measures') AS m),"                                         \
    " sign AS (SELECT tabulated.*, place || '.signs' AS at, s.key AS sign, s.value AS meaning"     \
    "   FROM tabulated, json_each(t, '$.signs') AS s)"

/* A column of the resource that is not there. */
#define NOT_A_COLUMN(name)                                                                         \
    name " IS NOT NULL AND " name " NOT IN (SELECT value ->> '$.name' FROM json_each(fields))"

static const struct Lint {
    const char *sql, *pl, *en;
} lints[] = {
    {TABULATED
     " SELECT place || '.companion', t ->> '$.companion' FROM tabulated WHERE t ->> '$.companion' IN"
     "   (SELECT r.value ->> '$.path' FROM json_each(?1, '$.resources') AS r)",
     "plik pomocniczy '%s' jest zarazem zasobem zbioru, więc zostałby opublikowany; usuń go z zasobów",
     "the companion file '%s' is a resource of the data set, too, and would be published; take it out of "
     "the resources"},
    {TABULATED
     " SELECT place || '.about', '' FROM tabulated WHERE NOT made AND t ->> '$.about' = 'persons'"
     "   AND resource ->> '$.disclosure.persons' = 'none'",
     "about: persons przeczy persons: none; tabelę, która nie dotyczy ani osób, ani podmiotów, opisz jak "
     "rekordy (bez kind i table)%s",
     "about: persons contradicts persons: none; describe a table of neither persons nor entities as "
     "records (without kind and table)%s"},
    {"SELECT substr(r.fullkey, 3) || '.disclosure', '' FROM json_each(?1, '$.resources') AS r"
     " WHERE r.value ->> '$.disclosure.kind' = 'table' AND r.value -> '$.disclosure.table' IS NULL",
     "tabela (kind: table) potrzebuje obiektu table z kluczami about, dimensions, measures%s",
     "a table (kind: table) needs the object table with the keys about, dimensions, measures%s"},
    {TABULATED " SELECT place, '' FROM tabulated WHERE json_array_length(t, '$.measures') = 0"
               "    OR (json_array_length(t, '$.dimensions') = 0)",
     "tabela ma mieć co najmniej jeden wymiar (dimensions) i jedną miarę (measures)%s",
     "a table has at least one dimension (dimensions) and one measure (measures)%s"},
    {TABULATED
     " SELECT place, json_array_length(t, '$.dimensions') FROM tabulated"
     "  WHERE json_array_length(t, '$.dimensions') > 8 OR json_array_length(t, '$.measures') > 20",
     "tabela ma mieć najwyżej 8 wymiarów i 20 miar (wymiarów jest %s)",
     "a table has at most 8 dimensions and 20 measures (it has %s dimensions)"},
    {TABULATED
     " SELECT at, d ->> '$.field' FROM dimension WHERE " NOT_A_COLUMN("(d ->> '$.field')") " UNION ALL SELECT at, m ->> '$.field' FROM measure WHERE " NOT_A_COLUMN(
         "(m ->> '$.field')") " AND NOT (made AND m ->> '$.kind' = 'count')",
     "opis nie ma kolumny '%s'", "the descriptor has no column '%s'"},
    {TABULATED
     " SELECT min(at), field FROM (SELECT place, at, d ->> '$.field' AS field FROM dimension"
     "  UNION ALL SELECT place, at, m ->> '$.field' FROM measure)"
     "  GROUP BY place, field HAVING count(*) > 1",
     "kolumna '%s' występuje wśród wymiarów i miar więcej niż raz",
     "the column '%s' stands among dimensions and measures more than once"},
    {TABULATED " SELECT at, d ->> '$.field' FROM dimension WHERE d ->> '$.total' = ''",
     "wymiar '%s': total to słowo, którym zapisano sumę (np. Ogółem); bez sum pomiń ten klucz",
     "dimension '%s': total is the word that marks the total (such as Ogółem); without totals leave it out"},
    {TABULATED " SELECT at, m ->> '$.contributors' FROM measure WHERE NOT made"
               "   AND t ->> '$.companion' IS NULL AND " NOT_A_COLUMN("(m ->> '$.contributors')"),
     "kolumny '%s' nie ma w opisie, a bez pliku pomocniczego (companion) nie ma jej skąd wziąć",
     "there is no column '%s', and without a companion file nowhere to take it from"},
    {TABULATED " SELECT m.at, c.value FROM measure AS m, json_each(m.m) AS c"
               "  WHERE c.key IN ('largest', 'second') AND NOT m.made AND c.value IN"
               "    (SELECT value ->> '$.name' FROM json_each(m.fields))",
     "kolumny '%s' nie wolno publikować: przenieś ją do pliku pomocniczego (companion)",
     "the column '%s' must not be published: move it to a companion file (companion)"},
    {TABULATED
     " SELECT m.at, c.value FROM measure AS m, json_each(m.m) AS c"
     "  WHERE c.key IN ('largest', 'second') AND NOT m.made AND m.t ->> '$.companion' IS NULL",
     "'%s': największe wkłady podaje się w pliku pomocniczym (companion), którego się nie publikuje",
     "'%s': the largest contributions stand in a companion file (companion), which is not published"},
    {TABULATED " SELECT at, m ->> '$.field' FROM measure WHERE NOT made AND m ->> '$.kind' = 'sum'"
               "   AND m ->> '$.contributors' IS NULL",
     "suma '%s' potrzebuje klucza contributors: kolumny z liczbą osób lub podmiotów w komórce",
     "the sum '%s' needs the key contributors: the column with the number of persons or entities"},
    {TABULATED " SELECT at, m ->> '$.field' FROM measure WHERE NOT made AND m ->> '$.kind' = 'sum'"
               "   AND t ->> '$.about' = 'entities' AND m ->> '$.largest' IS NULL",
     "suma '%s' dotyczy podmiotów, więc potrzebuje klucza largest: największego wkładu w komórce",
     "the sum '%s' is about entities and needs the key largest: the largest contribution in the cell"},
    {TABULATED " SELECT at, m ->> '$.field' FROM measure WHERE m ->> '$.second' IS NOT NULL"
               "   AND m ->> '$.largest' IS NULL",
     "miara '%s' ma drugi wkład (second), a nie ma największego (largest)",
     "the measure '%s' has the second contribution (second) but not the largest (largest)"},
    {TABULATED " SELECT m.at, c.key FROM measure AS m, json_each(m.m) AS c"
               "  WHERE c.key IN ('contributors', 'largest', 'second')"
               "    AND (m.made OR m.m ->> '$.kind' = 'count' AND c.key <> 'contributors')",
     "klucza '%s' się tu nie podaje: w liczebnościach jest nim sama liczba, a z rekordów wynika sam",
     "the key '%s' has no place here: a count is its own, and of records it is computed"},
    {TABULATED
     " SELECT at, m ->> '$.field' FROM measure WHERE NOT (made AND m ->> '$.kind' = 'count')"
     "   AND coalesce((SELECT f.value ->> '$.type' FROM json_each(fields) AS f"
     "     WHERE f.value ->> '$.name' = m ->> '$.field'), 'string') NOT IN ('integer', 'number')",
     "miara '%s' ma mieć typ integer albo number",
     "the measure '%s' must be of type integer or number"},
    {TABULATED " SELECT place || '.threshold', t ->> '$.threshold' FROM tabulated"
               "  WHERE t ->> '$.threshold' NOT BETWEEN 2 AND 1000000",
     "próg liczebności komórki ma być od 2 do 1000000, a jest %s",
     "the threshold of a cell must be from 2 to 1000000, it is %s"},
    {TABULATED " SELECT at, meaning FROM sign"
               "  WHERE meaning NOT IN ('zero', 'missing', 'not-applicable', 'suppressed')",
     "nieznane znaczenie znaku '%s'; dozwolone: zero missing not-applicable suppressed",
     "unknown meaning of a sign '%s'; allowed: zero missing not-applicable suppressed"},
    {TABULATED " SELECT at, sign FROM sign WHERE meaning IS NOT CASE sign WHEN '-' THEN 'zero'"
               "   WHEN '.' THEN 'missing' WHEN ':' THEN 'missing' WHEN 'X' THEN 'not-applicable'"
               "   WHEN 'x' THEN 'not-applicable' WHEN '#' THEN 'suppressed' ELSE meaning END",
     "znak '%s' ma na portalu inne znaczenie (- zero, . i : missing, X not-applicable, # suppressed)",
     "the sign '%s' means something else on the portal (- zero, . and : missing, X not-applicable, # "
     "suppressed)"},
    {TABULATED " SELECT at, sign FROM sign WHERE length(sign) > 20 OR sign GLOB '[0-9]*'"
               "    OR sign GLOB '[-+.,][0-9]*' OR sign <> trim(sign)",
     "'%s' nie może być znakiem: wygląda na liczbę, ma spacje na końcu albo ponad 20 liter",
     "'%s' cannot be a sign: it looks like a number, has blanks at its ends or more than 20 letters"},
    {TABULATED " SELECT at, sign FROM sign WHERE sign = '#' AND t -> '$.secrecy' IS NULL",
     "znak '%s' oznacza tajemnicę statystyczną: podaj jej podstawę (secrecy) albo wybierz inny znak",
     "the sign '%s' means statistical secrecy: state its basis (secrecy) or choose another sign"},
    {TABULATED
     " SELECT at, sign FROM sign WHERE NOT made AND EXISTS (SELECT 1 FROM measure AS m"
     "   WHERE m.place = sign.place AND sign.sign NOT IN (SELECT v.value FROM json_each(coalesce("
     "     (SELECT f.value -> '$.missingValues' FROM json_each(m.fields) AS f"
     "       WHERE f.value ->> '$.name' = m.m ->> '$.field'),"
     "     m.resource -> '$.schema.missingValues', '[\"\"]')) AS v))",
     "dopisz znak '%s' do missingValues (schematu lub kolumny): inaczej programy uznają go za błąd",
     "add the sign '%s' to missingValues (of the schema or the column): else programs take it for a mistake"},
    {TABULATED " SELECT place || '.path', t ->> '$.path' FROM tabulated WHERE NOT made"
               "   AND t ->> '$.path' IS NOT NULL",
     "klucz path ('%s') ma sens tylko w zasobie rekordów, z których dopiero powstanie tabela",
     "the key path ('%s') is for a resource of records, of which a table is yet to be made"},
    {TABULATED
     " SELECT place || '.path', t ->> '$.path' FROM tabulated AS a WHERE made"
     "   AND t ->> '$.path' IN (SELECT r.value ->> '$.path' FROM json_each(?1, '$.resources') AS r"
     "     UNION ALL SELECT b.t ->> '$.path' FROM tabulated AS b WHERE b.made AND b.place <> a.place)",
     "plik '%s' jest już plikiem innego zasobu; daj tabeli inną nazwę (path)",
     "the file '%s' is that of another resource; give the table another name (path)"},
    {TABULATED " SELECT place || '.companion', t ->> '$.companion' FROM tabulated WHERE made"
               "   AND t ->> '$.companion' IS NOT NULL",
     "companion ('%s') nie dotyczy rekordów: osoby wskazuje disclosure.unit",
     "companion ('%s') is not for records: disclosure.unit names the persons"},
    {TABULATED " SELECT place, p.value ->> '$.path' FROM tabulated,"
               "   json_each(resource, '$.disclosure.published') AS p WHERE NOT made"
               "   AND coalesce(p.value ->> '$.relation', 'other') = 'other'",
     "tabela da się porównać tylko z wcześniejszym wydaniem: dopisz w published przy '%s' "
     "\"relation\": \"earlier-release\"",
     "a table is compared with earlier releases only: write \"relation\": \"earlier-release\" beside '%s' "
     "in published"},
};

int sito_lint_table(sqlite3 *db, const char *text, SitoProblems *problems, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(lints) && rc == SITO_OK; i++) {
        sqlite3_stmt *rows = NULL;
        rc = sito_db_prepare(db, &rows, error, lints[i].sql, "t", text);
        while (rc == SITO_OK && sqlite3_step(rows) == SQLITE_ROW) {
            rc = sito_problem(problems, (const char *)sqlite3_column_text(rows, 0),
                              sito_say(problems->language, lints[i].pl, lints[i].en),
                              (const char *)sqlite3_column_text(rows, 1));
        }
        int closing = sqlite3_finalize(rows);
        rc = rc == SITO_OK && closing != SQLITE_OK ? sito_db_error(db, closing, error) : rc;
    }
    return rc;
}
