#!/usr/bin/env bats
# sito check and lint: what a Table Schema asks of values, counted in the one scan.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1700000000 # 2023-11-14
    mkdir d
}

# describe FIELDS [MORE]: a descriptor of d/a.csv, MORE keys of its resource
describe() {
    cat > d/datapackage.json <<END
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [$1]}, "disclosure": {"persons": "none"}${2:+, $2}}]}
END
}

# findings: "code severity field line count" of each finding of the four families
findings() {
    "$SITO" check --format json d > out.json || true
    sqlite3 -init /dev/null -batch -separator ' ' :memory: "SELECT f.value ->> '\$.code', f.value ->> '\$.severity',
        f.value ->> '\$.field', f.value ->> '\$.line', f.value ->> '\$.count'
        FROM (SELECT readfile('out.json') AS report), json_each(report, '\$.findings') AS f
        WHERE (SELECT r.value ->> '\$.family' FROM json_each(report, '\$.rules') AS r
                WHERE coalesce(r.value ->> '\$.code', r.value ->> '\$.id') = f.value ->> '\$.code')
              IN ('structure', 'completeness', 'validity', 'consistency')"
}

@test "range, length, pattern, list: each value breaks one of them at most" {
    describe '{"name": "wiek", "type": "integer", "constraints": {"minimum": 0, "exclusiveMaximum": 120}},
      {"name": "kwota", "type": "number", "decimalChar": ",", "groupChar": " ", "constraints": {"maximum": 1000.5}},
      {"name": "kod", "type": "string", "constraints": {"pattern": "[0-9]{2}-[0-9]{3}", "maxLength": 6}},
      {"name": "stan", "type": "string", "constraints": {"enum": ["tak", "nie"], "minLength": 3}},
      {"name": "dzien", "type": "date", "format": "%d.%m.%Y", "constraints": {"minimum": "2023-01-01"}}'
    printf '%s\n' 'wiek;kwota;kod;stan;dzien' '0;1 000,50;90-001;tak;01.01.2023' '119;0;90-002;nie;02.02.2023' \
        '120;1 000,51;90001;Tak;31.12.2022' '-1;0;;tak;03.03.2023' 'x;0;90-001;nie;5.5.2024' > d/a.csv
    run findings
    [ "$output" = "improbable-date warning dzien 6 1
not-listed error stan 4 1
out-of-range error wiek 4 2
out-of-range error kwota 4 1
out-of-range error dzien 4 1
pattern-mismatch error kod 4 1
type-mismatch error wiek 6 1" ]
    ! grep -q 'Czego ta kontrola nie obejmuje.*constraints' <("$SITO" check d)
}

@test "a code list, a kind of number, lost zeros, formulas, invisible characters" {
    describe '{"name": "terc", "type": "string"}, {"name": "nip", "type": "string"}, {"name": "opis", "type": "string"}' \
        '"consistency": {"codes": [{"field": "terc", "codelist": "terc.csv#kod"}, {"field": "nip", "kind": "nip"}]}'
    printf 'nazwa;kod\nŁódź;1061011\nBolesławiec;0201011\n' > d/terc.csv
    printf '%s\n' 'terc;nip;opis' '1061011;8567346215;a' '201011;8567346216;=1+2' '0201011;856-734-62-15; b' \
        "1061011;7757776059;a$(printf '\302\240')b" '9999999;;- punkt' > d/a.csv
    run findings
    [ "$output" = "check-digit error nip 3 2
formula-cell error opis 3 1
invisible-character warning opis 5 1
outer-blanks warning opis 4 1
unknown-code error terc 3 2" ]
    # the list is among what the verdict is bound to
    cp out.json before.json
    printf 'Ozorków;1020021\n' >> d/terc.csv
    findings > /dev/null
    ! diff <(grep -o '"digest": *"[^"]*"' before.json) <(grep -o '"digest": *"[^"]*"' out.json)
}

@test "a pattern that would run for ever ends in ERROR" {
    describe '{"name": "a", "type": "string", "constraints": {"pattern": "(a+)+b"}}'
    printf 'a\naab\n%s\naaab\n' "$(printf 'a%.0s' {1..60})" > d/a.csv
    run findings
    [[ "$output" == "pattern-mismatch fatal a 3 2"* ]]
    run "$SITO" check d
    [ "$status" -eq 3 ]
}

# refuses TEXT FIELDS [MORE]
refuses() {
    describe "$2" "${3:-}"
    printf 'a\n1\n' > d/a.csv
    run --separate-stderr "$SITO" check --lang "${language:-en}" d
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"$1"* ]]
    run "$SITO" lint d
    [ "$status" -eq 2 ]
}

@test "constraints that cannot be asked are errors of the descriptor" {
    refuses "unknown key 'minmum' (did you mean minimum?)" '{"name": "a", "constraints": {"minmum": 1}}'
    refuses "the value of 'minLength' must be an integer" '{"name": "a", "constraints": {"minLength": "3"}}'
    refuses "constraints.pattern is no regular expression" '{"name": "a", "constraints": {"pattern": "(a"}}'
    refuses "constraints.minimum is for numbers" '{"name": "a", "constraints": {"minimum": 1}}'
    refuses "the value of constraints.maximum is not of the column's type" \
        '{"name": "a", "type": "date", "constraints": {"maximum": "31.31.2023"}}'
    refuses "the list constraints.enum has a value" '{"name": "a", "type": "integer", "constraints": {"enum": [1, "x"]}}'
    refuses "the descriptor has no column 'b'" '{"name": "a"}' '"consistency": {"codes": [{"field": "b", "kind": "nip"}]}'
    refuses "needs either codelist" '{"name": "a"}' '"consistency": {"codes": [{"field": "a"}]}'
    refuses "must lead to a file" '{"name": "a"}' '"consistency": {"codes": [{"field": "a", "codelist": "../x.csv#a"}]}'
    language=pl
    refuses "constraints.pattern nie jest poprawnym wyrażeniem regularnym" '{"name": "a", "constraints": {"pattern": "["}}'
}

@test "a code list that is not there, or lacks the column" {
    describe '{"name": "a"}' '"consistency": {"codes": [{"field": "a", "codelist": "l.csv#kod"}]}'
    printf 'a\n1\n' > d/a.csv
    run --separate-stderr "$SITO" check --lang en d
    [ "$status" -eq 3 ]
    [[ "$stderr" == *"l.csv"* ]]
    printf 'x\n1\n' > d/l.csv
    run --separate-stderr "$SITO" check --lang en d
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"the code list l.csv has no column 'kod'"* ]]
}
