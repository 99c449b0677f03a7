#!/usr/bin/env bats
# Statistical tables (kind: table): declared, linted, judged, audited with earlier releases and linked tables, made safe.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE
    mkdir d
    dimensions='{"field": "dzielnica", "total": "Ogółem"}, {"field": "plec", "total": "razem"}'
    measures='{"field": "liczba", "kind": "count"}'
    table='"signs": {"*": "suppressed"}'
    more=
    fields='{"name": "dzielnica", "type": "string"}, {"name": "plec", "type": "string"},
      {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
}

# describe: a descriptor of d/a.csv with $fields, $dimensions, $measures, $table and $more
describe() {
    cat > d/datapackage.json <<END
{"name": "pomoc", "resources": [{"name": "pomoc", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [$fields]}, "disclosure": {"persons": "others", "kind": "table",
    "table": {"about": "persons", "dimensions": [$dimensions], "measures": [$measures]${table:+, $table}}${more:+, $more}}}]}
END
}

# cells FILE CELL...: districts by sex; the cells row by row
cells() {
    local file=$1 rows=("Bałuty;kobiety" "Bałuty;mężczyźni" "Bałuty;razem" "Górna;kobiety" "Górna;mężczyźni" "Górna;razem"
        "Polesie;kobiety" "Polesie;mężczyźni" "Polesie;razem" "Ogółem;kobiety" "Ogółem;mężczyźni" "Ogółem;razem") i=0
    shift
    echo 'dzielnica;plec;liczba' > "$file"
    for cell; do echo "${rows[i]};$cell" >> "$file"; i=$((i + 1)); done
}

# Bałuty 41 38 79, Górna 3 30 33, Polesie 20 31 51, Ogółem 64 99 163
full() { cells "$1" 41 38 79 3 30 33 20 31 51 64 99 163; }

ask() {
    sqlite3 -init /dev/null -batch :memory: "$1"
}

# check STATUS CODE...: these rules about cells and no others have findings
check() {
    run --separate-stderr "$SITO" check --lang en --format json d
    echo "$output" > out.json
    [ "$status" -eq "$1" ] || { echo "$stderr"; head -c 1500 out.json; false; }
    [ "$(ask "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT f.value ->> '\$.code' AS code
              FROM json_each(readfile('out.json'), '\$.findings') AS f ORDER BY 1)")" = "${*:2}" ]
}

# says TEXT: a message of the last check holds it
says() {
    [ "$(ask "SELECT count(*) FROM json_each(readfile('out.json'), '\$.findings') AS f
               WHERE instr(f.value ->> '\$.message', '$1')")" -ge 1 ] || { head -c 3000 out.json; false; }
}

# lint TEXT: sito lint names it
lint() {
    describe
    run "$SITO" lint --lang en d
    [ "$status" -eq 2 ] || { echo "$output"; false; }
    [[ "$output" == *"$1"* ]] || { echo "$output"; false; }
}

@test "a table with a small cell is found, and rules about rows do not apply" {
    full d/a.csv
    describe
    check 1 small-cell
    says '1 cell shows fewer than 5 persons'
    run "$SITO" check --lang pl d
    [[ "$output" == *"1 komórka pokazuje mniej niż 5 osób"* ]]
    [[ "$output" == *"wiersz to komórka"* ]]
    [[ "$output" != *extra-row* ]]
}

