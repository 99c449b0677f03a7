# The version before: what the catalogue remembers of the last published, else the last marked one, is
# what rules of drift compare with (checks/runner/earlier.h).

bats_require_minimum_version 1.5.0

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  cd "$BATS_TEST_TMPDIR" || return
  export LC_ALL=C.UTF-8
  unset SITO_CATALOGUE
  mkdir zbior
  cat >zbior/datapackage.json <<'END'
{"name": "lata", "version": "1", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
   {"name": "rok", "type": "year", "disclosure": {"role": "public", "reason": "no-person", "basis": "b"}}]},
  "disclosure": {"persons": "none"}}]}
END
  rows 40
}

rows() { { echo 'lp;rok'; for i in $(seq "$1"); do echo "$i;$((2000 + i % 5))"; done; } >zbior/a.csv; }

check() { run --separate-stderr "$SITO" check --lang en --catalogue sito.db --format json zbior; }

# In an office that marks before it analyses and decides.
mark() {
  sqlite3 -init /dev/null -batch -bail sito.db "INSERT INTO requirement (state, need, scope, actor, reason)
    SELECT 'publishable', need, 'off', 'J. Lis', 'zarządzenie 1/2025'
      FROM missing WHERE state = 'publishable' AND need IN ('analysis', 'decision')"
  "$SITO" mark --catalogue sito.db --by "A. Nowak" zbior >/dev/null
}

@test "without a catalogue, and before anything is marked, there is no version before" {
  run --separate-stderr "$SITO" check --lang en --format json zbior
  [[ $output == *'"id":"fewer-rows"'*'"status":"NOT APPLICABLE"'* ]]
  check
  rows 10
  check
  [ "$status" -eq 0 ]
  [[ $output == *'"id":"fewer-rows"'*'"status":"NOT APPLICABLE"'* ]]
}

@test "a version is compared with the one that was marked" {
  check
  [ "$status" -eq 0 ]
  mark
  rows 38
  check
  [ "$status" -eq 0 ]
  [[ $output != *'"code":"fewer-rows"'* ]]
  rows 10
  check
  [ "$status" -eq 1 ]
  [[ $output == *'"code":"fewer-rows"'*'"count":30'* ]]
  # a check that failed is no version: it still is the marked one that counts
  rows 9
  check
  [[ $output == *'"code":"fewer-rows"'*'"count":31'* ]]
}

@test "what is remembered stands in the catalogue alone, and no value is in it" {
  check
  [[ $output != *remembered* ]]
  [ "$(sqlite3 -init /dev/null -batch sito.db "SELECT group_concat(r.value ->> '\$.row.field') FROM verdict,
    json_each(report, '\$.remembered') AS r WHERE r.value ->> '\$.part' = 'profile'")" = lp,rok ]
  [ "$(sqlite3 -init /dev/null -batch sito.db "SELECT count(*) FROM verdict, json_tree(report, '\$.remembered')
    WHERE key IN ('min', 'max') OR atom = '2004'")" = 0 ]
}
