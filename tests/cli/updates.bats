#!/usr/bin/env bats
# Collecting and updating: sito collect, sito catalogue (sql/catalogue/updates.sql).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 SITO_CATALOGUE="$BATS_TEST_TMPDIR/sito.db"
    mkdir drzewa
    cat > drzewa/datapackage.json << 'JSON'
{"name": "drzewa", "version": "2025.1", "contributors": [{"title": "Wydział Zieleni", "roles": ["custodian"]}],
 "resources": [{"name": "drzewa", "path": "drzewa.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [
   {"name": "lp", "type": "integer", "constraints": {"required": true}, "disclosure": {"role": "release-number"}},
   {"name": "gatunek <\"x\">", "type": "string", "title": "nazwa & ród", "constraints": {"required": true},
    "disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz drzew"}},
   {"name": "posadzono", "type": "date", "disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz drzew"}}]},
  "disclosure": {"persons": "none"}}]}
JSON
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@"; }
collect() { "$SITO" collect --lang en drzewa "$@"; }
deliver() { collect "$1" --period "$2" --person 'E. Kos' --unit WGK --by 'J. Lis'; }

@test "the form: headings alone, the schema without what is the gate's, instructions" {
    run collect -o formularz
    [ "$status" -eq 0 ]
    [ "$(cat formularz/drzewa.csv)" = $'\xEF\xBB\xBF"lp";"gatunek <""x"">";"posadzono"\r' ]
    ! grep -q 'disclosure\|public' formularz/datapackage.json
    [ "$(sqlite3 -init /dev/null :memory: "SELECT readfile('formularz/datapackage.json') ->> '\$.resources[0].schema.fields[2].type'")" = date ]
    grep -q 'gatunek &lt;&quot;x&quot;&gt;' formularz/instructions.html
    grep -q 'nazwa &amp; ród' formularz/instructions.html
    # what comes back empty of records is not a delivery
    run deliver formularz/drzewa.csv 2024
    [ "$status" -ne 0 ]
}

@test "a delivery is verified whatever its encoding; the reply lists what to mend; both are recorded" {
    printf 'lp;gatunek <"x">;posadzono\n' > heading
    { cat heading; printf '1;dąb;2020-01-01\nx;;2020-13-01\n'; } | sed 's/gatunek <"x">/"gatunek <""x"">"/' | iconv -t windows-1250 > zla.csv
    run deliver zla.csv 2024
    [ "$status" -eq 1 ]
    [[ "$output" == *"Result: returned to be mended"* && "$output" == *"line 3:"* ]]
    [[ "$output" != *dąb* ]]
    printf '"lp";"gatunek <""x"">";"posadzono"\n1;dąb;2020-01-01\n2;lipa;\n' > dobra.csv
    for period in 2024 2023 2022-Q3; do
        run deliver dobra.csv $period
        [ "$status" -eq 0 ]
        [[ "$output" == *"Result: accepted"* ]]
    done
    [ "$(shell "SELECT group_concat(period || ' ' || archival, ', ') FROM (SELECT * FROM series ORDER BY period)")" = \
      "2022-Q3 1, 2023 1, 2024 0" ]
    [ "$(shell "SELECT outcome, findings > 0, person, unit FROM delivery WHERE outcome = 'returned'")" = "returned|1|E. Kos|WGK" ]
    [ "$(shell "SELECT digest FROM delivery ORDER BY id DESC LIMIT 1")" = "$(sha256sum < dobra.csv | cut -d' ' -f1)" ]
    run deliver dobra.csv lipiec
    [ "$status" -eq 1 ]
    [[ "$output" == *"the period of a delivery"* ]]
    "$SITO" audit verify
}

