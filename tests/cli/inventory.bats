#!/usr/bin/env bats
# sito inventory (checks/inventory, checks/catalogue/inventory.c, sql/catalogue/inventory.sql).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE
    mkdir -p dane/wgk
    { echo 'lp;gatunek;liczba'; for i in $(seq 30); do echo "$i;klon;4"; done; } > dane/drzewa.csv
    { echo 'pesel;ulica'; for i in $(seq 30); do echo '44051401359;Polna'; done; } | gzip > dane/wgk/osoby.csv.gz
    { echo 'lp;gatunek;liczba'; for i in $(seq 30); do echo "$i;klon;4"; done; echo '31;klon'; } > dane/zle.csv
    echo '%PDF-1.4' > dane/raport.pdf
    echo 'PK' > dane/wgk/wykaz.xlsx
    : > dane/pusty.csv
    sqlite3 -init /dev/null dane/baza.db "CREATE TABLE lawki(ulica TEXT, sztuk INTEGER);
      INSERT INTO lawki VALUES ('Polna', 3), ('Leśna', 3), ('Polna', 3);
      CREATE TABLE wnioski(wnioskodawca TEXT, kwota REAL); INSERT INTO wnioski VALUES ('X', 1.5);
      CREATE VIEW razem AS SELECT * FROM lawki"
}

inventory() { "$SITO" inventory --lang en "$@"; }
shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@"; }
# item (without its folder) and proposal
proposals() { shell "SELECT replace(item, '$PWD/dane/', '') || ' ' || proposed FROM inventory ORDER BY 1"; }

@test "every file and table is listed; what cannot be read is not assessed and counted on top" {
    run inventory --catalogue sito.db dane
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == *"8  items" ]]
    [[ "${lines[1]}" == *"4  not yet assessed"* ]]
    [ "$(proposals)" = "baza.db#lawki none-found
baza.db#wnioski after-anonymisation
drzewa.csv none-found
pusty.csv not-assessed
raport.pdf not-assessed
wgk/osoby.csv.gz after-anonymisation
wgk/wykaz.xlsx not-assessed
zle.csv not-assessed" ]
    [ "$(shell "SELECT rows FROM inventory WHERE item LIKE '%drzewa.csv'")" = 30 ]
    [ "$(shell "SELECT c.value ->> '\$.kinds' FROM inventory, json_each(detail, '\$.columns') AS c
                 WHERE item LIKE '%osoby.csv.gz' LIMIT 1")" = pesel ]
    [ "$(shell "SELECT digest FROM inventory WHERE item LIKE '%drzewa.csv'")" = \
      "$(sha256sum < dane/drzewa.csv | cut -d' ' -f1)" ]
    [[ "$output" != *44051401359* ]]
}

@test "a repeated run adds nothing; a changed, a new and a gone file are told" {
    inventory --catalogue sito.db dane > /dev/null || true
    events=$(shell "SELECT count(*) FROM event")
    run inventory --catalogue sito.db dane
    [[ "$output" != *"  new"* && "$output" != *"  changed"* ]]
    [ "$(shell "SELECT count(*) FROM event")" = "$events" ]
    echo '31;lipa;2' >> dane/drzewa.csv
    rm dane/raport.pdf
    echo 'x;y' > dane/wgk/nowy.csv
    run inventory --catalogue sito.db --format csv dane
    [[ "$output" == *'drzewa.csv"'*'"changed"'* && "$output" == *'raport.pdf"'*'"gone"'* ]]
    [[ "$output" == *'nowy.csv"'*'"new"'* ]]
    [ "$(shell "SELECT count(*) FROM event")" = $((events + 3)) ]
    # another root says nothing of the first
    mkdir inne
    inventory --catalogue sito.db inne > /dev/null
    [ "$(shell "SELECT count(*) FROM inventory WHERE item LIKE '%drzewa.csv'")" = 1 ]
    "$SITO" audit verify --catalogue sito.db
}

