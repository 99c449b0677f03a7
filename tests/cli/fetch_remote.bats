#!/usr/bin/env bats
# Sources at an address: sito fetch against a server on 127.0.0.1 (tests/http).
bats_require_minimum_version 1.5.0

setup_file() {
    "$BUILD/tests/http-server" --root "$FIXTURES/http" --root "$BATS_FILE_TMPDIR" --ready "$BATS_FILE_TMPDIR/ready" \
        --log "$BATS_FILE_TMPDIR/log" --seconds 120 3>&- &
    echo $! > "$BATS_FILE_TMPDIR/pid"
    for _ in $(seq 100); do
        [ -s "$BATS_FILE_TMPDIR/ready" ] && break
        sleep 0.05
    done
    HTTP=127.0.0.1:$(sed -n 's/^HTTP=//p' "$BATS_FILE_TMPDIR/ready")
    export HTTP
}

teardown_file() {
    kill "$(cat "$BATS_FILE_TMPDIR/pid")" 2> /dev/null || true
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$BATS_TEST_DIRNAME/warehouse.inc"
    make_city
    unset SITO_PRESETS BDL_KEY
    export SITO_CACHE=$BATS_TEST_TMPDIR/cache
    printf 'kod;nazwa;osoby\n0201;Bolesławiec;12\n1061;Łódź;\n' > "$BATS_FILE_TMPDIR/zdalne.csv"
    printf '[{"nazwa": "Most", "rok": 1950}, {"nazwa": "Wieża", "rok": null}]' > "$BATS_FILE_TMPDIR/obiekty.json"
    cat > zdalne.csv <<END
pozycja;kwalifikacja;uzasadnienie;nazwa;rodzaj;opcje
http://$HTTP/zdalne.csv;wprost;dane publiczne;zdalne;;allow_private=yes, max_age=0
http://$HTTP/obiekty.json;wprost;dane publiczne;obiekty;remote;allow_private=yes
bdl:900001;wprost;dane GUS;bezrobocie;;base='http://$HTTP/bdl', allow_private=yes, level=5, years='2023,2024'
END
}

@test "an address is an item of the inventory once it is declared, is assessed, then loaded" {
    sed 's/^bdl:900001;\(.*\);;base/900001;\1;bdl;base/' zdalne.csv > zle.csv
    run "$SITO" fetch --answers zle.csv --by 'J. Lis' --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"zle.csv, line 4: an item of this kind is written: bdl:…"* ]]
    for address in 'https://ja:tajne7@dane.example.pl/x.csv' 'https://dane.example.pl/x.csv?rok=2024&Api_Key=tajne7' 'https://dane.example.pl/?token=tajne7'; do
        printf 'pozycja;nazwa\n%s;zdalne\n' "$address" > zle.csv
        run "$SITO" fetch --answers zle.csv --by 'J. Lis' --lang en
        [ "$status" -eq 1 ]
        [[ "$output" == *"the address holds a secret"* && "$output" != *tajne7* ]]
        ! grep -aq tajne7 sito.db
    done
    "$SITO" fetch --answers zdalne.csv --by 'J. Lis'
    run fetch
    [ "$status" -eq 1 ]
    [ ! -e "$SITO_CACHE" ] # nobody was asked
    [ "$("$SITO" fetch --questions | grep -c "http://$HTTP/\|bdl:900001")" -eq 3 ]
    "$SITO" inventory --answers zdalne.csv --by 'A. Nowak'
    "$SITO" inventory --catalogue sito.db dane > /dev/null # an inventory of folders leaves addresses alone
    run fetch
    [ "$status" -eq 0 ]
    [[ "$output" == *"Loaded: 3"* ]]
    [ "$(store "SELECT kod, typeof(kod), nazwa, osoby, typeof(osoby) FROM zdalne")" = '0201|text|Bolesławiec|12|integer
1061|text|Łódź||null' ]
    # attribute 91 is a missing value, never 0
    [ "$(store "SELECT teryt, year, value, attribute FROM bezrobocie WHERE name LIKE '%Kraków' ORDER BY year")" = '1261|2023|640.5|1
1261|2024||91' ]
    [ "$(store "SELECT json_array_length(origin, '\$.answers'), origin ->> '\$.answers[0].url', origin ->> '\$.answers[0].from_cache' FROM sito_load WHERE source = 'zdalne' AND outcome = 'loaded'")" = "1|http://$HTTP/zdalne.csv|0" ]
    [ "$(store "SELECT origin ->> '\$.answers[0].sha256' FROM sito_load WHERE source = 'zdalne' AND outcome = 'loaded'")" = "$(sha256sum < "$BATS_FILE_TMPDIR/zdalne.csv" | cut -d ' ' -f 1)" ]
    [ "$(store "SELECT origin ->> '\$.answers[0].url' LIKE '%/by-variable/900001?%' FROM sito_load WHERE source = 'bezrobocie' AND outcome = 'loaded'")" -eq 1 ]
    run fetch obiekty
    [[ "$output" == *"obiekty: unchanged"* ]]
}

@test "an address that fails or answers something else harms nothing" {
    "$SITO" fetch --answers zdalne.csv --by 'J. Lis'
    "$SITO" inventory --answers zdalne.csv --by 'A. Nowak'
    fetch > first.txt
    printf '<!DOCTYPE html><html><body>zaloguj</body></html>' > "$BATS_FILE_TMPDIR/zdalne.csv"
    run fetch zdalne
    [ "$status" -eq 3 ]
    [[ "$output" == *"zdalne: NOT READ; the version before stays (2)"* ]]
    rm "$BATS_FILE_TMPDIR/zdalne.csv"
    run fetch
    [ "$status" -eq 3 ]
    [[ "$output" == *"unchanged: 2"*"not read: 1"* ]]
    [ "$(store "SELECT count(*) FROM zdalne")" -eq 2 ]
    # without allow_private an address of this computer is refused
    sed "s/;allow_private=yes, max_age=0/;max_age=0/" zdalne.csv > bez.csv
    "$SITO" fetch --answers bez.csv --by 'J. Lis'
    run fetch zdalne
    [ "$status" -eq 3 ]
}
