# quality[]: requirements in the shapes of the Open Data Contract Standard (checks/runner/quality.h).

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  bats_require_minimum_version 1.5.0
  cd "$BATS_TEST_TMPDIR" || return
  mkdir zbior
  # 8 records: stan missing in 2, nd once; kod repeats 3 times; ilosc is no integer once
  printf 'kod;stan;ilosc\nA1;dobry;1\nA1;zły;2\nB2;;3\nB2;nd;x\nB2;dobry;5\nC3;;6\nD4;zły;7\nżółć;inny;8\n' >zbior/a.csv
}

# describe QUALITY [QUALITY OF kod]
describe() {
  local role='"disclosure": {"role": "public", "reason": "no-person", "basis": "b"}'
  cat >zbior/datapackage.json <<END
{"name": "stany", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "kod", $role, "quality": [$2]}, {"name": "stan", $role},
   {"name": "ilosc", "type": "string", $role}]},
  "disclosure": {"persons": "none"}, "quality": [$1]}]}
END
}

check() {
  run --separate-stderr "$SITO" check --lang en --format json zbior
}

# measures VALUE QUALITY: the requirement, asked to be 1000000, tells that it is VALUE
measures() {
  describe "$2, \"mustBe\": 1000000}"
  check
  [ "$status" -eq 1 ]
  [[ $output == *"): $1, asked for: = 1,000,000"* ]] || { echo "$2: $(grep -o 'Requirement[^,]*' <<<"$output")"; return 1; }
}

@test "metrics count what they say" {
  measures 2 '{"id": "q", "metric": "nullValues", "field": "stan"'
  measures 3 '{"id": "q", "metric": "missingValues", "field": "stan", "arguments": {"missingValues": ["", "nd"]}'
  measures 1 '{"id": "q", "metric": "missingValues", "field": "stan", "arguments": {"missingValues": ["nd"]}'
  measures 3 '{"id": "q", "metric": "duplicateValues", "field": "kod"'
  measures 0 '{"id": "q", "metric": "duplicateValues", "arguments": {"properties": ["kod", "stan"]}'
  measures 2 '{"id": "q", "metric": "invalidValues", "field": "stan", "arguments": {"validValues": ["dobry", "zły"]}'
  measures 1 '{"id": "q", "metric": "invalidValues", "field": "kod", "arguments": {"pattern": "[A-Z][0-9]"}'
  measures 8 '{"id": "q", "metric": "invalidValues", "field": "kod", "arguments": {"pattern": "[A-Z]"}'
  measures 0 '{"id": "q", "metric": "invalidValues", "field": "ilosc"'
  sed -i 's/"type": "string"/"type": "integer"/' zbior/datapackage.json
  check
  [[ $output == *'(invalidValues: ilosc): 1, asked for: = 1,000,000'* ]]
  measures 5 '{"id": "q", "type": "sql", "query": "SELECT count(DISTINCT kod) FROM ${table}"'
  measures 8 '{"id": "q", "type": "sql", "field": "kod", "query": "SELECT count(${column}) FROM ${object} WHERE ${property} <> '\'\''"'
  measures 3 '{"id": "q", "type": "sql", "query": "SELECT count(*) FROM field"'
}

@test "every bound holds at its edge and is told where it does not" {
  for good in '"mustBe": 2' '"mustNotBe": 3' '"mustBeGreaterThan": 1' '"mustBeGreaterOrEqualTo": 2' \
    '"mustBeLessThan": 3' '"mustBeLessOrEqualTo": 2' '"mustBeBetween": [2, 4]' '"mustNotBeBetween": [3, 9]' \
    '"unit": "percent", "mustBe": 25' '"mustBeGreaterThan": 1, "mustBeLessThan": 3'; do
    describe "{\"id\": \"q\", \"metric\": \"nullValues\", \"field\": \"stan\", $good}"
    check
    [ "$status" -eq 0 ] || { echo "$good"; return 1; }
  done
  for bad in '"mustBe": 3;= 3' '"mustNotBe": 2;≠ 2' '"mustBeGreaterThan": 2;> 2' '"mustBeGreaterOrEqualTo": 3;≥ 3' \
    '"mustBeLessThan": 2;< 2' '"mustBeLessOrEqualTo": 1.5;≤ 1.5' '"mustBeBetween": [3, 4];3…4' \
    '"mustNotBeBetween": [2, 9];≠ 2…9' '"mustBeGreaterThan": 1, "mustBeLessThan": 2;< 2'; do
    describe "{\"id\": \"q\", \"metric\": \"nullValues\", \"field\": \"stan\", ${bad%%;*}, \"severity\": \"error\"}"
    check
    [ "$status" -eq 1 ] || { echo "$bad"; return 1; }
    [[ $output == *"2, asked for: ${bad#*;}\""* ]] || { echo "$bad"; return 1; }
  done
  describe '{"id": "q", "metric": "nullValues", "field": "stan", "unit": "percent", "mustBeLessThan": 25, "severity": "warning"}'
  check
  [ "$status" -eq 0 ]
  [[ $output == *'"severity":"warning"'*'25%, asked for: < 25%'* ]]
  describe '{"id": "q", "metric": "rowCount", "mustBeBetween": [8, 9]}'
  check
  [ "$status" -eq 0 ]
}