@test "what people write into the sheet is recorded, in their words and whatever the encoding" {
    inventory --catalogue sito.db dane > /dev/null || true
    printf 'pozycja;kwalifikacja;uzasadnienie;komórka;gestor;źródło;rytm\n%s;wprost;wykaz drzew;WGK;E. Kos;komórka urzędu;co rok\n%s;;;;;;\n' \
        "$PWD/dane/drzewa.csv" "$PWD/dane/zle.csv" | iconv -t windows-1250 > oceny.csv
    run inventory --catalogue sito.db --answers oceny.csv --by 'A. Nowak'
    [ "$status" -eq 0 ]
    [ "$(shell "SELECT qualification, unit, custodian, source, rhythm FROM inventory WHERE item LIKE '%drzewa.csv'")" = \
      "directly|WGK|E. Kos|own-unit|ANNUAL" ]
    [ "$(shell "SELECT done, total FROM inventory_progress WHERE unit = 'WGK'")" = "1|1" ]
    # new rows end nothing, personal data do
    echo '31;klon;4' >> dane/drzewa.csv
    inventory --catalogue sito.db dane > /dev/null || true
    [ "$(shell "SELECT qualification FROM inventory WHERE item LIKE '%drzewa.csv'")" = directly ]
    for i in $(seq 30); do echo "44051401359;klon;4" >> dane/drzewa.csv; done
    inventory --catalogue sito.db dane > /dev/null || true
    [ "$(shell "SELECT qualification FROM inventory WHERE item LIKE '%drzewa.csv'")" = not-assessed ]
    # a row that is refused stops them all and is named
    printf 'pozycja;kwalifikacja;uzasadnienie\n%s;wprost;x\n/nie/ma;wprost;x\n' "$PWD/dane/zle.csv" > oceny.csv
    before=$(shell "SELECT count(*) FROM event")
    run inventory --catalogue sito.db --answers oceny.csv --by 'A. Nowak'
    [ "$status" -eq 1 ]
    [[ "$output" == *"oceny.csv, line 3: there is no such item"* ]]
    printf 'pozycja;kwalifikacja;uzasadnienie\n%s;none-found;x\n' "$PWD/dane/zle.csv" > oceny.csv
    run inventory --catalogue sito.db --answers oceny.csv --by 'A. Nowak'
    [ "$status" -eq 1 ]
    [ "$(shell "SELECT count(*) FROM event")" = "$before" ]
}

@test "links, loops, pipes, odd names, a folder that may not be read" {
    ln -s . dane/petla
    ln -s drzewa.csv dane/link.csv
    mkfifo dane/rura.csv
    printf 'a;b\n1;2\n' > "$(printf 'dane/z\263a\nnazwa.csv')"
    printf 'a;b\n1;2\n' > 'dane/śnieg #1?.csv'
    mkdir -m 000 dane/zamkniety
    run inventory --catalogue sito.db dane
    chmod 700 dane/zamkniety
    [ "$status" -eq 1 ]
    [[ "$output" == *'z\xB3a\x0Anazwa.csv'* && "$output" == *'śnieg #1?.csv'* ]]
    [ "$(shell "SELECT count(*) FROM inventory WHERE format = 'link'")" = 2 ]
    [ "$(shell "SELECT proposed FROM inventory WHERE item LIKE '%rura.csv'")" = not-assessed ]
    # nothing twice, however often it is named
    run inventory --format json dane dane/wgk "$PWD/dane/drzewa.csv"
    [ "$(grep -c 'drzewa.csv' <<< "$output")" -eq 1 ]
    [ "$(grep -c 'osoby.csv.gz' <<< "$output")" -eq 1 ]
}

@test "a database is only read, even one with a journal, and code in it does not run" {
    sqlite3 -init /dev/null dane/baza.db "CREATE TABLE pulapka(a, b AS (upper(a)), \"od d;\"\"x\");
      INSERT INTO pulapka(a) VALUES (x'00ff'); CREATE VIEW zly AS SELECT load_extension('x');
      CREATE VIRTUAL TABLE szukaj USING fts5(tekst)"
    sum=$(sha256sum < dane/baza.db)
    run inventory dane
    [ "$sum" = "$(sha256sum < dane/baza.db)" ]
    [ "$(ls dane)" = "$(printf 'baza.db\ndrzewa.csv\npusty.csv\nraport.pdf\nwgk\nzle.csv')" ]
    [[ "$output" == *"baza.db#pulapka"* ]]
    printf 'SQLite format 3\0reszta nie jest bazą' > dane/zepsuta.db
    run inventory dane
    [[ "$output" == *"zepsuta.db"*"the database cannot be opened"* ]]
}

@test "the page is one well-formed document that escapes names" {
    printf '<b>;"x"\n1;2\n' > 'dane/<i>&.csv'
    run inventory --format html -o strona.html dane
    grep -q '&lt;i&gt;&amp;.csv' strona.html
    ! grep -q '<i>' strona.html
    ! grep -qE 'src=|href=|http' strona.html
    if command -v xmllint; then
        [ -z "$(xmllint --html --noout strona.html 2>&1 | grep -v 'Tag details\|Tag summary\|<details\|\^' || true)" ]
    fi
}

@test "wrong words are a usage error, a missing path one too" {
    for words in '' 'brak' '--by x dane' '--answers x.csv' '--answers x.csv --by x dane' '--format xls dane'; do
        # shellcheck disable=SC2086  # words to be split
        run inventory $words
        [ "$status" -eq 2 ]
        [ "${#lines[@]}" -eq 1 ]
    done
    run inventory --answers brak.csv --by x --catalogue brak.db
    [ "$status" -eq 3 ]
    [ ! -e brak.db ]
}
