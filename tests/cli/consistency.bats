#!/usr/bin/env bats
# sito check: cells against cells, records against records; declared in consistency of the descriptor.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    mkdir d
}

# describe [CONSISTENCY]
describe() {
    cat > d/datapackage.json <<END
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "od", "type": "date"}, {"name": "do", "type": "date", "format": "%d.%m.%Y"},
    {"name": "razem", "type": "number", "decimalChar": ","}, {"name": "k", "type": "number", "decimalChar": ","},
    {"name": "m", "type": "number", "decimalChar": ","}, {"name": "opis"}]},
  "disclosure": {"persons": "none"}${1:+, \"consistency\": $1}}]}
END
}

findings() {
    "$SITO" check --lang en --format json -o out.json d > /dev/null || true
    sqlite3 -init /dev/null -batch -separator ' ' :memory: "SELECT f.value ->> '\$.code', f.value ->> '\$.severity',
        f.value ->> '\$.field', f.value ->> '\$.line', f.value ->> '\$.count'
        FROM json_each(readfile('out.json'), '\$.findings') AS f
        WHERE f.value ->> '\$.code' IN ('order-violated', 'total-mismatch', 'duplicate-record')"
}

@test "dates in order, totals and parts: missing and unreadable cells break nothing" {
    describe '{"order": [{"first": "od", "last": "do"}], "sums": [{"total": "razem", "parts": ["k", "m"]}]}'
    printf '%s\n' 'od;do;razem;k;m;opis' '2024-01-02;02.01.2024;0,3;0,1;0,2;równe' '2024-01-02;01.01.2024;5;2;3;wstecz' \
        '2024-01-02;;7;7;;bez części' ';31.12.2023;;1;2;bez sumy' '2024-01-02;x;3;;;bez części' \
        '2024-01-03;04.01.2024;10,01;4;6;o grosz' > d/a.csv
    run findings
    [ "$output" = "order-violated error do 3 1
total-mismatch error razem 7 1" ]
    describe '{"sums": [{"total": "razem", "parts": ["k", "m"], "tolerance": 0.01}]}'
    run findings
    [ -z "$output" ]
}

@test "records that come twice, and nearly twice" {
    describe
    printf '%s\n' 'od;do;razem;k;m;opis' '2024-01-02;02.01.2024;3;1;2;Łódź' '2024-01-02;02.01.2024;3;1;2;łódź ' \
        '2024-01-02;02.01.2024;3;1;2;Łódź' ';;;;;' ';;;;;' '2024-01-02;02.01.2024;3;1;2;Lodz' > d/a.csv
    run findings
    [ "$output" = "duplicate-record warning  4 1
duplicate-record note  3 1" ]
}

# refuses TEXT CONSISTENCY
refuses() {
    describe "$2"
    printf 'od;do;razem;k;m;opis\n' > d/a.csv
    run --separate-stderr "$SITO" check --lang en d
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"$1"* ]]
}

@test "what cannot be compared is an error of the descriptor" {
    refuses "the descriptor has no column 'x'" '{"order": [{"first": "od", "last": "x"}]}'
    refuses "the key 'last' is missing" '{"order": [{"first": "od"}]}'
    refuses "the column 'opis' cannot be compared" '{"order": [{"first": "od", "last": "opis"}]}'
    refuses "the column 'od' cannot be compared" '{"sums": [{"total": "razem", "parts": ["od"]}]}'
    refuses "needs a list parts that is not empty" '{"sums": [{"total": "razem", "parts": []}]}'
    refuses "unknown key 'orders' (did you mean order?)" '{"orders": []}'
}
