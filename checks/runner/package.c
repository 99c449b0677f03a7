/*
** Reads and checks descriptors (package.h). The keys are one table; what a table cannot say is one
** SELECT a rule, in `lints`.
*/
#include "package.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/file.h"
#include "runner/waiver.h"
#include "runner/lint_constraints.h"
#include "runner/lint_table.h"

#define RESOURCE "$.resources[]"
#define FIELD RESOURCE ".schema.fields[]"
#define DISCLOSURE RESOURCE ".disclosure"
#define TABLE DISCLOSURE ".table"
#define QUALITY RESOURCE ".quality[]"
#define CONSISTENCY RESOURCE ".consistency"

/* The shapes of the Open Data Contract Standard (quality.h); the keys of the last lines are for people. */
#define QUALITY_KEYS(object)                                                                       \
    {object, "id", "*t", NULL}, {object, "type", "t", "library sql text"},                         \
        {object, "metric", "t",                                                                    \
         "rowCount nullValues missingValues duplicateValues invalidValues"},                       \
        {object, "query", "t", NULL}, {object, "rule", "t", NULL},                                 \
        {object, "arguments", "o", NULL}, {object, "unit", "t", "rows percent"},                   \
        {object, "severity", "t", "error warning note"}, {object, "mustBe", "n", NULL},            \
        {object, "mustNotBe", "n", NULL}, {object, "mustBeGreaterThan", "n", NULL},                \
        {object, "mustBeGreaterOrEqualTo", "n", NULL}, {object, "mustBeLessThan", "n", NULL},      \
        {object, "mustBeLessOrEqualTo", "n", NULL}, {object, "mustBeBetween", "a", NULL},          \
        {object, "mustNotBeBetween", "a", NULL}, {object, "name", "t", NULL},                      \
        {object, "description", "t", NULL}, {object, "dimension", "t", NULL},                      \
        {object, "businessImpact", "t", NULL}, {                                                   \
        object, "tags", "a", NULL                                                                  \
    }

