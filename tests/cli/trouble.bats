#!/usr/bin/env bats
# What cannot be read or written: one line in the chosen language, and nothing replaced that is no file.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 # Polish
    printf 'osiedle;powod\nBażantów;głód\nGórny;chłód\n' > a.csv
}

# says STATUS LINE WORD...: exactly that line on stderr, nothing on stdout
says() {
    run --separate-stderr "$SITO" "${@:3}"
    [ "$status" -eq "$1" ]
    [ -z "$output" ]
    [ "$stderr" = "sito: $2" ]
}

@test "files that are no table, in Polish" {
    : > empty.csv
    says 3 "plik empty.csv jest pusty (0 bajtów)" check empty.csv
    head -c 300 /dev/zero > zero.csv
    says 3 "plik zero.csv nie jest tekstem (bajt zerowy na pozycji 0)" check zero.csv
    printf '\n\n' > blank.csv
    says 3 "w pliku blank.csv nie ma rekordów, są tylko końce wierszy" init blank.csv
    { seq -s ';' 1991; seq -s ';' 1991; } > wide.csv
    says 3 "plik wide.csv ma za dużo kolumn: 1991; dopuszczalna liczba: 1990" check wide.csv
    printf '"a;b\n1;2\n' > quote.csv
    says 3 "quote.csv:1: pierwszy rekord, który wyznacza kolumny, jest uszkodzony: niedomknięty cudzysłów" \
        check quote.csv
    run "$SITO" check --lang en empty.csv
    [ "$output" = "sito: csv: empty.csv is empty (0 bytes)" ]
}

@test "what the system refuses is said in Polish" {
    says 3 "nie można zapisać wyniku do nic/wynik: nie ma takiego pliku ani folderu" \
        check -o nic/wynik a.csv
    mkdir folder
    says 3 "nie można zapisać wyniku do folder: to jest folder" check -o folder a.csv
    says 2 "nie ma folderu z regułami nic" check --rules nic a.csv
    says 2 "podana nazwa jest pusta" check ''
    [ "$(ls -d folder* nic* 2>/dev/null)" = folder ]
}

@test "every command says that its result could not be written" {
    for words in 'check a.csv' 'rules' 'explain k-anonymity' 'check --help' '--help' '--version'; do
        # shellcheck disable=SC2086
        run bash -c '"$SITO" "$@" 2>&1 >/dev/full' sito $words
        [ "$status" -eq 3 ]
        [ "$output" = "sito: nie można wypisać wyniku: brak miejsca na dysku" ]
    done
}

@test "a pipe that is named as output is written to, a link is followed; neither is replaced" {
    mkfifo pipe
    cat pipe > got &
    run "$SITO" rules -o pipe
    [ "$status" -eq 0 ]
    wait $!
    [ -p pipe ]
    [ "$("$SITO" rules)" = "$(cat got)" ]
    echo old > file
    ln -s file link
    "$SITO" rules -o link
    [ -L link ]
    [ "$("$SITO" rules)" = "$(cat file)" ]
}

@test "placeholders of commands and options are Polish in Polish" {
    says 2 "polecenie ma postać: sito check [opcje] FOLDER|datapackage.json|PLIK.csv|-" check
    says 2 "opcja --output wymaga wartości: PLIK" check -o
    run "$SITO" check --help
    [[ "$output" == *"-o, --output PLIK "* ]]
    run "$SITO" check --help --lang en
    [[ "$output" == *"-o, --output FILE "* ]]
}

@test "a disk that is full leaves nothing half-made" {
    mkdir d
    cp a.csv d/
    "$SITO" init d/a.csv > words
    run bash -c 'ulimit -f 8; "$SITO" check --catalogue new.db d > words'
    [ "$status" -eq 3 ]
    [[ "$output" == *"niczego nie zapisano"* ]]
    [ ! -e new.db ]
    run bash -c 'ulimit -f 1; "$SITO" check --format json -o report.json d'
    [ "$status" -eq 3 ]
    [ "$output" = "sito: nie można zapisać wyniku do report.json: plik byłby za duży" ]
    [ "$(echo report*)" = 'report*' ]
    [ "$(echo new.db*)" = 'new.db*' ]
}

@test "a companion file that is damaged is said in Polish" {
    mkdir d
    cp a.csv d/
    printf 'osoba\nx\n"y\n' > d/osoby.csv
    cat > d/datapackage.json <<'EOF'
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "osiedle"}, {"name": "powod"}]},
  "disclosure": {"persons": "others", "unit": {"companion": "osoby.csv"}}}]}
EOF
    says 3 "d/osoby.csv:3: rekord jest uszkodzony: niedomknięty cudzysłów albo tekst po nim" check d
}

@test "what may not be read is not said to be missing" {
    [ "$(id -u)" -ne 0 ] || skip "root may read everything"
    mkdir d
    chmod 000 d
    run "$SITO" check d
    chmod 755 d
    [ "$status" -eq 3 ]
    [[ "$output" == *"brak uprawnień"* ]]
}
