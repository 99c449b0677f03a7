#!/usr/bin/env bats
# One command for cron: sito run (checks/cli/run.c, run_set.c).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$BATS_TEST_DIRNAME/warehouse.inc"
    . "$BATS_TEST_DIRNAME/publish.inc" # approve
    make_city
    declare_sources; assess_items
    make_set zielen 'SELECT rok, dzielnica AS nazwa, drzewa AS liczba FROM drzewa'
    shell "INSERT INTO authorisation (person, role, from_day, case_mark) VALUES
             ('A. Nowak', 'local-data-controller', '2024-01-01', 'OR.077.1.2024'),
             ('J. Lis', 'open-data-officer', '2024-01-01', 'OR.077.2.2024')"
}

make_set() { # name, query
    public='"disclosure": {"role": "public", "reason": "no-person", "basis": "drzewa nie są osobami"}'
    mkdir "$1"
    cat > "$1/datapackage.json" <<JSON
{"name": "$1", "title": "$1", "version": "1", "licenses": [{"name": "CC0-1.0"}],
 "contributors": [{"title": "Wydział Zieleni", "roles": ["custodian"]}],
 "resources": [{"name": "plik", "path": "plik.csv", "dialect": {"delimiter": ";"}, "warehouse": {"query": "$2"},
  "schema": {"fields": [{"name": "rok", "type": "year", $public}, {"name": "nazwa", "type": "string", $public},
   {"name": "liczba", "type": "integer", $public}]}, "disclosure": {"persons": "none"}}]}
JSON
}
go() { "$SITO" run --lang en "$@"; }
release() { go --to www --by 'J. Lis' --url https://dane.example.pl/ --publisher 'Urząd Miasta' "$@"; }
# A value of the json on $output, by its path; the outcome of a data set.
value() { printf '%s' "$output" > out.json; sqlite3 -init /dev/null :memory: "SELECT readfile('out.json') ->> '$1'"; }
outcome() {
    printf '%s' "$output" > out.json
    sqlite3 -init /dev/null :memory: "SELECT s.value ->> '\$.outcome' FROM json_each(readfile('out.json'), '\$.datasets') AS s WHERE s.value ->> '\$.name' = '$1'"
}

@test "from the source to the portal; nothing is published without the decision about exactly these bytes" {
    run go
    [ "$status" -eq 0 ]
    [[ "$output" == *"drzewa: loaded, rows: 4"*"The catalogue knows no data set"* ]]
    run go zielen
    [ "$status" -eq 1 ]
    [[ "$output" == *"zielen: within the set thresholds, WAITS FOR PEOPLE; files from the warehouse: 1"*"the complete seven-step analysis"*"may decide: A. Nowak"* ]]
    run release
    [ "$status" -eq 1 ]
    [ ! -e www/zielen ]
    approve zielen
    run release
    [ "$status" -eq 0 ]
    [[ "$output" == *"zielen: published"* ]]
    cmp www/zielen/plik.csv zielen/plik.csv
    [ "$(sed -n 2p www/zielen/plik.csv)" = $'2022;Stare Miasto;120\r' ]
    ! grep -rq 'SELECT' www # how the office makes it is not published
    before=$(shell "SELECT count(*) FROM event")
    run release # nothing new: nothing happens
    [ "$status" -eq 0 ]
    [[ "$output" == *"zielen: published, unchanged"* ]]
    [ "$(shell "SELECT count(*) FROM event")" -eq "$before" ]
    # new rows are new bytes: what is published stays until they are decided about
    sed -i 's/;120/;121/' dane/drzewa.csv
    run release
    [ "$status" -eq 1 ]
    [[ "$output" == *"zielen: within the set thresholds, WAITS FOR PEOPLE"*"a positive decision of the local data controller"* ]]
    [ "$(sed -n 2p www/zielen/plik.csv)" = $'2022;Stare Miasto;120\r' ]
    approve zielen
    run release
    [ "$status" -eq 0 ]
    [ "$(sed -n 2p www/zielen/plik.csv)" = $'2022;Stare Miasto;121\r' ]
    run "$SITO" verify www --catalogue sito.db --lang en
    [ "$status" -eq 0 ]
    run "$SITO" audit verify --lang en
    [ "$status" -eq 0 ]
}

@test "a decision that stands for later versions, where the office has said so" {
    go zielen > /dev/null || true
    approve zielen
    release > /dev/null
    shell "INSERT INTO requirement (state, need, scope, actor, reason) VALUES
        ('publishable', 'decision', 'dataset', 'A. Nowak', 'aktualizacje bez zmiany zakresu'),
        ('published', 'decision', 'dataset', 'A. Nowak', 'aktualizacje bez zmiany zakresu')"
    sed -i 's/;120/;121/' dane/drzewa.csv
    run release
    [ "$status" -eq 0 ]
    [[ "$output" == *"zielen: published"* ]]
    [ "$(sed -n 2p www/zielen/plik.csv)" = $'2022;Stare Miasto;121\r' ]
    # who may not publish does not
    sed -i 's/;121/;122/' dane/drzewa.csv
    run go --to www --by 'A. Nowak'
    [ "$status" -eq 1 ]
    [[ "$output" == *"zielen: REFUSED"* ]]
    [ "$(sed -n 2p www/zielen/plik.csv)" = $'2022;Stare Miasto;121\r' ]
}

@test "a source or a set that fails harms no other; the status is the worst of all" {
    make_set zepsuty 'SELECT rok, 1.5 AS nazwa, drzewa AS liczba FROM drzewa'
    make_set wadliwy 'SELECT rok, dzielnica AS nazwa, drzewa AS liczba FROM drzewa'
    sed -i 's/"liczba", "type": "integer"/&, "constraints": {"maximum": 1}/' wadliwy/datapackage.json
    mkdir pusty; printf '{"name": "pusty"}' > pusty/datapackage.json
    mv dane/ludnosc.csv gdzie
    run --separate-stderr go --format json zielen zepsuty wadliwy pusty brak
    [ "$status" -eq 3 ]
    [ "$(outcome zielen)" = waits ]
    [ "$(outcome zepsuty)" = refused ]
    [ "$(outcome wadliwy)" = fails ]
    [ "$(value '$.datasets[4].outcome') $(value '$.fetch.summary.failed') $(value '$.status')" = 'incomplete 1 3' ]
    mv gdzie dane/ludnosc.csv
    approve zielen
    run release zielen wadliwy
    [ "$status" -eq 1 ]
    [ -e www/zielen ]
    [ ! -e www/wadliwy ]
    # a folder that is gone is told, the others go on
    rm -r wadliwy
    run release
    [ "$status" -eq 3 ]
    [[ "$output" == *"zielen: published, unchanged"* ]]
}

@test "late updates are told by run and status; wrong options and a run that is at work" {
    shell "INSERT INTO event (kind, at, dataset) VALUES ('registered', '2023-01-01T10:00:00Z', 'stary');
           INSERT INTO rhythm (dataset, rhythm, unit, person) VALUES ('stary', 'ANNUAL', 'WGK', 'E. Kos')"
    run go
    [ "$status" -eq 0 ]
    [[ "$output" == *"Late updates"*"stary, WGK, E. Kos"*"the update was due 2024-01-01, days late: "* ]]
    run "$SITO" status --lang en --catalogue sito.db
    [[ "$output" == *"Overdue:"*"stary, WGK, E. Kos"* ]]
    "$SITO" status --catalogue sito.db --format json -o stan.json
    [ "$(sqlite3 -init /dev/null :memory: "SELECT readfile('stan.json') ->> '\$.overdue_updates[0].due'")" = 2024-01-01 ]
    run go --to www
    [ "$status" -eq 2 ]
    run go --catalogue brak.db
    [ "$status" -eq 3 ]
    run flock hurtownia.db-lock "$SITO" run --lang en
    [ "$status" -eq 3 ]
    [[ "$output" == *"another program sito is at work"* ]]
}

@test "indicators are computed before the sets that show them" {
    make_set wskazniki 'SELECT year AS rok, code AS nazwa, value AS liczba FROM indicator_value WHERE value IS NOT NULL'
    printf 'kod;nazwa;licznik\n9;drzewa;SELECT rok, sum(drzewa) FROM drzewa GROUP BY rok\n8;zly;SELECT rok FROM nie_ma\n' > wsk.csv
    "$SITO" indicators --answers wsk.csv --by 'A. Nowak'
    run go wskazniki
    [ "$status" -eq 1 ]
    [[ "$output" == *"Indicators: 2; without a value, with the reason: 2; queries that failed: 1"*"8, numerator: query: no such table: nie_ma"* ]]
    [ "$(cat wskazniki/plik.csv)" = $'rok;nazwa;liczba\r\n2022;9;200\r\n2023;9;215\r' ]
}
