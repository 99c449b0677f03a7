#!/usr/bin/env bats
# The warehouse: sito fetch (checks/warehouse, sql/catalogue/warehouse.sql, sql/warehouse).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$BATS_TEST_DIRNAME/warehouse.inc"
    make_city
}

flat() { echo "$output" | tr -s ' \n' ' '; }
ready() { declare_sources; assess_items; fetch > first.txt; }

@test "a source needs an item of the inventory, an assessment, and is loaded then" {
    sed "s|$here/dane/drzewa.csv|$here/dane/inne.csv|" zrodla.csv > obce.csv
    run "$SITO" fetch --answers obce.csv --by 'J. Lis' --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"obce.csv, line 2: the inventory does not know this item; first: sito inventory PATH"* ]]
    [ "$(shell "SELECT count(*) FROM warehouse_source")" -eq 0 ]   # whole or not at all
    declare_sources
    run fetch
    [ "$status" -eq 1 ]
    [[ "$(flat)" == *"drzewa: REFUSED"*"is not assessed"*"sito inventory --answers"* ]]
    [ "$(store "SELECT count(*) FROM sito_version")" -eq 0 ]
    assess_items
    run fetch
    [ "$status" -eq 0 ]
    [[ "$output" == *"Loaded: 3, unchanged: 0, refused: 0, not read: 0"* ]]
    [ "$(store "SELECT sum(drzewa) FROM drzewa")" -eq 415 ]
    # windows-1250, a leading zero stays text, an empty cell is missing
    [ "$(store "SELECT \"ludność\", typeof(\"ludność\"), \"próg\", typeof(\"próg\") FROM ludnosc WHERE rok > 2022")" = "63950|integer|02|text
63500|integer||null" ]
    [ "$(store "SELECT tys_zl, typeof(tys_zl) FROM dochody WHERE rok = 2023")" = '13000000.0|real' ]
    run fetch
    [ "$status" -eq 0 ]
    [[ "$output" == *"Loaded: 0, unchanged: 3"* ]]
}

@test "the lineage: what was read, from where, which bytes; no row of it can be changed" {
    ready
    sum=$(sha256sum dane/drzewa.csv | cut -d ' ' -f 1)
    [ "$(store "SELECT item, outcome, rows, origin ->> '\$.sha256', columns ->> '\$[1].name', columns ->> '\$[1].type' FROM sito_load WHERE source = 'drzewa'")" = "$here/dane/drzewa.csv|loaded|4|$sum|dzielnica|TEXT" ]
    for change in "UPDATE sito_load SET rows = 5" "DELETE FROM sito_load" "INSERT OR REPLACE INTO sito_load SELECT * FROM sito_load" \
                  "INSERT INTO sito_load (id, at, source, kind, outcome, program) VALUES (99, '2025', 'x', 'csv', 'loaded', 'x')"; do
        run store "$change"
        [ "$status" -ne 0 ]
        [[ "$output" == *"sito: "* ]]
    done
    [ "$(shell "SELECT group_concat(source || ' ' || outcome || ' ' || rows, ', ') FROM warehouse_load")" = 'dochody loaded 2, drzewa loaded 4, ludnosc loaded 3' ]
    # unchanged loads are in the warehouse, not in the catalogue
    fetch > /dev/null
    [ "$(shell "SELECT count(*) FROM warehouse_load")" -eq 3 ]
    [ "$(store "SELECT count(*) FROM sito_load")" -eq 6 ]
    run "$SITO" audit verify --lang en
    [ "$status" -eq 0 ]
}

