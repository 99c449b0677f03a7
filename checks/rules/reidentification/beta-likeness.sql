-- id:           beta-likeness
-- title.en:     No value of a sensitive column is much more frequent in a class than in the table
-- title.pl:     W żadnej grupie wartość cechy wrażliwej nie jest znacznie częstsza niż w całym zbiorze
-- severity:     error
-- severity.row: fatal
-- needs:        records, persons, quasi-identifiers, sensitive
-- follows:      k-anonymity
-- param:        beta number 4   the largest gain (q - p) / p of one value | największy przyrost (q - p) / p
--               jednej wartości
-- basis.en:     Order 354/2022 of the Mayor of Łódź, annex 3: sensitive data revealed by linking; Cao,
--               Karras 2012
-- basis.pl:     Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ujawnienie danych
--               wrażliwych wskutek łączenia; Cao, Karras 2012
-- message.en:   {state, select, unknown {How frequent the values of "{field}" are could not be measured}
--               other {In some class a value of "{field}" is {times} times as frequent as in the whole
--               table; {allowed} times is allowed (beta {beta})}}
-- message.pl:   {state, select, unknown {Nie udało się zmierzyć częstości wartości kolumny „{field}”} other
--               {W którejś grupie jedna z wartości kolumny „{field}” występuje {times} razy częściej niż w
--               całym zbiorze; dopuszczalne {allowed} razy (beta {beta})}}
-- why.en:       A value that is rare in the table and frequent in a class tells a lot about those who are
--               in it, an illness for example.
-- why.pl:       Wartość rzadka w całym zbiorze, a częsta w grupie, wiele mówi o należących do niej osobach,
--               na przykład o chorobie.
-- fix.en:       Make the quasi-identifiers coarser, or join rare values of the sensitive column under one
--               broader word.
-- fix.pl:       Uogólnij cechy pośrednio identyfikujące albo połącz rzadkie wartości cechy wrażliwej w
--               jedną, szerszą.
-- since:        0.1
SELECT field.name AS field,
       NULL AS line,
       1 AS count,
       iif(risk.value IS NULL, 'fatal', NULL) AS severity,
       iif(risk.value IS NULL, 'unknown', 'known') AS state,
       iif(round(risk.value, 1) > :beta, round(risk.value, 1), risk.value) + 1 AS times,
       :beta + 1 AS allowed,
       :beta AS beta
  FROM field
  JOIN resource ON resource.rows > 0
  LEFT JOIN risk ON risk.measure = 'beta_likeness'
                AND risk.field = field.name
 WHERE field.role = 'sensitive'
   AND field.position IS NOT NULL
   AND (risk.value IS NULL OR risk.value > :beta + 1e-9)
 ORDER BY field.position;