static const SitoKey keys[] = {
    {"$", "$schema", "t", NULL},
    {"$", "name", "*t", NULL},
    {"$", "version", "t", NULL},
    {"$", "resources", "*a", NULL},
    {"$", "dcat", "o", NULL},
    {"$.dcat", "dct:accrualPeriodicity", "t", NULL},
    {"$.dcat", "dct:modified", "t", NULL},
    {"$.dcat", "dct:issued", "t", NULL},
    {RESOURCE, "name", "*t", NULL},
    {RESOURCE, "path", "*t", NULL},
    {RESOURCE, "encoding", "t", NULL},
    {RESOURCE, "dialect", "o", NULL},
    {RESOURCE, "schema", "o", NULL},
    {RESOURCE, "disclosure", "o", NULL},
    {RESOURCE, "coverage", "o", NULL},
    {RESOURCE, "quality", "a", NULL},
    {RESOURCE ".dialect", "delimiter", "t", NULL},
    {RESOURCE ".dialect", "quoteChar", "t", NULL},
    {RESOURCE ".dialect", "header", "b", NULL},
    {RESOURCE ".schema", "fields", "*a", NULL},
    {RESOURCE ".schema", "missingValues", "a", NULL},
    {RESOURCE ".schema", "primaryKey", "ta", NULL},
    {RESOURCE ".schema", "uniqueKeys", "a", NULL},
    {RESOURCE ".schema", "foreignKeys", "a", NULL},
    {RESOURCE ".schema.foreignKeys[]", "fields", "*ta", NULL},
    {RESOURCE ".schema.foreignKeys[]", "reference", "*o", NULL},
    {RESOURCE ".schema.foreignKeys[].reference", "resource", "t", NULL},
    {RESOURCE ".schema.foreignKeys[].reference", "fields", "*ta", NULL},
    {FIELD, "name", "*t", NULL},
    {FIELD, "type", "t",
     "string number integer boolean date time datetime year yearmonth duration object array list "
     "geopoint geojson any"},
    {FIELD, "format", "t", NULL},
    {FIELD, "decimalChar", "t", NULL},
    {FIELD, "groupChar", "t", NULL},
    {FIELD, "bareNumber", "b", NULL},
    {FIELD, "delimiter", "t", NULL},
    {FIELD, "itemType", "t", "string integer boolean number datetime date time"},
    {FIELD, "missingValues", "a", NULL},
    {FIELD, "constraints", "o", NULL},
    {FIELD, "disclosure", "o", NULL},
    {FIELD ".constraints", "required", "b", NULL},
    {FIELD ".constraints", "unique", "b", NULL},
    {FIELD ".constraints", "minimum", "nt", NULL},
    {FIELD ".constraints", "maximum", "nt", NULL},
    {FIELD ".constraints", "exclusiveMinimum", "nt", NULL},
    {FIELD ".constraints", "exclusiveMaximum", "nt", NULL},
    {FIELD ".constraints", "minLength", "i", NULL},
    {FIELD ".constraints", "maxLength", "i", NULL},
    {FIELD ".constraints", "pattern", "t", NULL},
    {FIELD ".constraints", "enum", "a", NULL},
    {FIELD ".constraints", "jsonSchema", "o", NULL},
    {FIELD, "categories", "a", NULL},
    {FIELD, "trueValues", "a", NULL},
    {FIELD, "falseValues", "a", NULL},
    {FIELD ".disclosure", "role", "t",
     "direct-identifier quasi-identifier sensitive free-text release-number public"},
    {FIELD ".disclosure", "hierarchy", "t", NULL},
    {FIELD ".disclosure", "reason", "t", "public-function consent statute legal-person no-person"},
    {FIELD ".disclosure", "basis", "t", NULL},
    {FIELD ".disclosure", "evidence", "t", NULL},
    {FIELD ".disclosure", "where", "t", NULL},
    {DISCLOSURE, "persons", "t", "none public-functions consented others anonymised"},
    {DISCLOSURE, "unit", "to", "row"},
    {DISCLOSURE, "kind", "t", "records table"},
    {DISCLOSURE, "table", "o", NULL},
    {TABLE, "about", "*t", "persons entities"},
    {TABLE, "dimensions", "*a", NULL},
    {TABLE, "measures", "*a", NULL},
    {TABLE, "companion", "t", NULL},
    {TABLE, "path", "t", NULL},
    {TABLE, "signs", "o", NULL},
    {TABLE, "secrecy", "o", NULL},
    {TABLE, "threshold", "i", NULL},
    {TABLE, "linked", "t", NULL},
    {TABLE ".secrecy", "basis", "*t", NULL},
    {TABLE ".dimensions[]", "field", "*t", NULL},
    {TABLE ".dimensions[]", "total", "t", NULL},
    {TABLE ".dimensions[]", "hierarchy", "t", NULL},
    {TABLE ".measures[]", "field", "*t", NULL},
    {TABLE ".measures[]", "kind", "*t", "count sum"},
    {TABLE ".measures[]", "contributors", "t", NULL},
    {TABLE ".measures[]", "largest", "t", NULL},
    {TABLE ".measures[]", "second", "t", NULL},
    {DISCLOSURE, "k", "i", NULL},
    {DISCLOSURE, "l", "no", NULL},
    {DISCLOSURE, "t", "no", NULL},
    {DISCLOSURE, "alpha", "n", NULL},
    {DISCLOSURE, "beta", "n", NULL},
    {DISCLOSURE, "maxSuppressed", "n", NULL},
    {DISCLOSURE, "allow", "a", NULL},
    {DISCLOSURE, "published", "a", NULL},
    {DISCLOSURE, "presence", "o", NULL},
    {DISCLOSURE, "population", "o", NULL},
    {DISCLOSURE ".population", "field", "*t", NULL},
    {DISCLOSURE ".population", "path", "*t", NULL},
    {DISCLOSURE ".population", "key", "*t", NULL},
    {DISCLOSURE ".population", "inhabitants", "*t", NULL},
    {DISCLOSURE ".presence", "answer", "*t", "harmless assessed"},
    {DISCLOSURE ".presence", "basis", "*t", NULL},
    {DISCLOSURE ".published[]", "path", "*t", NULL},
    {DISCLOSURE ".published[]", "relation", "t", "earlier-release cumulative other"},
    {DISCLOSURE ".published[]", "fields", "a", NULL},
    {DISCLOSURE ".unit", "companion", "*t", NULL},
    {DISCLOSURE ".l", "value", "*n", NULL},
    {DISCLOSURE ".l", "model", "t", "distinct"},
    {DISCLOSURE ".t", "value", "*n", NULL},
    {DISCLOSURE ".t", "model", "t", "equal ordered"},
    {DISCLOSURE ".allow[]", "kind", "*t",
     "pesel nip regon email phone iban land_register edelivery id_card passport pwz plate name address "
     "birth_date birth_place postal_code ip_address coordinates"},
    {DISCLOSURE ".allow[]", "field", "*t", NULL},
    {DISCLOSURE ".allow[]", "reason", "*t", NULL},
    {DISCLOSURE ".allow[]", "basis", "*t", NULL},
    {DISCLOSURE ".allow[]", "where", "t", NULL},
    {RESOURCE ".coverage", "temporal", "o", NULL},
    {RESOURCE ".coverage", "spatial", "o", NULL},
    {RESOURCE ".coverage.temporal", "field", "*t", NULL},
    {RESOURCE ".coverage.temporal", "step", "*t", "P1D P1W P1M P3M P1Y"},
    {RESOURCE ".coverage.temporal", "allowMissing", "i", NULL},
    {RESOURCE ".coverage.temporal", "since", "t", NULL},
    {RESOURCE ".coverage.temporal", "until", "t", NULL},
    {RESOURCE ".coverage.spatial", "field", "*t", NULL},
    {RESOURCE ".coverage.spatial", "codelist", "*t", NULL},
    {RESOURCE, "warehouse", "o", NULL},
    {RESOURCE ".warehouse", "query", "*t", NULL},
    {RESOURCE, "consistency", "o", NULL},
    {CONSISTENCY, "codes", "a", NULL},
    {CONSISTENCY, "order", "a", NULL},
    {CONSISTENCY ".order[]", "first", "*t", NULL},
    {CONSISTENCY ".order[]", "last", "*t", NULL},
    {CONSISTENCY, "sums", "a", NULL},
    {CONSISTENCY ".sums[]", "total", "*t", NULL},
    {CONSISTENCY ".sums[]", "parts", "*a", NULL},
    {CONSISTENCY ".sums[]", "tolerance", "n", NULL},
    {CONSISTENCY ".codes[]", "field", "*t", NULL},
    {CONSISTENCY ".codes[]", "codelist", "t", NULL},
    {CONSISTENCY ".codes[]", "kind", "t",
     "pesel nip regon krs terc simc pwz iban id_card passport land_register edelivery"},
    {QUALITY, "field", "t", NULL},
    QUALITY_KEYS(QUALITY),
    QUALITY_KEYS(FIELD ".quality[]"),
    {FIELD, "quality", "a", NULL},
};

