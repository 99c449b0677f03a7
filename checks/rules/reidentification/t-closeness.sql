-- id:           t-closeness
-- title.en:     In no class are the values of a sensitive column spread very differently from the table
-- title.pl:     W żadnej grupie rozkład cechy wrażliwej nie odbiega znacznie od rozkładu w całym zbiorze
-- severity:     error
-- severity.row: fatal
-- needs:        records, persons, quasi-identifiers, sensitive
-- follows:      k-anonymity
-- param:        t number 0.3   the largest distance, from 0 to 1 | największa odległość, od 0 do 1
-- basis.en:     Order 354/2022 of the Mayor of Łódź, annex 3: sensitive data revealed by linking; Li, Li,
--               Venkatasubramanian 2007
-- basis.pl:     Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ujawnienie danych
--               wrażliwych wskutek łączenia; Li, Li, Venkatasubramanian 2007
-- message.en:   {state, select, unknown {How the values of "{field}" are spread could not be measured}
--               other {In some class the values of "{field}" are {value} away from the whole table; {t} is
--               allowed}}
-- message.pl:   {state, select, unknown {Nie udało się zmierzyć rozkładu wartości kolumny „{field}”} other
--               {W którejś grupie rozkład wartości kolumny „{field}” odbiega o {value} od całego zbioru;
--               dopuszczalne {t}}}
-- why.en:       Whoever knows the class of a person learns something about that person that the whole
--               table does not say.
-- why.pl:       Kto zna grupę danej osoby, dowiaduje się o niej czegoś, czego cały zbiór nie mówi.
-- fix.en:       Make the quasi-identifiers coarser: large classes resemble the whole. Or leave the small
--               unusual classes out of the published file.
-- fix.pl:       Uogólnij cechy pośrednio identyfikujące: duże grupy przypominają całość. Możesz też
--               pominąć małe, nietypowe grupy w pliku do publikacji.
-- since:        0.1
WITH
-- Which of the two distances counts for a column is the one that has a target. The tolerance below
-- is for the last bits of a sum of shares.
distance AS (
  SELECT field, max(value) AS value
    FROM risk
   WHERE measure IN ('t_closeness', 't_closeness_ordered')
     AND target IS NOT NULL
   GROUP BY field
)
SELECT field.name AS field,
       NULL AS line,
       1 AS count,
       iif(distance.value IS NULL, 'fatal', NULL) AS severity,
       iif(distance.value IS NULL, 'unknown', 'known') AS state,
       iif(round(distance.value, 3) > :t, round(distance.value, 3), distance.value) AS value,
       :t AS t
  FROM field
  JOIN resource ON resource.rows > 0
  LEFT JOIN distance ON distance.field = field.name
 WHERE field.role = 'sensitive'
   AND field.position IS NOT NULL
   AND (distance.value IS NULL OR distance.value > :t + 1e-9)
 ORDER BY field.position;
