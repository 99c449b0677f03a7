#!/usr/bin/env bats
# People, the seven-step analysis and the life of a data set, from the plain sqlite3 shell
# (sql/catalogue/people.sql, analysis.sql, life.sql).

setup() {
    cd "$BATS_TEST_TMPDIR"
    a=$(printf 'a%.0s' $(seq 64))
    b=$(printf 'b%.0s' $(seq 64))
    (cd "$SOURCE/sql/catalogue" &&
        cat tables-?.sql history.sql people.sql analysis.sql life.sql seal.sql \
            calendar.sql requests.sql updates.sql inventory.sql warehouse.sql redactions.sql) | shell
    shell "INSERT INTO authorisation (person, role, unit, from_day, until_day, case_mark) VALUES
             ('A. Nowak', 'local-data-controller', 'WGK', '2024-01-01', NULL, 'OR.077.1.2024'),
             ('J. Lis', 'open-data-officer', NULL, '2024-01-01', NULL, 'OR.077.2.2024'),
             ('E. Zawada', 'data-protection-officer', NULL, '2024-01-01', NULL, 'OR.077.3.2024'),
             ('M. Wrona', 'local-data-controller', 'WGK', '2023-01-01', '2023-12-31', 'OR.077.9.2022');
           INSERT INTO dataset (name) VALUES ('rejestr')"
    check "$a" PASS
}

# An office that marks before it analyses and decides.
loosen() {
    shell "INSERT INTO requirement (state, need, scope, actor, reason)
           VALUES ('publishable', 'analysis', 'off', 'J. Lis', 'zarządzenie 1/2025'),
                  ('publishable', 'decision', 'off', 'J. Lis', 'zarządzenie 1/2025')"
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@" 2>&1; }

check() { # DIGEST VERDICT
    shell "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$1');
           INSERT INTO event (kind, dataset, digest, outcome) VALUES ('verdict', 'rejestr', '$1', '$2')"
}

refused() { # SQL MESSAGE
    run shell "$1"
    [ "$status" -ne 0 ]
    [[ "$output" == *"$2"* ]]
}

state() { shell "SELECT state FROM dataset WHERE name = 'rejestr'"; }

step() { # STEP OUTCOME ACTOR [FORM]
    shell "INSERT INTO step (dataset, step, outcome, actor, case_mark, document, form)
           VALUES ('rejestr', '$1', '$2', '$3', 'GK.1431.7.2025', '$b', '${4:-}')"
}

risks() {
    shell "INSERT INTO risk_answer (dataset, risk, outcome, reason, actor)
           SELECT 'rejestr', risk, 'absent', 'zob. karta', 'A. Nowak' FROM risk_source"
}

decide() { # OUTCOME
    shell "INSERT INTO decision (dataset, outcome, actor, case_mark, document)
           VALUES ('rejestr', '$1', 'A. Nowak', 'GK.1431.7.2025', '$b')"
}

required() { shell "SELECT group_concat(step, ' ') FROM analysis WHERE dataset = 'rejestr' AND required"; }

# The table of Annex 2: no persons 1 2 7; anonymised 1 2 3 4 6 7; personal data all, without 5 for
# public functions and consent.
@test "what steps 1 and 2 found decides which steps are required" {
    [ "$(required)" = "1 2 7" ]
    step 1 no-persons "A. Nowak"
    step 2 16.1 "A. Nowak"
    [ "$(required)" = "1 2 7" ]
    [ "$(state)" = analysed ]
    step 1 no-personal-data "A. Nowak"
    step 2 16.4 "A. Nowak"
    [ "$(required)" = "1 2 3 4 6 7" ]
    [ "$(state)" = verified ]
    step 1 personal-data "A. Nowak"
    for path in 15.2.2 15.2.3; do
        step 2 "$path" "A. Nowak"
        [ "$(required)" = "1 2 3 4 6 7" ]
    done
    step 2 16.3 "A. Nowak"
    [ "$(required)" = "1 2 3 4 5 6 7" ]
}

@test "a way to release has to go with the contents, and 15.2.4 with at most nineteen persons" {
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '2', '16.1', 'A. Nowak', 'GK.1')" "step 1 comes first"
    step 1 personal-data "A. Nowak"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '2', '16.1', 'A. Nowak', 'GK.1')" "does not go with the outcome of step 1"
    step 1 no-personal-data "A. Nowak"
    for number in NULL 0 20; do
        refused "INSERT INTO step (dataset, step, outcome, actor, case_mark, number)
                 VALUES ('rejestr', '2', '15.2.4', 'A. Nowak', 'GK.1', $number)" "at most nineteen"
    done
    shell "INSERT INTO step (dataset, step, outcome, actor, case_mark, number)
           VALUES ('rejestr', '2', '15.2.4', 'A. Nowak', 'GK.1', 19)"
}