static const char *const closed[] = {"$.dcat",
                                     DISCLOSURE,
                                     DISCLOSURE ".unit",
                                     TABLE,
                                     TABLE ".secrecy",
                                     TABLE ".dimensions[]",
                                     TABLE ".measures[]",
                                     DISCLOSURE ".l",
                                     DISCLOSURE ".t",
                                     DISCLOSURE ".allow[]",
                                     DISCLOSURE ".published[]",
                                     DISCLOSURE ".presence",
                                     DISCLOSURE ".population",
                                     RESOURCE ".coverage",
                                     RESOURCE ".coverage.temporal",
                                     RESOURCE ".coverage.spatial",
                                     QUALITY,
                                     RESOURCE ".warehouse",
                                     CONSISTENCY,
                                     CONSISTENCY ".codes[]",
                                     CONSISTENCY ".order[]",
                                     CONSISTENCY ".sums[]",
                                     FIELD ".constraints",
                                     FIELD ".quality[]",
                                     FIELD ".disclosure",
                                     NULL};

/* The columns that keys name, each with the fields of the resource that it must be in. */
#define KEYS                                                                                       \
    "WITH own_key(place, resource, fields, key) AS ("                                              \
    " SELECT r.fullkey || '.schema.primaryKey', r.value, r.value -> '$.schema.fields',"            \
    "        r.value -> '$.schema.primaryKey' FROM json_each(?1, '$.resources') AS r"              \
    "  WHERE json_type(r.value, '$.schema.primaryKey') IS NOT NULL"                                \
    " UNION ALL SELECT r.fullkey || '.schema.uniqueKeys[' || k.key || ']', r.value,"               \
    "        r.value -> '$.schema.fields', r.value -> ('$.schema.uniqueKeys[' || k.key || ']')"    \
    "   FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.uniqueKeys') AS k"    \
    " UNION ALL SELECT r.fullkey || '.schema.foreignKeys[' || k.key || ']', r.value,"              \
    "        r.value -> '$.schema.fields', k.value -> '$.fields'"                                  \
    "   FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.foreignKeys') AS k"   \
    " UNION ALL SELECT r.fullkey || '.schema.foreignKeys[' || k.key || '].reference', r.value,"    \
    "        (SELECT o.value -> '$.schema.fields' FROM json_each(?1, '$.resources') AS o"          \
    "          WHERE o.value ->> '$.name' = coalesce(nullif(k.value ->> '$.reference.resource',"   \
    "                ''), r.value ->> '$.name')), k.value -> '$.reference.fields'"                 \
    "   FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.foreignKeys') AS k)," \
    " key_column(place, fields, what, kind) AS ("                                                  \
    " SELECT place, coalesce(fields, '[]'), iif(c.type = 'text', c.value, ''), c.type"             \
    "   FROM own_key, json_each(own_key.key) AS c WHERE own_key.fields IS NOT NULL)"