@test "lint names what is wrong in the declaration" {
    full d/a.csv
    measures='{"field": "ilosc", "kind": "count"}' lint "no column 'ilosc'"
    dimensions= lint 'at least one dimension'
    dimensions='{"field": "plec", "totl": "razem"}' lint "did you mean total?"
    measures='{"field": "liczba", "kind": "sum"}' lint "needs the key contributors"
    measures='{"field": "liczba", "kind": "sum", "contributors": "n"}' lint "companion"
    measures='{"field": "plec", "kind": "count"}' dimensions='{"field": "dzielnica"}' lint "integer or number"
    table='"signs": {"*": "ukryte"}' lint "unknown meaning"
    table='"signs": {".": "suppressed"}' lint "something else on the portal"
    table='"signs": {"#": "suppressed"}' lint "statistical secrecy"
    table='"signs": {"5": "suppressed"}' lint "looks like a number"
    table='"signs": {"**": "suppressed"}' lint "missingValues"
    table='"threshold": 1' lint "from 2 to"
    describe
    sed -i 's/"others"/"none"/' d/datapackage.json
    run "$SITO" lint --lang en d
    [[ "$output" == *"contradicts persons: none"* ]]
    table='"companion": "a.csv"' lint "would be published"
    table='"companion": "../x.csv"' lint "folder of the data set"
    more='"published": [{"path": "x.csv"}]' lint "earlier-release"
    measures='{"field": "liczba", "kind": "sum", "contributors": "n", "largest": "plec"}' table='"companion": "c.csv"' \
        lint "must not be published"
    describe
    sed -i 's/"kind": "table",//; s/"table": {/"table": {"path": "a.csv", /' d/datapackage.json
    run "$SITO" lint --lang en d
    [[ "$output" == *"that of another resource"* ]]
    echo '{"name": "d", "resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "b"}]},
      "disclosure": {"persons": "others", "kind": "table"}}]}' > d/datapackage.json
    run "$SITO" lint --lang pl d
    [[ "$output" == *"potrzebuje obiektu table"* ]] || { echo "$output"; cat d/datapackage.json; false; }
}

@test "zero, missing, not applicable, hidden and empty are told apart" {
    fields='{"name": "dzielnica", "type": "string"}, {"name": "plec", "type": "string"},
      {"name": "liczba", "type": "integer", "missingValues": ["", "*", "-", ".", "X", "?", "#"]}'
    describe
    cells d/a.csv 41 38 79 '?' 30 . '' 31 X 64 - '#'
    run "$SITO" check --lang en --format json d
    echo "$output" > out.json
    says '1 cell is neither a number nor a described sign'
    says '1 cell is empty, and nothing says whether'
    says '1 cell has the sign # of statistical secrecy'
    # a cell left empty is hidden for whoever reads it
    cells d/a.csv 41 38 79 '' 30 33 20 31 51 64 99 163
    check 1 recoverable-cell table-sign
}

@test "a combination twice, a cell without a place, a damaged record: no result" {
    full d/a.csv
    echo 'Górna;kobiety;9' >> d/a.csv
    describe
    check 3 table-cell
    full d/a.csv
    sed -i 's/^Polesie;razem/;razem/' d/a.csv
    check 3 table-cell
    full d/a.csv
    echo 'Widzew;razem;9;9' >> d/a.csv
    run "$SITO" check --lang en d
    [ "$status" -eq 3 ]
    full d/a.csv
    sed -i 1s/plec/sex/ d/a.csv
    check 3 header-mismatch role-undeclared small-cell
}

