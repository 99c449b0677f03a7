#!/usr/bin/env bats
# sito check: bad input of each kind, and what good input says.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 # Polish, unless a test says otherwise
    mkdir d
}

# describe FIELDS [MORE]: a descriptor of d/a.csv
describe() {
    cat > d/datapackage.json <<EOF
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [$1]},
  "disclosure": {"persons": "others", "unit": "row"${2:+, $2}}}]}
EOF
}

two_columns='{"name": "osiedle", "type": "string", "disclosure": {"role": "quasi-identifier"}},
  {"name": "powod", "type": "string", "disclosure": {"role": "sensitive"}}'

# Ten records in one class, two sensitive values in equal parts: within every threshold.
clean_data() {
    printf 'osiedle;powod\n' > d/a.csv
    for i in 1 2 3 4 5; do printf 'Bażantów;głód\nBażantów;chłód\n' >> d/a.csv; done
}

# fails STATUS MESSAGE: one clear line on stderr, nothing on stdout
fails() {
    run --separate-stderr "$SITO" check --lang en "${@:3}"
    [ "$status" -eq "$1" ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ "$stderr" == *"$2"* ]]
}

# finds STATUS CODE: a finding of that rule
finds() {
    run --separate-stderr "$SITO" check --lang en --format json "${@:3}"
    [ "$status" -eq "$1" ]
    [ -z "$stderr" ]
    echo "$output" > out.json
    [ "$(code_count "$2")" -gt 0 ]
}

code_count() {
    sqlite3 -init /dev/null -batch :memory: "SELECT count(*) FROM json_each(readfile('out.json'),
        '\$.findings') WHERE value ->> '\$.code' = '$1'"
}

@test "a file, a folder or a descriptor that is not there" {
    fails 3 "there is no file nic.csv" nic.csv
    fails 2 "has no descriptor datapackage.json" d
    fails 3 "there is no file nic.json" nic.json
    describe "$two_columns"
    fails 3 "there is no file d/a.csv" d
}

@test "folders, links, pipes and devices are no data" {
    describe "$two_columns"
    mkdir d/a.csv
    fails 3 "d/a.csv is a folder" d
    rmdir d/a.csv
    ln -s /etc/hostname d/a.csv
    fails 3 "d/a.csv is a symbolic link" d
    rm d/a.csv
    mkfifo d/a.csv
    fails 3 "d/a.csv is no regular file" d
    fails 3 "is no regular file" /dev/null
}

@test "an empty and a binary file" {
    describe "$two_columns"
    : > d/a.csv
    fails 3 "is empty (0 bytes)" d
    head -c 300 /dev/zero > d/a.csv
    fails 3 "is not text" d
}

@test "a heading without records is no result: status 3" {
    describe "$two_columns"
    printf 'osiedle;powod\n' > d/a.csv
    finds 3 empty-table d
}

@test "broken quotes, ragged records, NUL bytes, wrong bytes are findings with their line" {
    describe "$two_columns"
    for damage in 'ragged-row:Górny;a;b' 'broken-quote:"Górny" x;a' 'encoding-mismatch:G\xf3rny;a'; do
        clean_data
        printf "${damage#*:}\n" >> d/a.csv
        printf 'Bażantów;głód\n' >> d/a.csv
        finds 1 "${damage%%:*}" d
        run "$SITO" check --lang en d
        [[ "$output" == *"a.csv:12"* ]]
    done
    # One zero byte far in the file is a finding; near its beginning the file is taken for binary.
    clean_data
    for i in $(seq 500); do printf 'Bażantów;głód\nBażantów;chłód\n' >> d/a.csv; done
    printf 'Gór\0ny;a\n' >> d/a.csv
    finds 1 nul-byte d
    clean_data
    printf 'Gór\0ny;a\n' >> d/a.csv
    fails 3 "is not text (byte 0 at offset" d
}

