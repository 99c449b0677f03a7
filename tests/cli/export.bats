#!/usr/bin/env bats
# From the warehouse to a file: sito export (checks/warehouse/export.c, order.c, cell.c).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$BATS_TEST_DIRNAME/warehouse.inc"
    make_city
    cat > typy.sql <<'END'
CREATE TABLE typy (n INTEGER, tekst, liczba, dzien, chwila, prawda, miesiac);
INSERT INTO typy VALUES (1, 'a;b "c"', 0.1, '2024-02-29', '2024-01-01T10:00:00', 1, '2024-07'),
  (2, NULL, 12423815, NULL, NULL, 0, NULL), (3, ' zażółć ', 1e-7, '1999-12-31', '2024-01-01T10:00:00Z', NULL, NULL),
  (4, 'dwa
wiersze', 0.1 + 0.2, NULL, NULL, NULL, NULL), (5, '', -0.0, NULL, NULL, NULL, NULL), (6, '007', '3,50', NULL, NULL, NULL, NULL);
END
    sqlite3 -init /dev/null dane/typy.db < typy.sql
    printf '%s/dane/typy.db#typy;wprost;próba;A. Lis;typy;;;;;;\n' "$here" >> zrodla.csv
    "$SITO" inventory --catalogue sito.db dane > inventory.txt
    declare_sources; assess_items; fetch > first.txt
    mkdir zbior
}

describe() { # query, fields [, more of the resource]
    printf '{"name": "zbior", "version": "1", "resources": [{"name": "r", "path": "r.csv", "schema": {"fields": [%s]}%s, "warehouse": {"query": "%s"}}]}\n' \
        "$2" "${3:-}" "$1" > zbior/datapackage.json
}
export_it() { "$SITO" export --lang en zbior "$@"; }
refused() { # what the message says
    run export_it
    [ "$status" -eq 1 ]
    [[ "$output" == *"$1"* ]] || { echo "$output"; return 1; }
    [ ! -e zbior/r.csv ]
    [ "$(find zbior -name '.sito*' | wc -l)" -eq 0 ]
}

TYPES='{"name": "n", "type": "integer"}, {"name": "tekst", "type": "string"}, {"name": "liczba", "type": "number", "decimalChar": ","}, {"name": "dzien", "type": "date"}, {"name": "chwila", "type": "datetime"}, {"name": "prawda", "type": "boolean", "trueValues": ["tak"], "falseValues": ["nie"]}, {"name": "miesiac", "type": "yearmonth"}'