@test "sums: three at exactly three quarters pass, 70 29 1 is found by p %, the companion is never shown" {
    fields='{"name": "branza", "type": "string"}, {"name": "kwota", "type": "number", "decimalChar": ","}'
    dimensions='{"field": "branza"}'
    measures='{"field": "kwota", "kind": "sum", "contributors": "n", "largest": "m1", "second": "m2"}'
    table='"companion": "c.csv"'
    describe
    sed -i 's/"about": "persons"/"about": "entities"/' d/datapackage.json
    printf 'branza;kwota\nhandel;"80,00"\nusługi;"120,5"\n' > d/a.csv
    printf 'n;m1;m2\n3;60;10\n7;"40,25";30\n' > d/c.csv
    check 0
    printf 'branza;kwota\nhandel;"80,00"\nusługi;100\n' > d/a.csv
    printf 'n;m1;m2\n3;60;10\n3;70;29\n' > d/c.csv
    check 0 p-percent
    printf 'n;m1;m2\n3;"60,01";10\n3;40;29\n' > d/c.csv
    check 1 dominant-contributor
    run "$SITO" check --lang pl --format concise d
    [[ "$output" == *"próg przyjęty na wzór art. 38"* ]]
    ! grep -q '60,01' <<< "$output"
    printf 'n;m1;m2\n2;40;10\n3;40;29\n' > d/c.csv
    check 1 small-cell
    printf 'n;m1;m2\n;40;10\n3;40;29\n' > d/c.csv
    check 3 small-cell
    printf 'n;m1;m2\n3;40;10\n' > d/c.csv
    run "$SITO" check --lang en d
    [ "$status" -eq 3 ]
    [[ "$output" == *"one a cell is needed"* ]]
    printf 'n;m1\n3;40\n3;40\n' > d/c.csv
    run "$SITO" check --lang en d
    [ "$status" -eq 3 ]
    [[ "$output" == *"has a column 'm2'"* ]]
}

@test "the office's threshold, and a descriptor that is stricter or looser" {
    cells d/a.csv 41 38 79 7 30 37 20 31 51 68 99 167
    describe
    check 0
    table='"signs": {"*": "suppressed"}, "threshold": 8' describe
    check 1 small-cell
    says 'fewer than 8'
    table='"threshold": 3' describe
    check 1 policy-loosened
    describe
    echo '{"smallCell": {"persons": 10}}' > policy.json
    run "$SITO" check --lang en --policy policy.json d
    [ "$status" -eq 1 ]
    [[ "$output" == *"fewer than 10 persons"* ]]
}

@test "init proposes a table where the file looks like one" {
    full d/a.csv
    run "$SITO" init --lang pl d/a.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"wygląda na tabelę statystyczną"* ]]
    [ "$(ask "SELECT json_extract(readfile('d/datapackage.json'), '\$.resources[0].disclosure.table.dimensions[1].total')")" = razem ]
    run "$SITO" lint d
    [ "$status" -eq 0 ]
    # records that repeat are none, nor is a file without a total
    printf 'dzielnica;liczba\nBałuty;1\nBałuty;2\nOgółem;3\n' > d/b.csv
    run "$SITO" init -o - d/b.csv
    [[ "$output" != *'"kind"'* ]]
    printf 'dzielnica;liczba\nBałuty;1\nGórna;2\n' > d/b.csv
    run "$SITO" init -o - d/b.csv
    [[ "$output" != *'"kind"'* ]]
}

# Górna: 3 and 30 hidden, and 20 and 31 of Polesie with them.
safe() { cells "$1" 41 38 79 '*' '*' 33 '*' '*' 51 64 99 163; }

@test "a hidden cell that follows from the totals is found; hidden crosswise it is not" {
    describe
    cells d/a.csv 41 38 79 '*' 30 33 20 31 51 64 99 163
    check 1 recoverable-cell
    says '1 hidden cell can be computed exactly from the totals'
    safe d/a.csv
    check 0
    # the margins leave 1 or 2 to a cell: not disclosed, but narrower than 5
    cells d/a.csv 41 38 79 '*' '*' 3 '*' '*' 51 43 90 133
    check 1 narrow-cell small-cell
}

@test "totals that do not add up leave no result" {
    describe
    cells d/a.csv 41 38 79 13 30 44 20 31 51 74 99 173
    run "$SITO" check --lang en --format json d
    echo "$output" > out.json
    [ "$status" -ne 0 ]
    says 'not the sum of its parts'
    # with hidden cells nothing was audited, and that is no result
    cells d/a.csv 41 38 79 '*' '*' 44 20 31 51 74 99 173
    check 3 recoverable-cell table-total
}

