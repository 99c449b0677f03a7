-- id:           row-count
-- title.en:     The number of records is within the bounds of the descriptor
-- title.pl:     Liczba rekordów mieści się w granicach podanych w opisie zbioru
-- severity:     error
-- severity.row: note warning error
-- needs:        quality
-- basis.en:     Descriptor: quality, metric rowCount (Open Data Contract Standard)
-- basis.pl:     Opis zbioru: quality, miara rowCount (Open Data Contract Standard)
-- message.en:   The file holds {rows, plural, one {# record} other {# records}}; the requirement
--               "{id}" asks for {operator, select, mustBe {exactly {bound}} mustNotBe {another number
--               than {bound}} mustBeGreaterThan {more than {bound}} mustBeGreaterOrEqualTo {at least
--               {bound}} mustBeLessThan {fewer than {bound}} other {at most {bound}}}
-- message.pl:   Plik ma {rows, plural, one {# rekord} few {# rekordy} many {# rekordów} other {#
--               rekordu}}; wymaganie „{id}” mówi: {operator, select, mustBe {dokładnie {bound}}
--               mustNotBe {inna liczba niż {bound}} mustBeGreaterThan {więcej niż {bound}}
--               mustBeGreaterOrEqualTo {co najmniej {bound}} mustBeLessThan {mniej niż {bound}} other
--               {najwyżej {bound}}}
-- why.en:       A number that is off is the first sign of an export that broke off, or of one that ran
--               twice.
-- why.pl:       Niespodziewana liczba rekordów to pierwszy znak, że eksport został przerwany albo
--               wykonany dwa razy.
-- fix.en:       Export the data again, or correct the bounds in "quality" if they are out of date.
-- fix.pl:       Powtórz eksport albo popraw granice w „quality”, jeżeli są nieaktualne.
-- since:        0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       quality.severity AS severity,
       quality.id AS id,
       quality.operator AS operator,
       quality.bound AS bound,
       resource.rows AS rows
  FROM quality
  JOIN resource
 WHERE quality.metric = 'rowCount'
   AND NOT CASE quality.operator
             WHEN 'mustBe' THEN resource.rows = quality.bound
             WHEN 'mustNotBe' THEN resource.rows <> quality.bound
             WHEN 'mustBeGreaterThan' THEN resource.rows > quality.bound
             WHEN 'mustBeGreaterOrEqualTo' THEN resource.rows >= quality.bound
             WHEN 'mustBeLessThan' THEN resource.rows < quality.bound
             WHEN 'mustBeLessOrEqualTo' THEN resource.rows <= quality.bound
             ELSE 0
           END
 ORDER BY quality.id, quality.operator;
