-- id:           small-cell
-- title.en:     No cell of a table that is shown counts fewer persons or entities than the threshold
-- title.pl:     Żadna pokazana komórka tabeli nie obejmuje mniej osób lub podmiotów, niż wynosi próg
-- severity:     error
-- severity.row: fatal
-- needs:        descriptor, table
-- basis.en:     GDPR recital 26; act on open data art. 6(2); order 354/2022 of the Mayor of Łódź, annex 3: residual
--               identification; the threshold is the office's (policy, smallCell)
-- basis.pl:     Motyw 26 RODO; art. 6 ust. 2 ustawy o otwartych danych; zarządzenie nr 354/2022 Prezydenta Miasta
--               Łodzi, załącznik nr 3: szczątkowa identyfikacja; próg ustala urząd (polityka, smallCell)
-- message.en:   Column "{field}": {state, select, unjudged {{count, plural, one {# cell} other {# cells}} without the
--               number of those behind {count, plural, one {it} other {them}}, so nobody could judge {count, plural,
--               one {it} other {them}}} growth {{count, plural, one {# cell} other {# cells}} grew by fewer
--               than {threshold} since the release "{source}"} other {{count, plural, one {# cell shows} other {# cells show}} fewer than
--               {threshold} {about, select, entities {entities} other {persons}}}}
-- message.pl:   Kolumna „{field}”: {state, select, unjudged {{count, plural, one {# komórka} few {# komórki} many {#
--               komórek} other {# komórki}} bez liczby osób lub podmiotów, więc nie dało się ocenić} growth {od wydania
--               „{source}” w {count, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} przybyło
--               mniej niż {threshold}} other {{count,
--               plural, one {# komórka pokazuje} few {# komórki pokazują} many {# komórek pokazuje} other {# komórki
--               pokazuje}} mniej niż {threshold} {about, select, entities {podmioty} other {osób}}}}
-- why.en:       Behind a small number stand people whom neighbours know: the table then says which of them has what.
-- why.pl:       Za małą liczbą stoją osoby, które sąsiedzi znają: tabela mówi wtedy, której z nich dotyczy dana cecha.
-- fix.en:       Let sito anonymise hide these cells and as many others as it takes that nobody computes them from the
--               totals; or show the table with coarser dimensions (districts instead of estates, years instead of months).
-- fix.pl:       Niech sito anonymise ukryje te komórki i tyle innych, ilu trzeba, żeby nikt nie wyliczył ich z sum; albo
--               pokaż tabelę o mniej szczegółowych wymiarach (dzielnice zamiast osiedli, lata zamiast miesięcy).
-- since:        0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       iif(cell.kind = 'unjudged', 'fatal', NULL) AS severity,
       CASE WHEN cell.kind = 'unjudged' THEN 'unjudged' WHEN cell.kind = 'growth' THEN 'growth' ELSE 'few' END AS state,
       cell.source AS source,
       tabulated.about AS about,
       tabulated.threshold AS threshold
  FROM cell, tabulated
 WHERE cell.kind IN ('few', 'growth', 'unjudged')
   AND cell.count > 0
 ORDER BY cell.kind, cell.measure;
