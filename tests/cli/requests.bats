#!/usr/bin/env bats
# sito request: the central repertory (checks/cli/request.c, sql/catalogue/requests.sql). Terms: 14 days, the
# next working day where that is none, 3 and 4 working days before (vectors of 2024-04-19 and 2025-12-11,
# counted by hand on a calendar).
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 SITO_CATALOGUE="$BATS_TEST_TMPDIR/sito.db"
    for who in 'D. Kos:request-coordinator' 'P. Dyrektor:department-director' 'R. Sowa:decision-maker'; do
        "$SITO" people add --person "${who%%:*}" --role "${who#*:}" --from 2020-01-01 > /dev/null
    done
    echo decyzja > decyzja.txt
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@"; }
request() { "$SITO" request --lang en "$@"; }
received() { request "$1" --event received --procedure access --form electronic --unit WGK --day "$2" --about 'liczba drzew' > /dev/null; }

@test "a request from its receipt to its answer, with terms, partial answers, acceptance and hours" {
    received 1/2024 2024-04-19
    request 1/2024 --event routed --form several --unit WGK --day 2024-04-22 --by 'D. Kos' > /dev/null
    request 1/2024 --event partial --unit ZDM --day 2024-04-24 --minutes 90 > /dev/null
    request 1/2024 --event partial --unit WOŚ --day 2024-04-25 --minutes 45 > /dev/null
    request 1/2024 --event accepted --day 2024-04-29 --by 'P. Dyrektor' > /dev/null
    run request 1/2024 --event answered --form electronic-signed --day 2024-05-06 --minutes 30 --case GK.1431.1.2024
    [ "$status" -eq 0 ]
    [ "$(shell "SELECT due, accept_by, partial_by, partials, accepted, outcome, answer_form, minutes, about FROM request")" = \
      "2024-05-06|2024-04-29|2024-04-26|2|2024-04-29|answered|electronic-signed|165|liczba drzew" ]
    [ "$(shell "SELECT unit, minutes FROM request_time WHERE unit = 'ZDM'")" = "ZDM|90" ]
    run request --format csv
    [[ "$output" == *'"1/2024";"access";"electronic";"liczba drzew";"2024-04-19";"WGK";"several";"2024-04-26";"2";"2024-04-29"'*'"2:45"'* ]]
    run request 1/2024
    [ "${#lines[@]}" -eq 7 ]
    received 2/2025 2025-12-11
    [ "$(shell "SELECT due_unrolled, due, accept_by, partial_by FROM request WHERE request = '2/2025'")" = \
      "2025-12-25|2025-12-29|2025-12-19|2025-12-18" ]
    run "$SITO" catalogue overdue --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"answer to a request"*"2/2025"* ]]
}

@test "who may not route, accept or rule is refused; a refusal needs its document" {
    received 1/2025 2025-03-03
    run request 1/2025 --event routed --form ranking --unit BSM --day 2025-03-04 --by 'P. Dyrektor'
    [ "$status" -eq 1 ]
    [[ "$output" == *"not authorised"* ]]
    run request 1/2025 --event refused --day 2025-03-10 --by 'R. Sowa' --case GK.1
    [ "$status" -eq 1 ]
    [[ "$output" == *"SHA-256 of the signed document"* ]]
    run request 1/2025 --event refused --day 2025-03-10 --by 'R. Sowa' --case GK.1 --document decyzja.txt
    [ "$status" -eq 0 ]
    run request 1/2025 --event answered --day 2025-03-10
    [ "$status" -eq 1 ]
    [[ "$output" == *"already closed"* ]]
    run request 2/2025 --event answered --form telepathy --day 2025-03-10
    [ "$status" -eq 1 ]
    run request 2/2025 --event received --procedure reuse --form oral --unit WGK --day 2025-03-10
    [ "$status" -eq 1 ]
}

@test "personal data in the words about a request is refused, and nothing is recorded" {
    before=$(shell "SELECT count(*) FROM event")
    for text in 'wniosek Jana Kowalskiego, zam. ul. Polna 3, 90-001 Łódź' 'PESEL 44051401359' 'pisze a.nowak@poczta.example'; do
        run request 3/2025 --event received --procedure access --form paper --unit WGK --day 2025-03-03 --about "$text"
        [ "$status" -eq 1 ]
        [[ "$output" == *"personal data was found"* ]]
    done
    [ "$(shell "SELECT count(*) FROM event")" = "$before" ]
}

# §21: what is personal about a requester stands in one table; nothing that sito writes has it, no view reads
# it, and an export of it is refused by the gate.
@test "the personal columns of the repertory cannot be exported" {
    received 1/2025 2025-03-03
    shell "INSERT INTO requester VALUES ('1/2025', 'Zenobia Tajna', 'z.tajna@poczta.example, 601 222 333',
                                         'Tajna treść wniosku', '2025-03-03', '2030-12-31')"
    secret='Zenobia|Tajna|tajna|601 222'
    for words in 'request' 'request 1/2025' 'request --format csv' 'request --format json' 'audit' 'audit --format csv' \
        'audit --format json' 'catalogue' 'catalogue overdue' 'status' 'people --format csv' 'inventory sito.db'; do
        # shellcheck disable=SC2086  # words to be split
        "$SITO" $words > out 2>&1 || true
        [ -s out ]
        ! grep -qE "$secret" out || { echo "sito $words"; false; }
    done
    for view in $(shell "SELECT name FROM sqlite_schema WHERE type = 'view'") event input seal; do
        shell "SELECT * FROM $view" > out
        ! grep -qE "$secret" out || { echo "$view"; false; }
    done
    # of the table only the number and the day of erasure are read by anything else
    [ "$(shell "SELECT group_concat(name) FROM sqlite_schema WHERE sql LIKE '%requester%' AND name <> 'requester'")" = overdue ]
    sqlite3 -init /dev/null -csv -header -separator ';' sito.db "SELECT * FROM requester" > export.csv
    run "$SITO" check --lang en export.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"e-mail"* ]]
    # and it can be erased for good
    shell "PRAGMA secure_delete = ON; DELETE FROM requester"
    ! grep -aqE 'Zenobia' sito.db
    "$SITO" audit verify
}

@test "wrong words are a usage error" {
    for words in '--event received --day 2025-01-01' '1/2025 --day 2025-01-01' '1/2025 --event received' \
        '1/2025 --event partial --about x --day 2025-01-01' '1/2025 --event partial --minutes 1h --day 2025-01-01' '9/9999'; do
        # shellcheck disable=SC2086  # words to be split
        run request $words
        [ "$status" -eq 2 ]
        [ "${#lines[@]}" -eq 1 ]
    done
}
