# The forms of a report of `sito check`.

bats_require_minimum_version 1.5.0

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  cd "$BATS_TEST_TMPDIR"
}

formats="text concise json junit sarif github markdown html"

# valid SCHEMA FILE…: as tests/cli/validate.py says
valid() {
  run /usr/bin/python3 "$SOURCE/tests/cli/validate.py" "$@"
  [ "$status" -ne 77 ] || skip "$output"
  echo "$output"
  [ "$status" -eq 0 ]
}

# make_all LANGUAGE PATH: one check, every form, each to report.FORM
make_all() {
  local results=()
  for format in $formats; do
    results+=(--format "$format" -o "report.$format")
  done
  "$SITO" check --lang "$1" "${results[@]}" "$2" > out || case $? in 1 | 3) ;; *) return 1 ;; esac
  [ ! -s out ] # text went to its file
}

# A small set with findings of several kinds, for what is tried many times.
make_small() {
  mkdir -p small
  printf 'nazwa;ile\nKowalska;12\nŻółw;trzy\nx\n' > small/a.csv
  cat > small/datapackage.json <<'EOF'
{"name": "maly", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "nazwa", "type": "string"}, {"name": "ile", "type": "integer"}]},
  "disclosure": {"persons": "none"}}]}
EOF
}

# An empty table: what has no result.
make_broken() {
  mkdir -p empty
  printf 'a;b\n' > empty/a.csv
  cat > empty/datapackage.json <<'EOF'
{"name": "pusty", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]},
  "disclosure": {"persons": "none"}}]}
EOF
}

@test "the junit report is valid, whatever the verdict" {
  command -v xmllint > /dev/null || skip "xmllint is not installed"
  make_broken
  for set in "$GENERATED/zgloszenia" "$GENERATED/zgloszenia-surowe" empty; do
    make_all pl "$set"
    xmllint --noout --schema "$SOURCE/tests/cli/junit.xsd" report.junit
  done
}

@test "the json and sarif reports are valid, whatever the verdict" {
  make_broken
  for set in "$GENERATED/zgloszenia" "$GENERATED/zgloszenia-surowe" empty \
    "$GENERATED/zgloszenia-surowe/zgloszenia.csv"; do
    make_all en "$set"
    valid "$SOURCE/docs/report.schema.json" report.json
    valid "$SOURCE/tests/cli/sarif.schema.json" report.sarif
  done
}

@test "the schemas refuse what is not a report" {
  echo '{"schema": 1, "verdict": "OK"}' > bad.json
  run /usr/bin/python3 "$SOURCE/tests/cli/validate.py" "$SOURCE/docs/report.schema.json" bad.json
  [ "$status" -ne 77 ] || skip "$output"
  [ "$status" -eq 1 ]
}

@test "the json report is one object with verdict, summary and findings" {
  "$SITO" check --format json "$GENERATED/zgloszenia-surowe" > report.json || [ $? -eq 1 ]
  [ "$(sqlite3 -init /dev/null -batch :memory: "SELECT group_concat(key, ' ')
    FROM json_each(readfile('report.json')) WHERE key IN ('schema', 'verdict', 'summary', 'findings')")" \
    = "schema verdict summary findings" ]
}

@test "equal runs give equal bytes where SOURCE_DATE_EPOCH stands for the clock" {
  export SOURCE_DATE_EPOCH=1735689600
  make_all pl "$GENERATED/zgloszenia-surowe"
  mkdir first
  mv report.* first
  TZ=Asia/Tokyo make_all pl "$GENERATED/zgloszenia-surowe"
  for format in $formats; do
    cmp "first/report.$format" "report.$format"
  done
  grep -q '"checked_at": "2025-01-01T00:00:00Z"' report.json
}

