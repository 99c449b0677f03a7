-- id:          drift-missing
-- title.en:    Columns are not much emptier than in the previous version
-- title.pl:    Kolumny nie są dużo bardziej puste niż w poprzedniej wersji
-- severity:    warning
-- needs:       previous
-- param:       most number 0.1   by how much the share may grow | o ile udział może wzrosnąć
-- basis.en:    Comparison with the version that was published last
-- basis.pl:    Porównanie z ostatnio opublikowaną wersją
-- message.en:  Column "{field}": {now, number, percent} of the records have no value; in the previous
--              version it was {before, number, percent}
-- message.pl:  Kolumna „{field}”: bez wartości jest {now, number, percent} rekordów; w poprzedniej wersji
--              było to {before, number, percent}
-- why.en:      A column that empties from one version to the next was mostly lost by a change of the form
--              or of the export.
-- why.pl:      Kolumna, która pustoszeje z wersji na wersję, ginie zwykle przez zmianę formularza albo
--              eksportu.
-- fix.en:      Compare both exports. If the values are rightly missing, say so in the description of the
--              version.
-- fix.pl:      Porównaj oba eksporty. Jeżeli wartości słusznie brakuje, napisz o tym w opisie wersji.
-- since:       0.1
WITH share AS (
  SELECT profile.field AS field,
         profile.missing AS missing,
         1.0 * profile.missing / profile.rows AS now,
         1.0 * previous.missing / previous.rows AS before
    FROM profile
    JOIN previous ON previous.field = profile.field
   WHERE profile.rows >= 20
     AND previous.rows >= 20
)
SELECT share.field AS field,
       NULL AS line,
       missing AS count,
       round(now, 2) AS now,
       round(before, 2) AS before
  FROM share
  JOIN field ON field.name = share.field
 WHERE now > before + :most
 ORDER BY field.position
 LIMIT 20;