@test "a cell that follows from last month's release is found, and its safe twin passes" {
    safe d/a.csv
    safe d/luty.csv
    more='"published": [{"path": "luty.csv", "relation": "earlier-release"}]'
    table='"signs": {"*": "suppressed"}'
    cat > d/datapackage.json <<END
{"name": "pomoc", "resources": [{"name": "pomoc", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [$fields]}, "disclosure": {"persons": "others", "kind": "table", $more,
    "table": {"about": "persons", "dimensions": [$dimensions], "measures": [$measures], $table}}}]}
END
    check 0
    cells d/luty.csv 41 38 79 '*' '*' 33 20 '*' 51 64 99 163
    check 1 recoverable-cell
    says 'from this table and the earlier release "luty.csv"'
    # a release that was revised: the numbers do not fit together, but what was shown is known
    cells d/luty.csv 40 38 78 '*' '*' 33 20 '*' 51 63 99 162
    check 1 narrow-cell
    printf 'dzielnica;liczba\nBałuty;1\n' > d/luty.csv
    run "$SITO" check --lang en d
    [ "$status" -eq 3 ]
    [[ "$output" == *"has no column 'plec'"* ]]
}

@test "linked tables: a cell hidden in one and shown in the other is found by the package" {
    cells d/a.csv 41 38 79 '*' '*' 33 '*' '*' 51 64 99 163
    cells d/b.csv 41 38 79 3 30 33 20 31 51 64 99 163
    one='{"name": "NAME", "path": "NAME.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
      "schema": {"fields": ['"$fields"']}, "disclosure": {"persons": "others", "kind": "table", "table": {"about": "persons",
      "dimensions": ['"$dimensions"'], "measures": ['"$measures"'], "signs": {"*": "suppressed"}, "linked": "pomoc"}}}'
    echo "{\"name\": \"pomoc\", \"resources\": [${one//NAME/a}, ${one//NAME/b}]}" > d/datapackage.json
    check 1 linked-cell small-cell
    says 'can be computed exactly from the tables a, b together'
    safe d/b.csv
    check 0
    cells d/b.csv 42 37 79 '*' '*' 33 '*' '*' 51 64 99 163
    run "$SITO" check --lang en --format json d
    echo "$output" > out.json
    says 'shown with different values'
}

@test "levels of a dimension: totals of districts count, too" {
    printf '%s\n' 'obszar;liczba' 'Bałuty;79' 'Bałuty-Centrum;*' 'Bałuty-Doły;70' 'Górna;50' 'Chojny;30' 'Ruda;20' 'Ogółem;129' > d/a.csv
    printf '%s\n' 'Bałuty-Centrum;Bałuty' 'Bałuty-Doły;Bałuty' 'Chojny;Górna' 'Ruda;Górna' > d/obszary.csv
    fields='{"name": "obszar", "type": "string"}, {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
    dimensions='{"field": "obszar", "total": "Ogółem", "hierarchy": "obszary.csv"}'
    describe
    check 1 recoverable-cell
    printf '%s\n' 'obszar;liczba' 'Bałuty;79' 'Bałuty-Centrum;*' 'Bałuty-Doły;*' 'Górna;50' 'Chojny;30' 'Ruda;20' 'Ogółem;129' > d/a.csv
    check 0
}

@test "odd tables: one row, a total alone, no rows, negative values, several measures" {
    fields='{"name": "d", "type": "string"}, {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
    dimensions='{"field": "d", "total": "Ogółem"}'
    describe
    printf 'd;liczba\nBałuty;9\n' > d/a.csv
    check 3 table-cell
    says 'No record has the word of the total of the dimension "d"'
    printf 'd;liczba\nOgółem;9\n' > d/a.csv
    check 0
    printf 'd;liczba\nOgółem;*\n' > d/a.csv
    check 0 empty-column
    printf 'd;liczba\n' > d/a.csv
    run "$SITO" check d
    [ "$status" -eq 3 ]
    fields+=', {"name": "saldo", "type": "number", "constraints": {"minimum": -1000}, "missingValues": ["", "*"]}'
    measures+=', {"field": "saldo", "kind": "sum", "contributors": "n"}'
    table+=', "companion": "c.csv"'
    describe
    printf 'd;liczba;saldo\nA;9;-5\nB;7;*\nOgółem;16;*\n' > d/a.csv
    printf 'n\n9\n7\n16\n' > d/c.csv
    check 0
    printf 'd;liczba;saldo\nA;9;-5\nB;7;*\nOgółem;16;2\n' > d/a.csv
    check 1 recoverable-cell
    says 'Column "saldo"'
}