@test "the Polish report holds no English word of ours" {
  make_all pl "$GENERATED/zgloszenia-surowe"
  sed -i '/<style>/,/<\/style>/d; s/<[^>]*>/ /g' report.html
  for format in text concise github markdown html; do
    # what workflow commands are called is GitHub's word; Table Schema and SQL keep theirs
    # and codes are English everywhere
    ! sed -E 's/^::(error|warning|notice) //; s/[a-z]+(-[a-z]+)+//g' "report.$format" |
      grep -nwE 'the|record|records|column|columns|values|class|Why|Basis|Lines|shown|rules|findings|waived|error|warning|Severity|Place|What|and|more'
  done
}

@test "the English report holds no Polish word of ours" {
  make_all en "$GENERATED/zgloszenia-surowe"
  sed -i '/<style>/,/<\/style>/d; s/<[^>]*>/ /g' report.html
  for format in text concise github markdown html; do
    ! grep -nE 'rekord|kolumn|warto[śs]ci|ustale|Dlaczego|Podstawa|Wiersze|pokazano|progi' "report.$format"
  done
}

@test "a caret stands under the masked cell" {
  make_small
  run "$SITO" check --lang pl small
  [ "$status" -eq 1 ]
  [[ "$output" == *'       3 │ aaaa;aaaa
         │      ^^^^'* ]]
  [[ "$output" != *trzy* ]]
}

@test "concise: FILE:LINE:COLUMN: CODE: MESSAGE, and the verdict" {
  run "$SITO" check --lang en --format concise "$GENERATED/zgloszenia-surowe"
  [ "$status" -eq 1 ]
  [[ "$output" == *"$GENERATED/zgloszenia-surowe/zgloszenia.csv:78:12: required-missing: 5 records"* ]]
  [ "${lines[-1]}" = "zgloszenia-surowe: Does not meet the thresholds of this check (findings: $((${#lines[@]} - 1)))" ]
  SOURCE_DATE_EPOCH=1748736000 run "$SITO" check --lang en --format concise "$GENERATED/zgloszenia" # before it is due
  [ "$status" -eq 0 ]
  [ "$output" = "zgloszenia: Meets the thresholds that were set for this check" ]
}

@test "github: annotations on the line of the file, and the summary of the step" {
  export GITHUB_STEP_SUMMARY=$PWD/summary.md
  echo "before" > summary.md
  run "$SITO" check --lang en --format github "$GENERATED/zgloszenia-surowe"
  [ "$status" -eq 1 ]
  [[ "$output" == *"::error file=$GENERATED/zgloszenia-surowe/zgloszenia.csv,line=78,title=required-missing::5 records"* ]]
  [ "$(echo "$output" | grep -cvE '^::(error|warning|notice) .*::')" -eq 0 ]
  [ "$(head -n 1 summary.md)" = before ]
  grep -q '^## Does not meet the thresholds of this check' summary.md
  grep -q '| error | .*zgloszenia.csv:78 | required-missing |' summary.md
}

@test "html: one file that names no other address, well nested" {
  make_all pl "$GENERATED/zgloszenia-surowe"
  ! grep -qiE 'https?:|//[a-z]|url\(|@import|<script|<link|<img|<iframe| on[a-z]+=' report.html
  grep -q "default-src 'none'; style-src 'unsafe-inline'" report.html
  grep -q '<html lang="pl">' report.html
  # as XML, but for the elements that HTML does not close
  command -v xmllint > /dev/null || skip "xmllint is not installed"
  sed -E '1d; s/<meta ([^>]*)>/<meta \1\/>/' report.html > report.xml
  xmllint --noout report.xml
}

@test "names cannot forge an annotation, a table or markup" {
  mkdir 'a,b:c%<b>|x'
  printf 'k<script>;a|b\n1;2\n' > 'a,b:c%<b>|x/a.csv'
  run "$SITO" check --format github 'a,b:c%<b>|x/a.csv'
  [[ "$output" == *"file=a%2Cb%3Ac%25<b>|x/a.csv"* ]]
  run "$SITO" check --format markdown 'a,b:c%<b>|x/a.csv'
  [[ "$output" != *'<b>'* ]]
  [[ "$output" != *'<script>'* ]]
  [[ "$output" == *'c%&lt;b&gt;\|x/a.csv'* ]]
  run "$SITO" check --format html 'a,b:c%<b>|x/a.csv'
  [[ "$output" != *'<b>'* ]]
  [[ "$output" != *'<script>'* ]]
  [[ "$output" == *'k&lt;script&gt;'* ]]
  run "$SITO" check --format sarif 'a,b:c%<b>|x/a.csv'
  [[ "$output" == *'"uri":"a%2Cb%3Ac%25%3Cb%3E%7Cx/a.csv"'* ]]
}

@test "several forms in one run: each to its file, the report for people to the screen" {
  run --separate-stderr "$SITO" check --lang en --format junit -o r.xml -o r.txt nothing
  [ "$status" -eq 2 ]
  [[ "$stderr" == *"--output is given twice"* ]]
  run --separate-stderr "$SITO" check --lang en --format junit -o r.xml --format json -o r.json "$GENERATED/zgloszenia"
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Meets the thresholds that were set for this check" ]
  [ -z "$stderr" ]
  [ "$(head -c 5 r.xml)" = "<?xml" ]
  [ "$(head -c 1 r.json)" = "{" ]
  run "$SITO" check --lang en --format json --format junit -o r.xml "$GENERATED/zgloszenia"
  [ "${lines[0]}" = "{" ]
  run "$SITO" check --lang en -o r.txt "$GENERATED/zgloszenia"
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [ "$(head -n 1 r.txt)" = "Meets the thresholds that were set for this check" ]
}

@test "two forms in one place are refused before anything is read" {
  for arguments in "--format json --format junit" "--format json -o x --format junit -o x" \
    "--format json -o - --format text"; do
    # shellcheck disable=SC2086 # words
    run --separate-stderr "$SITO" check --lang en $arguments nothing
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"two results would go to one place"* ]]
  done
  run "$SITO" check --lang en --format json --format xml nothing
  [[ "$output" == *"unknown format 'xml'"* ]]
}

