-- id:           linked-cell
-- title.en:     No hidden cell follows from the linked tables of the data set together
-- title.pl:     Żadnej ukrytej komórki nie da się wyliczyć z połączonych tabel zbioru razem
-- severity:     error
-- severity.row: fatal
-- scope:        package
-- needs:        descriptor, linked-tables
-- waiver:       never
-- basis.en:     GDPR recital 26 (linkability); de Wolf & Giessing 2009 (linked tables)
-- basis.pl:     Motyw 26 RODO (możliwość łączenia); de Wolf i Giessing 2009 (tabele powiązane)
-- message.en:   {state, select, undecided {Linked tables {source}: {count, plural, one {# hidden cell} other {# hidden
--               cells}} could not be decided} narrow {{count, plural, one {# hidden cell lies} other {# hidden cells lie}} in
--               a narrower interval than asked, as the tables {source} together show} contradiction {Tables {source}: {count,
--               plural, one {# cell is} other {# cells are}} shown with different values} other {{count, plural, one {#
--               hidden cell} other {# hidden cells}} can be computed exactly from the tables {source} together}}
-- message.pl:   {state, select, undecided {Połączone tabele {source}: nie rozstrzygnięto {count, plural, one {# ukrytej
--               komórki} few {# ukrytych komórek} many {# ukrytych komórek} other {# ukrytej komórki}}} narrow {Tabele
--               {source} razem zamykają {count, plural, one {# ukrytą komórkę} few {# ukryte komórki} many {# ukrytych
--               komórek} other {# ukrytej komórki}} w przedziale węższym, niż trzeba} contradiction {Tabele {source} pokazują
--               {count, plural, one {# komórkę} few {# komórki} many {# komórek} other {# komórki}} z różnymi wartościami}
--               other {{count, plural, one {# ukrytą komórkę} few {# ukryte komórki} many {# ukrytych komórek} other {#
--               ukrytej komórki}} można dokładnie wyliczyć z tabel {source} razem}}
-- why.en:       A cell that is hidden in one table stands in another, or follows from the totals of both.
-- why.pl:       Komórka ukryta w jednej tabeli stoi w drugiej albo wynika z sum obu.
-- fix.en:       Let sito anonymise treat the tables of the data set together: what is hidden in one is hidden in all.
-- fix.pl:       Niech sito anonymise opracuje tabele zbioru razem: co ukryte w jednej, jest ukryte we wszystkich.
-- since:        0.1
SELECT NULL AS field,
       NULL AS line,
       cell.count AS count,
       cell.resource AS resource,
       iif(cell.kind = 'undecided', 'fatal', NULL) AS severity,
       CASE
         WHEN cell.kind = 'undecided' THEN 'undecided'
         WHEN cell.kind = 'narrow-linked' THEN 'narrow'
         WHEN cell.kind = 'contradiction' THEN 'contradiction'
         ELSE 'found'
       END AS state,
       cell.source AS source
  FROM cell
 WHERE cell.count > 0
   AND (cell.kind IN ('recoverable-linked', 'narrow-linked', 'contradiction')
        OR (cell.kind = 'undecided' AND cell.resource IS NULL))
 ORDER BY cell.kind, cell.resource, cell.measure;
