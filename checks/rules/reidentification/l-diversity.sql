-- id:           l-diversity
-- title.en:     Every class has at least l different values of each sensitive column
-- title.pl:     W każdej grupie jest co najmniej l różnych wartości każdej cechy wrażliwej
-- severity:     error
-- severity.row: fatal
-- needs:        records, persons, quasi-identifiers, sensitive
-- follows:      k-anonymity
-- param:        l number 2   the fewest different values in a class | najmniej różnych wartości w grupie
-- basis.en:     Order 354/2022 of the Mayor of Łódź, annex 3: sensitive data revealed by linking;
--               Machanavajjhala et al. 2007
-- basis.pl:     Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ujawnienie danych
--               wrażliwych wskutek łączenia; Machanavajjhala i in. 2007
-- message.en:   {state, select, unknown {The values of "{field}" in the classes could not be counted}
--               other {Some class has {value, plural, =0 {no value} one {only # value} other {only # different
--               values}} of the column "{field}"; at least {l} are asked for}}
-- message.pl:   {state, select, unknown {Nie udało się policzyć wartości kolumny „{field}” w grupach}
--               other {W którejś grupie {value, plural, =0 {nie ma żadnej wartości} one {jest tylko # wartość} few {są tylko # różne
--               wartości} many {jest tylko # różnych wartości} other {jest tylko # różnej wartości}}
--               kolumny „{field}”; wymagane są co najmniej {l}}}
-- why.en:       Whoever knows that a person is in such a class knows the value of that person, without
--               having found the record.
-- why.pl:       Kto wie, że dana osoba należy do takiej grupy, zna jej wartość, choć nie wskazał rekordu.
-- fix.en:       Make the quasi-identifiers coarser, so that the classes grow; make the sensitive column
--               coarser only if the values then still say different things.
-- fix.pl:       Uogólnij cechy pośrednio identyfikujące, aby grupy urosły; cechę wrażliwą uogólniaj tylko
--               wtedy, gdy jej wartości nadal będą znaczyć co innego.
-- since:        0.1
SELECT field.name AS field,
       NULL AS line,
       1 AS count,
       iif(risk.value IS NULL, 'fatal', NULL) AS severity,
       iif(risk.value IS NULL, 'unknown', 'known') AS state,
       risk.value AS value,
       :l AS l
  FROM field
  JOIN resource ON resource.rows > 0
  LEFT JOIN risk ON risk.measure = 'l_diversity'
                AND risk.field = field.name
 WHERE field.role = 'sensitive'
   AND field.position IS NOT NULL
   AND (risk.value IS NULL OR risk.value < :l)
 ORDER BY field.position;