/* The items of quality[], of resources and of fields; kinds: what each is. */
#define DEMANDS                                                                                    \
    "WITH item(place, resource, fields, field, value) AS ("                                        \
    " SELECT substr(r.fullkey, 3) || '.quality[' || q.key || ']', r.key,"                          \
    "        r.value -> '$.schema.fields', q.value ->> '$.field', q.value"                         \
    "   FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.quality') AS q"              \
    " UNION ALL SELECT substr(r.fullkey, 3) || '.schema.fields[' || f.key || '].quality['"         \
    "        || q.key || ']', r.key, r.value -> '$.schema.fields', f.value ->> '$.name', q.value"  \
    "   FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f,"       \
    "        json_each(f.value, '$.quality') AS q),"                                               \
    " demand AS (SELECT *, value ->> '$.id' AS id,"                                                \
    "   EXISTS (SELECT 1 FROM json_each(item.value) AS b WHERE b.key LIKE 'must%') AS bounds,"     \
    "   coalesce((SELECT group_concat(k.word, ' ') FROM (SELECT 'metric' AS word"                  \
    "        WHERE value ->> '$.metric' IS NOT NULL"                                               \
    "          AND coalesce(value ->> '$.type', 'library') = 'library'"                            \
    "      UNION ALL SELECT 'query' WHERE value ->> '$.query' IS NOT NULL"                         \
    "          AND value ->> '$.type' = 'sql'"                                                     \
    "      UNION ALL SELECT 'rule' WHERE value ->> '$.rule' IS NOT NULL"                           \
    "          AND coalesce(value ->> '$.type', 'library') = 'library'"                            \
    "      UNION ALL SELECT 'text' WHERE value ->> '$.type' = 'text'"                              \
    "          AND value ->> '$.description' IS NOT NULL) AS k), '') AS kinds FROM item)"

