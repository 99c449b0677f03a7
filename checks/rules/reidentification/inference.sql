-- id:         inference
-- title.en:   No sensitive value can be guessed with near certainty in a subgroup
-- title.pl:   W żadnej podgrupie nie da się niemal na pewno odgadnąć wartości wrażliwej
-- severity:   error
-- needs:      records, persons, quasi-identifiers, sensitive
-- follows:    alpha-k
-- param:      most number 0.7   how much of what chance leaves open the worst subgroup may give away | ile z
--             tego, czego nie wiadomo bez podgrupy, może zdradzać najgorsza z nich
-- basis.en:   GDPR recital 26 (inference), WP 216; order 354/2022 of the Mayor of Łódź, annex 3: sensitive
--             data revealed by linking; Giomi et al. 2023
-- basis.pl:   Motyw 26 RODO (wnioskowanie), WP 216; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi,
--             załącznik nr 3: ujawnienie danych wrażliwych wskutek łączenia; Giomi i in. 2023
-- message.en: Who knows {columns} guesses "{field}" in one subgroup of {count, plural, one {# record} other
--             {# records}} and is right in at least {low, number, percent} of them; in the whole file
--             {baseline, number, percent} have that value. Over all records guesses are right in {overall,
--             number, percent}, in a control group in {control, number, percent}
-- message.pl: Kto zna {columns}, odgadnie „{field}” w podgrupie, która liczy {count, plural, one {# rekord}
--             few {# rekordy} many {# rekordów} other {# rekordu}}, i trafi co najmniej w {low, number,
--             percent} przypadków; w całym pliku tę wartość ma {baseline, number, percent} rekordów. We
--             wszystkich rekordach trafia w {overall, number, percent}, w grupie kontrolnej w {control,
--             number, percent}
-- why.en:     The average over all records hides a subgroup in which nearly everybody has the same value.
--             Nobody needs to find a single record there to know what is in it.
-- why.pl:     Średnia ze wszystkich rekordów ukrywa podgrupę, w której niemal wszyscy mają tę samą wartość.
--             Nie trzeba znaleźć pojedynczego rekordu, aby wiedzieć, co w nim jest.
-- fix.en:     Make the named columns coarser first, so that the subgroup joins others, or leave its
--             records out of the published file.
-- fix.pl:     Najpierw uogólnij wskazane kolumny, aby podgrupa połączyła się z innymi, albo pomiń jej
--             rekordy w pliku do publikacji.
-- since:      0.1
SELECT inference.field AS field,
       NULL AS line,
       inference.rows AS count,
       inference.columns AS columns,
       inference.low AS low,
       inference.baseline AS baseline,
       inference.overall AS overall,
       inference.control AS control
  FROM inference
  JOIN field ON field.name = inference.field
 WHERE inference.risk > :most + 1e-9
 ORDER BY field.position;
