-- id:           small-area
-- title.en:     Nobody is told to live where few people live
-- title.pl:     O nikim nie podano, że mieszka tam, gdzie mieszka niewiele osób
-- severity:     error
-- severity.row: warning
-- needs:        records, descriptor, persons, quasi-identifiers
-- param:        inhabitants integer 500   the fewest inhabitants of a place that may be named | najmniejsza
--               liczba mieszkańców miejsca, które wolno podać
-- basis.en:     GDPR recital 26; order 354/2022 of the Mayor of Łódź, annex 3: residual identification
-- basis.pl:     Motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: szczątkowa
--               identyfikacja
-- message.en:   {state, select, asked {The column "{field}" names small places, and no table says how many people live
--               there (disclosure.population)} unknown {Of {places, plural, one {# place} other {# places}} in the column
--               "{field}" the number of inhabitants is not known} other {In the column "{field}" {places, plural, one {#
--               place has} other {# places have}} fewer than {inhabitants} inhabitants, in {count, plural, one {# record}
--               other {# records}}}}
-- message.pl:   {state, select, asked {Kolumna „{field}” podaje małe miejscowości lub obszary, a żadna tabela nie mówi, ile
--               osób tam mieszka (disclosure.population)} unknown {Nie wiadomo, ile osób mieszka w {places, plural, one {#
--               miejscu} few {# miejscach} many {# miejscach} other {# miejsca}} z kolumny „{field}”} other {W kolumnie
--               „{field}” {places, plural, one {# miejsce ma} few {# miejsca mają} many {# miejsc ma} other {# miejsca ma}}
--               mniej niż {inhabitants} mieszkańców ({count, plural, one {# rekord} few {# rekordy} many {# rekordów} other
--               {# rekordu}})}}
-- why.en:       Five records from a hamlet of forty people are not hidden among five: everybody there knows who draws the
--               benefit. A class counts records in the file, not people around them.
-- why.pl:       Pięć rekordów z przysiółka, w którym mieszka czterdzieści osób, nie kryje się wśród pięciu: wszyscy tam
--               wiedzą, kto pobiera świadczenie. Grupa liczy rekordy w pliku, a nie ludzi wokół nich.
-- fix.en:       Name the commune or the district instead, or join small places; give a table of inhabitants in
--               disclosure.population: {"field", "path", "key", "inhabitants"}.
-- fix.pl:       Podaj gminę albo dzielnicę lub połącz małe miejsca; wskaż tabelę mieszkańców w disclosure.population:
--               {"field", "path", "key", "inhabitants"}.
-- since:        0.1
WITH told AS (
  SELECT field, iif(inhabitants IS NULL, 'unknown', 'small') AS state, sum(rows) AS rows, sum(places) AS places
    FROM area
   WHERE inhabitants IS NULL
      OR inhabitants < :inhabitants
   GROUP BY field, inhabitants IS NULL
), asked AS (
  SELECT field.name AS field, field.position,
         ' ' || replace(replace(pl_ascii(pl_lower(field.name)), '_', ' '), '-', ' ') || ' ' AS words
    FROM field
    JOIN profile ON profile.field = field.name
   WHERE field.role = 'quasi-identifier'
     AND field.position IS NOT NULL
     AND profile.rows > profile.missing
     AND field.name NOT IN (SELECT field FROM area)
)
SELECT field, NULL AS line, rows AS count, NULL AS severity, state, places, :inhabitants AS inhabitants
  FROM told
UNION ALL
SELECT field, NULL, 1, 'warning', 'asked', 0, :inhabitants
  FROM asked
 WHERE words GLOB '* miejscowosc *' OR words GLOB '* wies *' OR words GLOB '* solectwo *'
    OR words GLOB '* przysiolek *' OR words GLOB '* obwod *' OR words GLOB '* ulica *'
    OR words GLOB '* kod pocztowy *' OR words GLOB '* miasto *';