/* Each returns one row a problem: where it is, and one text for the message. ?1 is the descriptor. */
static const struct Lint {
    const char *sql, *pl, *en;
} lints[] = {
    {"SELECT 'name', ?1 ->> '$.name' WHERE ?1 ->> '$.name' GLOB '*[^a-z0-9._/-]*' OR ?1 ->> '$.name' = ''",
     "nazwa '%s' może składać się z małych liter a–z, cyfr oraz . _ / -",
     "the name '%s' may hold the letters a-z, digits and . _ / -"},
    {"SELECT 'resources', '' WHERE json_array_length(?1, '$.resources') = 0",
     "lista zasobów jest pusta%s", "the list of resources is empty%s"},
    {"SELECT 'resources', r.value ->> '$.name' FROM json_each(?1, '$.resources') AS r"
     " GROUP BY lower(r.value ->> '$.name') HAVING count(*) > 1",
     "nazwa zasobu '%s' występuje więcej niż raz",
     "the resource name '%s' stands there more than once"},
    {"SELECT 'resources', r.value ->> '$.name' FROM json_each(?1, '$.resources') AS r"
     " WHERE lower(r.value ->> '$.name') GLOB 'sqlite_*' OR r.value ->> '$.name' = ''",
     "nazwa zasobu '%s' jest pusta albo zaczyna się od sqlite_; nadaj mu inną",
     "the resource name '%s' is empty or begins with sqlite_; give it another"},
    {"SELECT 'resources', r.value ->> '$.path' FROM json_each(?1, '$.resources') AS r"
     " GROUP BY replace(ltrim(r.value ->> '$.path', './'), '/./', '/') HAVING count(*) > 1",
     "plik '%s' jest opisany jako więcej niż jeden zasób; każdy zasób ma mieć własny plik",
     "the file '%s' is described as more than one resource; each resource has a file of its own"},
    {"WITH path(place, path) AS ("
     "  SELECT r.fullkey || '.path', r.value ->> '$.path' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || '.disclosure.population.path',"
     "         r.value ->> '$.disclosure.population.path' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || '.disclosure.unit.companion',"
     "         r.value ->> '$.disclosure.unit.companion' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || '.disclosure.published[' || p.key || '].path',"
     "         p.value ->> '$.path' FROM json_each(?1, '$.resources') AS r,"
     "         json_each(r.value, '$.disclosure.published') AS p"
     "  UNION ALL SELECT r.fullkey || '.disclosure.table.' || t.key, t.value"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.disclosure.table') AS t"
     "   WHERE t.key IN ('companion', 'path')"
     "  UNION ALL SELECT r.fullkey || substr(d.fullkey, 2) || '.hierarchy', d.value ->> '$.hierarchy'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.disclosure.table.dimensions') AS d"
     "   WHERE NOT (coalesce(r.value ->> '$.disclosure.kind', 'records') = 'records' AND"
     "     (d.value ->> '$.hierarchy' GLOB 'interval:*' OR d.value ->> '$.hierarchy' GLOB 'date:*' OR"
     "      d.value ->> '$.hierarchy' GLOB 'prefix:*' OR d.value ->> '$.hierarchy' GLOB 'teryt:*'))"
     "  UNION ALL SELECT r.fullkey || '.coverage.spatial.codelist',"
     "         substr(r.value ->> '$.coverage.spatial.codelist', 1, instr(r.value ->>"
     "           '$.coverage.spatial.codelist' || '#', '#') - 1) FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2) || '.codelist', substr(c.value ->> '$.codelist', 1,"
     "           instr(c.value ->> '$.codelist' || '#', '#') - 1) FROM json_each(?1, '$.resources') AS r,"
     "           json_each(r.value, '$.consistency.codes') AS c)"
     " SELECT substr(place, 3), path FROM path WHERE path IS NOT NULL AND (path = '' OR path GLOB '/*'"
     "   OR '/' || path || '/' GLOB '*/../*' OR path GLOB '*[\\:]*'"
     "   OR path GLOB '*[' || char(1) || '-' || char(31) || ']*')",
     "ścieżka '%s' musi prowadzić do pliku w folderze zbioru (względna, bez .. : \\)",
     "the path '%s' must lead to a file in the folder of the data set (relative, without .. : \\)"},
    {"SELECT substr(r.fullkey, 3) || '.schema.fields', lower(f.value ->> '$.name')"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f"
     " GROUP BY r.fullkey, lower(f.value ->> '$.name') HAVING count(*) > 1",
     "kolumna '%s' jest opisana więcej niż raz", "the column '%s' is described more than once"},
    {"SELECT substr(r.fullkey, 3) || '.encoding', r.value ->> '$.encoding'"
     "  FROM json_each(?1, '$.resources') AS r WHERE lower(r.value ->> '$.encoding')"
     "   NOT IN ('utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'iso-8859-2', 'cp852')",
     "nieznane kodowanie '%s'; dozwolone: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2, cp852",
     "unknown encoding '%s'; allowed: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2, cp852"},
    {"SELECT substr(r.fullkey, 3) || '.dialect', d.key FROM json_each(?1, '$.resources') AS r,"
     " json_each(r.value, '$.dialect') AS d WHERE d.key IN ('commentChar', 'escapeChar', 'nullSequence',"
     " 'commentRows', 'headerRows', 'headerJoin', 'itemType', 'itemKeys', 'property', 'sheetName',"
     " 'sheetNumber', 'table')",
     "klucz '%s' nie jest obsługiwany: zapisz plik jako zwykły CSV z jednym wierszem nagłówka",
     "the key '%s' is not supported: save the file as plain CSV with one heading row"},
    {"SELECT substr(r.fullkey, 3) || '.dialect', d.key FROM json_each(?1, '$.resources') AS r,"
     " json_each(r.value, '$.dialect') AS d WHERE d.key IN ('delimiter', 'quoteChar')"
     " AND (length(CAST(d.value AS BLOB)) <> 1)",
     "'%s' ma być jednym znakiem ASCII", "'%s' must be one ASCII character"},
    {"SELECT substr(f.fullkey, 3) || '.disclosure', f.value ->> '$.name'"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f"
     " WHERE f.value ->> '$.disclosure.role' = 'public' AND (f.value ->> '$.disclosure.reason' IS NULL"
     "    OR f.value ->> '$.disclosure.basis' IS NULL OR f.value ->> '$.disclosure.basis' = '')",
     "kolumna '%s' ma rolę public, więc potrzebuje kluczy reason i basis (podstawa)",
     "the column '%s' has the role public, so it needs the keys reason and basis"},
    {"SELECT substr(r.fullkey, 3) || '.disclosure.' || t.key, t.key"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.disclosure') AS t"
     " WHERE CASE t.key WHEN 'k' THEN t.value NOT BETWEEN 2 AND 1000000"
     "   WHEN 'l' THEN iif(t.type = 'object', t.value ->> '$.value', t.value) NOT BETWEEN 1 AND 1000"
     "   WHEN 't' THEN iif(t.type = 'object', t.value ->> '$.value', t.value) NOT BETWEEN 0 AND 1"
     "   WHEN 'alpha' THEN t.value NOT BETWEEN 0 AND 1 WHEN 'maxSuppressed' THEN t.value NOT BETWEEN 0 AND 1"
     "   WHEN 'beta' THEN t.value NOT BETWEEN 0 AND 1000000 ELSE 0 END",
     "wartość '%s' jest poza zakresem (k od 2, l od 1; t, alpha i maxSuppressed od 0 do 1; beta od 0)",
     "the value of '%s' is out of range (k from 2, l from 1; t, alpha and maxSuppressed from 0 to 1; "
     "beta from 0)"},
    {"WITH named(place, field, fields) AS ("
     "  SELECT r.fullkey || '.disclosure.allow', a.value ->> '$.field', r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.disclosure.allow') AS a"
     "  UNION ALL SELECT r.fullkey || '.disclosure.published[' || p.key || '].fields', f.value,"
     "         r.value -> '$.schema.fields' FROM json_each(?1, '$.resources') AS r,"
     "         json_each(r.value, '$.disclosure.published') AS p, json_each(p.value, '$.fields') AS f"
     "  UNION ALL SELECT r.fullkey || '.disclosure.population', r.value ->> '$.disclosure.population.field',"
     "         r.value -> '$.schema.fields' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || '.coverage.temporal', r.value ->> '$.coverage.temporal.field',"
     "         r.value -> '$.schema.fields' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || '.coverage.spatial', r.value ->> '$.coverage.spatial.field',"
     "         r.value -> '$.schema.fields' FROM json_each(?1, '$.resources') AS r"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2), c.value ->> '$.field', r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.codes') AS c"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2), k.value, r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.order') AS c,"
     "         json_each(c.value) AS k"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2), c.value ->> '$.total', r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.sums') AS c"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2) || '.parts', k.value, r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.sums') AS c,"
     "         json_each(c.value, '$.parts') AS k)"
     " SELECT substr(place, 3), field FROM named WHERE field IS NOT NULL AND field NOT IN"
     "   (SELECT value ->> '$.name' FROM json_each(fields))",
     "opis nie ma kolumny '%s'", "the descriptor has no column '%s'"},
    {KEYS " SELECT substr(place, 3), what FROM key_column WHERE kind = 'text'"
          "   AND what NOT IN (SELECT value ->> '$.name' FROM json_each(fields))",
     "klucz wymienia kolumnę '%s', której w opisie tego zasobu nie ma",
     "the key names the column '%s', which the descriptor of that resource does not have"},
    {KEYS " SELECT substr(place, 3), '' FROM key_column WHERE kind <> 'text' UNION ALL"
          " SELECT substr(r.fullkey, 3) || '.schema', '' FROM json_each(?1, '$.resources') AS r"
          "  WHERE r.value -> '$.schema.primaryKey' = '[]'",
     "klucz ma być nazwą kolumny albo niepustą listą nazw%s",
     "a key is the name of a column or a list of names that is not empty%s"},
    {"SELECT substr(k.fullkey, 3) || '.reference', k.value ->> '$.reference.resource'"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.foreignKeys') AS k"
     " WHERE coalesce(k.value ->> '$.reference.resource', '') <> ''"
     "   AND k.value ->> '$.reference.resource' NOT IN"
     "       (SELECT o.value ->> '$.name' FROM json_each(?1, '$.resources') AS o)",
     "w opisie zbioru nie ma zasobu '%s'", "the descriptor has no resource '%s'"},
    {"SELECT substr(r.fullkey, 3) || '.schema.foreignKeys[' || k.key || ']', ''"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.foreignKeys') AS k"
     " WHERE iif(json_type(k.value, '$.fields') = 'array',"
     "           json_array_length(k.value, '$.fields'), 1)"
     "    <> iif(json_type(k.value, '$.reference.fields') = 'array',"
     "           json_array_length(k.value, '$.reference.fields'), 1)"
     "   OR k.value -> '$.fields' = '[]'",
     "klucz obcy ma mieć tyle kolumn, ile ma ich wskazywany zasób (fields i reference.fields)%s",
     "a foreign key has as many columns as it leads to (fields and reference.fields)%s"},
    {"SELECT substr(r.fullkey, 3) || '.coverage.temporal.' || t.key, t.value"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.coverage.temporal') AS t"
     " WHERE t.key IN ('since', 'until') AND (date(t.value || substr('-01-01', length(t.value) - 3)) IS NULL"
     "    OR t.value NOT GLOB '[12][0-9][0-9][0-9]*' OR length(t.value) NOT IN (4, 7, 10))",
     "'%s' nie jest datą; dozwolone: 2015, 2015-03, 2015-03-01",
     "'%s' is no date; allowed: 2015, 2015-03, 2015-03-01"},
    {"WITH compared(place, field, types, fields) AS ("
     "  SELECT r.fullkey || substr(c.fullkey, 2), k.value, 'integer number date datetime time year yearmonth',"
     "         r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.order') AS c,"
     "         json_each(c.value) AS k"
     "  UNION ALL SELECT r.fullkey || substr(c.fullkey, 2), k.atom, 'integer number', r.value -> '$.schema.fields'"
     "    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.sums') AS c,"
     "         json_tree(c.value) AS k WHERE k.type = 'text')"
     " SELECT substr(place, 3), field FROM compared WHERE instr(' ' || types || ' ', ' ' || coalesce((SELECT"
     "   f.value ->> '$.type' FROM json_each(fields) AS f WHERE f.value ->> '$.name' = field), 'string') || ' ') = 0",
     "kolumny '%s' nie da się porównać z innymi: ma mieć typ liczby lub daty (w sums: liczby)",
     "the column '%s' cannot be compared with others: its type must be of numbers or dates (in sums: numbers)"},
    {"SELECT substr(r.fullkey, 3) || '.consistency.sums', s.value ->> '$.total'"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.sums') AS s"
     " WHERE json_array_length(s.value, '$.parts') < 1 OR s.value ->> '$.tolerance' < 0",
     "suma '%s' potrzebuje niepustej listy parts i nieujemnej tolerance",
     "the sum '%s' needs a list parts that is not empty and a tolerance from 0"},
    {"SELECT substr(r.fullkey, 3) || substr(c.fullkey, 2), c.value ->> '$.field'"
     "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.consistency.codes') AS c"
     " WHERE (c.value ->> '$.codelist' IS NULL) = (c.value ->> '$.kind' IS NULL)",
     "kolumna '%s' potrzebuje albo codelist (plik.csv#kolumna), albo kind (rodzaj numeru)",
     "the column '%s' needs either codelist (file.csv#column) or kind (of number)"},
    {DEMANDS " SELECT place, id FROM demand WHERE NOT bounds AND kinds NOT IN ('rule', 'text')",
     "wymaganie '%s' nie ma żadnej granicy mustBe…", "the requirement '%s' has no bound mustBe…"},
    {DEMANDS " SELECT place, id FROM demand WHERE kinds NOT IN ('metric', 'query', 'rule', 'text')",
     "wymaganie '%s' ma mieć jeden z kluczy metric, query (z type: sql), rule albo type: text",
     "the requirement '%s' must have one of the keys metric, query (with type: sql), rule, or "
     "type: text"},
    {DEMANDS " SELECT place, id FROM demand WHERE value ->> '$.metric' IN ('nullValues',"
             " 'missingValues', 'invalidValues', 'duplicateValues') AND field IS NULL"
             " AND NOT (value ->> '$.metric' = 'duplicateValues'"
             "          AND json_array_length(value, '$.arguments.properties') > 0)",
     "wymaganie '%s' nie mówi, o której kolumnie (field) jest mowa",
     "the requirement '%s' does not say of which column (field)"},
    {DEMANDS " SELECT d.place, c.value FROM demand AS d, json_each(iif(d.kinds = 'metric',"
             "   coalesce(d.value -> '$.arguments.properties', json_array(d.field)),"
             "   json_array(d.field))) AS c"
             "  WHERE c.value IS NOT NULL AND c.value NOT IN"
             "    (SELECT value ->> '$.name' FROM json_each(d.fields))",
     "opis nie ma kolumny '%s'", "the descriptor has no column '%s'"},
    {DEMANDS " SELECT d.place, a.key FROM demand AS d, json_each(d.value, '$.arguments') AS a"
             "  WHERE d.kinds = 'metric' AND NOT CASE d.value ->> '$.metric'"
             "    WHEN 'missingValues' THEN a.key = 'missingValues' AND a.type = 'array'"
             "      AND a.value <> '[]'"
             "    WHEN 'duplicateValues' THEN a.key = 'properties' AND a.type = 'array'"
             "    WHEN 'invalidValues' THEN a.key = 'pattern' AND a.type = 'text'"
             "      OR a.key = 'validValues' AND a.type = 'array' AND a.value <> '[]'"
             "    ELSE 0 END",
     "arguments: klucz '%s' nie pasuje do tej miary (missingValues: lista missingValues; "
     "duplicateValues: lista properties; invalidValues: lista validValues albo tekst pattern)",
     "arguments: the key '%s' does not fit this metric (missingValues: the list missingValues; "
     "duplicateValues: the list properties; invalidValues: the list validValues or the text "
     "pattern)"},
    {DEMANDS
     " SELECT d.place, b.key FROM demand AS d, json_each(d.value) AS b"
     "  WHERE b.key IN ('mustBeBetween', 'mustNotBeBetween') AND NOT coalesce("
     "    json_array_length(b.value) = 2 AND json_type(b.value, '$[0]') IN ('integer', 'real')"
     "    AND json_type(b.value, '$[1]') IN ('integer', 'real')"
     "    AND b.value ->> '$[0]' <= b.value ->> '$[1]', 0)",
     "'%s' ma być listą dwóch liczb, mniejszej i większej",
     "'%s' must be a list of two numbers, the smaller and the larger"},
    {DEMANDS " SELECT place, id FROM demand WHERE kinds = 'rule' AND place LIKE '%.fields[%'",
     "parametry reguły ('%s') podaje się w quality zasobu, nie kolumny",
     "parameters of a rule ('%s') stand in the quality of the resource, not of a column"},
    {DEMANDS " SELECT min(place), id FROM demand GROUP BY resource, id HAVING count(*) > 1",
     "id wymagania '%s' występuje więcej niż raz",
     "the id of a requirement '%s' stands there more than once"},
    {"SELECT substr(r.fullkey, 3) || '.disclosure', '' FROM json_each(?1, '$.resources') AS r"
     " WHERE json_type(r.value, '$.disclosure') IS NOT NULL"
     "   AND r.value ->> '$.disclosure.persons' IS NULL",
     "brakuje klucza 'persons' (czyje dane: none, public-functions, consented, others, anonymised)%s",
     "the key 'persons' is missing (whose data: none, public-functions, consented, others, "
     "anonymised)%s"},
};

