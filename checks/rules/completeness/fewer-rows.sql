-- id:           fewer-rows
-- title.en:     There are not far fewer records than in the previous version
-- title.pl:     Rekordów nie jest dużo mniej niż w poprzedniej wersji
-- severity:     warning
-- severity.row: error
-- needs:        previous
-- param:        most number 0.1   largest share by which the number may fall | największy dopuszczalny spadek
-- basis.en:     ISO/IEC 25012: completeness; comparison with the version that was published last
-- basis.pl:     ISO/IEC 25012: kompletność; porównanie z ostatnio opublikowaną wersją
-- message.en:   The file holds {rows, plural, one {# record} other {# records}}, {share, number, percent}
--               fewer than the previous version ({before})
-- message.pl:   Plik ma {rows, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}},
--               o {share, number, percent} mniej niż poprzednia wersja ({before})
-- why.en:       A register rarely shrinks. Fewer records mostly mean an export that broke off or a filter
--               that was left on.
-- why.pl:       Rejestr rzadko się kurczy. Mniej rekordów oznacza zwykle przerwany eksport albo
--               pozostawiony filtr.
-- fix.en:       Export again without filters. If the records were rightly removed, say so in the
--               description of the version.
-- fix.pl:       Powtórz eksport bez filtrów. Jeżeli rekordy usunięto słusznie, napisz o tym w opisie
--               wersji.
-- since:        0.1
WITH counted AS (
  SELECT (SELECT max(rows) FROM profile) AS rows, (SELECT max(rows) FROM previous) AS before
)
SELECT NULL AS field,
       NULL AS line,
       before - rows AS count,
       iif(rows * 2 < before, 'error', NULL) AS severity,
       rows,
       before,
       round(1.0 - 1.0 * rows / before, 2) AS share
  FROM counted
 WHERE rows > 0
   AND rows < before * (1 - :most);
