#!/usr/bin/env bats
# The command line itself: what is refused, in which words, with which status.

refused() { # STATUS MESSAGE COMMAND...
    local want=$1 message=$2
    shift 2
    run "$@"
    [ "$status" -eq "$want" ]
    [[ "$output" == *"$message"* ]]
    [ "${#lines[@]}" -eq 1 ]
}

@test "without words: usage, status 2; --help and --version: status 0" {
    run "$SITO"
    [ "$status" -eq 2 ]
    [[ "$output" == *"sito check"* ]]
    run "$SITO" --help
    [ "$status" -eq 0 ]
    run "$SITO" --version
    [ "$status" -eq 0 ]
    [[ "$output" == "sito "* ]]
}

@test "help of a command begins with examples and ends with the exit statuses" {
    for command in init lint check mark rules explain; do
        run "$SITO" $command --help --lang en
        [ "$status" -eq 0 ]
        [ "${lines[0]}" = "Examples:" ]
        [[ "$output" == *$'\nExit status: 0'* ]]
    done
}

@test "an unknown command or option is refused with the nearest one" {
    refused 2 "unknown command 'chek' (did you mean check?)" "$SITO" chek --lang en
    refused 2 "nieznane polecenie 'chek' (czy chodziło o check?)" "$SITO" chek --lang pl
    refused 2 "(did you mean --catalogue?)" "$SITO" check --catalog=x --lang en .
    refused 2 "init has no option --policy" "$SITO" init --policy=x --lang en x.csv
}

@test "values of options are checked" {
    refused 2 "unknown format 'xml'" "$SITO" check --format xml --lang en .
    refused 2 "allowed: text concise json junit" "$SITO" check --format xml --lang en .
    refused 2 "unknown severity 'all'" "$SITO" check --fail-on all --lang en .
    refused 2 "option --format needs a value" "$SITO" check --lang en --format
    refused 2 "option --policy is given twice" "$SITO" check --lang en --policy a --policy b .
    refused 2 "option --force takes no value" "$SITO" init --lang en --force=1 x.csv
    refused 2 "nieznany język 'de'; dozwolone: pl, en" env -u LC_ALL -u LANG "$SITO" check --lang de .
    refused 2 "write: sito check [options]" "$SITO" check --lang en
    refused 2 "write: sito check [options]" "$SITO" check --lang en a b
}

@test "a slip in a format, a severity or a command of the manual gets the nearest word" {
    refused 2 "unknown format 'htm' (did you mean html?)" "$SITO" check --format htm --lang en .
    refused 2 "unknown severity 'warnin' (did you mean warning?)" "$SITO" check --fail-on warnin --lang en .
    refused 2 "there is no command 'chek' (did you mean check?)" "$SITO" manual chek --lang en
    refused 2 "unknown shell 'fihs' (did you mean fish?)" "$SITO" completion fihs --lang en
    refused 2 "there is no rule 'k-anonimity'; did you mean 'k-anonymity'?" "$SITO" explain k-anonimity --lang en
}

@test "Polish is the default; an English locale or --lang changes it" {
    run env -u LC_ALL -u LC_MESSAGES -u LANG "$SITO" nic
    [[ "$output" == *"nieznane polecenie"* ]]
    run env LC_ALL=en_GB.UTF-8 "$SITO" nic
    [[ "$output" == *"unknown command"* ]]
    run env LC_ALL=en_GB.UTF-8 "$SITO" nic --lang pl
    [[ "$output" == *"nieznane polecenie"* ]]
}

@test "a closed pipe or a full disk is a failed write, not a success" {
    run bash -c '"$SITO" rules --lang en | true; exit "${PIPESTATUS[0]}"'
    [ "$status" -eq 3 ] || [ "$status" -eq 0 ] # the reader may close after the whole text was taken
    run bash -c '"$SITO" rules --lang en > /dev/full'
    [ "$status" -eq 3 ]
    [[ "$output" == *"cannot write the result"* ]]
}
