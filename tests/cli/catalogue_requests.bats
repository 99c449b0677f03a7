#!/usr/bin/env bats
# The repertory of requests and working days, from the plain sqlite3 shell (sql/catalogue/requests.sql,
# calendar.sql).

setup() {
    cd "$BATS_TEST_TMPDIR"
    b=$(printf 'b%.0s' $(seq 64))
    (cd "$SOURCE/sql/catalogue" &&
        cat tables-?.sql history.sql people.sql analysis.sql life.sql seal.sql \
            calendar.sql requests.sql updates.sql inventory.sql warehouse.sql redactions.sql) | shell
    shell "INSERT INTO authorisation (person, role, from_day) VALUES
             ('D. Kos', 'request-coordinator', '2022-02-24'), ('B. Dudek', 'department-director', '2022-02-24'),
             ('R. Sowa', 'decision-maker', '2022-02-24')"
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@" 2>&1; }

refused() { # SQL MESSAGE
    run shell "$1"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$2"* ]]
}

receive() { # NUMBER DAY
    shell "INSERT INTO request (request, procedure, form, received, unit)
           VALUES ('$1', 'access', 'electronic', '$2', 'WGK')"
}

event() { # NUMBER OUTCOME DAY [COLUMNS VALUES]
    shell "INSERT INTO request_event (request, outcome, day${4:+, $4}) VALUES ('$1', '$2', '$3'${5:+, $5})"
}

# Terms computed by hand from the calendar: 14 days, rolled; 3 and 4 working days before.
@test "an answer is due in 14 days, on a working day; acceptance 3 and partial answers 4 working days before" {
    while IFS=, read -r received due three four; do
        receive "$received" "$received"
        [ "$(shell "SELECT due, accept_by, partial_by FROM request WHERE request = '$received'")" = \
          "$due|$three|$four" ]
    done << 'VECTORS'
2022-02-24,2022-03-10,2022-03-07,2022-03-04
2024-04-19,2024-05-06,2024-04-29,2024-04-26
2024-07-07,2024-07-22,2024-07-17,2024-07-16
2025-12-11,2025-12-29,2025-12-19,2025-12-18
2026-05-22,2026-06-05,2026-06-01,2026-05-29
VECTORS
    [ "$(shell "SELECT due_unrolled FROM request WHERE request = '2024-07-07'")" = 2024-07-21 ]
}

# Dates of Easter as published by the US Naval Observatory.
@test "the holidays of a year, and the office's own days off" {
    [ "$(shell "SELECT group_concat(day, ' ') FROM easter WHERE year IN (2016, 2019, 2024, 2025, 2038)")" = \
      "2016-03-27 2019-04-21 2024-03-31 2025-04-20 2038-04-25" ]
    [ "$(shell "SELECT count(*) FROM holiday WHERE day LIKE '2024-%'")" = 13 ]
    [ "$(shell "SELECT count(*) FROM holiday WHERE day LIKE '2025-%'")" = 14 ]
    [ "$(shell "SELECT count(*) FROM holiday WHERE day = '2018-11-12'")" = 1 ]
    receive 1 2025-04-18
    [ "$(shell "SELECT due FROM request")" = 2025-05-02 ]
    shell "INSERT INTO day_off (day, reason) VALUES ('2025-05-02', 'zarządzenie 14/2025')"
    [ "$(shell "SELECT due FROM request")" = 2025-05-05 ]
    shell "DELETE FROM day_off WHERE day = '2025-05-02'"
    [ "$(shell "SELECT due FROM request")" = 2025-05-02 ]
    refused "INSERT INTO day_off (day) VALUES ('2025-02-30')" "a day off is written"
}

@test "a request is received, routed, accepted, answered, and then closed" {
    receive 1/2025 2025-03-03
    event 1/2025 routed 2025-03-04 'unit, form, actor' "'BSM', 'ranking', 'D. Kos'"
    event 1/2025 partial 2025-03-06 'unit, minutes' "'WGK', 90"
    event 1/2025 accepted 2025-03-12 actor "'B. Dudek'"
    event 1/2025 answered 2025-03-14 'unit, minutes' "'BSM', 30"
    [ "$(shell "SELECT unit, routing, due, accepted, outcome, closed, minutes FROM request")" = \
      "BSM|ranking|2025-03-17|2025-03-12|answered|2025-03-14|120" ]
    [ "$(shell "SELECT unit, minutes FROM request_time ORDER BY unit")" = $'BSM|30\nWGK|90' ]
    refused "INSERT INTO request_event (request, outcome, day, unit) VALUES ('1/2025', 'partial', '2025-03-15', 'X')" \
        "already closed"
}

@test "forms, days, terms and decisions are held to the order" {
    refused "INSERT INTO request (request, procedure, form, received, unit)
             VALUES ('1', 'reuse', 'oral', '2025-03-03', 'WGK')" "reuse (paper, electronic)"
    refused "INSERT INTO request (request, procedure, form, received)
             VALUES ('1', 'reuse', 'paper', '2025-03-03')" "names a unit"
    refused "INSERT INTO request (request, procedure, form, received, unit)
             VALUES ('1; x', 'reuse', 'paper', '2025-03-03', 'WGK')" "the number of a request"
    receive 1 2025-03-03
    refused "INSERT INTO request (request, procedure, form, received, unit)
             VALUES ('1', 'access', 'paper', '2025-03-03', 'WGK')" "already received"
    refused "INSERT INTO request_event (request, outcome, day) VALUES ('2', 'answered', '2025-03-04')" "no request of this number"
    refused "INSERT INTO request_event (request, outcome, day) VALUES ('1', 'answered', '2025-03-02')" "before its receipt"
    refused "INSERT INTO request_event (request, outcome, day) VALUES ('1', 'lost', '2025-03-04')" "an event of a request is"
    refused "INSERT INTO request_event (request, outcome, day, until_day, reason)
             VALUES ('1', 'extended', '2025-03-10', '2025-05-04', 'x')" "at most two months"
    event 1 extended 2025-03-10 'until_day, reason' "'2025-05-03', 'zebranie danych'"
    [ "$(shell "SELECT due_unrolled, due FROM request")" = "2025-05-03|2025-05-05" ]
    refused "INSERT INTO request_event (request, outcome, day, actor) VALUES ('1', 'refused', '2025-03-12', 'R. Sowa')" \
        "they need a case mark"
    refused "INSERT INTO request_event (request, outcome, day, actor, case_mark, document)
             VALUES ('1', 'refused', '2025-03-12', 'D. Kos', 'GK.1431.1.2025', '$b')" "not authorised"
    event 1 refused 2025-03-12 'actor, case_mark, document' "'R. Sowa', 'GK.1431.1.2025', '$b'"
}

# §5 to §7: who names the unit in charge.
@test "a request that stays where it came in needs nobody; every other routing needs the Koordynator" {
    receive 1 2025-03-03
    event 1 routed 2025-03-03 'unit, form' "'WGK', 'own-unit'"
    for form in other ranking city-unit department several; do
        refused "INSERT INTO request_event (request, outcome, day, unit, form) VALUES ('1', 'routed', '2025-03-04', 'X', '$form')" \
            "not authorised"
        event 1 routed 2025-03-04 'unit, form, actor' "'X', '$form', 'D. Kos'"
    done
    refused "INSERT INTO request_event (request, outcome, day, unit, form, actor)
             VALUES ('1', 'routed', '2025-03-04', 'X', 'inaczej', 'D. Kos')" "see the view routing"
    refused "INSERT INTO request_event (request, outcome, day, actor) VALUES ('1', 'accepted', '2025-03-04', 'D. Kos')" \
        "not authorised"
}

@test "what is late is listed: answers, acceptances, the erasure of personal data" {
    today=$(shell "SELECT date('now')")
    receive late "$(shell "SELECT date('now', '-40 days')")"
    receive fresh "$today"
    shell "INSERT INTO requester (request, name, erase_day) VALUES ('late', 'Jan Zmyślony', date('now', '-1 day'))"
    [ "$(shell "SELECT group_concat(what, ' ') FROM overdue WHERE request = 'late'")" = "answer acceptance erasure" ]
    [ "$(shell "SELECT count(*) FROM overdue WHERE request = 'fresh'")" = 0 ]
    event late answered "$today"
    shell "DELETE FROM requester WHERE request = 'late'"
    [ "$(shell "SELECT count(*) FROM overdue")" = 0 ]
}

# §21: what is personal stands in one table, can be erased, and no view of the repertory shows it.
@test "nothing personal about a requester leaves the one table that can be erased" {
    receive 1 2025-03-03
    shell "INSERT INTO requester (request, name, contact, matter)
           VALUES ('1', 'Jan Zmyślony', 'jan@example.org', 'o moście zmyślonym')"
    everything=$(shell "SELECT 'SELECT * FROM \"' || name || '\";' FROM sqlite_schema
                         WHERE type IN ('table', 'view') AND name <> 'requester'" | shell)
    [[ "$everything" == *2025-03-17* ]]    # the request is there
    [[ "$everything" != *Zmyślony* && "$everything" != *example.org* && "$everything" != *zmyślonym* ]]
    [ "$(shell "SELECT count(*) FROM sqlite_schema AS s, pragma_table_info(s.name) AS c
                 WHERE s.name <> 'requester' AND c.name IN ('contact', 'matter', 'informed_day')")" = 0 ]
    shell "UPDATE requester SET name = NULL, contact = NULL; DELETE FROM requester"
    [ "$(shell "SELECT count(*) FROM requester")" = 0 ]
}