static int run_lints(sqlite3 *db, const char *text, SitoProblems *problems, char **error) {
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
        if (rc == SITO_OK && closing != SQLITE_OK) {
            rc = sito_db_error(db, closing, error);
        }
    }
    return rc;
}

static int read_descriptor(sqlite3 *db, SitoPackage *package, SitoProblems *problems,
                           char **error) {
    SitoBuffer content = {0};
    int rc =
        sito_file_read(package->descriptor, problems->language, &content, package->sha256, error);
    package->text = content.data;
    problems->file = package->descriptor;
    if (rc == SITO_OK) {
        rc = sito_json_check(db, (SitoText){content.data, content.size}, keys, SITO_COUNT(keys),
                             closed, problems, error);
    }
    if (rc == SITO_OK && problems->count == 0) {
        rc = run_lints(db, package->text, problems, error);
    }
    if (rc == SITO_OK && problems->count == 0) {
        rc = sito_lint_constraints(db, package->text, problems, error);
    }
    if (rc == SITO_OK && problems->count == 0) {
        rc = sito_lint_table(db, package->text, problems, error);
    }
    return rc;
}

/* waivers.json beside the descriptor, where there is one. */
static int read_waivers(sqlite3 *db, SitoPackage *package, SitoProblems *problems, char **error) {
    char *path = sito_path_join(package->folder, SITO_WAIVERS);
    if (path == NULL) {
        return SITO_NOMEM;
    }
    int rc = SITO_OK;
    if (sito_file_kind(path) != SITO_FILE_MISSING) {
        SitoBuffer content = {0};
        rc = sito_file_read(path, problems->language, &content, package->waivers_sha256, error);
        package->waivers = content.data;
        problems->file = path;
        rc = rc == SITO_OK
                 ? sito_waivers_check(db, (SitoText){content.data, content.size}, problems, error)
                 : rc;
        problems->file = package->descriptor;
    }
    sito_free(path);
    return rc;
}

