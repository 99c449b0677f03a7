#!/usr/bin/env bats
# sito withdraw, status and backup; publishers at once, strange folders, full disks (checks/publish).

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$SOURCE/tests/cli/publish.inc"
    make_office
}

ready() { approve drzewa && mark; }

json() { # FILE PATH
    sqlite3 -init /dev/null -batch :memory: "SELECT readfile('$1') ->> '$2'"
}

@test "withdrawn: the files go, a tombstone stays, the name is not used again" {
    ready
    publish > /dev/null
    run "$SITO" withdraw drzewa --by "J. Lis" --catalogue sito.db
    [ "$status" -eq 2 ]
    run "$SITO" withdraw drzewa --by "A. Nowak" --reason "bo tak" --catalogue sito.db --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"not authorised"* ]]
    [ "$(state)" = published ]
    run withdraw
    [ "$status" -eq 0 ]
    [ "$(state)" = withdrawn ]
    [ "$(ls www/drzewa)" = "index.html
withdrawn.json" ]
    [ "$(json www/drzewa/withdrawn.json '$.reason')" = "błąd w danych" ]
    [ "$(json www/drzewa/withdrawn.json '$.role')" = open-data-officer ]
    [ "$(json www/index.json '$.withdrawn[0].name')" = drzewa ]
    [ "$(json www/index.json '$.datasets')" = "[]" ]
    grep -q 'pełnomocnik ds. otwartych danych' www/drzewa/index.html
    run ! grep -rq 'J. Lis' www
    [ ! -e www/dane-gov-pl.xml ]
    "$SITO" verify www --catalogue sito.db
    run publish --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"its name is not used again"* ]]
    run withdraw --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"withdrawn already"* ]]
    "$SITO" audit verify --catalogue sito.db
}

@test "what was never published is not withdrawn" {
    run withdraw --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"was not published"* ]]
    run "$SITO" withdraw nieznany --by "J. Lis" --reason x --catalogue sito.db --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"no data set nieznany"* ]]
}

@test "eight publishers at once give one published state" {
    ready
    for i in 1 2 3 4 5 6 7 8; do publish > "out.$i" 2>&1 & pids="$pids $!"; done
    for pid in $pids; do wait "$pid"; done
    [ "$(settled)" = "published; 1; 0" ]
    [ "$(cat out.* | grep -c 'Opublikowano zbiór')" -eq 1 ]
    [ "$(cat out.* | grep -c 'bez zmian')" -eq 7 ]
    "$SITO" verify www --catalogue sito.db
    [ -z "$(find www -name '.sito-*')" ]
}

@test "symbolic links, folders inside one another, strangers' files and odd names are refused" {
    ready
    mkdir inny
    ln -s inny www
    run publish --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"symbolic link"* ]]
    rm www
    run "$SITO" publish drzewa --to drzewa/www --by "J. Lis" --catalogue sito.db --lang en \
        --url https://dane.example.pl/ --publisher Urząd
    [ "$status" -eq 2 ]
    [[ "$output" == *"lie apart"* ]]
    rmdir drzewa/www
    run "$SITO" publish drzewa --to . --by "J. Lis" --catalogue sito.db --lang en \
        --url https://dane.example.pl/ --publisher Urząd
    [ "$status" -eq 2 ]
    mkdir -p www/drzewa
    echo stary > www/drzewa/plik
    run publish --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"did not publish"* ]]
    [ "$(cat www/drzewa/plik)" = stary ]
    rm -r www/drzewa
    ln -s ../inny www/drzewa
    run publish
    [ "$status" -eq 2 ]
    rm www/drzewa
    echo '<html>' > www/index.html
    run publish --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"index.html"* ]]
    [ "$(settled)" = "publishable; 0; 0" ]
    rm www/index.html
    rm drzewa/drzewa.csv
    cp kept drzewa.csv 2> /dev/null || printf 'lp;gatunek;obwod_cm\n' > drzewa.csv
    ln -s ../drzewa.csv drzewa/drzewa.csv
    run publish
    [ "$status" -ne 0 ]
    [ "$(settled)" = "publishable; 0; 0" ]
}

@test "a disk that is full, or may not be written, leaves all as it was" {
    ready
    [ "$(id -u)" -eq 0 ] || skip "needs root for a small file system"
    mkdir www
    mount -t tmpfs -o size=16k tmpfs www 2> /dev/null || skip "no mounting here"
    run publish --lang en
    full=$output status_full=$status left=$(ls -A www)
    umount www
    [ "$status_full" -eq 3 ]
    [[ "$full" == *"o space left"* ]]
    [ -z "$left" ]
    [ "$(settled)" = "publishable; 0; 0" ]
    mount -t tmpfs -o ro tmpfs www
    run publish --lang en
    umount www
    [ "$status" -eq 3 ]
    [ "$(settled)" = "publishable; 0; 0" ]
    publish > /dev/null
}

@test "status tells states, digests, places and what is overdue; json too" {
    run "$SITO" status --catalogue sito.db
    [ "$status" -eq 0 ]
    [[ "$output" == *"drzewa 2025.1"*"zweryfikowany"* ]]
    ready
    publish > /dev/null
    shell "INSERT INTO request (request, received, procedure, form, unit) VALUES ('OR.1', '2024-03-01', 'access', 'paper', 'WGK')"
    run "$SITO" status --catalogue sito.db --lang en
    [[ "$output" == *"published"*"$PWD/www"* && "$output" == *"Overdue:"*"request OR.1, WGK"* ]]
    [[ "$output" == *"$(shell "SELECT digest FROM dataset")"* ]]
    "$SITO" status --catalogue sito.db --format json > s.json
    [ "$(json s.json '$.datasets[0].state')" = published ]
    [ "$(json s.json '$.overdue[0].request')" = OR.1 ]
}

@test "a backup is whole, verified, and never takes the place of another file" {
    run "$SITO" backup kopia.db --catalogue sito.db
    [ "$status" -eq 0 ]
    "$SITO" audit verify --catalogue kopia.db
    [ "$(sqlite3 -init /dev/null kopia.db "SELECT count(*) FROM event")" = "$(shell "SELECT count(*) FROM event")" ]
    cp kopia.db przed.db
    ready
    run "$SITO" backup kopia.db --catalogue sito.db --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"replaces nothing"* ]]
    cmp kopia.db przed.db
    [ ! -e kopia.db.unfinished ]
    ln -s nigdzie link.db
    run "$SITO" backup link.db --catalogue sito.db
    [ "$status" -eq 2 ]
    run "$SITO" backup brak/kopia.db --catalogue sito.db
    [ "$status" -eq 3 ]
    # a catalogue whose history is not whole has no good copy
    guard=$(shell "SELECT sql FROM sqlite_schema WHERE name = 'event_update'")
    shell "DROP TRIGGER event_update; UPDATE event SET actor = 'X' WHERE id = 1; $guard"
    run "$SITO" backup zla.db --catalogue sito.db --lang en
    [ "$status" -eq 3 ]
    [ ! -e zla.db ] && [ ! -e zla.db.unfinished ]
}
