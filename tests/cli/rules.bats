# sito rules and sito explain.

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  cd "$BATS_TEST_TMPDIR"
}

@test "rules lists every rule once, by family" {
  run "$SITO" rules --lang pl
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "Budowa pliku" ]
  [ "$(printf '%s\n' "$output" | grep -c '^  k-anonymity ')" -eq 1 ]
  for file in "$SOURCE"/checks/rules/*/*.sql; do
    printf '%s\n' "$output" | grep -q "^  $(basename "$file" .sql) "
  done
}

@test "rules --format json is JSON with every rule" {
  "$SITO" rules --format json --lang en > rules.json
  count=$(find "$SOURCE/checks/rules" -name '*.sql' | wc -l)
  [ "$(sqlite3 -init /dev/null -batch :memory: \
    "SELECT json_array_length(readfile('rules.json'), '\$.rules')")" -eq "$count" ]
  [ "$(sqlite3 -init /dev/null -batch :memory: "SELECT value ->> '\$.params[0].default'
    FROM json_each(readfile('rules.json'), '\$.rules') WHERE value ->> 'id' = 'k-anonymity'")" = 5 ]
}

@test "rules of a folder are listed with the others" {
  mkdir -p mine/structure
  sed 's/ragged-row/mine/' "$SOURCE/checks/rules/structure/ragged-row.sql" > mine/structure/mine.sql
  sed -i "s/'mine' AS witness/'ragged' AS witness/; s/kind = 'mine'/kind = 'ragged'/" mine/structure/mine.sql
  run "$SITO" rules --rules mine --lang en
  [ "$status" -eq 0 ]
  [[ "$output" == *"  mine  "* ]]
}

@test "a rule with a slip is named with file and line" {
  mkdir -p mine/structure
  sed 's/ragged-row/mine/; s/^-- why.en/-- wy.en/' "$SOURCE/checks/rules/structure/ragged-row.sql" \
    > mine/structure/mine.sql
  run "$SITO" rules --rules mine --lang en
  [ "$status" -ne 0 ]
  [[ "$output" == *"mine/structure/mine.sql:"*"unknown key 'wy.en'; did you mean 'why.en'?"* ]]
}

@test "explain tells what, why, how and on what basis" {
  run "$SITO" explain k-anonymity --lang pl
  [ "$status" -eq 0 ]
  [[ "$output" == *"  Dlaczego "* ]]
  [[ "$output" == *"  Co zrobić "* ]]
  [[ "$output" == *"  Podstawa    Motyw 26 RODO"* ]]
  [[ "$output" == *"  Próg        k = 5 "* ]]
  run "$SITO" explain k-anonymity --lang en
  [[ "$output" == *"  Basis       GDPR recital 26"* ]]
}

@test "explain of an unknown code suggests the nearest and exits 2" {
  run "$SITO" explain k-anonimity --lang en
  [ "$status" -eq 2 ]
  [ "$output" = "sito: there is no rule 'k-anonimity'; did you mean 'k-anonymity'?" ]
  run "$SITO" explain zzz --lang pl
  [ "$status" -eq 2 ]
  [[ "$output" == *"nie ma reguły 'zzz'; wszystkie wymienia"* ]]
}

@test "a rule of one's own that finds much is told in twenty lines" {
  mkdir -p d mine/structure
  printf 'a\n1\n' > d/a.csv
  printf -- '-- %s\n' 'id: mine' 'title.en: T' 'title.pl: T' 'severity: error' 'basis: B' 'message.en: {count}' \
    'message.pl: {count}' 'why.en: w' 'why.pl: w' 'fix.en: f' 'fix.pl: f' 'since: 0.1' > mine/structure/mine.sql
  cat >> mine/structure/mine.sql <<'SQL'
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t LIMIT 30)
SELECT NULL AS field, NULL AS line, n AS count FROM t
SQL
  run "$SITO" check --rules mine --lang pl d/a.csv
  [ "$status" -eq 1 ]
  [ "$(grep -c '^a.csv mine' <<< "$output")" -eq 20 ]
  [[ "$output" == *"… i jeszcze 10 ustaleń; wszystkie: --format json"* ]]
}

@test "every rule is explained with an example, in both languages" {
    for rule in $("$SITO" rules --format json | grep -oE '"id":"[a-z-]*"' | cut -d '"' -f 4); do
        run "$SITO" explain "$rule" --lang pl
        [ "$status" -eq 0 ]
        [[ "$output" == *"Przykład "*"zgloszenia.csv:12 $rule "* ]]
        run "$SITO" explain "$rule" --lang en
        [ "$status" -eq 0 ]
        [[ "$output" == *"Example "*"zgloszenia.csv:12 $rule "* ]]
    done
}

@test "the example of a rule has its own thresholds" {
    run "$SITO" explain k-anonymity --lang en
    [[ "$output" == *"zgloszenia.csv:12 k-anonymity 3 records are in classes below"* ]]
}

@test "what is wrong with a rule is told in Polish, too" {
  mkdir -p mine/structure
  for change in 's/^-- why.en/-- wy.en/;nieznany klucz '\''wy.en'\''' 's/^-- severity: .*/-- severity: groźna/;waga to fatal' \
    's/^-- id: .*/-- id: inny/;id ma być nazwą pliku' 's/^SELECT/UPDATE/;ma stać jeden SELECT' \
    '/^-- fix.pl/,/^-- since/{/^-- since/!d};brakuje klucza '\''fix.pl'\'''; do
    sed "s/ragged-row/mine/; ${change%;*}" "$SOURCE/checks/rules/structure/ragged-row.sql" >mine/structure/mine.sql
    run "$SITO" rules --rules mine --lang pl
    [ "$status" -ne 0 ]
    [[ "$output" == *"mine.sql:"*"${change##*;}"* ]] || { echo "$change: $output"; return 1; }
  done
}
