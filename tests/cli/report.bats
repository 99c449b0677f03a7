# The forms of a report of `sito check`.

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  cd "$BATS_TEST_TMPDIR"
}

@test "the junit report is valid, whatever the verdict" {
  command -v xmllint > /dev/null || skip "xmllint is not installed"
  for set in zgloszenia zgloszenia-surowe; do
    "$SITO" check --format junit -o report.xml "$GENERATED/$set" || [ $? -eq 1 ]
    xmllint --noout --schema "$SOURCE/tests/cli/junit.xsd" report.xml
  done
}

@test "the json report is one object with verdict, summary and findings" {
  "$SITO" check --format json -o report.json "$GENERATED/zgloszenia-surowe" || [ $? -eq 1 ]
  [ "$(sqlite3 -init /dev/null -batch :memory: "SELECT group_concat(key, ' ')
    FROM json_each(readfile('report.json')) WHERE key IN ('schema', 'verdict', 'summary', 'findings')")" \
    = "schema verdict summary findings" ]
}

@test "equal runs give equal reports, apart from the time" {
  for format in text json junit; do
    "$SITO" check --format "$format" "$GENERATED/zgloszenia-surowe" > one || [ $? -eq 1 ]
    "$SITO" check --format "$format" "$GENERATED/zgloszenia-surowe" > two || [ $? -eq 1 ]
    sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z?//' one > one.bare
    sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z?//' two > two.bare
    cmp one.bare two.bare
  done
}

@test "the Polish report holds no English word of ours" {
  "$SITO" check --lang pl "$GENERATED/zgloszenia-surowe" > report || [ $? -eq 1 ]
  ! grep -wE 'the|record|records|column|value|values|class|Why|Basis|Lines|shown|rules' report
}
