#!/usr/bin/env bats
# The catalogue from the plain sqlite3 shell, without sito (sql/catalogue).

setup() {
    cd "$BATS_TEST_TMPDIR"
    a=$(printf 'a%.0s' $(seq 64))
    b=$(printf 'b%.0s' $(seq 64))
    (cd "$SOURCE/sql/catalogue" &&
        cat tables-?.sql history.sql people.sql analysis.sql life.sql seal.sql \
            calendar.sql requests.sql updates.sql inventory.sql warehouse.sql redactions.sql) | shell
}

# An office that marks before it analyses and decides.
loosen() {
    shell "INSERT INTO requirement (state, need, scope, actor, reason)
           VALUES ('publishable', 'analysis', 'off', 'J. Lis', 'zarządzenie 1/2025'),
                  ('publishable', 'decision', 'off', 'J. Lis', 'zarządzenie 1/2025')"
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@" 2>&1; }

# What a check records; the verdict is its result.
check() { # DIGEST VERDICT
    shell "INSERT INTO event (kind, dataset, digest, version, location)
           VALUES ('bytes', 'rejestr', '$1', '2025.1', '/dane/rejestr');
           INSERT INTO event (kind, dataset, digest, outcome) VALUES ('verdict', 'rejestr', '$1', '$2')"
}

refused() { # SQL MESSAGE
    run shell "$1"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$2"* ]]
}

@test "a data set goes from registered to publishable, and its history can be read" {
    shell "INSERT INTO dataset (name, actor) VALUES ('rejestr', 'J. Wrona')"
    [ "$(shell "SELECT state FROM dataset")" = registered ]
    check "$a" FAIL
    [ "$(shell "SELECT state FROM dataset")" = collected ]
    check "$a" PASS
    [ "$(shell "SELECT state FROM dataset")" = verified ]
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    [ "$(shell "SELECT group_concat(need, ' ') FROM missing WHERE state = 'publishable'")" = "analysis decision" ]
    loosen
    shell "UPDATE dataset SET state = 'publishable', actor = 'A. Nowak', case_mark = 'GK.1431.7.2025'
            WHERE name = 'rejestr'"
    [ "$(shell "SELECT state, marked_by, version, location FROM dataset")" = \
      "publishable|A. Nowak|2025.1|/dane/rejestr" ]
    [ "$(shell "SELECT group_concat(kind || coalesce(':' || outcome, ''), ' ') FROM event")" = \
      "registered bytes verdict:FAIL bytes verdict:PASS requirement:off requirement:off state:publishable" ]
    [ "$(shell "SELECT actor FROM event WHERE id = 1")" = "J. Wrona" ]
}

@test "publishable is refused, in both languages, without a passing verdict of these bytes" {
    shell "INSERT INTO dataset (name) VALUES ('rejestr')"
    no="brak pozytywnego wyniku kontroli dla dokładnie tych bajtów / no passing verdict for exactly these bytes"
    refused "UPDATE dataset SET state = 'publishable'" "$no"
    check "$a" FAIL
    refused "UPDATE dataset SET state = 'publishable' WHERE name = 'rejestr'" "$no"
    check "$a" PASS
    shell "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$b')"
    refused "UPDATE dataset SET state = 'publishable'" "$no"
    refused "INSERT OR REPLACE INTO event (kind, dataset, digest, outcome)
             VALUES ('state', 'rejestr', '$a', 'publishable')" "$no"
    refused "INSERT INTO event (kind, dataset, digest, outcome)
             VALUES ('state', 'rejestr', '$b', 'publishable')" "$no"
    refused "UPDATE dataset SET state = CAST('publishable' AS BLOB)" ""
    refused "UPDATE dataset SET state = 'verified'" "this state cannot be set"
    refused "UPDATE dataset SET state = 'published'" "$no"
    refused "UPDATE dataset SET state = NULL" "this state cannot be set"
    [ "$(shell "SELECT state FROM dataset")" = collected ]
}

@test "the state ends with other bytes or another verdict, and does not come back by itself" {
    loosen
    shell "INSERT INTO dataset (name) VALUES ('rejestr')"
    check "$a" PASS
    shell "UPDATE dataset SET state = 'publishable'"
    check "$a" PASS
    [ "$(shell "SELECT state FROM dataset")" = publishable ]
    check "$a" ERROR
    check "$a" PASS
    [ "$(shell "SELECT state FROM dataset")" = verified ]
    shell "UPDATE dataset SET state = 'publishable'"
    shell "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$b')"
    [ "$(shell "SELECT state FROM dataset")" = collected ]
    shell "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$a')"
    [ "$(shell "SELECT state FROM dataset")" = verified ]
}

@test "nothing that happened can be changed" {
    shell "INSERT INTO dataset (name) VALUES ('rejestr')"
    check "$a" FAIL
    for settings in "" "PRAGMA recursive_triggers = ON;" "PRAGMA ignore_check_constraints = ON;"; do
        refused "$settings UPDATE event SET outcome = 'PASS'" "events cannot be changed"
        refused "$settings UPDATE OR REPLACE event SET id = 1 WHERE id = 3" "events cannot be changed"
        refused "$settings DELETE FROM event" "events cannot be deleted"
        refused "$settings DELETE FROM dataset" "a data set cannot be deleted"
        refused "$settings REPLACE INTO event (id, kind, dataset, digest, outcome)
                 VALUES (3, 'verdict', 'rejestr', '$a', 'PASS')" "events cannot be replaced"
        refused "$settings INSERT INTO event (id, kind, dataset, digest, outcome)
                 VALUES (9, 'verdict', 'rejestr', '$a', 'PASS')" "at the end"
        refused "$settings INSERT INTO event (id, kind, dataset) VALUES (1, 'registered', 'x')
                 ON CONFLICT (id) DO UPDATE SET outcome = 'PASS'" "events cannot be replaced"
        refused "$settings UPDATE dataset SET state = 'publishable', digest = '$b'" "only the state"
    done
    [ "$(shell "SELECT group_concat(id || kind || coalesce(outcome, ''), ' ') FROM event")" = \
      "1registered 2bytes 3verdictFAIL" ]
}

@test "a verdict belongs to the present bytes, a name to one data set" {
    shell "INSERT INTO dataset (name) VALUES ('rejestr')"
    check "$a" PASS
    refused "INSERT INTO event (kind, dataset, digest, outcome)
             VALUES ('verdict', 'rejestr', '$b', 'PASS')" "not of the present bytes"
    refused "INSERT INTO event (kind, dataset, digest, outcome)
             VALUES ('verdict', 'rejestr', '$a', 'pass')" "PASS, FAIL or ERROR"
    refused "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'inny', '$a')" "not registered"
    refused "INSERT INTO dataset (name) VALUES ('rejestr')" "already registered"
    refused "INSERT OR REPLACE INTO dataset (name) VALUES ('rejestr')" "already registered"
    refused "INSERT INTO dataset (name) VALUES (' rejestr')" "name of a data set"
    refused "INSERT INTO dataset (name) VALUES ('rejestr' || char(0))" "name of a data set"
    refused "INSERT INTO dataset (name) VALUES (NULL)" "name of a data set"
    refused "INSERT INTO dataset (name, state) VALUES ('nowy', 'publishable')" "a new data set"
    refused "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', 'AA')" "64 hexadecimal"
    refused "INSERT INTO event (kind, dataset) VALUES ('mark', 'rejestr')" "unknown kind"
    refused "INSERT INTO event (at, kind, dataset, digest)
             VALUES ('wczoraj', 'bytes', 'rejestr', '$a')" "the time of an event"
}

@test "the list of files behind a digest is closed by the next event" {
    shell "INSERT INTO dataset (name) VALUES ('rejestr');
           INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$a');
           INSERT INTO input VALUES (2, 'data', 'rejestr.csv', '$b');
           INSERT INTO event (kind, dataset, digest, outcome) VALUES ('verdict', 'rejestr', '$a', 'PASS')"
    refused "INSERT INTO input VALUES (2, 'data', 'inny.csv', '$b')" "is closed"
    refused "INSERT INTO input VALUES (3, 'data', 'inny.csv', '$b')" "is closed"
    refused "REPLACE INTO input (rowid, event, kind, path, sha256)
             VALUES (1, 2, 'data', 'inny.csv', '$b')" "cannot be replaced"
    refused "UPDATE input SET path = 'inny.csv'" "cannot be changed"
    refused "DELETE FROM input" "cannot be deleted"
    [ "$(shell "SELECT path FROM input")" = rejestr.csv ]
}