@test "lost letters, totals and notes are findings, and what stands in their cells is looked at" {
    describe "$two_columns"
    for ending in 'damaged-text:G\xef\xbf\xbdrny;a' 'extra-row:Razem;10' 'extra-row:Źródło: ewidencja;'; do
        clean_data
        printf "${ending#*:}\n" >> d/a.csv
        finds 1 "${ending%%:*}" d
        run "$SITO" check --lang en d
        [[ "$output" == *"a.csv:12 ${ending%%:*}"* ]]
    done
    clean_data
    printf 'Razem;sprawdził jan.kowalski@example.pl\n' >> d/a.csv
    finds 1 identifier-found d
    # A question mark inside a word may be one: a warning.
    clean_data
    sed -i '2,$s/Bażantów/Ba?antów/' d/a.csv
    finds 0 damaged-text d
}

@test "lines above the heading are a finding, are searched, and leave the columns readable" {
    mkdir -p bare
    printf 'sep=;\r\nSprawdził: jan.kowalski@example.pl;;\r\n;;\r\nkod;kwota;data\r\n' > bare/a.csv
    printf '0201011;12,50;2024-01-02\r\n0201022;7,00;2024-01-03\r\n' >> bare/a.csv
    run "$SITO" check --lang en bare/a.csv
    [[ "$output" == *"2 records, 3 columns"* ]]
    [[ "$output" == *"a.csv:1 extra-row 3 lines stand above the heading"* ]]
    [[ "$output" == *"a.csv:2 identifier-found"*"above the heading"* ]]
    [[ "$output" != *ragged-row* ]]
    # A broken quote in a title is none of the table.
    printf 'Raport "Drzewa\nkod;kwota;data\n0201011;12,50;2024-01-02\n0201022;7,00;2024-01-03\n' > bare/a.csv
    run "$SITO" check --lang en bare/a.csv
    [[ "$output" == *"2 records, 3 columns"* ]]
    [[ "$output" == *"a.csv:1 extra-row 1 line stands above the heading"* ]]
}

@test "a wrong descriptor, policy or rule folder: status 2 and the place" {
    clean_data
    describe "$two_columns" '"kk": 5'
    fails 2 "resources[0].disclosure: unknown key 'kk'" d
    describe "$two_columns"
    printf '{"k": 1}' > policy.json
    fails 2 "policy.json" d --policy policy.json
    rm policy.json
    fails 2 "nic" d --rules nic
    mkdir -p rules/own
    printf -- '-- id: mine\nSELECT 1\n' > rules/own/mine.sql
    fails 2 "mine.sql" d --rules rules
}

@test "a clean data set passes, and the report says who decides and what was not looked at" {
    clean_data
    describe "$two_columns"
    run --separate-stderr "$SITO" check d
    [ "$status" -eq 0 ]
    [ -z "$stderr" ]
    [[ "$output" == *"Spełnia ustalone progi kontroli"* ]]
    [[ "$output" == *"O udostępnieniu decyduje lokalny administrator danych"* ]]
    [[ "$output" == *"Czego ta kontrola nie obejmuje"* ]]
    run "$SITO" check --lang en d
    [[ "$output" == *"The local data controller decides"* ]]
}

@test "one small class, one homogeneous class: the rules say which and refuse" {
    clean_data
    describe "$two_columns"
    printf 'Zarzew;głód\n' >> d/a.csv
    finds 1 k-anonymity d
    finds 1 l-diversity d
    clean_data
    for i in 1 2 3 4 5 6; do printf 'Zarzew;głód\n' >> d/a.csv; done
    finds 1 l-diversity d
    finds 1 alpha-k d
}

@test "a companion file makes persons of records, and must fit" {
    clean_data
    describe "$two_columns"
    sed -i 's/"unit": "row"/"unit": {"companion": "osoby.csv"}/' d/datapackage.json
    { echo osoba; for i in 1 2 3 4 5 6 7 8 9; do echo "k$i"; done; } > d/osoby.csv
    fails 3 "has 9 codes, the data have 10 records" d
    echo k9 >> d/osoby.csv
    run "$SITO" check d
    [ "$status" -eq 0 ]
    { echo osoba; for i in 1 1 1 1 1 2 2 3 3 4; do echo "k$i"; done; } > d/osoby.csv
    finds 1 k-anonymity d
}

