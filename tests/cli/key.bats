#!/usr/bin/env bats
# sito key: keys by name, in a file of the user's own (checks/cli/key.c, ext/base/key.c).

setup() {
  export SITO_KEYS="$BATS_TEST_TMPDIR/folder/keys" LC_ALL=pl_PL.UTF-8
}

sito() {
  "$SITO" "$@"
}

sql() {
  sqlite3 -init /dev/null -batch -bail :memory: ".load ${SITO_SO%.so}" "$@"
}

@test "no file yet is no keys" {
  run sito key list
  [ "$status" -eq 0 ] && [ -z "$output" ]
}

@test "a key is made once, for its owner alone, and never shown" {
  run sito key new ops
  [ "$status" -eq 0 ]
  [ "$(stat -c %a "$SITO_KEYS")" = 600 ] && [ "$(stat -c %a "${SITO_KEYS%/*}")" = 700 ]
  key=$(cut -d ' ' -f 2 "$SITO_KEYS")
  [ "${#key}" -eq 64 ]
  case $output in *"$key"*) false ;; esac
  before=$(cat "$SITO_KEYS")
  run sito key new ops
  [ "$status" -eq 2 ] && [ "$(cat "$SITO_KEYS")" = "$before" ]
  run sito key list
  [ "$output" = ops ]
}

@test "a file that others can read, a link, a folder and a broken line are refused" {
  sito key new ops 2>/dev/null
  chmod 640 "$SITO_KEYS"
  run sito key list
  [ "$status" -ne 0 ]
  case $output in *"chmod 600"*) ;; *) false ;; esac
  run sql "SELECT anon_pseudonym('1', 'ops', 'd')"
  [ "$status" -ne 0 ]
  chmod 600 "$SITO_KEYS"
  mv "$SITO_KEYS" "$SITO_KEYS.real" && ln -s "$SITO_KEYS.real" "$SITO_KEYS"
  run sito key new druga
  [ "$status" -ne 0 ]
  rm "$SITO_KEYS" && mkdir "$SITO_KEYS"
  run sito key list
  [ "$status" -ne 0 ]
  rmdir "$SITO_KEYS"
  (umask 077 && echo 'ops 12' >"$SITO_KEYS")
  run sito key list
  [ "$status" -ne 0 ]
  case $output in *"wpis 1"*) ;; *) false ;; esac
}

@test "the same key, domain and value give the same pseudonym; any other one another" {
  sito key new ops 2>/dev/null && sito key new inny 2>/dev/null
  run sql "SELECT count(DISTINCT p) FROM (SELECT anon_pseudonym('a', 'ops', 'x') AS p UNION ALL
    SELECT anon_pseudonym('a', 'ops', 'x') UNION ALL SELECT anon_pseudonym('a', 'inny', 'x') UNION ALL
    SELECT anon_pseudonym('a', 'ops', 'y') UNION ALL SELECT anon_pseudonym('b', 'ops', 'x') UNION ALL
    SELECT anon_pseudonym('xa', 'ops', 'x'))"
  [ "$output" = 5 ]
}

@test "a missing key is named with the command that makes it" {
  run sql "SELECT anon_pseudonym('1', 'brak', 'd')"
  [ "$status" -ne 0 ]
  case $output in *"sito key new brak"*) ;; *) false ;; esac
}

@test "wrong words" {
  run sito key
  [ "$status" -eq 2 ]
  run sito key old ops
  [ "$status" -eq 2 ]
  run sito key new 'a b'
  [ "$status" -eq 2 ]
}

@test "a full disk leaves the file as it was" {
  sito key new ops 2>/dev/null
  before=$(cat "$SITO_KEYS")
  (ulimit -f 0 && sito key new druga) && false
  [ "$(cat "$SITO_KEYS")" = "$before" ]
}