@test "anonymise makes a safe table of a full one, and of records" {
    full d/a.csv
    describe
    run "$SITO" anonymise --lang pl d
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    [[ "$output" == *"mniej niż 5 osób"* && "$output" == *"żeby"* ]]
    [ "$(grep -c '\*' d-anonim/a.csv)" -ge 4 ]
    grep -q '^Ogółem;razem;163$' d-anonim/a.csv
    ! grep -q '^Górna;kobiety;3$' d-anonim/a.csv
    run "$SITO" check d-anonim
    [ "$status" -eq 0 ]
    grep -q '<svg' d-anonim/anonimizacja.html
    [ "$(ask "SELECT json_extract(readfile('d-anonim/anonimizacja.json'), '\$.resources[0].tables[0].hidden') >= 4")" = 1 ]
    mkdir r
    { echo 'dzielnica;plec;kwota'
      for i in $(seq 1 120); do echo "Bałuty;$([ $((i % 2)) = 0 ] && echo kobiety || echo mężczyźni);$((i + 10))"; done
      for i in $(seq 1 30); do echo "Górna;mężczyźni;$((i + 10))"; done
      for i in 1 2 3; do echo "Górna;kobiety;$((i * 5))"; done
      for i in $(seq 1 60); do echo "Polesie;$([ $((i % 2)) = 0 ] && echo kobiety || echo mężczyźni);20"; done; } > r/dane.csv
    cat > r/datapackage.json <<'END'
{"name": "zasilki", "resources": [{"name": "zasilki", "path": "dane.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "dzielnica", "disclosure": {"role": "quasi-identifier"}},
    {"name": "plec", "disclosure": {"role": "quasi-identifier"}},
    {"name": "kwota", "type": "integer", "disclosure": {"role": "sensitive"}}]},
  "disclosure": {"persons": "others", "unit": "row", "table": {"about": "persons", "path": "tabela.csv",
    "dimensions": [{"field": "dzielnica", "total": "Ogółem"}, {"field": "plec", "total": "razem"}],
    "measures": [{"field": "liczba", "kind": "count"}, {"field": "kwota", "kind": "sum"}]}}}]}
END
    run "$SITO" anonymise --lang pl r
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    [ "$(head -1 r-anonim/tabela.csv)" = 'dzielnica;plec;liczba;kwota' ]
    grep -q '^Górna;kobiety;\*;\*$' r-anonim/tabela.csv
    grep -q '^Ogółem;razem;213;' r-anonim/tabela.csv
    [ ! -e r-anonim/dane.csv ]
    run "$SITO" check r-anonim
    [ "$status" -eq 0 ]
}

@test "anonymise refuses what it cannot make safe, and writes nothing" {
    describe
    safe d/a.csv
    run "$SITO" anonymise --lang en d
    [ "$status" -eq 3 ]
    [[ "$output" == *"a full one, or of records"* ]]
    [ ! -e d-anonim ]
}

