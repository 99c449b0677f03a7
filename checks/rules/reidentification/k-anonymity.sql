-- id:           k-anonymity
-- title.en:     Every combination of quasi-identifiers covers at least k persons or records
-- title.pl:     Każda kombinacja cech pośrednio identyfikujących obejmuje co najmniej k osób lub rekordów
-- severity:     error
-- severity.row: fatal
-- needs:        records, persons, quasi-identifiers
-- param:        k integer 5   the smallest class that may be published | najmniejsza grupa, którą wolno
--               opublikować
-- basis.en:     GDPR recital 26; order 354/2022 of the Mayor of Łódź, annex 3: residual identification,
--               re-identification; Sweeney 2002
-- basis.pl:     Motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3:
--               szczątkowa identyfikacja, ponowna identyfikacja; Sweeney 2002
-- message.en:   {state, select, unknown {The classes could not be counted} other {{count, plural, one
--               {# record is} other {# records are}} in classes below {k}; the smallest has {smallest}}}
-- message.pl:   {state, select, unknown {Nie udało się policzyć grup} other {{count, plural, one {# rekord
--               jest} few {# rekordy są} many {# rekordów jest} other {# rekordu jest}} w grupach
--               mniejszych niż {k}; najmniejsza liczy {smallest}}}
-- why.en:       A class smaller than k may point at particular people.
-- why.pl:       Grupa mniejsza niż k może wskazywać konkretne osoby.
-- fix.en:       Make a column coarser (a month instead of a day, an estate instead of a street, ages in
--               tens), or leave these records out of the published file; the source register stays as
--               it is.
-- fix.pl:       Uogólnij kolumnę (miesiąc zamiast dnia, osiedle zamiast ulicy, wiek co dziesięć lat) albo
--               pomiń te rekordy w pliku do publikacji; rejestr źródłowy zostaje bez zmian.
-- since:        0.1
SELECT NULL AS field,
       (SELECT min(line) FROM witness WHERE kind = 'k_anonymity') AS line,
       sum(rows) AS count,
       'k_anonymity' AS witness,
       NULL AS severity,
       'counted' AS state,
       :k AS k,
       min(size) AS smallest
  FROM class
 WHERE size < :k
HAVING count(*) > 0
UNION ALL
SELECT NULL, NULL, rows, NULL, 'fatal', 'unknown', :k, NULL
  FROM resource
 WHERE rows > 0
   AND NOT EXISTS (SELECT 1 FROM class);
