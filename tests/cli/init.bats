#!/usr/bin/env bats
# sito init and sito lint: a first descriptor from a file, careful and accepted by lint.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
}

role() {
    sqlite3 -init /dev/null -batch :memory: "SELECT value ->> '\$.disclosure.role'
      FROM json_each(readfile('datapackage.json'), '\$.resources[0].schema.fields')
     WHERE value ->> '\$.name' = '$1'"
}
get() { sqlite3 -init /dev/null -batch :memory: "SELECT json_extract(readfile('datapackage.json'), '$1')"; }

office_export() {
    {
        echo 'nr sprawy;data;pesel;osiedle;kod;kwota;powód;ważne'
        for i in 10 11 12 13 14 15 16 17 18 19; do
            printf 'OPS.51.%s.2024;2024-03-%s;00410179932;Bażantów;0%s;1%s,50;głód;źle\n' $i $i $i $i
        done
    } | iconv -f utf-8 -t windows-1250 > 'Zgłoszenia 2024.csv'
}

@test "a descriptor is written that lint accepts and check reads" {
    office_export
    run "$SITO" init 'Zgłoszenia 2024.csv'
    [ "$status" -eq 0 ]
    [[ "$output" == *"windows-1250"* && "$output" == *"persons"* && "$output" == *"unit"* ]]
    [ "$(get '$.resources[0].encoding')" = windows-1250 ]
    [ "$(get '$.resources[0].dialect.delimiter')" = ';' ]
    "$SITO" lint datapackage.json
    run "$SITO" check --lang en --format json datapackage.json
    [ "$status" -eq 1 ]
}

@test "dates are quasi-identifiers, row-unique columns direct identifiers, nothing is public" {
    office_export
    "$SITO" init 'Zgłoszenia 2024.csv'
    [ "$(role data)" = quasi-identifier ]
    [ "$(role 'nr sprawy')" = direct-identifier ]
    [ "$(role pesel)" = direct-identifier ]
    [ "$(role kod)" = direct-identifier ]
    [ "$(role osiedle)" = quasi-identifier ]
    [ "$(role kwota)" = sensitive ]
    [ "$(role 'powód')" = sensitive ]
    ! grep -q '"public"' datapackage.json
    [ "$(get '$.resources[0].schema.fields[1].type')" = date ]
    [ "$(get '$.resources[0].schema.fields[4].type')" = string ] # leading zeros stay text
    [ "$(get '$.resources[0].schema.fields[5].decimalChar')" = , ]
}

@test "an existing descriptor is kept unless told otherwise" {
    office_export
    echo '{}' > datapackage.json
    run "$SITO" init --lang en 'Zgłoszenia 2024.csv'
    [ "$status" -eq 2 ]
    [[ "$output" == *"is there already"* ]]
    [ "$(cat datapackage.json)" = '{}' ]
    "$SITO" init --force 'Zgłoszenia 2024.csv'
    "$SITO" lint .
}

@test "-o - writes the descriptor to stdout and nothing else" {
    office_export
    run --separate-stderr "$SITO" init -o - 'Zgłoszenia 2024.csv'
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [ "${lines[0]}" = '{' ]
    [ ! -e datapackage.json ]
}

@test "a file without headings, one with odd headings" {
    printf '1;Zażółć;0001\n2;gęślą;0002\n' > a.csv
    "$SITO" init a.csv
    [ "$(get '$.resources[0].dialect.header')" = 0 ]
    [ "$(get '$.resources[0].schema.fields[2].name')" = c3 ]
    "$SITO" lint .
    run "$SITO" check --lang en --format json .
    [ "$status" -eq 1 ]
    [[ "$output" != *header-mismatch* ]] || [[ "$output" == *'"PASS"'* ]]
    printf '"a ""b""";A;a;;_x\n1;2;3;4;5\n' > a.csv
    "$SITO" init --force a.csv
    "$SITO" lint .
}

@test "lint names every problem, one a line, status 2" {
    printf '{"name": "d", "resources": [{"name": "r", "path": "/r.csv", "disclosure": {"persons": "others", "K": 1}}]}' > datapackage.json
    run "$SITO" lint --lang en .
    [ "$status" -eq 2 ]
    [[ "$output" == *"unknown key 'K' (did you mean k?)"* ]]
    run "$SITO" lint --lang en a.csv
    [ "$status" -ne 0 ]
}

@test "what is no table with a heading gets a clear refusal, and no descriptor" {
    printf 'a;b\n' > a.csv
    run "$SITO" init a.csv
    [ "$status" -eq 3 ]
    [ "$output" = "sito: w pliku a.csv nie ma ani jednego rekordu, więc nie ma czego opisać" ]
    printf 'x;y\n1;2\n' > $'a:\e[31mb.csv'
    run "$SITO" init $'a:\e[31mb.csv'
    [ "$status" -eq 2 ]
    [[ "$output" == *"zmień nazwę pliku"* && "$output" != *$'\e'* ]]
    [ ! -e datapackage.json ]
}

@test "the words on the terminal are Polish, numbers too, and nothing that a terminal obeys" {
    { printf 'co\e[31m;pesel\n'; for i in $(seq 10000); do echo "a;00410179932"; done; } > a.csv
    run "$SITO" init a.csv
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = $'a.csv: 10\u00a0000 rekordów, kodowanie utf-8, separator ;' ]
    [[ "$output" == *"znaleziono dane osobowe: PESEL"* && "$output" != *$'\e'* ]]
}

@test "of a very wide file sixty columns are told, and all are described" {
    { seq -s ';' 1990; seq -s ';' 1990; seq -s ';' 1990; } | sed '1s/[0-9][0-9]*/k&/g' > a.csv
    run "$SITO" init a.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"… i 1930 kolejnych"* ]]
    [ "$(get '$.resources[0].schema.fields[1989].name')" = k1990 ]
}

@test "proposals agree with the rules: special categories, case marks, months, postal codes, houses" {
    {
        echo 'miesiac;kod;schorzenie;nr domu;znak'
        for i in $(seq 60); do
            echo "2024-0$((i % 9 + 1));90-10$((i % 5));$([ $((i % 3)) = 0 ] && echo cukrzyca || echo padaczka);$((i % 30));GK.1431.$((i / 2)).2024"
        done
    } > p.csv
    run -0 "$SITO" init -o - p.csv
    for role in '"miesiac", "type": "yearmonth", "disclosure": {"role": "quasi-identifier"}' \
        '"kod", "type": "string", "disclosure": {"role": "quasi-identifier"}' \
        '"schorzenie", "type": "string", "disclosure": {"role": "sensitive"}' \
        '"nr domu", "type": "integer", "disclosure": {"role": "direct-identifier"}' \
        '"znak", "type": "string", "disclosure": {"role": "direct-identifier"}'; do
        [[ "$output" == *"$role"* ]] || { echo "$role"; echo "$output"; false; }
    done
    echo "$output" > datapackage.json
    run -1 "$SITO" check --format concise .
    for code in type-mismatch special-category row-key-published precise-place identifier-found role-doubtful; do
        [[ "$output" != *" $code: "* ]] || { echo "$output"; false; }
    done
}
