# The generated fixtures are what fixtures/generate/zgloszenia.c says of them (R2-R5), counted without
# sito: with awk, and with GROUP BY in plain SQLite.
set -eu
raw=$GENERATED/zgloszenia-surowe/zgloszenia.csv
repaired=$GENERATED/zgloszenia
failed=0

same() { # WHAT EXPECTED GOT
  [ "$2" = "$3" ] && return
  printf '%s\n  expected: %s\n  got: %s\n' "$1" "$2" "$3"
  failed=1
}

# The same bytes every time (R1).
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
mkdir "$again/zgloszenia" "$again/zgloszenia-surowe"
"$BUILD/fixtures/generate/generate_zgloszenia" "$again"
for file in zgloszenia-surowe/zgloszenia.csv zgloszenia/zgloszenia.csv zgloszenia/osoby.csv; do
  cmp "$again/$file" "$GENERATED/$file" || failed=1
done

# Each PESEL has a right check digit and the month of a birth from 2100 on; wiek, plec agree (R2).
same 'PESELs: right, moved, of this sex' '20000 20000 20000' "$(LC_ALL=C awk -F ';' '
  NR > 1 {
    n = split("1 3 7 9 1 3 7 9 1 3 1", weight, " "); sum = 0
    for (i = 1; i <= n; i++) sum += weight[i] * substr($3, i, 1)
    right += length($3) == 11 && sum % 10 == 0
    month = substr($3, 3, 2) + 0
    moved += (month > 40 && month <= 52) || (month > 60 && month <= 72)
    sex += (substr($3, 10, 1) % 2 ? "M" : "K") == $10
  }
  END { print right, moved, sex }' "$raw")"
same 'lines' 20001 "$(wc -l <"$raw")"
same 'no address but .example, no phone but 500 000 xxx' 0 "$(LC_ALL=C awk -F ';' '
  NR > 1 && ($6 !~ /@poczta\.example$/ || $5 !~ /^500 000 [0-9][0-9][0-9]$/)' "$raw" | wc -l)"
# R4. A value too many is a ; outside quotes.
same 'ragged, no number, no reason, PESEL in the text' '3 12 5 206' "$(LC_ALL=C awk -F ';' '
  NR > 1 {
    line = $0; gsub(/"[^"]*"/, "", line)
    ragged += gsub(/;/, "", line) != 13
    number += $13 !~ /^[0-9]+,[0-9][0-9]$/
    reason += $12 == ""
    pesel += /PESEL [0-9]/
  }
  END { print ragged, number, reason, pesel }' "$raw")"
for byte in 271 234 237 245 214 217; do # ą ś ź Ą Ś Ź, which tell windows-1250 from ISO-8859-2
  [ "$(LC_ALL=C tr -cd "\\$byte" <"$raw" | wc -c)" -gt 1000 ] || same "letter \\$byte" many few
done

# R5, in plain SQL: classes, persons, distinct l, equal t, alpha, beta.
sqlite3 -init /dev/null -batch -bail :memory: >"$again/risk" <<EOF
.mode csv
.separator ;
.import $repaired/zgloszenia.csv request
.import $repaired/osoby.csv person
CREATE TABLE r AS
  SELECT kwartal || '/' || dzielnica || '/' || request.wiek || '/' || plec AS class, powod, kwota, osoba
    FROM request JOIN person ON person.rowid = request.rowid;
.mode list
SELECT count(*), count(DISTINCT class), count(DISTINCT osoba) BETWEEN 6000 AND 7000 FROM r;
SELECT min(persons) >= 10 FROM (SELECT count(DISTINCT osoba) AS persons FROM r GROUP BY class);
CREATE TABLE s AS SELECT 'powod' AS field, class, powod AS value FROM r
  UNION ALL SELECT 'kwota', class, kwota FROM r;
WITH size AS (SELECT field, class, count(*) AS n FROM s GROUP BY field, class),
  p AS (SELECT field, value, count(*) / 20000.0 AS p FROM s GROUP BY field, value),
  q AS (SELECT field, class, value, 1.0 * count(*) / n AS q
          FROM s JOIN size USING (field, class) GROUP BY field, class, value),
  measure AS (SELECT field, class, count(*) AS l, max(q) AS alpha, max((q - p) / p) AS beta,
                     sum(max(q - p, 0)) AS t
                FROM q JOIN p USING (field, value) GROUP BY field, class)
SELECT field, min(l) >= 3, max(t) < 0.25, max(alpha) < 0.6, max(beta) < 2
  FROM measure GROUP BY field ORDER BY field;
EOF
same 'the repaired file' '20000|120|1
1
kwota|1|1|1|1
powod|1|1|1|1' "$(cat "$again/risk")"
exit "$failed"
