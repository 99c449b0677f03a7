-- id:           recoverable-cell
-- title.en:     No hidden cell follows from what is published
-- title.pl:     Żadnej ukrytej komórki nie da się wyliczyć z tego, co opublikowano
-- severity:     error
-- severity.row: fatal
-- needs:        descriptor, table
-- waiver:       never
-- basis.en:     GDPR recital 26; order 354/2022 of the Mayor of Łódź, annex 3: re-identification; Fischetti & Salazar 2001
-- basis.pl:     Motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ponowna identyfikacja;
--               Fischetti i Salazar 2001
-- message.en:   {state, select, undecided {Column "{field}": {count, plural, one {# hidden cell} other {# hidden cells}}
--               could not be decided{why, select, time { in time} other {}}: nobody knows whether the totals give {count,
--               plural, one {it} other {them}} away} other {Column "{field}": {count, plural, one {# hidden cell} other {#
--               hidden cells}} can be computed exactly from {from, select, earlier {this table and the earlier release
--               "{source}"} other {the totals and the cells that are shown}}}}
-- message.pl:   {state, select, undecided {Kolumna „{field}”: {count, plural, one {# ukrytej komórki} few {# ukrytych
--               komórek} many {# ukrytych komórek} other {# ukrytej komórki}} nie rozstrzygnięto{why, select, time { w
--               przewidzianym czasie} other {}}: nie wiadomo, czy wynikają z sum} other {Kolumna „{field}”: {count, plural,
--               one {# ukrytą komórkę} few {# ukryte komórki} many {# ukrytych komórek} other {# ukrytej komórki}} można
--               dokładnie wyliczyć {from, select, earlier {z tej tabeli i z wcześniejszego wydania „{source}”} other {z sum
--               i pokazanych komórek}}}}
-- why.en:       Who takes the shown cells away from the total has the hidden one. A sign in its place only tells where to look.
-- why.pl:       Kto od sumy odejmie pokazane komórki, ma ukrytą. Znak w jej miejscu tylko podpowiada, gdzie szukać.
-- fix.en:       Let sito anonymise hide further cells, until no interval is narrower than asked; or leave totals out.
-- fix.pl:       Niech sito anonymise ukryje dalsze komórki, aż żaden przedział nie będzie węższy, niż trzeba; albo pomiń
--               sumy.
-- since:        0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       iif(cell.kind = 'undecided', 'fatal', NULL) AS severity,
       iif(cell.kind = 'undecided', 'undecided', 'found') AS state,
       iif(cell.kind <> 'undecided' AND cell.source IS NOT NULL, 'earlier', 'own') AS "from",
       iif(cell.kind = 'undecided', coalesce(cell.source, 'other'), 'other') AS why,
       cell.source AS source
  FROM cell
 WHERE cell.kind IN ('recoverable', 'undecided')
   AND cell.count > 0
 ORDER BY cell.kind, cell.measure, cell.source;