@test "without a unit of counting nothing passes" {
    clean_data
    describe "$two_columns"
    sed -i 's/, "unit": "row"//' d/datapackage.json
    finds 1 unit-not-stated d
}

@test "roles: undeclared columns and direct identifiers are refused" {
    clean_data
    describe '{"name": "osiedle", "disclosure": {"role": "quasi-identifier"}}, {"name": "powod"}'
    finds 1 role-undeclared d
    describe '{"name": "osiedle", "disclosure": {"role": "direct-identifier"}},
      {"name": "powod", "disclosure": {"role": "sensitive"}}'
    finds 1 direct-identifier d
}

@test "types, required and unique columns, headings" {
    describe '{"name": "osiedle", "constraints": {"required": true}, "disclosure": {"role": "quasi-identifier"}},
      {"name": "powod", "disclosure": {"role": "sensitive"}},
      {"name": "lp", "type": "integer", "constraints": {"unique": true}, "disclosure": {"role": "release-number"}}'
    printf 'osiedle;powod;lp\nA;x;1\n;y;2\nA;x;trzy\nA;y;1\n' > d/a.csv
    finds 1 required-missing d
    [ "$(code_count type-mismatch)" -eq 1 ]
    [ "$(code_count unique-violated)" -eq 1 ]
    printf 'powod;osiedle;numer\nx;A;1\n' > d/a.csv
    finds 1 header-mismatch d
}

@test "a policy is stricter or looser; a descriptor may only be stricter" {
    clean_data
    describe "$two_columns"
    printf '{"k": 11}' > policy.json
    finds 1 k-anonymity d --policy policy.json
    printf '{"k": 3}' > policy.json
    describe "$two_columns" '"k": 2'
    finds 1 policy-loosened d --policy policy.json
    describe "$two_columns" '"k": 11'
    finds 1 k-anonymity d --policy policy.json
    rm policy.json
}

@test "the language of the policy counts where --lang does not speak" {
    clean_data
    describe "$two_columns"
    printf '{"language": "en"}' > policy.json
    run "$SITO" check --policy policy.json d
    [[ "$output" == *"What this check does not cover"* ]]
    run "$SITO" check --policy policy.json --lang pl d
    [[ "$output" == *"Czego ta kontrola nie obejmuje"* ]]
    rm policy.json
}

@test "a PESEL, a NIP, an e-mail, a phone in a column are found, and their values never shown" {
    describe '{"name": "uwagi", "disclosure": {"role": "quasi-identifier"}},
      {"name": "powod", "disclosure": {"role": "sensitive"}}'
    printf 'uwagi;powod\n' > d/a.csv
    for i in 1 2 3 4 5; do printf '00410179932;a\n00610179938;b\n' >> d/a.csv; done
    finds 1 identifier-found d
    for format in text json junit; do
        run "$SITO" check --format $format d
        [[ "$output" != *0041017* && "$output" != *0061017* ]]
    done
}

@test "a file without a descriptor is scanned, never passed, and told what to do" {
    clean_data
    run "$SITO" check d/a.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"sito init d/a.csv"* ]]
}

@test "warnings change the result only where asked" {
    clean_data
    describe "$two_columns"
    sed -i 's/"disclosure": {"persons"/"quality": [{"id": "w", "metric": "rowCount", "mustBeGreaterThan": 100, "severity": "warning"}], &/' d/datapackage.json
    finds 0 row-count d
    finds 1 row-count --fail-on warning d
}

