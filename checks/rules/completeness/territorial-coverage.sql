-- id:         territorial-coverage
-- title.en:   Every area of the code list has records, and no other area has any
-- title.pl:   Każdy obszar z listy kodów ma rekordy i nie ma rekordów spoza listy
-- severity:   error
-- needs:      spatial-coverage
-- basis.en:   The descriptor (coverage.spatial); order 354/2022 of the Mayor of Łódź, annex 3: breach of
--             correctness
-- basis.pl:   Opis zbioru (coverage.spatial); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--             nr 3: naruszenie prawidłowości
-- message.en: "{field}": {state, select, missing {{count, plural, one {# code} other {# codes}} of
--             {codelist} without records} other {{count, plural, one {# code} other {# codes}} that
--             {codelist} does not have}}
-- message.pl: „{field}”: {state, select, missing {{count, plural, one {# kod} few {# kody} many {# kodów}
--             other {# kodu}} z listy {codelist} bez rekordów} other {{count, plural, one {# kod} few {#
--             kody} many {# kodów} other {# kodu}} spoza listy {codelist}}}
-- why.en:     A missing district looks like a district without cases; a code that nobody knows cannot be
--             joined with other data.
-- why.pl:     Brakująca dzielnica wygląda jak dzielnica bez spraw; nieznanego kodu nie da się połączyć z
--             innymi danymi.
-- fix.en:     Add the records of the missing areas, mend the codes, or bring the code list up to date.
-- fix.pl:     Dołącz rekordy brakujących obszarów, popraw kody albo zaktualizuj listę kodów.
-- since:      0.1
SELECT field,
       NULL AS line,
       count(*) AS count,
       iif(known, 'missing', 'unknown') AS state,
       codelist
  FROM territory
 WHERE NOT (known AND present)
 GROUP BY field, codelist, known
 ORDER BY known DESC;