@test "a report that cannot be written is a failure, and nothing half-made stays" {
  make_small
  for format in $formats; do
    run "$SITO" check --lang en --format "$format" -o /dev/full small
    [ "$status" -eq 3 ]
    [[ "$output" == *"cannot write the result to /dev/full"* ]]
    run "$SITO" check --lang en --format "$format" -o nowhere/r small
    [ "$status" -eq 3 ]
    run bash -c '"$SITO" check --lang en --format "$1" small > /dev/full' _ "$format"
    [ "$status" -eq 3 ]
  done
  echo old > keep
  (
    ulimit -f 0
    "$SITO" check --format json -o keep small > /dev/null 2>&1
  ) || [ $? -eq 3 ]
  [ "$(cat keep)" = old ]
  [ -z "$(find . -name 'keep.*')" ]
}

@test "values are shown on a terminal alone, never in CI" {
  run --separate-stderr env CI=true "$SITO" check --lang en --show-values "$GENERATED/zgloszenia"
  [ "$status" -eq 2 ]
  [[ "$stderr" == *"does not work in CI"* ]]
  run --separate-stderr env -u CI "$SITO" check --lang en --show-values "$GENERATED/zgloszenia"
  [ "$status" -eq 2 ]
  [[ "$stderr" == *"on the screen of a terminal only"* ]]
  command -v script > /dev/null || skip "script is not installed"
  env -u CI script -qec "$SITO check --lang en --catalogue c.db --show-values $GENERATED/zgloszenia-surowe" \
    /dev/null < /dev/null > shown || [ $? -eq 1 ]
  grep -q 'b\.d\.' shown
  # the catalogue keeps the masked one
  sqlite3 -init /dev/null -batch c.db "SELECT report FROM verdict" > kept
  [ -s kept ]
  ! grep -q 'b\.d\.' kept
}
