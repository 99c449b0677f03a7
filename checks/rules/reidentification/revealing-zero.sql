-- id:         revealing-zero
-- title.en:   Along a sensitive dimension no zero says that nobody of a row has the attribute
-- title.pl:   W wymiarze wrażliwym zero nie mówi, że nikt z wiersza nie ma danej cechy
-- severity:   warning
-- needs:      descriptor, table
-- basis.en:   GDPR recital 26 (inference); Hundepool et al., Statistical Disclosure Control, 2012, ch. 4
-- basis.pl:   Motyw 26 RODO (wnioskowanie); Hundepool i in., Statistical Disclosure Control, 2012, rozdz. 4
-- message.en: Column "{field}": {state, select, zero {{count, plural, one {# sum is} other {# sums are}} zero though
--             somebody stands behind {count, plural, one {it} other {them}}: each has nothing} other {{count, plural, one
--             {# zero} other {# zeros}} along "{source}" in rows with people: nobody of the row has that attribute}}
-- message.pl: Kolumna „{field}”: {state, select, zero {{count, plural, one {# suma wynosi} few {# sumy wynoszą} many {#
--             sum wynosi} other {# sumy wynosi}} zero, choć ktoś za nią stoi: każdy z nich nie ma nic} other {{count, plural,
--             one {# zero} few {# zera} many {# zer} other {# zera}} w wymiarze „{source}” w wierszach, w których są osoby:
--             nikt z wiersza nie ma tej cechy}}
-- why.en:     A zero is a statement about everybody in the row. Often it harms nobody; where the attribute is
--             sensitive, somebody has to look at it.
-- why.pl:     Zero jest stwierdzeniem o wszystkich z wiersza. Często nikomu nie szkodzi; gdy cecha jest wrażliwa, ktoś
--             musi to ocenić.
-- fix.en:     Join values of the dimension where the zero tells too much; else leave it at the warning.
-- fix.pl:     Połącz wartości wymiaru tam, gdzie zero mówi za dużo; jeżeli nie szkodzi, poprzestań na ostrzeżeniu.
-- since:      0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       iif(cell.kind = 'zero', 'zero', 'none') AS state,
       cell.source AS source
  FROM cell
 WHERE cell.count > 0
   AND (cell.kind = 'zero'
        OR (cell.kind = 'group-none' AND cell.sensitive))
 ORDER BY cell.kind, cell.measure, cell.source;
