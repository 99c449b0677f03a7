#!/usr/bin/env bats
# sito check: how a file is laid out. One cause is one finding.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    mkdir d
}

describe() {
    cat > d/datapackage.json <<END
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": "$1"},
  "schema": {"fields": [{"name": "nazwa"}, {"name": "kwota", "type": "number", "decimalChar": ","},
    {"name": "kod", "constraints": {"required": true}}]}, "disclosure": {"persons": "none"}}]}
END
}

# findings PATH: "code severity line count" of each finding of the four families
findings() {
    "$SITO" check --format json "$1" > out.json || true
    sqlite3 -init /dev/null -batch -separator ' ' :memory: "SELECT f.value ->> '\$.code', f.value ->> '\$.severity',
        f.value ->> '\$.line', f.value ->> '\$.count'
        FROM (SELECT readfile('out.json') AS report), json_each(report, '\$.findings') AS f
        WHERE (SELECT r.value ->> '\$.family' FROM json_each(report, '\$.rules') AS r
                WHERE coalesce(r.value ->> '\$.code', r.value ->> '\$.id') = f.value ->> '\$.code')
              IN ('structure', 'completeness', 'validity', 'consistency')"
}

@test "decimal commas without quotes are one finding, in some records or in all" {
    describe ,
    printf 'nazwa,kwota,kod\n' > d/a.csv
    for i in {1..300}; do printf 'Ósemka,%d,5,x%d\n' "$i" "$i"; done >> d/a.csv
    run findings d
    [ "$output" = "decimal-comma error 2 300" ]
    run findings d/a.csv # without a descriptor as well
    [ "$output" = "decimal-comma error 2 300" ]
    for i in {1..300}; do printf 'Ósemka,%d,x%d\n' "$i" "$i"; done >> d/a.csv
    run findings d
    [ "$output" = "decimal-comma error 2 300" ]
    ! "$SITO" check --lang pl d | grep -q 'title\|ragged-row'
}

@test "a separator other than declared is one cause" {
    describe ';'
    printf 'nazwa,kwota,kod\na,1,b\nc,2,d\n' > d/a.csv
    run findings d
    [ "${lines[0]}" = "delimiter-mismatch error  1" ]
    run "$SITO" check --lang pl d
    [[ "$output" == *"Najpierw popraw delimiter-mismatch"* ]]
}

@test "a separator behind the last column is one finding, and no value is lost" {
    describe ';'
    printf 'nazwa;kwota;kod;\na;1,5;b;\nc;2;d;\n' > d/a.csv
    run findings d
    [ "$output" = "trailing-delimiter warning  2" ]
    printf 'nazwa;kwota;kod;\na;1,5;b;\nc;2;d;x\n' > d/a.csv
    run findings d
    [[ "$output" != *"trailing-delimiter"* ]]
    [[ "$output" == *"heading-blank error  1"* ]]
}

@test "headings that are blank or come twice" {
    printf 'nazwa;;Nazwa;\nn1;a;b;c\nn2;d;e;f\n' > a.csv
    run findings a.csv
    [ "$output" = "heading-blank error  2
heading-duplicate error  1" ]
}

@test "line ends, blank lines, empty records" {
    describe ';'
    printf 'nazwa;kwota;kod\r\na;1;b\nc;2;d\r\n\r\ne;3;f\r\n;;\r\ng;4;h\r\n\r\n' > d/a.csv
    run findings d
    [ "$output" = "blank-row warning 6 1
blank-row warning 5 1
mixed-line-ends warning 2 1
required-missing error 6 1" ]
}