@test "what is not as expected is refused, the stored table stays, the others are loaded" {
    ready
    check() { # content of drzewa.csv, what the report says
        printf "$1" > dane/drzewa.csv
        printf 'rok;ludność;próg\n2022;%s;01\n2023;2;02\n2024;3;\n' $RANDOM | iconv -t windows-1250 > dane/ludnosc.csv
        run fetch
        [ "$status" -eq "$3" ]
        [[ "$(flat)" == *"$2"* ]]
        [[ "$output" == *"ludnosc: loaded, rows: 3"* ]]
        [ "$(store "SELECT sum(drzewa) FROM drzewa")" -eq 415 ]
    }
    check 'rok;dzielnica;drzewa\n2022;Zatorze;1\n' 'rows: 1; at least 2 are expected' 1
    check 'rok;dzielnica;drzewa\n' 'the source has no rows (drzewa)' 1
    sed -i 's/;2;50;2$/;1;25;2/' zrodla.csv; declare_sources
    check 'rok;dzielnica;drzewa\n2022;a;1\n2022;b;1\n' 'there were 4 rows, there are 2: more were lost than the allowed 25.0%' 1
    check 'rok;dzielnica\n2022;a\n2022;b\n2022;c\n' 'the required column "drzewa" is missing' 1
    check 'rok;dzielnica;drzewa\n2022;a;1\n2022;b;\n2022;c;3\n' 'values are missing in the required column "drzewa": 1' 1
    check 'rok;dzielnica;drzewa;nowa\n2022;a;1;1\n2022;b;2;1\n2022;c;3;1\n' 'there are new columns: 4, before 3' 1
    check 'rok;okreg;drzewa\n2022;a;1\n2022;b;2\n2022;c;3\n' 'the column "dzielnica" is gone' 1
    check 'rok;dzielnica;drzewa\n2022;a;x\n2022;b;2\n2022;c;3\n' 'the column "drzewa" changed its kind (numbers, now texts too)' 1
    check 'rok;dzielnica;drzewa\n2022;;1\n2022;;2\n2022;c;3\n' 'in the column "dzielnica" 66.7% of the values are missing, before 0.0%' 1
    check 'rok;dzielnica;drzewa\n2022;a;1\n2022;"b;2\n' 'drzewa: NOT READ; the version before stays (4)' 3
    rm dane/drzewa.csv; mkdir dane/drzewa.csv
    run fetch drzewa
    [ "$status" -eq 3 ]
    # nothing of a column's values is in any record
    ! grep -aq 'Zatorze' sito.db
}

@test "a difference that is meant is accepted by name; versions before stay, as many as were asked for" {
    ready
    store "CREATE VIEW moj AS SELECT sum(drzewa) AS razem FROM drzewa"
    for n in 1 2 3 4; do
        printf 'rok;dzielnica;drzewa;razem\n2022;a;%s;x\n2022;b;0;y\n' $n > dane/drzewa.csv
        run fetch --accept drzewa --by 'J. Lis'
        [ "$status" -eq 0 ]
    done
    [ "$(store "SELECT * FROM moj")" -eq 4 ]
    [ "$(store "SELECT count(*), sum(present) FROM sito_version WHERE source = 'drzewa'")" = '3|1' ]
    kept=$(store "SELECT stored_in FROM sito_version WHERE source = 'drzewa' AND NOT present ORDER BY load DESC LIMIT 1")
    [ "$(store "SELECT sum(drzewa) FROM \"$kept\"")" -eq 3 ]
    [ "$(store "SELECT origin ->> '\$.accepted_by' FROM sito_load WHERE source = 'drzewa' ORDER BY id DESC LIMIT 1")" = 'J. Lis' ]
    for wrong in '--accept' '--accept drzewa' '--accept --by x' '--by x'; do
        # shellcheck disable=SC2086  # words
        run fetch $wrong
        [ "$status" -eq 2 ]
    done
}

@test "the sheet: what the inventory has and is no source yet; in both languages, whole or not at all" {
    "$SITO" fetch --questions -o arkusz.csv
    [ "$(grep -c 'dane/' arkusz.csv)" -eq 3 ]
    head -1 arkusz.csv | grep -q 'pozycja;kwalifikacja;uzasadnienie;.*;nazwa;rodzaj;opcje;kolumny;'
    "$SITO" fetch --questions --lang en | head -1 | grep -q 'item;qualification;reason;.*;name;kind;options;columns;'
    declare_sources; assess_items
    [ "$("$SITO" fetch --questions | wc -l)" -eq 1 ]
    before=$(shell "SELECT count(*) FROM event")
    declare_sources # nothing new: no event
    [ "$(shell "SELECT count(*) FROM event")" -eq "$before" ]
    while IFS='|' read -r row message; do
        printf 'pozycja;nazwa;rodzaj;opcje;najmniej wierszy;wersje;ładować\n%s/dane/drzewa.csv;dobre;;;;;\n%s/dane/drzewa.csv;%s\n' "$here" "$here" "$row" > zly.csv
        run "$SITO" fetch --answers zly.csv --by 'J. Lis' --lang en
        [ "$status" -eq 1 ]
        [[ "$output" == *"zly.csv, line 3"*"$message"* ]]
        [ "$(shell "SELECT count(*) FROM event")" -eq "$before" ]
    done <<'END'
Drzewa;;;;;|the name of a source is that of its table
drzewa_v2;;;;;|the name of a source is that of its table
sito_load;;;;;|the name of a source is that of its table
drzewa2;xls;;;;|the kind of a source is csv, database
drzewa2;;delimiter;;;|the options of a source are written name='value'
drzewa2;;token='abc';;;|would hold a secret
drzewa2;;;wiele;;|least rows: 0, 1, 2
drzewa2;;;;101;|versions: 0 – 100
drzewa2;;;;;może|load: yes, no
dobre;;;;;|name: each once
END
    # switched off, a source is not loaded and its name is none
    printf 'pozycja;nazwa;ładować\n%s/dane/drzewa.csv;drzewa;nie\n' "$here" > wylacz.csv
    "$SITO" fetch --answers wylacz.csv --by 'J. Lis'
    run fetch
    [[ "$output" == *"Loaded: 2"* ]]
    run fetch drzewa
    [ "$status" -eq 2 ]
}

