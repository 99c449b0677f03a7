#!/usr/bin/env bats
bats_require_minimum_version 1.5.0
# The main job on the generated fixtures (fixtures/generate/zgloszenia.c): the export is refused for
# what is wrong with it, the repaired file passes and is marked, and no value leaves the file.

setup() {
  cp -R "$GENERATED/zgloszenia-surowe" "$GENERATED/zgloszenia" "$GENERATED/sprawa" "$BATS_TEST_TMPDIR"
  cd "$BATS_TEST_TMPDIR"
}

# What the people of the office record between the check and the mark.
analyse_and_decide() {
  case="--catalogue sito.db --case OPS.1431.7.2025"
  run -0 "$SITO" people add --catalogue sito.db --person 'A. Nowak' --role local-data-controller --from 2025-01-01
  run -0 "$SITO" people add --catalogue sito.db --person 'E. Zawada' --role data-protection-officer --from 2025-01-01
  # shellcheck disable=SC2086  # words to be split
  run -0 "$SITO" analysis $case --answers sprawa/analiza.csv --by 'A. Nowak' zgloszenia
  # shellcheck disable=SC2086
  run -0 "$SITO" decide $case --outcome positive --by 'A. Nowak' --document sprawa/decyzja.txt zgloszenia
}

# The codes of the findings, each once.
codes() {
  sqlite3 -init /dev/null -batch :memory: "SELECT DISTINCT f.value ->> '\$.code'
    FROM json_each(readfile('$1'), '\$.findings') AS f ORDER BY 1"
}

@test "the export is refused for everything that the generator put into it" {
  run -1 "$SITO" check --format json -o report.json zgloszenia-surowe
  found=$(codes report.json)
  for code in ragged-row required-missing type-mismatch direct-identifier identifier-found \
    k-anonymity unit-not-stated; do
    grep -qx "$code" <<<"$found" || { echo "no finding $code"; false; }
  done
}

@test "what was put in is counted exactly" {
  run -1 "$SITO" check --format json -o report.json zgloszenia-surowe
  run -0 sqlite3 -init /dev/null -batch -separator ' ' :memory: "
    SELECT f.value ->> '\$.code', f.value ->> '\$.count'
      FROM json_each(readfile('report.json'), '\$.findings') AS f
     WHERE f.value ->> '\$.code' IN ('ragged-row', 'required-missing', 'type-mismatch') ORDER BY 1"
  [ "$output" = $'ragged-row 3\nrequired-missing 5\ntype-mismatch 12' ]
}

@test "no PESEL, name, address or telephone number of the file is in any report" {
  tail -n +2 zgloszenia-surowe/zgloszenia.csv | iconv -f windows-1250 -t utf-8 |
    cut -d ';' -f 1,3-6 | tr ';' '\n' | sort -u >secret
  [ "$(wc -l <secret)" -gt 10000 ]
  for format in text json junit; do
    for lang in pl en; do
      run -1 "$SITO" check --lang $lang --format $format -o "report" zgloszenia-surowe
      run -1 grep -wFf secret report
    done
  done
}

@test "the repaired file passes, with the measures that plain SQL gives, and is marked" {
  export SOURCE_DATE_EPOCH=1738368000 # 2025-02-01: the quarterly data are not yet due again
  run -0 "$SITO" check --catalogue sito.db --format json -o report.json zgloszenia
  unset SOURCE_DATE_EPOCH
  [ -z "$(codes report.json)" ]
  sqlite3 -init /dev/null -batch :memory: ".mode csv" ".separator ;" \
    ".import zgloszenia/zgloszenia.csv request" ".import zgloszenia/osoby.csv person" ".mode list" \
    "SELECT min(n) FROM (SELECT count(DISTINCT osoba) AS n FROM request JOIN person
       ON person.rowid = request.rowid GROUP BY kwartal, dzielnica, request.wiek, plec)" >smallest
  grep -q "\"k_anonymity\"[^}]*\"value\": *$(cat smallest)\(\.0\)\?[,}]" report.json
  run -1 "$SITO" mark --lang en --catalogue sito.db zgloszenia
  [[ "$output" == *"the complete seven-step analysis"* && "$output" == *"decision of the local data controller"* ]]
  analyse_and_decide
  [[ "$output" == *"wskazaną jako OPS.1431.7.2025"* ]]
  run -0 "$SITO" mark --catalogue sito.db zgloszenia
  run -0 sqlite3 -init /dev/null -batch sito.db "SELECT state FROM dataset WHERE name = 'zgloszenia'"
  [ "$output" = publishable ]
}

@test "one byte more in any file that was read, and the mark is refused" {
  run -0 "$SITO" check --catalogue sito.db zgloszenia
  analyse_and_decide
  for file in zgloszenia.csv osoby.csv datapackage.json; do
    cp "zgloszenia/$file" kept
    printf '\n' >>"zgloszenia/$file"
    run -1 "$SITO" mark --catalogue sito.db zgloszenia
    cp kept "zgloszenia/$file"
  done
  run -0 "$SITO" mark --catalogue sito.db zgloszenia
}

@test "the same bytes give the same report, apart from the time" {
  run -1 "$SITO" check --format json -o first zgloszenia-surowe
  run -1 "$SITO" check --format json -o second zgloszenia-surowe
  run diff first second
  [ "${#lines[@]}" -le 4 ]
}
