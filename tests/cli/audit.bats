#!/usr/bin/env bats
# sito audit (checks/cli/audit.c, checks/catalogue/seal.c).

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE
    a=$(printf 'a%.0s' $(seq 64))
    (cd "$SOURCE/sql/catalogue" &&
        cat tables-?.sql history.sql people.sql analysis.sql life.sql seal.sql \
            calendar.sql requests.sql updates.sql inventory.sql warehouse.sql redactions.sql) | shell
    shell "INSERT INTO event (at, kind, dataset, actor) VALUES ('2025-01-10T09:00:00Z', 'registered', 'drzewa', 'A. Nowak');
           INSERT INTO event (at, kind, dataset, digest) VALUES ('2025-01-10T09:00:01Z', 'bytes', 'drzewa', '$a');
           INSERT INTO input VALUES (2, 'data', 'drzewa.csv', '$a');
           INSERT INTO event (at, kind, dataset, digest, outcome) VALUES ('2025-01-10T09:00:02Z', 'verdict', 'drzewa', '$a', 'PASS')"
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@" 2>&1; }

# Somebody who edits the file: the guard is taken away, the deed done, the guard put back.
tamper() { # GUARD SQL
    guard=$(shell "SELECT sql FROM sqlite_schema WHERE name = '$1'")
    shell "DROP TRIGGER $1; $2; $guard"
}

audit() { "$SITO" audit --lang en "$@"; }

@test "every event is sealed and listed, and the chain is whole" {
    run audit verify
    [ "$status" -eq 0 ]
    [[ "$output" == *"Without a seal: events 1 to 3"* ]]
    run audit
    [ "$status" -eq 0 ]
    [[ "$output" == *"2025-01-10T09:00:00Z  registered    drzewa, A. Nowak"* ]]
    [[ "$output" == *"head of the chain: $(shell "SELECT chain FROM seal WHERE event = 3")"* ]]
    run audit verify
    [ "$status" -eq 0 ]
    [[ "$output" == *"The chain of seals is whole."* ]]
    [[ "$output" != *"Without a seal"* ]]
}

# By the words of catalogue_seal.c, with another program's SHA-256.
@test "a link is the SHA-256 of the link before, the row and its files" {
    audit > /dev/null 2>&1
    first=$(printf 'sito\nid i 1\n1\nat t 20\n2025-01-10T09:00:00Z\nkind t 10\nregistered\ndataset t 6\ndrzewa\nactor t 8\nA. Nowak\nend\n' | sha256sum | cut -d' ' -f1)
    [ "$(shell "SELECT chain FROM seal WHERE event = 1")" = "$first" ]
    second=$(printf '%s\nid i 1\n2\nat t 20\n2025-01-10T09:00:01Z\nkind t 5\nbytes\ndataset t 6\ndrzewa\ndigest t 64\n%s\nend\nkind t 4\ndata\npath t 10\ndrzewa.csv\nsha256 t 64\n%s\nend\n' "$first" "$a" "$a" | sha256sum | cut -d' ' -f1)
    [ "$(shell "SELECT chain FROM seal WHERE event = 2")" = "$second" ]
}

@test "a changed event is found, and it alone" {
    audit > /dev/null 2>&1
    tamper event_update "UPDATE event SET outcome = 'FAIL' WHERE id = 3"
    run audit verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"event 3: it or its seal was changed"* ]]
    [ "$(grep -c '^event' <<< "$output")" -eq 1 ]
    tamper event_update "UPDATE event SET outcome = 'PASS' WHERE id = 3"
    audit verify
    tamper event_update "UPDATE event SET at = '2025-01-10T09:00:09Z' WHERE id = 1"
    run audit verify
    [[ "$output" == *"event 1: it or its seal was changed"* ]]
    [ "$(grep -c '^event' <<< "$output")" -eq 1 ]
}

@test "a changed list of files, a deleted, a moved and an inserted event are found" {
    audit > /dev/null 2>&1
    cp sito.db whole.db
    tamper input_update "UPDATE input SET path = 'inny.csv'"
    run audit verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"event 2: it or its seal was changed"* ]]
    cp whole.db sito.db
    tamper event_delete "DELETE FROM event WHERE id = 2"
    run audit verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"event 2: it was deleted"* ]]
    cp whole.db sito.db
    tamper event_update "UPDATE event SET id = 9 WHERE id = 1; UPDATE event SET id = 1 WHERE id = 3; UPDATE event SET id = 3 WHERE id = 9"
    run audit verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"event 1: it or"* && "$output" == *"event 3: it or"* ]]
    cp whole.db sito.db
    tamper seal_delete "DELETE FROM seal WHERE event = 2"
    run audit verify
    [ "$status" -eq 1 ]
    [[ "$output" == *"event 2: its seal was deleted"* ]]
    run audit
    [ "$status" -eq 1 ]
}

@test "the loss of the newest events is seen with the head that was noted" {
    audit > /dev/null 2>&1
    head=$(shell "SELECT chain FROM seal ORDER BY event DESC LIMIT 1")
    audit verify --head "$head"
    tamper seal_delete "DELETE FROM seal WHERE event = 3"
    tamper event_delete "DELETE FROM event WHERE id = 3"
    audit verify
    run audit verify --head "$head"
    [ "$status" -eq 1 ]
    [[ "$output" == *"is no link of this chain"* ]]
}

@test "seals are added in order and never changed, also from the plain shell" {
    audit > /dev/null 2>&1
    for sql in "UPDATE seal SET chain = '$a'" "DELETE FROM seal" "INSERT INTO seal VALUES (4, '$a')" \
        "REPLACE INTO seal VALUES (3, '$a')" "INSERT INTO seal VALUES (NULL, '$a')" \
        "INSERT INTO seal VALUES (3, '$a') ON CONFLICT (event) DO UPDATE SET chain = '$a'"; do
        run shell "$sql"
        [ "$status" -ne 0 ]
    done
    audit verify
}

@test "the history goes out as CSV for a spreadsheet and as JSON" {
    shell "INSERT INTO dataset (name, actor, reason) VALUES ('=zle', 'M. \"W\"; X', '+1')"
    audit --format csv -o historia.csv 2> /dev/null
    [ "$(head -c 3 historia.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
    [[ "$(cat historia.csv)" == *"\"'=zle\";\"\";\"\";\"M. \"\"W\"\"; X\""* ]]
    [[ "$(cat historia.csv)" == *"\"'+1\""* ]]
    [ "$(wc -l < historia.csv)" -eq 5 ]
    audit --format json -o historia.json 2> /dev/null
    [ "$(sqlite3 :memory: "SELECT json_array_length(readfile('historia.json'), '\$.events'),
         json_extract(readfile('historia.json'), '\$.events[3].dataset')")" = "4|=zle" ]
}

@test "what is no catalogue, and wrong words, get one line and a status" {
    run audit --catalogue brak.db
    [ "$status" -eq 3 ]
    [ "${#lines[@]}" -eq 1 ]
    run audit sprawdz
    [ "$status" -eq 2 ]
    run audit --head "$a"
    [ "$status" -eq 2 ]
    run audit verify --head abc
    [ "$status" -eq 2 ]
}