/* A file alone: a descriptor that names it. */
static int describe_bare(sqlite3 *db, SitoPackage *package, const char *path, char **error) {
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    return sito_db_text(db, &package->text, error,
                        "SELECT json_object('name', ?1, 'resources',"
                        " json_array(json_object('name', ?1, 'path', ?1)))",
                        "t", name);
}

static int find_descriptor(SitoPackage *package, const char *path, SitoLanguage language,
                           char **error) {
    size_t size = strlen(path);
    bool is_json = size > 5 && strcmp(path + size - 5, ".json") == 0;
    SitoFileKind kind = sito_file_kind(path);
    if (kind == SITO_FILE_FOLDER) {
        package->folder = sito_print("%s", path);
        package->descriptor = sito_path_join(path, "datapackage.json");
        if (package->descriptor != NULL &&
            sito_file_kind(package->descriptor) == SITO_FILE_MISSING) {
            return sito_error(
                error, SITO_MISUSE,
                sito_say(language,
                         "w folderze %s nie ma opisu zbioru datapackage.json; utwórz go: "
                         "sito init PLIK.csv",
                         "the folder %s has no descriptor datapackage.json; make one: sito "
                         "init FILE.csv"),
                path);
        }
    } else {
        package->folder = sito_path_folder(path);
        package->descriptor = is_json ? sito_print("%s", path) : NULL;
    }
    bool failed = package->folder == NULL ||
                  (package->descriptor == NULL && (is_json || kind == SITO_FILE_FOLDER));
    return failed ? SITO_NOMEM : SITO_OK;
}

