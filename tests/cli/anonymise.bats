#!/usr/bin/env bats
# sito anonymise (checks/anonymise): a data set made anew within its thresholds, or nothing.

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE
    mkdir raw
    # 240 records of 120 persons: two each, of one estate, age and sex
    { echo 'lp;pesel;osiedle;wiek;plec;powod;uwagi'
      for i in $(seq 0 239); do
          p=$((i % 120))
          echo "$((i + 1));24471200$((100 + p));os. $((p % 6));$((20 + p % 40));$([ $((p % 2)) = 0 ] && echo K || echo M);$([ $((i * 7 % 5)) -lt 2 ] && echo zasiłek || echo porada);\"uwaga; \"\"$i\"\"\""
      done; } > raw/dane.csv
    { echo osoba; for i in $(seq 0 239); do echo "k$((i % 120))"; done; } > raw/osoby.csv
    for n in 0 1 2 3 4 5; do echo "os. $n;dzielnica $((n / 3));miasto"; done > raw/osiedla.csv
    cat > raw/datapackage.json <<'EOF'
{"name": "pomoc", "version": "1", "resources": [{"name": "pomoc", "path": "dane.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [
    {"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
    {"name": "pesel", "disclosure": {"role": "direct-identifier"}},
    {"name": "osiedle", "disclosure": {"role": "quasi-identifier", "hierarchy": "osiedla.csv"}},
    {"name": "wiek", "type": "integer", "disclosure": {"role": "quasi-identifier", "hierarchy": "interval:5,10,20,40"}},
    {"name": "plec", "disclosure": {"role": "quasi-identifier"}},
    {"name": "powod", "disclosure": {"role": "sensitive"}},
    {"name": "uwagi", "disclosure": {"role": "free-text"}}]},
  "disclosure": {"persons": "others", "unit": {"companion": "osoby.csv"}}}]}