@test "every type in the form that its field declares; RFC 4180; the order is total" {
    describe 'SELECT * FROM typy ORDER BY n' "$TYPES" ', "dialect": {"delimiter": ";"}'
    run export_it
    [ "$status" -eq 0 ]
    [[ "$output" == *"r.csv: written, rows: 6"* ]]
    printf '%s\r\n' 'n;tekst;liczba;dzien;chwila;prawda;miesiac' '1;"a;b ""c""";0,1;2024-02-29;2024-01-01T10:00:00;tak;2024-07' \
        '2;;12423815;;;nie;' '3;" zażółć ";0,0000001;1999-12-31;2024-01-01T10:00:00Z;;' > expected.csv
    printf '4;"dwa\nwiersze";0,30000000000000004;;;;\r\n5;;0;;;;\r\n6;007;3,50;;;;\r\n' >> expected.csv
    cmp expected.csv zbior/r.csv
    run "$SITO" lint --lang en zbior
    [ "$status" -eq 0 ]
    before=$(stat -c '%i %y' zbior/r.csv)
    run export_it # the same bytes: the file is not touched
    [[ "$output" == *"r.csv: unchanged, rows: 6"* ]]
    [ "$(stat -c '%i %y' zbior/r.csv)" = "$before" ]
    # signs of missing values, line ends, a delimiter that is the decimal mark, no heading
    describe 'SELECT n, liczba FROM typy WHERE n < 3 ORDER BY n DESC' '{"name": "n", "type": "integer"}, {"name": "liczba", "type": "number", "decimalChar": ",", "missingValues": ["b/d", ""]}' \
        ', "dialect": {"lineTerminator": "\n", "header": false}'
    export_it
    [ "$(cat zbior/r.csv)" = '2,12423815
1,"0,1"' ]
    describe "SELECT n, nullif(n, 2) AS m FROM typy WHERE n < 3" '{"name": "n", "type": "integer"}, {"name": "m", "type": "integer", "missingValues": ["b/d", ""]}' ', "dialect": {"lineTerminator": "\n"}'
    export_it
    [ "$(tail -1 zbior/r.csv)" = '2,b/d' ]
    describe "SELECT 1.50 AS x UNION ALL SELECT 'b'" '{"name": "x", "type": "any"}' ', "dialect": {"lineTerminator": "\n"}'
    export_it
    [ "$(cat zbior/r.csv)" = 'x
1.5
b' ]
    # one column, a missing value: a line, not nothing
    describe 'SELECT miesiac FROM typy' '{"name": "miesiac", "type": "yearmonth"}'
    export_it
    [ "$(sed -n 2p zbior/r.csv)" = $'""\r' ]
}

@test "ties are ordered by all columns, whatever the plan; LIMIT, comments, quotes and compounds are understood" {
    field='{"name": "rok", "type": "year"}, {"name": "drzewa", "type": "integer"}'
    rows() { describe "$1" "$field" ', "dialect": {"lineTerminator": "\n"}'; export_it > out.txt && tail -n +2 zbior/r.csv | tr '\n' ' '; }
    [ "$(rows 'SELECT rok, drzewa FROM drzewa')" = '2022,80 2022,120 2023,85 2023,130 ' ]
    [ "$(rows 'SELECT rok, drzewa FROM drzewa ORDER BY rok DESC')" = '2023,85 2023,130 2022,80 2022,120 ' ]
    [ "$(rows 'SELECT rok, drzewa FROM drzewa order by rok desc limit 3 -- ORDER BY drzewa')" = '2023,85 2023,130 2022,80 ' ]
    [ "$(rows 'SELECT rok, drzewa FROM drzewa LIMIT 2 OFFSET 1;')" = '2022,120 2023,85 ' ]
    [ "$(rows 'SELECT rok, drzewa FROM drzewa UNION ALL SELECT 2021, length('"'"'LIMIT ; ORDER BY (('"'"') ORDER BY 1')" = '2021,19 2022,80 2022,120 2023,85 2023,130 ' ]
    [ "$(rows 'WITH \"limit\" AS (SELECT * FROM drzewa ORDER BY 3 LIMIT 2) SELECT rok, drzewa FROM \"limit\"')" = '2022,80 2023,85 ' ]
    [ "$(rows 'SELECT rok, max(drzewa) OVER (PARTITION BY rok ORDER BY drzewa) AS drzewa FROM drzewa /* LIMIT 1 */ ORDER BY drzewa DESC')" = '2023,130 2022,120 2023,85 2022,80 ' ]
}

@test "a value that does not fit is an error with its row and column, never another value" {
    one() { describe "SELECT $1 AS x FROM typy WHERE n = 1" "{\"name\": \"x\", \"type\": \"$2\"${3:-}}"; refused "$4"; }
    one 1.5 integer '' 'resource "r": row 1, column "x": a real number in a field of the type integer'
    one "'12a'" integer '' 'no whole number'
    one "'1.5'" number ', "decimalChar": ","' 'a text that is no number as this field writes it'
    one 9e999 number '' 'an infinite number'
    one 0.5 string '' 'a real number in a field of text'
    one "x'00'" string '' 'a blob'
    one "'a' || char(0) || 'b'" string '' 'no valid UTF-8'
    one "CAST(x'ff41' AS TEXT)" string '' 'no valid UTF-8'
    one "'2023-02-29'" date '' 'this is no day YYYY-MM-DD'
    one "'2023-2-9'" date '' 'this is no day'
    one 20230101 date '' 'this is no day'
    one "'2024-01-01 10:00:00'" datetime '' 'this is no moment YYYY-MM-DDTHH:MM:SS'
    one "'24:00:00'" time '' 'this is no time'
    one 24 year '' 'no year of four digits'
    one "'2024-13'" yearmonth '' 'no month'
    one 2 boolean '' 'neither 0, 1 nor a sign of truth'
    one "'-'" string ', "missingValues": ["", "-"]' 'is a sign of a missing value'
    one NULL string ', "missingValues": []' 'has no sign for it'
    # nothing of the value is said
    one "'tajne'" integer '' 'no whole number'
    [[ "$output" != *tajne* ]]
}

@test "only a SELECT over loaded tables, that answers the same each time" {
    query() { describe "$1" '{"name": "x", "type": "any"}'; refused "$2"; }
    store "CREATE TABLE reczna AS SELECT 1 AS x; CREATE VIEW widok AS SELECT sum(drzewa) AS x FROM drzewa;
           CREATE VIEW zly AS SELECT x FROM reczna"
    query 'SELECT x FROM reczna' 'the table "reczna" was brought neither by sito fetch nor by the indicators'
    query 'SELECT x FROM zly' 'the table "reczna" was brought neither'
    query 'SELECT count(*) AS x FROM reczna' 'the table "reczna" was brought neither'
    query 'SELECT count(*) AS x FROM sito_load' 'the table "sito_load" was brought neither'
    query 'SELECT sql AS x FROM sqlite_schema' 'was brought neither'
    query "SELECT name AS x FROM pragma_table_info('drzewa')" 'query:'
    query 'SELECT random() AS x' 'the function random'
    query 'SELECT CURRENT_TIMESTAMP AS x' 'the function current_timestamp'
    query "SELECT load_extension('x') AS x" 'query:'
    query "SELECT delimiter AS x FROM csv_sniff('zrodla.csv')" 'query:'
    query 'DELETE FROM drzewa' 'no plain SELECT'
    query 'PRAGMA user_version' 'no plain SELECT'
    query "ATTACH 'x.db' AS x" 'no plain SELECT'
    query 'SELECT 1 AS x; SELECT 2' 'one SELECT'
    query 'SELECT ?1 AS x' 'no parameters'
    query 'SELECT x FROM' 'query:'
    query '' 'one SELECT'
    query 'SELECT drzewa AS x FROM drzewa WHERE 0' 'the query gives no rows'
    query 'SELECT 1 AS y' 'column 1 of the query is "y", the field is "x"'
    query 'SELECT 1 AS x, 2 AS y' 'the query gives 2 columns, there are 1 fields'
    [ ! -e x.db ]
    describe 'SELECT x FROM widok' '{"name": "x", "type": "integer"}'
    export_it
    [ "$(tail -1 zbior/r.csv)" = $'415\r' ]
    # what people said must not be published is not read
    sed 's/;directly;wykaz drzew;/;no;tajemnica;/' zrodla.csv > nie.csv
    "$SITO" inventory --answers nie.csv --by 'A. Nowak'
    run export_it
    [ "$status" -eq 1 ]
    [[ "$output" == *"was assessed as not to be published"* ]]
}

@test "the lineage is an event: from which loads of which tables these bytes were made" {
    describe 'SELECT d.rok, sum(drzewa) AS x FROM drzewa AS d JOIN ludnosc AS l ON l.rok = d.rok GROUP BY 1' '{"name": "rok", "type": "year"}, {"name": "x", "type": "integer"}'
    export_it
    sum=$(sha256sum zbior/r.csv | cut -d ' ' -f 1)
    [ "$(shell "SELECT dataset, file, sha256, rows, lineage ->> '\$[0].table', lineage ->> '\$[1].table', json_array_length(lineage) FROM warehouse_export")" = "zbior|r.csv|$sum|2|drzewa|ludnosc|2" ]
    export_it
    [ "$(shell "SELECT count(*) FROM event WHERE kind = 'export'")" -eq 1 ]
    # other rows, the same bytes: another lineage
    printf 'rok;dzielnica;drzewa\n2022;Razem;200\n2023;Razem;215\n' > dane/drzewa.csv
    fetch --accept drzewa --by 'J. Lis'
    run export_it
    [[ "$output" == *unchanged* ]]
    [ "$(shell "SELECT count(*) FROM event WHERE kind = 'export'")" -eq 2 ]
    run "$SITO" audit verify --lang en
    [ "$status" -eq 0 ]
}

@test "what cannot be written, is not declared or not there" {
    describe 'SELECT 1 AS x' '{"name": "x"}' ', "encoding": "windows-1250"'
    run export_it
    [ "$status" -eq 2 ]
    [[ "$output" == *'an export does not know this: encoding'* ]]
    describe 'SELECT 1 AS x' '{"name": "x", "type": "date", "format": "%d.%m.%Y"}'
    run export_it
    [ "$status" -eq 2 ]
    printf '{"name": "zbior", "resources": [{"name": "r", "path": "r.csv", "warehouse": {"query": "SELECT 1", "qurey": 1}}]}' > zbior/datapackage.json
    run export_it
    [ "$status" -eq 2 ]
    [[ "$output" == *qurey* ]]
    printf '{"name": "zbior", "resources": [{"name": "r", "path": "r.csv"}]}' > zbior/datapackage.json
    run export_it
    [ "$status" -eq 2 ]
    [[ "$output" == *'no resource of this descriptor has a query'* ]]
    describe 'SELECT 1 AS x' '{"name": "x", "type": "integer"}'
    run "$SITO" check --lang en zbior
    [ "$status" -eq 3 ]
    [[ "$output" == *"there is no file zbior/r.csv; the warehouse writes it: sito export zbior"* ]]
    run export_it --warehouse brak.db
    [ "$status" -eq 3 ]
    mkdir zbior/r.csv
    run export_it
    [ "$status" -eq 3 ]
    rmdir zbior/r.csv
    run bash -c 'ulimit -f 0; "$SITO" export --lang en zbior'
    [ "$status" -ne 0 ]
    [ ! -e zbior/r.csv ]
}
