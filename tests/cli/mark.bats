#!/usr/bin/env bats
# sito check --catalogue and sito mark: only exactly the checked bytes can be marked.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE
    mkdir d
    printf 'osiedle;powod\n' > d/a.csv
    for i in 1 2 3 4 5; do printf 'Bażantów;głód\nBażantów;chłód\n' >> d/a.csv; done
    { echo osoba; for i in 1 2 3 4 5 6 7 8 9 10; do echo "k$i"; done; } > d/osoby.csv
    cat > d/datapackage.json <<'EOF'
{"name": "d", "version": "1", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [
    {"name": "osiedle", "disclosure": {"role": "quasi-identifier"}},
    {"name": "powod", "disclosure": {"role": "sensitive"}}]},
  "disclosure": {"persons": "others", "unit": {"companion": "osoby.csv"}}}]}
EOF
    printf '{"k": 5}' > policy.json
}

# Checks, in an office that marks before it analyses and decides.
check() {
    "$SITO" check --catalogue sito.db d > /dev/null
    sqlite3 -init /dev/null -batch -bail sito.db "INSERT INTO requirement (state, need, scope, actor, reason)
      SELECT 'publishable', need, 'off', 'J. Lis', 'zarządzenie 1/2025'
        FROM missing WHERE state = 'publishable' AND need IN ('analysis', 'decision')"
}
mark() { "$SITO" mark --catalogue sito.db "$@" d; }
state() { sqlite3 -init /dev/null -batch sito.db "SELECT state FROM dataset WHERE name = 'd'"; }

@test "checked and passed, then marked; the result says what was not looked at" {
    check
    [ "$(state)" = verified ]
    run mark --by "A. Nowak"
    [ "$status" -eq 0 ]
    [ "$(state)" = publishable ]
    [[ "$output" == *"spełnia ustalone progi kontroli, czeka na decyzję"* ]]
    [[ "$output" == *"Czego ta kontrola nie obejmuje"* ]]
    [[ "$output" == *"imion i nazwisk"* && "$output" == *"wcześniejszymi publikacjami"* ]]
    [[ "$output" == *"O udostępnieniu decyduje lokalny administrator danych"* ]]
}

@test "nothing is marked before it is checked" {
    run mark --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"there is no catalogue sito.db"* ]]
    [ ! -e sito.db ]
    printf 'Zarzew;głód\n' >> d/a.csv
    echo k11 >> d/osoby.csv
    check || true
    [ "$(state)" = collected ]
    run mark --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"no passing verdict"* ]]
}

@test "one changed byte of data, descriptor, companion or policy ends the state" {
    for file in d/a.csv d/datapackage.json d/osoby.csv policy.json; do
        check
        mark
        [ "$(state)" = publishable ]
        cp $file kept
        case $file in
            d/a.csv) sed -i '2s/głód/brak/' $file ;;
            d/osoby.csv) sed -i '2s/k1/kx/' $file ;;
            *) printf ' ' >> $file ;;
        esac
        run mark --lang en
        [ "$status" -eq 1 ]
        [[ "$output" == *"no passing verdict for exactly these bytes"* ]]
        [ "$(state)" = collected ]
        cp kept $file
    done
}

@test "a new check of changed bytes ends the state too" {
    check
    mark
    sed -i '2s/głód/brak/' d/a.csv
    check || true
    [ "$(state)" != publishable ]
}

@test "the plain shell cannot mark other bytes" {
    printf 'Zarzew;głód\n' >> d/a.csv
    echo k11 >> d/osoby.csv
    check || true
    run sqlite3 -init /dev/null -batch -bail sito.db "UPDATE dataset SET state = 'publishable'"
    [ "$status" -ne 0 ]
    [ "$(state)" = collected ]
}

@test "a catalogue that is none leaves everything as it was" {
    printf 'to nie jest katalog' > sito.db
    cp sito.db kept.db
    run --separate-stderr "$SITO" check --lang en --catalogue sito.db d
    [ "$status" -eq 3 ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    cmp sito.db kept.db
    run --separate-stderr "$SITO" check --lang en --catalogue d d
    [ "$status" -eq 3 ]
    rm sito.db
    sqlite3 -init /dev/null -batch sito.db "CREATE TABLE t(a)"
    cp sito.db kept.db
    run mark --lang en
    [ "$status" -eq 3 ]
    cmp sito.db kept.db
}

@test "data that cannot be read leave the catalogue as it was" {
    check
    cp sito.db kept.db
    for damage in ': > d/a.csv' 'rm d/a.csv' 'rm d/osoby.csv' 'printf x >> d/datapackage.json'; do
        cp -r d e
        eval "$damage"
        run "$SITO" check --catalogue sito.db d
        [ "$status" -ge 2 ]
        rm -r d
        mv e d
        [ "$(sqlite3 -init /dev/null sito.db .dump | sha256sum)" = \
          "$(sqlite3 -init /dev/null kept.db .dump | sha256sum)" ]
    done
}

@test "the catalogue is found beside the folder and by the environment" {
    SITO_CATALOGUE=sito.db "$SITO" check d > /dev/null
    check
    "$SITO" mark d > /dev/null
    [ "$(state)" = publishable ]
    cd d
    "$SITO" mark . > /dev/null
    run env SITO_CATALOGUE=../other.db "$SITO" mark --lang en .
    [ "$status" -eq 2 ]
}
