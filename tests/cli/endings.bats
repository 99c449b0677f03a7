# How a check ends when something comes between: standard input, signals, closed pipes, full disks, much
# to do.

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  bats_require_minimum_version 1.5.0
  cd "$BATS_TEST_TMPDIR" || return
  export TMPDIR=$PWD/tmp
  mkdir -p tmp zbior
  printf 'lp;rok\n1;2024\n2;2024\n3;2023\n' >zbior/a.csv
  cat >zbior/datapackage.json <<'END'
{"name": "lata", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
   {"name": "rok", "type": "year", "disclosure": {"role": "public", "reason": "no-person", "basis": "b"}}]},
  "disclosure": {"persons": "none"}}]}
END
}

# rule NAME SELECT: a rule in the folder reguly
rule() {
  mkdir -p reguly/consistency
  printf -- '-- id: %s\n-- title.en: T\n-- title.pl: T\n-- severity: error\n-- basis: B\n-- message.en: m\n-- message.pl: m\n-- why.en: w\n-- why.pl: w\n-- fix.en: f\n-- fix.pl: f\n-- since: 0.1\n%s\n' \
    "$1" "$2" >"reguly/consistency/$1.sql"
}

endless='WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT NULL AS field, NULL AS line, count(n) AS count FROM t'

@test "standard input is checked like a file, and nothing of it stays" {
  run --separate-stderr bash -c "'$SITO' check --lang en --format json - <zbior/a.csv"
  [ "$status" -eq 1 ]
  [[ $output == *'"path":"-"'* ]]
  [[ $output == *"\"sha256\":\"$(sha256sum zbior/a.csv | cut -d' ' -f1)\""* ]]
  [[ $output != *"$TMPDIR"* ]]
  [ -z "$(ls tmp)" ]
  SOURCE_DATE_EPOCH=1 "$SITO" check --format json - <zbior/a.csv >1 || true
  SOURCE_DATE_EPOCH=1 "$SITO" check --format json - <zbior/a.csv >2 || true
  cmp 1 2
}

@test "standard input that is empty or cannot be kept is told" {
  run --separate-stderr bash -c "'$SITO' check --lang en - </dev/null"
  [ "$status" -ne 0 ]
  [ -z "$(ls tmp)" ]
  TMPDIR=/dev/full run --separate-stderr bash -c "'$SITO' check --lang en - <zbior/a.csv"
  [ "$status" -eq 3 ]
  [[ $stderr == *"cannot keep standard input in a file"* ]]
  run --separate-stderr bash -c "ulimit -f 1; head -c 4000000 /dev/zero | '$SITO' check --lang en -"
  [ "$status" -eq 3 ]
  [[ $stderr == *"cannot keep standard input in a file"* ]]
  [ -z "$(ls tmp)" ]
}

@test "an interrupted check says so, ends with 3 and leaves nothing" {
  rule endless "$endless"
  for signal in INT TERM HUP; do
    # a shell starts background programs with SIGINT ignored
    env --default-signal=INT "$SITO" check --lang en --rules reguly --format json -o wynik.json - \
      <zbior/a.csv 2>slowa &
    pid=$!
    for _ in $(seq 100); do
      [ -n "$(find tmp -name stdin.csv -size +0)" ] && break
      sleep 0.05
    done
    sleep 0.3
    kill -s "$signal" "$pid"
    status=0
    wait "$pid" || status=$?
    [ "$status" -eq 3 ]
    grep -q '^sito: interrupted; there is no result$' slowa
    [ ! -e wynik.json ]
    [ -z "$(ls tmp)" ]
  done
}

@test "a closed pipe and a full disk are failures, not results" {
  run bash -c "set -o pipefail; { '$SITO' check --lang en zbior 2>slowa; echo \$? >kod; } | true"
  run cat kod
  [ "$output" -eq 3 ] || [ "$output" -eq 0 ] # the reader may be gone too late
  run --separate-stderr bash -c "'$SITO' check --lang en zbior >/dev/full"
  [ "$status" -eq 3 ]
  [[ $stderr == *"cannot write the result"* ]]
  run --separate-stderr "$SITO" check --lang en -o /dev/full zbior
  [ "$status" -eq 3 ]
  [[ $stderr == *"cannot write the result to /dev/full"* ]]
  run --separate-stderr bash -c "ulimit -f 0; '$SITO' check --lang en -o wynik zbior"
  [ "$status" -eq 3 ]
  [ ! -e wynik ]
}

@test "a rule that was stopped leaves the check without a result, in every report" {
  rule hungry "SELECT NULL AS field, NULL AS line, 1 AS count$(for i in $(seq 20); do echo ", length(group_concat(substr(zeroblob(60000000), $i))) AS v$i"; done)"
  run --separate-stderr "$SITO" check --lang pl --rules reguly --format json -o wynik.json --format text --format junit -o wynik.xml zbior
  [ "$status" -eq 3 ]
  [[ $output == *"Kontrola niepełna"* ]]
  [[ $output == *"hungry: przerwana: zabrakło pamięci dla reguły (1 GiB)"* ]]
  grep -q '"verdict": "ERROR"' wynik.json
  grep -q '"id":"hungry".*"status":"ERROR"' wynik.json
  grep -q 'zabrakło pamięci' wynik.xml
}

@test "a thousand columns and three thousand rules" {
  mkdir szeroki
  {
    seq -s ';' -f 'k%g' 1000
    for row in 1 2 3; do seq -s ';' -f "$row%g" 1000; done
  } >szeroki/a.csv
  {
    echo '{"name": "szeroki", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"}, "schema": {"fields": ['
    for i in $(seq 1000); do
      [ "$i" -eq 1 ] || echo ,
      echo "{\"name\": \"k$i\", \"type\": \"integer\", \"constraints\": {\"required\": true}, \"disclosure\": {\"role\": \"public\", \"reason\": \"no-person\", \"basis\": \"b\"}}"
    done
    echo ']}, "disclosure": {"persons": "none"}}]}'
  } >szeroki/datapackage.json
  rule r1 "SELECT name AS field, NULL AS line, 1 AS count FROM field WHERE name = 'nic'"
  awk '{ text = text $0 "\n" } END { for (i = 2; i <= 3000; i++) { one = text; sub("-- id: r1\n", "-- id: r" i "\n", one)
    out = "reguly/consistency/r" i ".sql"; printf "%s", one > out; close(out) } }' reguly/consistency/r1.sql
  sed -i "s/'nic'/'k1000'/" reguly/consistency/r3000.sql
  start=$(date +%s)
  run --separate-stderr "$SITO" check --lang en --rules reguly --format json szeroki
  [ "$status" -eq 1 ]
  [[ $output == *'"code":"r3000"'*'"field":"k1000","column":1000'* ]]
  [ $(($(date +%s) - start)) -lt 60 ]
}