int sito_package_load(sqlite3 *db, SitoPackage *package, const char *path, SitoProblems *problems,
                      char **error) {
    *package = (SitoPackage){0};
    int rc = find_descriptor(package, path, problems->language, error);
    if (rc == SITO_OK) {
        rc = package->descriptor != NULL ? read_descriptor(db, package, problems, error)
                                         : describe_bare(db, package, path, error);
    }
    if (rc != SITO_OK || problems->count > 0) {
        return rc;
    }
    rc = sito_package_text(db, package, &package->name, error, "$.name", 0);
    if (rc == SITO_OK && package->descriptor != NULL) {
        rc = read_waivers(db, package, problems, error);
    }
    if (rc == SITO_OK) {
        rc = sito_package_text(db, package, &package->version, error, "$.version", 0);
    }
    if (rc == SITO_OK) {
        rc = sito_db_integer(db, &package->resources, error,
                             "SELECT json_array_length(?1, '$.resources')", "t", package->text);
    }
    return rc;
}

void sito_package_free(SitoPackage *package) {
    sito_free(package->folder);
    sito_free(package->descriptor);
    sito_free(package->text);
    sito_free(package->name);
    sito_free(package->version);
    sito_free(package->waivers);
    *package = (SitoPackage){0};
}

int sito_package_text(sqlite3 *db, const SitoPackage *package, char **text, char **error,
                      const char *path, int64_t index) {
    char *full = sito_print(path, index);
    if (full == NULL) {
        return SITO_NOMEM;
    }
    int rc =
        sito_db_text(db, text, error, "SELECT json_extract(?1, ?2)", "tt", package->text, full);
    sito_free(full);
    return rc;
}
