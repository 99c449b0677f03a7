#!/usr/bin/env bats
# sito check: what should be there and is not.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1700000000 # 2023-11-14
    mkdir d
    printf 'miesiac;liczba;uwagi\n2015-03;1;\n2015-04;2;\n' > d/a.csv
}

# describe TEMPORAL [DCAT]
describe() {
    cat > d/datapackage.json <<END
{"name": "d", ${2:+\"dcat\": $2,} "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "miesiac", "type": "yearmonth"}, {"name": "liczba", "type": "integer"}, {"name": "uwagi"}]},
  "disclosure": {"persons": "none"}, "coverage": {"temporal": $1}}]}
END
}

codes() {
    sqlite3 -init /dev/null -batch -separator ' ' :memory: "SELECT DISTINCT f.value ->> '\$.code' FROM json_each(readfile('out.json'),
        '\$.findings') AS f WHERE f.value ->> '\$.code' IN ('archival-span', 'overdue-update', 'empty-column', 'calendar-gap') ORDER BY 1"
}

@test "the data reach as far as the descriptor states" {
    describe '{"field": "miesiac", "step": "P1M", "since": "2015-03-20", "until": "2015-04"}'
    run "$SITO" check --format json -o out.json d
    [ "$(codes)" = empty-column ]
    describe '{"field": "miesiac", "step": "P1M", "since": "2014", "until": "2015-04-30"}'
    run "$SITO" check --format json -o out.json d
    [ "$(codes)" = "archival-span
empty-column" ]
    grep -q 'dane zaczynają się od 2015-03-01, a opis zbioru podaje 2014-01-01' out.json
}

@test "an update that is due" {
    describe '{"field": "miesiac", "step": "P1M"}' \
        '{"dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/MONTHLY", "dct:modified": "2023-10-13"}'
    run "$SITO" check --format json -o out.json d
    [ "$(codes)" = "empty-column
overdue-update" ]
    sed -i s/2023-10-13/2023-10-14/ d/datapackage.json
    run "$SITO" check --format json -o out.json d
    [ "$(codes)" = empty-column ]
}

@test "a date that is none is an error of the descriptor" {
    describe '{"field": "miesiac", "step": "P1M", "since": "wczoraj"}'
    run --separate-stderr "$SITO" check --lang en d
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"coverage.temporal.since: 'wczoraj' is no date; allowed: 2015, 2015-03, 2015-03-01"* ]]
}
