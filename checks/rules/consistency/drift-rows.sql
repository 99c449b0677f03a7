-- id:          drift-rows
-- title.en:    The number of records has not jumped since the previous version
-- title.pl:    Liczba rekordów nie skoczyła od poprzedniej wersji
-- severity:    warning
-- needs:       previous
-- param:       most number 1.9   how many times as many are no jump | ile razy więcej to jeszcze nie skok
-- basis.en:    Comparison with the version that was published last
-- basis.pl:    Porównanie z ostatnio opublikowaną wersją
-- message.en:  The file holds {rows, plural, one {# record} other {# records}}, {times, number} times as
--              many as the previous version ({before})
-- message.pl:  Plik ma {rows, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}},
--              {times, number} razy tyle co poprzednia wersja ({before})
-- why.en:      Twice as many records at once mostly mean an export that ran twice, or two files pasted
--              together.
-- why.pl:      Dwa razy więcej rekordów naraz oznacza zwykle eksport wykonany dwukrotnie albo sklejenie
--              dwóch plików.
-- fix.en:      Look for repeated records. If the growth is right, leave it: this is a warning.
-- fix.pl:      Poszukaj powtórzonych rekordów. Jeżeli wzrost jest prawdziwy, zostaw plik bez zmian: to
--              tylko ostrzeżenie.
-- since:       0.1
WITH counted AS (
  SELECT (SELECT max(rows) FROM profile) AS rows, (SELECT max(rows) FROM previous) AS before
)
SELECT NULL AS field,
       NULL AS line,
       rows - before AS count,
       rows,
       before,
       round(1.0 * rows / before, 1) AS times
  FROM counted
 WHERE before >= 20
   AND rows > before * :most;
