#!/usr/bin/env bats
# Waivers (checks/runner/waiver.h): who may let a finding stand, for what, until when, and what is refused.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  export LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1767225600 # 2026-01-01
  mkdir d
  printf 'gatunek;uwagi\nlipa;stara\nklon;stary\ndąb\n' >d/a.csv
  describe none public
}

describe() { # PERSONS ROLE
  cat >d/datapackage.json <<END
{"name": "drzewa", "resources": [{"name": "drzewa", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [
   {"name": "gatunek", "type": "string", "disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz"}},
   {"name": "uwagi", "type": "string", "disclosure": {"role": "$2", "reason": "no-person", "basis": "wykaz"}}]},
  "disclosure": {"persons": "$1"}}]}
END
}

waive() {
  "$SITO" waive d "$@" --by "A. Nowak" --reason "przejrzano" --until 2026-06-30
}

controller=(--role local-data-controller --basis "art. 6 ust. 1 lit. e RODO" --case OR.077.1.2026 --opinion IOD.0630.2.2026)

# edit PYTHON: changes the first waiver w
edit() {
  /usr/bin/python3 - "$1" <<'END'
import json, sys
waivers = json.load(open("d/waivers.json"))
w = waivers["waivers"][0]
exec(sys.argv[1])
json.dump(waivers, open("d/waivers.json", "w"))
END
}

# refused WORDS: the waiver waives nothing, and the report says why
refused() {
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"waiver-refused: "*"$1"* ]] || { echo "$output"; false; }
  [[ "$output" == *"ragged-row: 1 rekord"* ]]
  [[ "$output" != *"z odstępstwem"* ]]
}

@test "a waived finding stays, the first line says how many and by whom, the verdict passes" {
  run -1 "$SITO" check d
  run -0 waive ragged-row --records 3 --role custodian
  [[ "$output" == "Zapisano w waivers.json: 1 odstępstwo od reguły ragged-row, do 2026-06-30 (A. Nowak)."* ]]
  run -0 "$SITO" check d
  [ "${lines[0]}" = "Spełnia ustalone progi kontroli – z odstępstwem od 1 ustalenia (A. Nowak)" ]
  [[ "$output" == *"a.csv:4 ragged-row"*"odstępstwo: A. Nowak, do 2026-06-30"* ]]
  run -0 "$SITO" check --lang en --format json -o r.json d
  run -0 sqlite3 -init /dev/null -batch :memory: "SELECT r ->> '\$.verdict', r ->> '\$.summary.waived',
    r ->> '\$.findings[0].waived', r ->> '\$.waivers[0].by', r ->> '\$.waivers[0].expires'
    FROM (SELECT readfile('r.json') AS r)"
  [ "$output" = 'PASS|1|1|A. Nowak|2026-06-30' ]
  for format in concise markdown github; do
    run -0 "$SITO" check --format $format d
    [[ "$output" == *"z odstępstwem od 1 ustalenia (A. Nowak)"* ]]
  done
}

@test "the file of waivers is one of the inputs of the verdict" {
  digest() { "$SITO" check --format json d | sed -n 's/^  "digest": //p'; }
  before=$(digest)
  run -0 waive ragged-row --role custodian
  [ "$(digest)" != "$before" ]
  before=$(digest)
  printf '\n' >>d/waivers.json
  [ "$(digest)" != "$before" ]
}

@test "a mark does not outlive the waiver that it rests on" {
  run -0 waive ragged-row --role custodian
  run -0 "$SITO" check --catalogue sito.db d
  run -1 env SOURCE_DATE_EPOCH=1798761600 "$SITO" mark --catalogue sito.db d
  [[ "$output" == *"odstępstwo w waivers.json wygasło"* ]]
}

@test "expired, of another file, unbounded, unknown, by the wrong person: findings, and nothing is waived" {
  run -0 waive ragged-row --records 3 --role custodian
  cp d/waivers.json kept
  for change in "w['expires'] = '2025-12-31'=wygasło 2025-12-31" "del w['expires']=nie ma granic" \
    "del w['scope']=nie ma granic" "w['scope'] = {'fingerprints': ['0123456789abcdef']}=nie ma granic" \
    "w['rule'] = 'rowki'=nie ma" "w['dataset'] = 'inny'=innego zbioru" \
    "w['resource'] = 'inny'=innego zbioru" "w['sha256'] = 64 * '0'=innego zbioru" \
    "w['rule'] = 'role-undeclared'=nikt nie może" "w['rule'] = 'k-anonymity'=tylko od lokalnego"; do
    cp kept d/waivers.json
    edit "${change%=*}"
    refused "${change##*=}"
  done
  cp kept d/waivers.json
  printf 'lipa;x\n' >>d/a.csv # other bytes
  refused "innego zbioru"
}

@test "a waiver covers what it states and no more" {
  printf 'gatunek;uwagi\nlipa\nklon\ndąb;x\n' >d/a.csv
  run -2 waive ragged-row --records 1 --role custodian # of two
  [[ "$output" == *"nie ma ustalenia reguły ragged-row"* ]]
  run -0 waive ragged-row --records 1,2 --role custodian
  run -0 "$SITO" check d
  edit "w['scope'] = {'records': [1, 3]}"
  run -1 "$SITO" check d
  run -0 waive ragged-row --role custodian
  run -0 grep -c '"rule"' d/waivers.json
  run -0 "$SITO" check d
  edit "w['scope']['count'] = 1; waivers['waivers'] = [w]"
  run -1 "$SITO" check d
}