# date(D, '+1 month') of SQLite goes from 31 January into March; the calendar does not.
@test "the calendar: a period later, never a day of the month after that; reminders as early as the portal's" {
    shell < <(cd "$SOURCE/sql/catalogue" && cat tables-?.sql history.sql people.sql analysis.sql life.sql seal.sql \
        calendar.sql requests.sql updates.sql inventory.sql warehouse.sql redactions.sql)
    due() { # RHYTHM DAY
        name="z$((++n))"
        digest=$(printf '%064d' $n)
        shell "INSERT INTO event (at, kind, dataset) VALUES ('2020-01-01T10:00:00Z', 'registered', '$name');
               INSERT INTO event (at, kind, dataset, subject, outcome, digest)
               VALUES ('$2T10:00:00Z', 'delivery', '$name', '2020', 'accepted', '$digest');
               INSERT INTO rhythm (dataset, rhythm) VALUES ('$name', '$1');
               SELECT due || ' ' || remind_on FROM update_calendar WHERE dataset = '$name'"
    }
    n=0
    [ "$(due MONTHLY 2025-01-31)" = "2025-02-28 2025-02-25" ]
    n=1
    [ "$(due MONTHLY 2024-01-31)" = "2024-02-29 2024-02-26" ]
    n=2
    [ "$(due QUARTERLY 2025-11-30)" = "2026-02-28 2026-02-21" ]
    n=3
    [ "$(due ANNUAL 2024-02-29)" = "2025-02-28 2025-02-21" ]
    n=4
    [ "$(due ANNUAL_2 2025-08-31)" = "2026-02-28 2026-02-21" ]
    n=5
    [ "$(due WEEKLY 2025-03-28)" = "2025-04-04 2025-04-03" ]
    n=6
    [ "$(due DAILY 2025-12-31)" = "2026-01-01 2026-01-01" ]
    n=7
    [ -z "$(due NEVER 2025-12-31)" ]
    [ "$(shell "SELECT count(*) FROM overdue_update WHERE dataset = 'z8'")" = 0 ]
    [ "$(shell "SELECT count(*) FROM overdue_update")" = "$(shell "SELECT count(*) FROM update_calendar WHERE due < date('now')")" ]
}

@test "what is late is a finding; the custodian and the rhythm are recorded by one command" {
    printf '"lp";"gatunek <""x"">";"posadzono"\n1;dąb;2020-01-01\n' > dobra.csv
    deliver dobra.csv 2024 > /dev/null
    "$SITO" catalogue assign drzewa --person 'E. Kos' --unit WGK --rhythm DAILY --by 'J. Lis'
    run "$SITO" catalogue overdue --lang en
    [ "$status" -eq 0 ]
    [ "$output" = "Nothing is overdue." ]
    # the same, told ten days later: a delivery of ten days ago
    shell "INSERT INTO dataset (name) VALUES ('stary');
           INSERT INTO event (at, kind, dataset, subject, outcome, digest)
           VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-10 days'), 'delivery', 'stary', '2020', 'accepted', '$(printf 'a%.0s' $(seq 64))');
           INSERT INTO rhythm (dataset, rhythm, unit, person) VALUES ('stary', 'WEEKLY', 'ZDM', 'R. Lipa')"
    # registered today, delivered ten days before: the delivery counts
    run "$SITO" catalogue overdue --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"update of a data set"*"stary"*"ZDM, R. Lipa"* ]]
    [ "$(shell "SELECT days FROM overdue_update")" = 3 ]
    run "$SITO" catalogue --lang en
    [[ "$output" == *"drzewa"*"E. Kos"*"daily"* && "$output" == *"overdue"* ]]
    run "$SITO" catalogue drzewa --lang en
    [[ "$output" == *"the complete seven-step analysis"* ]]
    run "$SITO" catalogue --format csv --lang en
    [[ "$output" == $'\xEF\xBB\xBF'"data set;state;custodian;"* ]]
}

@test "wrong words are a usage error; what the catalogue refuses is status 1" {
    shell '' && "$SITO" people add --person x --role custodian --from 2025-01-01 > /dev/null
    for words in 'catalogue assign' 'catalogue assign drzewa' 'catalogue brak' 'catalogue --by x' 'collect drzewa' \
        'collect drzewa x.csv' 'collect drzewa -o f --by x' 'collect drzewa x.csv --period 2024'; do
        # shellcheck disable=SC2086  # words to be split
        run "$SITO" $words --lang en
        [ "$status" -eq 2 ]
        [ "${#lines[@]}" -eq 1 ]
    done
    run "$SITO" catalogue assign brak --rhythm DAILY --by x --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"not registered"* ]]
    run deliver brak.csv 2024
    [ "$status" -eq 3 ]
    run "$SITO" collect drzewa -o /nie/ma/folderu --lang en
    [ "$status" -eq 3 ]
}
