-- id:           alpha-k
-- title.en:     No value of a sensitive column prevails in a class
-- title.pl:     W żadnej grupie nie przeważa jedna wartość cechy wrażliwej
-- severity:     error
-- severity.row: fatal
-- needs:        records, persons, quasi-identifiers, sensitive
-- follows:      k-anonymity
-- param:        alpha number 0.8   the largest share of one value | największy udział jednej wartości
-- basis.en:     Order 354/2022 of the Mayor of Łódź, annex 3: sensitive data revealed by linking; Wong et
--               al. 2006
-- basis.pl:     Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ujawnienie danych
--               wrażliwych wskutek łączenia; Wong i in. 2006
-- message.en:   {state, select, unknown {The shares of the values of "{field}" could not be measured} other
--               {In some class {value, number, percent} of the records have the same value of "{field}";
--               {alpha, number, percent} is allowed}}
-- message.pl:   {state, select, unknown {Nie udało się zmierzyć udziału wartości kolumny „{field}”} other
--               {W którejś grupie {value, number, percent} rekordów ma tę samą wartość kolumny „{field}”;
--               dopuszczalne {alpha, number, percent}}}
-- why.en:       Whoever knows the class of a person guesses the value, and is nearly always right.
-- why.pl:       Kto zna grupę danej osoby, odgadnie jej wartość i prawie zawsze będzie miał rację.
-- fix.en:       Make the quasi-identifiers coarser, so that classes with other values join. Or leave
--               these classes out of the published file.
-- fix.pl:       Uogólnij cechy pośrednio identyfikujące, aby połączyć grupy o różnych wartościach. Możesz
--               też pominąć te grupy w pliku do publikacji.
-- since:        0.1
SELECT field.name AS field,
       NULL AS line,
       1 AS count,
       iif(risk.value IS NULL, 'fatal', NULL) AS severity,
       iif(risk.value IS NULL, 'unknown', 'known') AS state,
       risk.value AS value,
       :alpha AS alpha
  FROM field
  JOIN resource ON resource.rows > 0
  LEFT JOIN risk ON risk.measure = 'alpha_k'
                AND risk.field = field.name
 WHERE field.role = 'sensitive'
   AND field.position IS NOT NULL
   AND (risk.value IS NULL OR risk.value > :alpha + 1e-9)
 ORDER BY field.position;