@test "the version that the catalogue remembers is an earlier release" {
    cells d/a.csv 41 38 79 13 20 33 20 31 51 74 89 163
    describe
    "$SITO" check --catalogue sito.db d > /dev/null
    sqlite3 -init /dev/null -batch -bail sito.db "INSERT INTO requirement (state, need, scope, actor, reason)
      SELECT 'publishable', need, 'off', 'J. Lis', 'zarządzenie 1/2025'
        FROM missing WHERE state = 'publishable' AND need IN ('analysis', 'decision')"
    "$SITO" mark --catalogue sito.db --by 'A. Nowak' d > /dev/null
    cells d/a.csv 41 38 79 '*' '*' 33 '*' '*' 51 74 89 163
    run --separate-stderr "$SITO" check --lang en --catalogue sito.db --format json d
    echo "$output" > out.json
    [ "$status" -eq 1 ]
    says "4 hidden cells can be computed exactly from this table and the earlier release \"the catalogue''s version\""
    # numbers of another month have nothing to say of one another
    cells d/a.csv 42 38 80 '*' '*' 33 '*' '*' 51 75 89 164
    run "$SITO" check --lang en --catalogue sito.db d
    [ "$status" -eq 0 ]
}

@test "a cumulative release tells what was added" {
    printf 'd;liczba\nA;*\nB;*\nOgółem;40\n' > d/a.csv
    printf 'd;liczba\nA;18\nB;19\nOgółem;37\n' > d/luty.csv
    fields='{"name": "d", "type": "string"}, {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
    cat > d/datapackage.json <<END
{"name": "pomoc", "resources": [{"name": "pomoc", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [$fields]}, "disclosure": {"persons": "others", "kind": "table",
    "published": [{"path": "luty.csv", "relation": "cumulative"}],
    "table": {"about": "persons", "dimensions": [{"field": "d", "total": "Ogółem"}], "measures": [$measures], $table}}}]}
END
    # A is 18 to 21 now, B 19 to 22: no room of five
    check 1 narrow-cell small-cell
    says '1 cell grew by fewer than 5 since the release "luty.csv"'
    printf 'd;liczba\nA;18\nB;12\nOgółem;30\n' > d/luty.csv
    check 0
}

@test "everybody of a row in one cell: a warning, an error where the dimension is sensitive, nothing where there is one code" {
    cells d/a.csv 41 0 41 13 20 33 20 31 51 74 51 125
    describe
    check 0 group-disclosure
    says 'holds everybody of its row along "plec"'
    fields='{"name": "dzielnica", "type": "string"}, {"name": "plec", "type": "string", "disclosure": {"role": "sensitive"}},
      {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}' describe
    check 1 group-disclosure revealing-zero
    printf 'dzielnica;plec;liczba\nA;K;9\nB;K;7\nOgółem;K;16\nA;razem;9\nB;razem;7\nOgółem;razem;16\n' > d/a.csv
    describe
    check 0
}

@test "anonymise: no totals where none are declared; a table that needs nothing; one without inner cells" {
    printf 'miesiac;d;liczba\n01;A;9\n01;B;2\n01;razem;11\n02;A;8\n02;B;7\n02;razem;15\n' > d/a.csv
    fields='{"name": "miesiac"}, {"name": "d"}, {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
    dimensions='{"field": "miesiac"}, {"field": "d", "total": "razem"}'
    describe
    run "$SITO" anonymise --lang en d
    [ "$status" -eq 0 ] || { echo "$output"; false; }
    [ "$(wc -l < d-anonim/a.csv)" -eq 7 ]
    grep -q '^01;B;\*$' d-anonim/a.csv
    cells d/a.csv 41 38 79 13 20 33 20 31 51 74 89 163
    setup_fields='{"name": "dzielnica"}, {"name": "plec"}, {"name": "liczba", "type": "integer", "missingValues": ["", "*"]}'
    fields=$setup_fields dimensions='{"field": "dzielnica", "total": "Ogółem"}, {"field": "plec", "total": "razem"}' describe
    run "$SITO" anonymise --lang en d --to nic
    [ "$status" -eq 0 ]
    [[ "$output" == *"nothing had to be hidden"* ]]
    [ "$(sort nic/a.csv)" = "$(sort d/a.csv)" ]
}
