# A data set of several resources: one after another, keys between them, one verdict for the whole and
# one for each (checks/runner/whole.c, keys.c).

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  bats_require_minimum_version 1.5.0
  cd "$BATS_TEST_TMPDIR" || return
  mkdir zbior
  printf 'kod;miasto;nazwa\n01;Kraków;Długa\n02;Kraków;Nowa\n01;Tarnów;Długa\n' >zbior/ulice.csv
  printf 'lp;ulica;miasto\n1;01;Kraków\n2;02;Kraków\n3;;\n4;01;Tarnów\n' >zbior/zgloszenia.csv
  describe
}

# describe [KEYS OF ULICE [KEYS OF ZGLOSZENIA [PATH OF ULICE]]]
describe() {
  local role='"disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz ulic"}'
  local streets=${1:-$(echo '"primaryKey": ["kod", "miasto"]')}
  local reports=${2:-$(echo '"primaryKey": "lp", "foreignKeys": [{"fields": ["ulica", "miasto"],
    "reference": {"resource": "ulice", "fields": ["kod", "miasto"]}}]')}
  cat >zbior/datapackage.json <<END
{"name": "ulice", "resources": [
 {"name": "zgloszenia", "path": "zgloszenia.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
   {"name": "ulica", $role}, {"name": "miasto", $role}], $reports},
  "disclosure": {"persons": "none"}},
 {"name": "ulice", "path": "${3:-ulice.csv}", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "kod", $role}, {"name": "miasto", $role}, {"name": "nazwa", $role}], $streets},
  "disclosure": {"persons": "none"}}]}
END
}

# findings of the report wynik.json, one a line: code resource field line count
findings() {
  sqlite3 -init /dev/null -batch :memory: "SELECT group_concat(f, char(10)) FROM (SELECT printf('%s %s %s %s %s',
    f.value ->> 'code', coalesce(f.value ->> 'resource', '-'), coalesce(f.value ->> 'field', '-'),
    coalesce(f.value ->> 'line', '-'), f.value ->> 'count') AS f
    FROM json_each(readfile('wynik.json'), '\$.findings') AS f)"
}

verdicts() {
  sqlite3 -init /dev/null -batch :memory: "SELECT readfile('wynik.json') ->> '\$.verdict' || ': ' || group_concat(r.value ->> 'verdict')
    FROM json_each(readfile('wynik.json'), '\$.resources') AS r"
}

check() {
  run --separate-stderr "$SITO" check --format json -o wynik.json zbior
}

@test "keys that lead somewhere pass, and each resource has its verdict" {
  check
  [ "$status" -eq 0 ]
  [ -z "$(findings)" ]
  [ "$(verdicts)" = "PASS: PASS,PASS" ]
}

@test "a foreign key of two columns that leads nowhere fails its own resource alone" {
  printf '5;02;Tarnów\n6;;Kraków\n7;09;Kraków\n' >>zbior/zgloszenia.csv
  check
  [ "$status" -eq 1 ]
  [ "$(findings)" = "foreign-key-without-target zgloszenia - 6 3" ]
  [ "$(verdicts)" = "FAIL: FAIL,PASS" ]
  run "$SITO" check --lang pl zbior
  [[ $output == *"zgloszenia.csv:6 foreign-key-without-target 3 rekordy nie prowadzą"* ]]
  [[ $output == *"zgloszenia.csv: 7 rekordów"*"– nie spełnia progów"* ]]
  [[ $output == *"ulice.csv: 3 rekordy"*"– spełnia progi"* ]]
}

@test "a foreign key may stay in its own resource, and names its one column" {
  describe '"foreignKeys": [{"fields": "miasto", "reference": {"fields": "nazwa"}}]'
  check
  [ "$status" -eq 1 ]
  [ "$(findings)" = "foreign-key-without-target ulice miasto 2 3" ]
  [ "$(verdicts)" = "FAIL: PASS,FAIL" ]
}

