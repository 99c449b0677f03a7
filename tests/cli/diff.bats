# sito diff: two versions of a file or a data set (checks/runner/compare.h).

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  bats_require_minimum_version 1.5.0
  cd "$BATS_TEST_TMPDIR" || return
  printf 'lp;rok;miasto\n1;2024;A\n2;2024;B\n3;2023;\n4;2022;A\n' >old.csv
}

# differs STATUS LINES ARGUMENT…: the text in English is these lines, without the name of the resource
differs() {
  run --separate-stderr "$SITO" diff --lang en "${@:3}"
  [ "$status" -eq "$1" ]
  [ "${output//new.csv: /}" = "$2" ] || { printf '%s\n' "$output"; return 1; }
}

@test "the same bytes and the same records written otherwise are no difference" {
  cp old.csv new.csv
  differs 0 'the file is the same, byte by byte
Columns and records are the same.' old.csv new.csv
  printf 'lp,rok,miasto\r\n4,2022,"A"\r\n2,2024,B\r\n1,2024,A\r\n3,2023,\r\n' >new.csv
  differs 0 'Columns and records are the same.' old.csv new.csv
}

@test "with a key, records are added, gone and changed; columns come, go and move" {
  printf 'lp;miasto;rok;nowa\n1;A;2024;x\n2;C;2024;y\n5;;2023;z\n4;A;2022;t\n6;A;2021;t\n' >new.csv
  differs 1 'column nowa is new (place 4)
column rok: from place 2 to 3
column miasto: from place 3 to 2
records: 4, now 5
records that are gone: 1
records that are new: 2
records that changed: 1
column miasto: values that changed: 1
column miasto: missing 25%, now 20%
column lp: different values: 4, now 5
column rok: different values: 3, now 4
column miasto: the distribution of values moved by 30%
column rok: the distribution of values moved by 20%' --key lp old.csv new.csv
  # seen from the other side
  cp old.csv x
  cp new.csv old.csv
  cp x new.csv
  run "$SITO" diff --lang en --key lp old.csv new.csv
  [[ $output == *'column nowa is gone (it was at place 4)'* ]]
  [[ $output == *'records that are gone: 2'*'records that are new: 1'*'records that changed: 1'* ]]
}

@test "without a key, or with one that is repeated, whole records are counted, duplicates too" {
  printf 'lp;rok;miasto\n1;2024;A\n1;2024;A\n2;2024;B\n3;2023;\n4;2022;C\n' >new.csv
  run "$SITO" diff --lang en old.csv new.csv
  [ "$status" -eq 1 ]
  [[ $output == *'records: 4, now 5'*'records that are gone: 1'*'records that are new: 2'* ]]
  run "$SITO" diff --lang en --key lp old.csv new.csv
  [[ $output == *'the key is repeated (values: 1), so whole records were compared'*'records that are gone: 1'*'records that are new: 2'* ]]
  run "$SITO" diff --lang en --key 'rok, lp' new.csv new.csv
  [ "$status" -eq 0 ]
}

@test "data sets: the primary key, types and roles, resources that come and go" {
  for version in stary nowy; do
    mkdir "$version"
    cp old.csv "$version/a.csv"
    cat >"$version/datapackage.json" <<'END'
{"name": "lata", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"primaryKey": ["lp"], "fields": [{"name": "lp", "type": "integer"}, {"name": "rok", "type": "year",
   "disclosure": {"role": "quasi-identifier"}}, {"name": "miasto"}]}}]}
END
  done
  sed -i 's/2024;A/2020;A/' nowy/a.csv
  cp old.csv nowy/b.csv
  sed -i 's/"type": "year"/"type": "integer"/; s/quasi-identifier/sensitive/; s/}\]}$/}, {"name": "b", "path": "b.csv"}]}/' nowy/datapackage.json
  run --separate-stderr "$SITO" diff --lang en stary nowy
  [ "$status" -eq 1 ]
  [[ $output == 'a: column rok: type year, now integer
a: column rok: role quasi-identifier, now sensitive
a: records that changed: 1
a: column rok: values that changed: 1'*'b: the resource is new' ]]
  run "$SITO" diff --lang pl nowy stary
  [[ $output == *'b: zasobu już nie ma'* ]]
}

@test "no value is told, in text or JSON; personal data in a heading is masked" {
  printf 'lp;82710112345;uwagi\n1;tajne-x;tajne-y\n' >old.csv
  printf 'lp;82710112345;uwagi\n1;tajne-z;tajne-w\n2;tajne-v;\n' >new.csv
  for format in text json; do
    run "$SITO" diff --format "$format" old.csv new.csv
    [ "$status" -eq 1 ]
    [[ $output != *tajne* && $output != *82710112345* ]]
  done
  [ "$(sqlite3 -init /dev/null -batch :memory: "SELECT json_valid('$output'), '$output' ->> '\$.same'")" = '1|0' ]
}

@test "what cannot be compared is told" {
  run --separate-stderr "$SITO" diff --lang en old.csv
  [ "$status" -eq 2 ]
  run --separate-stderr "$SITO" diff --lang en old.csv nie.csv
  [ "$status" -eq 3 ]
  [[ $stderr == *nie.csv* ]]
  run --separate-stderr "$SITO" diff --lang en --key x old.csv old.csv
  [ "$status" -eq 2 ]
  [[ $stderr == *"there is no column 'x' in both versions"* ]]
  printf 'inne\n1\n' >new.csv
  run --separate-stderr "$SITO" diff --lang en old.csv new.csv
  [ "$status" -eq 1 ]
  : >new.csv
  run --separate-stderr "$SITO" diff --lang en old.csv new.csv
  [ "$status" -ne 0 ]
  [ "$status" -le 3 ]
}