@test "periods and areas that the descriptor states" {
    describe '{"name": "osiedle", "disclosure": {"role": "quasi-identifier"}},
      {"name": "powod", "disclosure": {"role": "sensitive"}},
      {"name": "miesiac", "type": "yearmonth", "disclosure": {"role": "public", "reason": "no-person", "basis": "x"}}'
    sed -i 's/"disclosure": {"persons"/"coverage": {"temporal": {"field": "miesiac", "step": "P1M"}, "spatial": {"field": "osiedle", "codelist": "kody.csv#kod"}}, &/' d/datapackage.json
    printf 'kod;nazwa\nA;Bałuty\nB;Widzew\n' > d/kody.csv
    printf 'osiedle;powod;miesiac\n' > d/a.csv
    for m in 2024-11 2024-12 2025-01; do
        for i in 1 2 3 4 5; do printf 'A;x;%s\nA;y;%s\nB;x;%s\nB;y;%s\n' $m $m $m $m >> d/a.csv; done
    done
    run "$SITO" check d
    [ "$status" -eq 0 ]
    sed -i '/2024-12/d' d/a.csv
    finds 1 calendar-gap d
    sed -i '/^B/d' d/a.csv
    finds 1 territorial-coverage d
    printf 'A;x;kiedyś\n' >> d/a.csv
    finds 3 calendar-gap d
}

@test "equal input gives equal bytes" {
    clean_data
    describe "$two_columns"
    printf 'Zarzew;głód\n' >> d/a.csv
    export SOURCE_DATE_EPOCH=1735689600
    for format in text json junit; do
        "$SITO" check --format $format d > one || true
        "$SITO" check --format $format d > two || true
        cmp one two
    done
}

@test "the result goes whole into a file, or not at all" {
    clean_data
    describe "$two_columns"
    "$SITO" check -o wynik.txt d
    grep -q "Spełnia ustalone progi kontroli" wynik.txt
    fails 3 "cannot write the result" -o nie/ma/wynik.txt d
    run bash -c '"$SITO" check --lang en d > /dev/full'
    [ "$status" -eq 3 ]
}

@test "a heading that is personal data is a finding, and nobody sees it" {
    printf 'Jan Kowalski;44051401359;osiedle\nAnna;x;a\nEwa;y;b\n' > d/a.csv
    describe '{"name": "Jan Kowalski", "disclosure": {"role": "quasi-identifier"}},
        {"name": "44051401359", "disclosure": {"role": "sensitive"}},
        {"name": "osiedle", "disclosure": {"role": "quasi-identifier"}}'
    for format in text json junit; do
        run "$SITO" check --lang pl --catalogue sito.db --format "$format" d
        [ "$status" -eq 1 ]
        [[ "$output" == *"W kolumnie „#1” 1 wartość to imię i nazwisko"* ]]
        [[ "$output" == *"W kolumnie „#2” 1 wartość to numer PESEL"* ]]
        [[ "$output" != *Kowalski* && "$output" != *44051401359* ]]
    done
    ! grep -qa -e Kowalski -e 44051401359 sito.db
}

@test "a file without a descriptor: one heading, what was seen, what comes next; nothing twice" {
    clean_data
    run "$SITO" check d/a.csv
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "Bez opisu zbioru nie ma wyniku kontroli. Oto co widać w pliku." ]
    [[ "$output" != *descriptor-missing* ]]
    [[ "$output" == *"→ Opisz zbiór: sito init d/a.csv"* ]]
    run "$SITO" check --format json d/a.csv
    [[ "$output" == *descriptor-missing* ]] # for programs
}

@test "a boolean is what the descriptor calls true and false" {
    yes='{"name": "pilne", "type": "boolean", "trueValues": ["tak"], "falseValues": ["nie"], "disclosure": {"role": "sensitive"}}'
    describe "{\"name\": \"osiedle\", \"disclosure\": {\"role\": \"quasi-identifier\"}}, $yes"
    printf 'osiedle;pilne\n' > d/a.csv
    for i in 1 2 3 4 5; do printf 'Bażantów;tak\nBażantów;nie\n' >> d/a.csv; done
    run --separate-stderr "$SITO" check --lang en --format json d
    [ "$status" -eq 0 ]
    printf 'Bażantów;true\n' >> d/a.csv
    finds 1 type-mismatch d
}