@test "a repeated key of two columns is found, one column of a primary key is required and unique" {
  printf '02;Kraków;Inna\n' >>zbior/ulice.csv
  printf '4;;\n;02;Kraków\n' >>zbior/zgloszenia.csv
  check
  [ "$status" -eq 1 ]
  [ "$(findings)" = "required-missing zgloszenia lp 7 1
unique-violated zgloszenia lp 6 1
key-repeated ulice - 5 1" ]
}

@test "missing values of the schema are no values of a key" {
  printf '5;nd;nd\n' >>zbior/zgloszenia.csv
  check
  [ "$(findings)" = "foreign-key-without-target zgloszenia - 6 1" ]
  sed -i 's/"schema": {"fields": \[{"name": "lp"/"schema": {"missingValues": ["", "nd"], "fields": [{"name": "lp"/' zbior/datapackage.json
  check
  [ "$status" -eq 0 ]
}

@test "a key whose column is not in the file has no result" {
  printf 'kod;nazwa\n01;Długa\n' >zbior/ulice.csv
  check
  [ "$status" -eq 3 ]
  [ "$(verdicts)" = "ERROR: ERROR,ERROR" ]
  [[ $(findings) == *"foreign-key-without-target zgloszenia - - 1"* ]]
  [[ $(findings) == *"key-repeated ulice - - 1"* ]]
}

@test "a key that names what is not there is a problem of the descriptor" {
  describe '"primaryKey": "kood"'
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"resources[1].schema.primaryKey: klucz wymienia kolumnę 'kood'"* ]]
  describe '"foreignKeys": [{"fields": ["kod"], "reference": {"resource": "inne", "fields": ["x"]}}]'
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"nie ma zasobu 'inne'"* ]]
  describe '"foreignKeys": [{"fields": ["kod", "miasto"], "reference": {"fields": ["nazwa"]}}]'
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"tyle kolumn"* ]]
  describe '"uniqueKeys": [["kod", 7]]'
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"klucz ma być nazwą kolumny"* ]]
  describe '"primaryKey": []'
  check
  [ "$status" -eq 2 ]
}

@test "a missing file is told before anything is read, two resources of one path or name are refused" {
  rm zbior/ulice.csv
  check
  [ "$status" -eq 3 ]
  [[ $stderr == *"zbior/ulice.csv"* ]]
  [ ! -e wynik.json ]
  describe '' '' ./zgloszenia.csv
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"jako więcej niż jeden zasób"* ]]
  sed -i 's/"name": "ulice", "path"/"name": "zgloszenia", "path"/; s|./zgloszenia.csv|ulice.csv|' zbior/datapackage.json
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"nazwa zasobu 'zgloszenia' występuje więcej niż raz"* ]]
  sed -i 's/"name": "zgloszenia", "path": "ulice/"name": "Zgloszenia", "path": "ulice/' zbior/datapackage.json
  check
  [ "$status" -eq 2 ]
  sed -i 's/"name": "Zgloszenia"/"name": "sqlite_x"/' zbior/datapackage.json
  check
  [ "$status" -eq 2 ]
  [[ $stderr == *"zaczyna się od sqlite_"* ]]
}

@test "a resource without records has no result, and so has the whole" {
  printf 'kod;miasto;nazwa\n' >zbior/ulice.csv
  check
  [ "$status" -eq 3 ]
  [ "$(verdicts)" = "ERROR: FAIL,ERROR" ]
  [[ $(findings) == *"empty-table ulice"* ]]
}

@test "a rule with scope: package reads the facts and the data of all resources" {
  mkdir -p reguly/consistency
  cat >reguly/consistency/same-total.sql <<'END'
-- id: same-total
-- title.en: T
-- title.pl: T
-- severity: error
-- scope: package
-- basis: B
-- message.en: {n} streets, {count} reports, {columns} columns
-- message.pl: ulice {n}, zgłoszenia {count}, kolumny {columns}
-- why.en: W
-- why.pl: W
-- fix.en: F
-- fix.pl: F
-- since: 0.2
SELECT 'ulice' AS resource, 'kod' AS field, NULL AS line,
     (SELECT count(*) FROM data."zgloszenia" AS z JOIN data.ulice AS u ON u.kod = z.ulica AND u.miasto = z.miasto) AS count,
     (SELECT count(kod) FROM data.ulice) AS n,
     (SELECT count(name) FROM field) AS columns
END
  run --separate-stderr "$SITO" check --rules reguly --format json -o wynik.json zbior
  [ "$status" -eq 1 ]
  [ "$(findings)" = "same-total ulice kod - 3" ]
  [[ $(cat wynik.json) == *"ulice 3, zgłoszenia 3, kolumny 6"* ]]
  [ "$(verdicts)" = "FAIL: PASS,FAIL" ]
  sed -i "s/'ulice' AS resource/'inne' AS resource/" reguly/consistency/same-total.sql
  run --separate-stderr "$SITO" check --rules reguly --format json -o wynik.json zbior
  [ "$status" -eq 3 ]
  [[ $(cat wynik.json) == *"resource albo field nie jest nazwą"* ]]
}