@test "an option of a sheet cannot leave its argument" {
    printf "pozycja;nazwa;opcje\n%s/dane/drzewa.csv;drzewa;\"null='x''); CREATE TABLE zla(a); --'\"\n" "$here" > zly.csv
    "$SITO" fetch --answers zly.csv --by 'J. Lis'
    assess_items
    run fetch
    [ "$status" -eq 0 ]
    [ "$(store "SELECT count(*) FROM sqlite_schema WHERE name = 'zla'")" -eq 0 ]
    [ "$(store "SELECT count(*) FROM drzewa")" -eq 4 ]
}

@test "the file: only a warehouse is written, one program at a time, changed guards are refused" {
    ready
    run fetch --warehouse sito.db
    [ "$status" -eq 2 ]
    [[ "$output" == *"this SQLite database is no warehouse of sito"* ]]
    printf 'to nie baza, ale wystarczająco długi plik, żeby miał sto bajtów i jeszcze trochę, bo tyle czyta program' > tekst
    cp tekst kopia
    run fetch --warehouse tekst
    [ "$status" -eq 2 ]
    cmp tekst kopia
    run fetch --warehouse dane
    [ "$status" -eq 2 ]
    run flock hurtownia.db-lock "$SITO" fetch --lang en
    [ "$status" -eq 3 ]
    [[ "$output" == *"another program sito is at work on it"* ]]
    run fetch --catalogue brak.db
    [ "$status" -eq 3 ]
    # an inventory of the folder does not take the warehouse for data
    run "$SITO" inventory --catalogue sito.db --format json hurtownia.db hurtownia.db-lock
    [ "$status" -eq 0 ]
    [[ "$output" != *sito_load* ]]
    store "CREATE TABLE moja (a); DROP TRIGGER sito_load_delete"
    run fetch
    [ "$status" -eq 3 ]
    [[ "$output" == *"its guards"*"were changed"* ]]
}

@test "json, the list, the standing of a source that is readable again" {
    ready
    mv dane/ludnosc.csv gdzie
    run --separate-stderr fetch --format json
    [ "$status" -eq 3 ]
    [ "$(sqlite3 -init /dev/null :memory: "SELECT '$(echo "$output" | sed "s/'/''/g")' ->> '\$.summary.failed'")" -eq 1 ]
    run fetch --list
    [[ "$output" == *"ludnosc  csv       NOT READ"* ]]
    run "$SITO" status --lang en --catalogue sito.db
    [[ "$(flat)" == *"Sources that were not loaded: ludnosc not read: there is no file"*"in the warehouse those of 2"* ]]
    "$SITO" status --catalogue sito.db --format json -o stan.json
    [ "$(sqlite3 -init /dev/null :memory: "SELECT readfile('stan.json') ->> '\$.sources[2].standing'")" = failed ]
    mv gdzie dane/ludnosc.csv
    fetch > /dev/null
    run "$SITO" status --lang en --catalogue sito.db
    [[ "$output" != *"not loaded"* ]]
    run fetch --list
    [[ "$output" == *"ludnosc  csv       loaded"* ]]
    # the item changed since it was assessed: it is not loaded until people have looked again
    printf 'rok;dzielnica;pesel\n2022;Zatorze;44651401359\n2022;x;44651401359\n2023;y;44651401359\n2023;z;44651401359\n' > dane/drzewa.csv
    "$SITO" inventory --catalogue sito.db dane > /dev/null || true
    run fetch drzewa
    [ "$status" -eq 1 ]
    [[ "$(flat)" == *"is not assessed (or has changed since)"* ]]
    [ "$(store "SELECT sum(drzewa) FROM drzewa")" -eq 415 ]
}