@test "an analysis lacks steps and answers about all 27 sources of risk until they are recorded" {
    [ "$(shell "SELECT count(*) FROM risk_source")" = 27 ]
    step 1 personal-data "A. Nowak"
    step 2 16.3 "A. Nowak"
    [ "$(shell "SELECT count(*) FROM analysis_missing")" = 31 ]
    step 3 positive "A. Nowak"
    step 4 dpia "E. Zawada"
    step 5 positive "A. Nowak"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark, document, form)
             VALUES ('rejestr', '6', 'positive', 'A. Nowak', 'GK.1', '$b', 'risk-assessment')" "only dpia"
    step 6 positive "A. Nowak" dpia
    risks
    # answers that came after the assessment are not in it
    [ "$(shell "SELECT what FROM analysis_missing")" = "step 6" ]
    step 6 positive "A. Nowak" dpia
    [ "$(shell "SELECT count(*) FROM analysis_missing")" = 0 ]
    [ "$(state)" = analysed ]
    # a new case begins again
    step 2 16.3 "A. Nowak"
    [ "$(shell "SELECT count(*) FROM analysis_missing")" = 31 ]
}

@test "a negative outcome leaves only the anonymised ways" {
    step 1 personal-data "A. Nowak"
    step 2 16.3 "A. Nowak"
    step 5 negative "A. Nowak"
    no="only anonymised data may be released"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark, document)
             VALUES ('rejestr', '5', 'positive', 'A. Nowak', 'GK.1', '$b')" "$no"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '2', '16.3', 'A. Nowak', 'GK.1')" "$no"
    step 1 no-personal-data "A. Nowak"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '2', '16.1', 'A. Nowak', 'GK.1')" "$no"
    step 2 16.4 "A. Nowak"
    risks
    step 3 positive "A. Nowak"
    step 4 no-dpia "E. Zawada"
    step 6 positive "A. Nowak" risk-assessment
    [ "$(state)" = analysed ]
}

@test "only authorised persons act, each in their part, on the days of their authorisation" {
    no="not authorised"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '1', 'no-persons', 'J. Lis', 'GK.1')" "$no"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark)
             VALUES ('rejestr', '1', 'no-persons', 'M. Wrona', 'GK.1')" "$no"
    refused "INSERT INTO step (dataset, step, outcome, case_mark)
             VALUES ('rejestr', '1', 'no-persons', 'GK.1')" "$no"
    shell "INSERT INTO event (at, kind, dataset, subject, outcome, actor, case_mark)
           VALUES ('2023-06-01T10:00:00Z', 'step', 'rejestr', '1', 'no-persons', 'M. Wrona', 'GK.1')"
    refused "INSERT INTO step (dataset, step, outcome, actor, case_mark, document)
             VALUES ('rejestr', '4', 'no-dpia', 'A. Nowak', 'GK.1', '$b')" "$no"
    refused "INSERT INTO decision (dataset, outcome, actor, case_mark, document)
             VALUES ('rejestr', 'positive', 'J. Lis', 'GK.1', '$b')" "$no"
    refused "INSERT INTO decision (dataset, outcome, actor, case_mark)
             VALUES ('rejestr', 'positive', 'A. Nowak', 'GK.1')" "signed document"
    shell "INSERT INTO authorisation (person, role, unit, from_day, until_day)
           VALUES ('A. Nowak', 'local-data-controller', 'WGK', '2024-01-01', '2024-12-31')"
    refused "INSERT INTO decision (dataset, outcome, actor, case_mark, document)
             VALUES ('rejestr', 'positive', 'A. Nowak', 'GK.1', '$b')" "$no"
    refused "INSERT INTO authorisation (person, role, from_day) VALUES ('X', 'szef', '2024-01-01')" "no such role"
    refused "INSERT INTO authorisation (person, role, from_day) VALUES ('X', 'custodian', '2024-02-30')" "first day"
    refused "INSERT INTO authorisation (person, role, from_day, until_day)
             VALUES ('X', 'custodian', '2024-02-02', '2024-02-01')" "first day"
}

