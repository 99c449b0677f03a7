#!/usr/bin/env bats
# Indicators: sito indicators (checks/warehouse/indicator.c, compute.c).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$BATS_TEST_DIRNAME/warehouse.inc"
    make_city
    declare_sources; assess_items; fetch > first.txt
    HEAD='kod;nazwa;definicja;jednostka;licznik;mianownik;mnożnik;obszar;rytm;źródło;liczyć'
}

define() { # rows of a sheet, without the empty cells at their ends
    printf '%s\n' "$HEAD" "$@" | awk -F ';' '{ for (n = NF; n < 11; n++) $0 = $0 ";"; print }' > wsk.csv
    "$SITO" indicators --answers wsk.csv --by 'A. Nowak' 2> defined.txt
}
indicators() { "$SITO" indicators --lang en "$@"; }
values() { store "SELECT year, value, numerator, denominator, reason FROM indicator_value WHERE code = '$1' ORDER BY year"; }

TREES='SELECT rok, sum(drzewa) FROM drzewa GROUP BY rok'
PEOPLE='"SELECT rok, ""ludność"" FROM ludnosc"'

@test "values for every year; a missing input is NULL with its reason, never 0" {
    define "21.1;drzewa;;na 1000;$TREES;$PEOPLE;1000" "9.1;dochody;;zł;SELECT rok, tys_zl FROM dochody;$PEOPLE" \
        "1;liczba;;szt;SELECT rok, count(*) FROM drzewa GROUP BY rok" "2;bez;;;SELECT rok, 1 FROM drzewa WHERE 0;SELECT rok, 2 FROM dochody WHERE rok = 2022"
    run indicators compute
    [ "$status" -eq 0 ]
    [[ "$output" == "Indicators: 4, values: 12; without a value, with the reason: 6; queries that failed: 0" ]]
    # 200 / 64365 and 215 / 63950, by python
    [ "$(values 21.1)" = "$(python3 -c 'print("2022|%.15g|200|64365|\n2023|%.15g|215|63950|" % (1000.0 * 200 / 64365, 1000.0 * 215 / 63950))')
2024|||63500|no-numerator" ]
    [ "$(values 9.1 | tail -1)" = '2024|||63500|no-numerator' ]
    [ "$(values 1)" = '2022|2|2||
2023|2|2||
2024||||no-numerator' ]
    [ "$(values 2)" = '2022|||2|no-numerator
2023||||no-input
2024||||no-input' ]
    [ "$(store "SELECT typeof(value) FROM indicator_value WHERE code = '1' AND year = 2022")" = integer ]
    [ "$(store "SELECT json_array_length(origin, '\$.tables') FROM sito_load WHERE source = 'indicator_value'")" -eq 3 ]
    run indicators compute
    [[ "$output" == *"(unchanged)"* ]]
    run indicators
    [[ "$output" == *"21.1"*"drzewa"*"na 1000"*"2023"*"3.362"* ]]
    run indicators values --format json
    [ "$(sqlite3 -init /dev/null :memory: "SELECT '$output' ->> '\$.rows[11].reason', '$output' ->> '\$.rows[11].value' IS NULL")" = 'no data: numerator|1' ]
}

@test "each way in which a value can be missing has its word" {
    reason() { # numerator, denominator, reason
        define "x;x;;;$1;$2" "y;y;;;SELECT 2022, 1"
        indicators compute > out.txt || true
        [ "$(values x)" = "2022||$4|$3" ] || { values x; return 1; }
    }
    reason 'SELECT 2022, 1' 'SELECT 2022, 0' denominator-zero '1|0'
    reason 'SELECT 2022, 1' 'SELECT 2022, 0.0' denominator-zero '1|0.0'
    reason 'SELECT 2022, 1' 'SELECT 2022, NULL' no-denominator '1|'
    reason 'SELECT 2022, NULL' 'SELECT 2022, 5' no-numerator '|5'
    reason 'SELECT 2022, NULL' 'SELECT 2022, NULL' no-input '|'
    reason "\"SELECT 2022, '12,5'\"" 'SELECT 2022, 5' numerator-not-number '|5'
    reason 'SELECT 2022, 5' "\"SELECT 2022, 'b/d'\"" denominator-not-number '5|'
    reason 'SELECT 2022, 1 UNION ALL SELECT 2022, 2' 'SELECT 2022, 5' numerator-several '|5'
    reason 'SELECT 2022, 1' 'SELECT 2022, 1 UNION ALL SELECT 2022, 1' denominator-several '1|'
    reason 'SELECT rok, a FROM nie_ma' 'SELECT 2022, 5' numerator-failed '|5'
    reason 'SELECT 2022, 1' 'SELECT 2022, 1, 2' denominator-failed '1|'
    reason "\"SELECT 'rok', 1\"" 'SELECT 2022, 5' numerator-failed '|5'
    reason 'SELECT 2022, 1' 'DELETE FROM drzewa' denominator-failed '1|'
    reason 'SELECT 2022, 1e308' 'SELECT 2022, 1e-300' too-large '1.0e+308|1.0e-300'
    [ "$(store "SELECT count(*) FROM drzewa")" -eq 4 ]
    define 'x;x;;;SELECT rok, a FROM nie_ma' 'y;y;;;SELECT 2022, 1'
    run indicators compute
    [ "$status" -eq 1 ]
    [[ "$output" == *"x, numerator: query: no such table: nie_ma"* ]]
}

@test "definitions come by a sheet and are versioned; a wrong sheet records nothing" {
    "$SITO" indicators --questions > arkusz.csv
    [ "$(wc -l < arkusz.csv)" -eq 14 ]
    grep -q '"19.2";"przejazdy komunikacją na mieszkańca"' arkusz.csv
    "$SITO" indicators --questions --lang en | grep -q '"19.2";"public transport trips per inhabitant"'
    define "21.1;drzewa;;na 1000;$TREES;$PEOPLE;1000"
    ! "$SITO" indicators --questions | grep -q '"21.1"'
    define "21.1;drzewa;;na 1000;$TREES;$PEOPLE;1000"
    [ "$(shell "SELECT version, state FROM indicator WHERE code = '21.1'")" = '1|active' ]
    define "21.1;drzewa;;na 100;$TREES;$PEOPLE;100"
    [ "$(shell "SELECT version FROM indicator WHERE code = '21.1'")" = 2 ]
    [ "$(shell "SELECT group_concat(detail ->> '\$.factor') FROM event WHERE kind = 'indicator'")" = '1000.0,100.0' ]
    indicators compute > /dev/null
    [ "$(store "SELECT DISTINCT version FROM indicator_value")" = 2 ]
    while IFS='|' read -r row message; do
        run define '7;dobry;;;SELECT 2022, 1' "$row"
        [ "$status" -eq 1 ]
        grep -q "wsk.csv, wiersz 3, kolumna $message" defined.txt
    done <<'END'
;x;;;SELECT 1|kod: brak
8;;;;SELECT 1|nazwa: brak
8;x;;;SELECT 1;;zero|mnożnik: liczba
8;x;;;SELECT 1;;;;;;może|liczyć: tak, nie
7;x;;;SELECT 1|kod: każdy
END
    run define '7;dobry;;;SELECT 2022, 1;;;;co wtorek'
    [ "$status" -eq 1 ]
    grep -q 'wiersz 2: nie ma takiego rytmu; rytmy: ANNUAL' defined.txt
    [ "$(shell "SELECT count(*) FROM indicator")" -eq 1 ]
    define "21.1;drzewa;;na 100;$TREES;$PEOPLE;100;;;;nie" "2;x;;;SELECT 2022, 1"
    indicators compute > /dev/null
    [ "$(store "SELECT group_concat(DISTINCT code) FROM indicator_value")" = 2 ]
    run indicators oblicz
    [ "$status" -eq 2 ]
}

@test "the values can be exported as a data set" {
    define "21.1;drzewa;;na 1000;$TREES;$PEOPLE;1000" 
    indicators compute > /dev/null
    mkdir zbior
    cat > zbior/datapackage.json <<'JSON'
{"name": "wskazniki", "resources": [{"name": "w", "path": "w.csv", "dialect": {"delimiter": ";", "lineTerminator": "\n"},
 "warehouse": {"query": "SELECT code AS kod, year AS rok, value AS wartosc, pl AS uwaga FROM indicator_value LEFT JOIN sito_reason USING (reason)"},
 "schema": {"missingValues": ["", "b/d"], "fields": [{"name": "kod", "type": "string"}, {"name": "rok", "type": "year"},
  {"name": "wartosc", "type": "number", "decimalChar": ",", "missingValues": ["b/d"]}, {"name": "uwaga", "type": "string"}]}}]}
JSON
    "$SITO" export zbior
    [ "$(sed -n '2s/;3,1072788.*;$/ ok/p; 4p' zbior/w.csv)" = '21.1;2022 ok
21.1;2024;b/d;brak danych: licznik' ]
}