@test "a column has requirements of its own" {
  describe '' '{"id": "q", "metric": "duplicateValues", "mustBe": 0, "dimension": "uniqueness"}'
  check
  [ "$status" -eq 1 ]
  [[ $output == *'"field":"kod"'*'Requirement \"q\" (duplicateValues: kod): 3, asked for: = 0'* ]]
}

@test "a query that does harm or gives no number is refused, and there is no result" {
  for query in 'DELETE FROM data' 'INSERT INTO field(name) VALUES (1)' 'SELECT 1; DELETE FROM field' \
    "ATTACH '/tmp/x' AS x" 'PRAGMA writable_schema = 1' "SELECT load_extension('x')" 'VACUUM' \
    'SELECT count(*) FROM sqlite_master' 'SELECT count(*) FROM descriptor' 'SELECT' 'SELECT nic FROM data' \
    'SELECT kod FROM data' 'SELECT 1, 2' 'SELECT 1 WHERE 0' 'SELECT NULL' 'SELECT :k' \
    'SELECT count(*) FROM pragma_function_list' "SELECT count(*) FROM csv_sniff('/etc/passwd')" \
    'SELECT 1 UNION ALL SELECT 2' 'SELECT length(zeroblob(900000000))' 'CREATE TABLE x(a)' 'EXPLAIN SELECT 1 FROM data' \
    "SELECT writefile('x', 'y')" "SELECT fts3_tokenizer('a')" 'BEGIN' 'REINDEX'; do
    describe "{\"id\": \"q\", \"type\": \"sql\", \"query\": \"$query\", \"mustBe\": 1}"
    check
    [ "$status" -eq 3 ] || { echo "$query: $status $output"; return 1; }
    [[ $output == *'Requirement \"q\" (sql): no result – '* ]] || { echo "$query"; return 1; }
    [[ $output == *'"verdict": "ERROR"'* ]]
  done
}

@test "a number that may be a value of the data is compared but not told" {
  printf 'kod\n82710112345\n7\n' >zbior/a.csv
  cat >zbior/datapackage.json <<'END'
{"name": "stany", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "kod", "type": "integer", "disclosure": {"role": "sensitive"}}]},
  "disclosure": {"persons": "others", "unit": "row"},
  "quality": [{"id": "q", "type": "sql", "query": "SELECT max(kod + 0) FROM data", "mustBe": 7},
   {"id": "r", "type": "sql", "query": "SELECT json_extract('{}', kod) FROM data", "mustBe": 7}]}]}
END
  check
  [ "$status" -eq 3 ]
  [[ $output == *'Requirement \"q\" (sql): another number than asked for: = 7'* ]]
  [[ $output != *82710112345* ]]
  [[ $stderr != *82710112345* ]]
}

@test "a wrong pattern fails its own requirement alone" {
  describe '{"id": "q", "metric": "invalidValues", "field": "kod", "arguments": {"pattern": "[A-"}, "mustBe": 0},
    {"id": "r", "metric": "nullValues", "field": "stan", "mustBe": 2},
    {"id": "s", "metric": "nullValues", "field": "stan", "mustBe": 3}'
  check
  [ "$status" -eq 3 ]
  [[ $output == *'Requirement \"q\" (invalidValues: kod): no result – it cannot be measured: the pattern is wrong or too slow'* ]]
  [[ $output == *'Requirement \"s\" (nullValues: stan): 2, asked for: = 3'* ]]
  [[ $output != *'Requirement \"r\"'* ]]
}

@test "requirements that nobody can judge are refused where they stand, or told" {
  for case in '{"id": "q", "metric": "nullCount", "mustBe": 0};nullCount' \
    '{"id": "q", "metric": "nullValues", "mustBe": 0};does not say of which column' \
    '{"id": "q", "metric": "nullValues", "field": "x", "mustBe": 0};has no column '\''x'\''' \
    '{"id": "q", "metric": "nullValues", "field": "kod"};no bound' \
    '{"id": "q", "metric": "nullValues", "field": "kod", "mustBeBetween": [3]};list of two numbers' \
    '{"id": "q", "metric": "nullValues", "field": "kod", "mustBeBetween": [3, 1]};list of two numbers' \
    '{"id": "q", "metric": "nullValues", "field": "kod", "arguments": {"pattern": "x"}, "mustBe": 0};does not fit this metric' \
    '{"id": "q", "type": "sql", "mustBe": 0};must have one of the keys' \
    '{"id": "q", "query": "SELECT 1", "mustBe": 0};must have one of the keys' \
    '{"id": "q", "type": "custom", "mustBe": 0};custom' \
    '{"id": "q", "mustBee": 0};mustBee' \
    '{"id": "q", "metric": "rowCount", "mustBe": 0}, {"id": "q", "metric": "rowCount", "mustBe": 0};more than once'; do
    describe "${case%%;*}"
    check
    [ "$status" -eq 2 ] || { echo "$case"; return 1; }
    [[ $stderr == *"${case#*;}"* ]] || { echo "$case: $stderr"; return 1; }
  done
  describe '{"id": "q", "type": "text", "description": "Każdy stan potwierdził kierownik"}'
  run "$SITO" check --lang pl zbior
  [ "$status" -eq 0 ]
  [[ $(tr -s ' \n' ' ' <<<"$output") == *'Wymagań opisanych słowami nikt tu nie sprawdził: Każdy stan potwierdził kierownik.'* ]]
}