@test "the message about an unknown role or rhythm lists all of them" {
    run shell "INSERT INTO authorisation (person, role, from_day) VALUES ('X', 'szef', '2024-01-01')"
    for role in $(shell "SELECT role FROM role"); do [[ "$output" == *"$role"*"$role"* ]]; done
    run shell "INSERT INTO rhythm (dataset, rhythm) VALUES ('rejestr', 'co rok')"
    for rhythm in $(shell "SELECT rhythm FROM rhythm_list"); do [[ "$output" == *"$rhythm"*"$rhythm"* ]]; done
}

@test "the scopes of requests and of the portal stay separate" {
    refused "INSERT INTO permission (role, act, allowed) VALUES ('request-coordinator', 'published', 1)" \
        "within one scope"
    refused "INSERT INTO permission (role, act, allowed) VALUES ('open-data-officer', 'ruling', 1)" \
        "within one scope"
    shell "INSERT INTO permission (role, act, allowed) VALUES ('custodian', 'publishable', 1)"
    [ "$(shell "SELECT group_concat(role, ' ') FROM permission WHERE act = 'publishable' AND allowed")" = \
      "custodian open-data-officer" ]
}

whole_analysis() {
    step 1 no-personal-data "A. Nowak"
    step 2 16.4 "A. Nowak"
    risks
    step 3 positive "A. Nowak"
    step 4 no-dpia "E. Zawada"
    step 6 positive "A. Nowak" risk-assessment
}

@test "published needs the mark, the analysis, the decision and another person; withdrawn is the end" {
    loosen
    publish="UPDATE dataset SET state = 'published', actor = 'J. Lis'"
    refused "$publish" "only a data set in the state 'publishable'"
    shell "UPDATE dataset SET state = 'publishable'"
    refused "$publish" "see the view missing"
    [ "$(shell "SELECT group_concat(need, ' ') FROM missing WHERE state = 'published'")" = "analysis decision" ]
    whole_analysis
    refused "$publish" "see the view missing"
    decide positive
    refused "UPDATE dataset SET state = 'published', actor = 'A. Nowak'" "not authorised"
    shell "INSERT INTO authorisation (person, role, from_day) VALUES ('A. Nowak', 'open-data-officer', '2024-01-01')"
    refused "UPDATE dataset SET state = 'published', actor = 'A. Nowak'" "another person"
    shell "$publish"
    [ "$(state)" = published ]
    refused "DELETE FROM dataset" "cannot be deleted"
    # other bytes: what is published and what is present are two things
    check "$b" PASS
    [ "$(shell "SELECT state, substr(published_digest, 1, 1) FROM dataset")" = "analysed|a" ]
    shell "UPDATE dataset SET state = 'publishable'"
    refused "$publish" "see the view missing"   # the decision was about other bytes
    shell "UPDATE dataset SET state = 'withdrawn', actor = 'J. Lis', reason = 'błąd w danych'"
    [ "$(state)" = withdrawn ]
    gone="its name is not used again"
    refused "UPDATE dataset SET state = 'publishable'" "$gone"
    refused "INSERT INTO event (kind, dataset, digest) VALUES ('bytes', 'rejestr', '$a')" "$gone"
    refused "INSERT INTO dataset (name) VALUES ('rejestr')" "already registered"
    shell "INSERT INTO record (dataset, topic, outcome, reason) VALUES ('rejestr', 'usuniecie', 'positive', 'art. 17')"
}

@test "an intent asks for all that its state needs, and is pending until a state or its end follows" {
    intend="INSERT INTO event (kind, dataset, digest, outcome, actor, location, bundle) VALUES ('intent', 'rejestr', '$a',"
    refused "$intend 'published', 'J. Lis', '/www', '$b')" "only a data set in the state 'publishable'"
    whole_analysis
    decide positive
    shell "UPDATE dataset SET state = 'publishable'"
    refused "$intend 'published', 'J. Lis', NULL, '$b')" "with a folder"
    refused "$intend 'published', 'J. Lis', '/www', 'b')" "64 hexadecimal digits"
    refused "$intend 'publishable', 'J. Lis', '/www', '$b')" "an intent is published"
    refused "$intend 'published', 'A. Nowak', '/www', '$b')" "not authorised"
    shell "$intend 'published', 'J. Lis', '/www', '$b');
           INSERT INTO input SELECT max(id), 'published', 'a.csv', '$a' FROM event"
    [ "$(shell "SELECT outcome, location FROM pending")" = "published|/www" ]
    [ "$(state)" = publishable ]
    shell "$intend 'abandoned', NULL, '/www', '$b')"
    [ "$(shell "SELECT count(*) FROM pending")" = 0 ]
    shell "$intend 'published', 'J. Lis', '/www', '$b')"
    shell "UPDATE dataset SET state = 'published', actor = 'J. Lis'"
    [ "$(shell "SELECT count(*) FROM pending")" = 0 ]
}

