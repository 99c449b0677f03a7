# sito_remote.so in the plain shell, against a server on 127.0.0.1: what the cache shows and gives back, and
# that no key is seen anywhere.

bats_require_minimum_version 1.5.0

setup_file() {
    export WORK=$BATS_FILE_TMPDIR REMOTE=$BUILD/sito_remote.so
    "$BUILD/tests/http-server" --root "$FIXTURES/http" --log "$WORK/log" --ready "$WORK/ready" \
        --seconds 100 3>&- &
    echo $! > "$WORK/pid"
    for _ in $(seq 500); do
        [ -e "$WORK/ready" ] && break
        sleep 0.02
    done
    HTTP=127.0.0.1:$(sed -n 's/^HTTP=//p' "$WORK/ready")
    export HTTP LC_ALL=C.UTF-8
}

teardown_file() { kill "$(cat "$BATS_FILE_TMPDIR/pid")"; }

setup() {
    cd "$BATS_TEST_TMPDIR"
    export SITO_CACHE=$BATS_TEST_TMPDIR/pamiec
}

shell() { sqlite3 -init /dev/null -batch -bail :memory: ".load $REMOTE" "$@"; }

table() { # URL OPTIONS
    echo "CREATE VIRTUAL TABLE temp.t USING remote(url='$1', format='csv', allow_private='yes'${2:+, $2})"
}

requests() { grep -c "^GET $1 " "$WORK/log" || true; }

@test "the cache tells of an answer, and gives its bytes back" {
    run -0 shell "$(table "http://$HTTP/whole" "max_age='1d'")" "SELECT nazwa FROM t" \
        "SELECT url, status, bytes, type, etag, state, age < 60 FROM remote_cache()" \
        "DROP TABLE t" "SELECT remote_cache_clean(0)" "SELECT count(*) FROM remote_cache()"
    [ "$output" = "Bolesławiec
Łódź
http://$HTTP/whole|200|41|text/csv|\"v1\"|good|1
41
0" ]
    [ "$(stat -c %a pamiec)" = 700 ]
}

@test "what a statement reads is open, and no clean-up takes it" {
    run -0 shell "$(table "http://$HTTP/whole" "max_age='1d'")" \
        "SELECT (SELECT group_concat(state || open) FROM remote_cache()), remote_cache_clean(0), kod FROM t LIMIT 1"
    [ "$output" = "good1|0|0201" ]
}

@test "the digest is that of sha256sum" {
    shell "$(table "http://$HTTP/whole")" "SELECT count(*) FROM t"
    [ "$(shell "SELECT sha256 FROM remote_cache()")" = \
        "$(printf 'kod;nazwa\n0201;Bolesławiec\n1061;Łódź\n' | sha256sum | cut -d ' ' -f 1)" ]
}

@test "a damaged file is told of, and fetched again" {
    shell "$(table "http://$HTTP/whole" "max_age='1d'")" "SELECT count(*) FROM t"
    before=$(requests /whole)
    chmod u+w pamiec/bodies/*
    echo X >> pamiec/bodies/*
    [ "$(shell "SELECT state FROM remote_cache()")" = damaged ]
    run -0 shell "$(table "http://$HTTP/whole" "max_age='1d'")" "SELECT nazwa FROM t"
    [ "${lines[0]}" = Bolesławiec ]
    [ "$(requests /whole)" = $((before + 1)) ]
}

@test "a key is nowhere but at its server" {
    export KLUCZ=tajne-haslo-7
    run -0 shell "$(table "http://$HTTP/key-in-header" "auth_env='KLUCZ', auth_header='X-ClientId'")" \
        "SELECT count(*) FROM t" "SELECT sql FROM temp.sqlite_master" "SELECT * FROM remote_cache()"
    [ "${lines[0]}" = 2 ]
    [[ "$output" != *tajne* ]]
    run ! grep -r tajne pamiec
    export KLUCZ=inne-haslo
    run ! shell "$(table "http://$HTTP/key-in-header" "auth_env='KLUCZ', auth_header='X-ClientId'")" \
        "SELECT count(*) FROM t"
    [[ "$output" == *"status 403"* ]]
    [[ "$output" != *haslo* ]]
}

@test "keys that somebody wrote into a URL are masked where it is shown" {
    run -0 shell "$(table "http://$HTTP/whole?api_key=abc123&rok=2024")" "SELECT count(*) FROM t" \
        "SELECT url FROM remote_cache()"
    [ "${lines[1]}" = "http://$HTTP/whole?api_key=***&rok=2024" ]
    run ! grep -r abc123 pamiec
}

@test "a packed file is held to max_bytes when it is unpacked, too" {
    run -0 shell "$(table "http://$HTTP/file.csv.gz")" "SELECT nazwa FROM t LIMIT 1"
    [ "$output" = Bolesławiec ]
    run ! shell "$(table "http://$HTTP/bomb.csv.gz" "max_bytes=100000")" "SELECT count(*) FROM t"
    [[ "$output" == *"unpacks to more than 100000 bytes"* ]]
}

@test "without allow_private an address of this machine is refused" {
    run ! shell "CREATE VIRTUAL TABLE temp.t USING remote(url='http://$HTTP/whole', format='csv')" \
        "SELECT * FROM t"
    [[ "$output" == *"not public (loopback); allow_private=yes lets it through"* ]]
}

@test "sito.so tells of the functions of sito_remote.so, and whether they are there" {
    [ "$(shell ".load $SITO_SO" "SELECT min(loaded) FROM sito_help WHERE module = 'remote'")" = 1 ]
    [ "$(sqlite3 -init /dev/null -batch -bail :memory: ".load $SITO_SO" \
        "SELECT max(loaded) FROM sito_help WHERE module = 'remote'")" = 0 ]
}
