#!/usr/bin/env bats
# What the catalogue has on record of a data set reaches the rules (checks/runner/record.h).

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  export LC_ALL=C.UTF-8
  mkdir d
  describe ''
  { echo 'wiek;powod'; for i in $(seq 40); do echo "$((i % 2));$((i / 2 % 4))"; done; } >d/a.csv
}

describe() { # MORE
  cat >d/datapackage.json <<END
{"name": "lista", "resources": [{"name": "lista", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [
   {"name": "wiek", "type": "string", "disclosure": {"role": "quasi-identifier"}},
   {"name": "powod", "type": "string", "disclosure": {"role": "sensitive"}}]},
  "disclosure": {"persons": "others", "unit": "row"$1}}]}
END
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@"; }

# state OUTCOME: an event as publishing and withdrawing leave it, without what they ask for first
state() {
  local guard
  guard=$(shell "SELECT sql FROM sqlite_schema WHERE name = 'state_event'")
  shell "DROP TRIGGER state_event;
    INSERT INTO event (kind, dataset, digest, outcome) SELECT 'state', dataset, digest, '$1' FROM present; $guard"
}

@test "a release that was published counts until it is compared" {
  run -0 "$SITO" check --catalogue sito.db d
  [[ "$output" == *"earlier-releases"*"nie ma katalogu"* ]]
  run -0 "$SITO" check --catalogue sito.db d
  [[ "$output" != *"earlier-releases"* ]]
  state published
  run -0 "$SITO" check --catalogue sito.db d # the very file that was published
  cp d/a.csv d/stare.csv
  { cat d/stare.csv; for i in $(seq 40); do echo "$((i % 2));$((i / 2 % 4))"; done; } >d/a.csv
  run -1 "$SITO" check --catalogue sito.db --format concise d
  [[ "$output" == *"earlier-releases: Z obecnym nie porównano 1 wcześniejszego wydania"* ]]
  describe ', "published": [{"path": "stare.csv", "relation": "earlier-release"}]'
  run "$SITO" check --catalogue sito.db --format concise d
  [[ "$output" != *"earlier-releases"* ]]
}