@test "publishable needs, unless the office says otherwise, the analysis and a decision about these bytes" {
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    decide positive
    whole_analysis
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing" # decided before the analysis
    decide positive
    shell "UPDATE dataset SET state = 'publishable'"
    [ "$(state)" = publishable ]
    shell "UPDATE dataset SET state = 'published', actor = 'J. Lis'"
    # a required record that comes anew, other bytes, a new answer: each ends it
    decide positive
    [ "$(state)" = analysed ]
    shell "UPDATE dataset SET state = 'publishable'"
    check "$b" PASS
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    decide positive
    shell "UPDATE dataset SET state = 'publishable'"
    shell "INSERT INTO risk_answer (dataset, risk, outcome, reason, actor)
           VALUES ('rejestr', 'N1', 'remains', 'zob. karta', 'A. Nowak')"
    [ "$(state)" = verified ]
}

@test "a negative decision ends the mark, a data set that was never published is not withdrawn" {
    loosen
    refused "UPDATE dataset SET state = 'withdrawn', actor = 'J. Lis'" "only a data set that was published"
    shell "UPDATE dataset SET state = 'publishable'"
    decide negative
    [ "$(state)" = verified ]
}

@test "what a state needs is data: switched on, of these bytes, or the office's own" {
    loosen
    shell "UPDATE dataset SET state = 'publishable'"
    shell "INSERT INTO requirement (state, need, scope, actor, reason)
           VALUES ('publishable', 'opinia-radcy', 'bytes', 'J. Lis', 'zarządzenie 12/2025')"
    [ "$(state)" = verified ]
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    [ "$(shell "SELECT en FROM missing WHERE state = 'publishable'")" = \
      'a record "opinia-radcy" with the outcome positive' ]
    shell "INSERT INTO record (dataset, topic, outcome) VALUES ('rejestr', 'opinia-radcy', 'negative')"
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    shell "INSERT INTO record (dataset, topic, outcome) VALUES ('rejestr', 'opinia-radcy', 'positive')"
    [ "$(state)" = verified ]    # a new record ends the old mark
    shell "UPDATE dataset SET state = 'publishable'"
    [ "$(state)" = publishable ]
    check "$b" PASS
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    shell "INSERT INTO requirement (state, need, scope) VALUES ('publishable', 'opinia-radcy', 'off'),
                                                               ('publishable', 'analysis', 'dataset')"
    refused "UPDATE dataset SET state = 'publishable'" "see the view missing"
    whole_analysis
    shell "UPDATE dataset SET state = 'publishable'"
    step 6 positive "A. Nowak" risk-assessment
    [ "$(state)" = analysed ]    # the analysis was changed after the mark
    refused "INSERT INTO requirement (state, need, scope) VALUES ('publishable', 'verdict', 'off')" \
        "always required"
    refused "INSERT INTO requirement (state, need, scope) VALUES ('collected', 'x', 'dataset')" \
        "a requirement is about"
    refused "DELETE FROM requirement" "cannot modify requirement"
    refused "DELETE FROM default_requirement" "cannot modify default_requirement"
}

@test "the sources of risk name rules that exist, steps that exist, or nothing" {
    for word in $(shell "SELECT looked_at_by FROM risk_source WHERE looked_at_by LIKE 'step %'"); do
        [ "$word" = step ] || [ "$(shell "SELECT count(*) FROM step_list WHERE step = '$word'")" = 1 ]
    done
    rules=$(shell "SELECT looked_at_by FROM risk_source WHERE looked_at_by NOT LIKE 'step %'")
    [ -n "$rules" ]
    for rule in $rules; do
        ls "$SOURCE"/checks/rules/*/"$rule".sql
    done
}