EOF
    sha256sum raw/* > before.sum
}

# The sensitive column alone may leave a doubt about its role, which a person answers: status 1.
anonymise() {
    local status=0
    "$SITO" anonymise --lang en "$@" || status=$?
    [ "$status" -ne 1 ] || return 0
    return "$status"
}

@test "the new data set meets the thresholds over persons, and the source stays as it was" {
    run anonymise raw
    [ "$status" -eq 0 ]
    [[ "$output" == *"pesel: left out"* ]]
    [[ "$output" == *"uwagi: left out"* ]]
    [[ "$output" == *"information lost"* ]]
    sha256sum -c --quiet before.sum
    [ "$(head -1 raw-anonim/dane.csv)" = 'lp;osiedle;wiek;plec;powod' ]
    ! grep -q 24471200 -r raw-anonim
    ! grep -q uwaga -r raw-anonim
    run "$SITO" check --format concise raw-anonim
    [ "$(grep -c '^raw-anonim/' <<< "$output")" = "$(grep -c role-doubtful <<< "$output")" ]
    # each class has at least five persons, counted by hand
    paste -d ';' <(tail -n +2 raw-anonim/dane.csv | cut -d ';' -f 2-4) <(tail -n +2 raw-anonim/osoby.csv) |
        sort -u | cut -d ';' -f 1-3 | uniq -c | awk '$1 < 5 { exit 1 }'
    [ ! -e .sito-* ]
}

@test "numbers of the release are given anew, one for each record that stays" {
    anonymise raw > /dev/null
    tail -n +2 raw-anonim/dane.csv | cut -d ';' -f 1 | awk '$1 != NR { exit 1 }'
    [ "$(wc -l < raw-anonim/dane.csv)" = "$(wc -l < raw-anonim/osoby.csv)" ]
}

@test "the record is there as json and as a page, without a value" {
    anonymise raw > /dev/null
    sqlite3 -init /dev/null :memory: "SELECT json_extract(CAST(readfile('raw-anonim/anonimizacja.json') AS TEXT), '\$.resources[0].columns[1].how')" | grep -qx drop
    grep -q '<html lang="en"' raw-anonim/anonimizacja.html
    ! grep -qE '(src|href)=' raw-anonim/anonimizacja.html
    [ "$(sqlite3 -init /dev/null :memory: "SELECT count(*) > 0 FROM json_each(CAST(readfile('raw-anonim/anonimizacja.json') AS TEXT), '\$.resources[0].frontier') WHERE json_extract(value, '\$.k') = 5")" = 1 ]
}

@test "Polish throughout" {
    run "$SITO" anonymise --lang pl raw
    [ "$status" -le 1 ]
    [[ "$output" == *"pominięta"* && "$output" == *"utrata informacji"* ]]
    grep -q 'Zapis anonimizacji' raw-anonim/anonimizacja.html
}

@test "an existing folder is never written into" {
    mkdir raw-anonim && echo moje > raw-anonim/plik
    run anonymise raw
    [ "$status" -eq 2 ]
    [ "$(cat raw-anonim/plik)" = moje ]
    run anonymise raw --to nowy
    [ "$status" -eq 0 ]
    [ -f nowy/dane.csv ]
    run anonymise raw --to nie/ma
    [ "$status" -ne 0 ]
}

@test "a damaged record, a value outside its hierarchy, a column without a role: nothing is made" {
    cp -r raw z && echo 'x;y' >> z/dane.csv && echo k0 >> z/osoby.csv
    run anonymise z
    [ "$status" -eq 3 ]
    [[ "$output" == *"damaged records: 1"* ]]
    cp -r raw h && sed -i '/os. 5/d' h/osiedla.csv
    run anonymise h
    [ "$status" -eq 3 ]
    [[ "$output" == *'column "osiedle"'*"not in the hierarchy"* ]]
    cp -r raw r && sed -i 's/, "disclosure": {"role": "sensitive"}//' r/datapackage.json
    run anonymise r
    [ "$status" -eq 2 ]
    [[ "$output" == *powod* ]]
    [ ! -e z-anonim ] && [ ! -e h-anonim ] && [ ! -e r-anonim ]
    [ -z "$(ls -A | grep '^\.sito' || true)" ]
}

@test "thresholds that nothing meets: nothing is made" {
    sed -i 's/"persons": "others"/"persons": "others", "k": 500/' raw/datapackage.json
    run anonymise raw
    [ "$status" -eq 3 ]
    [[ "$output" == *"no choice of levels meets the thresholds"* ]]
    [ ! -e raw-anonim ]
}

@test "a sensitive column of many values that leaves nothing is named, with the way out" {
    sed -i 's/"name": "powod"/"name": "kwota", "type": "integer"/; s/"persons": "others"/"persons": "others", "k": 2, "l": 1, "t": 0.2/' raw/datapackage.json
    awk -F';' -v OFS=';' 'NR == 1 { $6 = "kwota" } NR > 1 { $6 = 1000 + NR } { print }' raw/dane.csv > d && mv d raw/dane.csv
    run anonymise raw
    [ "$status" -eq 0 ]
    [[ "$output" == *"information lost: 100%"* ]]
    [[ "$output" == *'note: the sensitive column "kwota" has 240 different values'*"ranges or categories first"* ]]
    grep -q 'kwota&quot; has 240\|kwota" has 240' raw-anonim/anonimizacja.html
    # more values in each class than there are rows: no release, and the same reason
    sed -i 's/"l": 1, "t": 0.2/"l": 300/' raw/datapackage.json
    run anonymise raw --to drugi --lang pl
    [ "$status" -eq 3 ]
    [[ "$output" == *"kolumna wrażliwa „kwota” ma 240 różnych wartości"*"l = 300"* ]]
    [ ! -e drugi ]
}

@test "a file without headings is refused in one sentence" {
    sed -i 's/"delimiter": ";"/"delimiter": ";", "header": false/' raw/datapackage.json
    sed -i 1d raw/dane.csv
    run anonymise raw
    [ "$status" -eq 2 ]
    [[ "$output" == *"has no headings (dialect.header: false)"* ]]
}

@test "a bare file, a missing folder, a full disk, wrong words" {
    run anonymise raw/dane.csv
    [ "$status" -eq 2 ]
    run anonymise brak
    [ "$status" -ne 0 ]
    run anonymise
    [ "$status" -eq 2 ]
    run anonymise raw --format xml
    [ "$status" -eq 2 ]
    (ulimit -f 1 && anonymise raw) > /dev/null 2>&1 && false
    [ ! -e raw-anonim ]
}

@test "a data set that meets its thresholds already loses nothing" {
    sed -i 's/"persons": "others"/"persons": "others", "k": 5/' raw/datapackage.json
    anonymise raw > /dev/null
    run anonymise raw-anonim --to drugi
    [ "$status" -eq 0 ]
    [[ "$output" == *"information lost: 0%"* ]]
    cmp raw-anonim/dane.csv drugi/dane.csv
}