@test "what the local data controller alone may waive, with which papers" {
  describe others free-text
  printf 'gatunek;uwagi\nlipa;a\nklon;b\n' >d/a.csv
  run -2 waive free-text --role custodian --basis x --case y --opinion z
  [[ "$output" == *"tylko lokalny administrator danych"* ]]
  run -2 waive free-text --role local-data-controller --case y --opinion z
  [[ "$output" == *"brakuje opcji --basis"* ]]
  run -2 waive free-text --role local-data-controller --basis x --case ' ' --opinion z
  [[ "$output" == *"brakuje opcji --case"* ]]
  run -0 waive free-text "${controller[@]}"
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"free-text: (odstępstwo)"* ]]
  edit "del w['opinion']"
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"nie ma podstawy prawnej, znaku sprawy albo opinii"* ]]
}

@test "direct identifiers on three ways alone" {
  describe others direct-identifier
  printf 'gatunek;uwagi\nlipa;a\nklon;b\n' >d/a.csv
  run -2 waive direct-identifier "${controller[@]}"
  [[ "$output" == *"brakuje opcji --way"*"15.2.2, 15.2.3"* ]]
  run -2 waive direct-identifier "${controller[@]}" --way 16.3
  run -0 waive direct-identifier "${controller[@]}" --way statute
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"direct-identifier: (odstępstwo)"* ]]
  edit "del w['way']"
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"nie wskazuje żadnej z dróg"* ]]
}

@test "what nobody may waive, and no result at all" {
  run -2 waive role-undeclared "${controller[@]}"
  [[ "$output" == *"nikt nie może odstąpić"* ]]
  printf 'gatunek;uwagi\n' >d/a.csv # no record: ERROR
  run -2 waive empty-table --role custodian
  run -3 "$SITO" check d
}

@test "a command line or a file that cannot be understood" {
  run -2 waive ragged-rw --role custodian
  run -2 waive ragged-row --role custodan
  [[ "$output" == *"custodian"* ]]
  run -2 waive ragged-row --role custodian --records 3,x
  run -2 waive ragged-row --role custodian --records 0
  run -2 "$SITO" waive d ragged-row --by A --role custodian --reason x --until 2025-12-31
  [[ "$output" == *"nie wcześniejszy niż dziś (2026-01-01)"* ]]
  run -2 "$SITO" waive d ragged-row --by A --role custodian --reason x --until 30.06.2026
  run -2 "$SITO" waive d/a.csv ragged-row --by A --role custodian --reason x --until 2026-06-30
  run -2 "$SITO" waive d
  run -0 waive ragged-row --role custodian
  cp d/waivers.json kept
  for change in "w['scoope'] = {}" "w['expires'] = '2026-02-30'" "w['sha256'] = 'x'" "w['by'] = ' '" \
    "w['scope']['records'] = [0]" "w['scope']['fingerprints'] = ['x']" "w['role'] = 'szef'" \
    "del w['why']" "waivers['waivers'] = {}"; do
    cp kept d/waivers.json
    edit "$change"
    run -2 "$SITO" check d
    [[ "$output" == "sito: d/waivers.json: "* ]] || { echo "$change: $output"; false; }
    run ! "$SITO" lint d
  done
  printf '{' >d/waivers.json
  run -2 "$SITO" check d
  rm d/waivers.json
  ln -s ../kept d/waivers.json
  run -3 "$SITO" check d
}

@test "a second waiver of the same finding takes the place of the first; others stay" {
  run -0 waive ragged-row --role custodian
  edit "w['why'] = 'stare'; waivers['waivers'].append(dict(w, rule='over-long'))"
  run -2 waive ragged-row --role custodian # it is waived already
  edit "w['sha256'] = 64 * '0'"
  run -0 waive ragged-row --role custodian
  run -0 /usr/bin/python3 -c "import json; print([(w['rule'], w['why']) for w in json.load(open('d/waivers.json'))['waivers']])"
  [ "$output" = "[('over-long', 'stare'), ('ragged-row', 'przejrzano')]" ]
}

@test "rules and explain say who may waive what" {
  run -0 "$SITO" explain direct-identifier
  [[ "$output" == *"Odstępstwo"*"15.2.2, 15.2.3"* ]]
  run -0 "$SITO" rules --format json
  run -0 sqlite3 -init /dev/null -batch :memory: "SELECT group_concat(r.value ->> '\$.waiver', ' ')
    FROM json_each('${output//\'/\'\'}', '\$.rules') AS r WHERE r.value ->> '\$.id'
    IN ('ragged-row', 'k-anonymity', 'direct-identifier', 'descriptor-missing') ORDER BY 1"
  [ "$(tr ' ' '\n' <<<"$output" | sort | tr '\n' ' ')" = "controller never office ways " ]
}

@test "html and sarif show who waived what, and why" {
  run -0 waive ragged-row --records 3 --role custodian
  run -0 "$SITO" check --lang pl --format html -o r.html --format sarif -o r.sarif d
  grep -q 'z odstępstwem od 1 ustalenia (A. Nowak)' r.html
  grep -q '<dt>Kto</dt><dd>A. Nowak</dd><dt>Dlaczego</dt><dd>przejrzano</dd><dt>Do kiedy</dt><dd>2026-06-30</dd>' r.html
  grep -q '"suppressions":\[{"kind":"external","status":"accepted","justification":"A. Nowak: przejrzano"}\]' r.sarif
}
