-- id:         narrow-cell
-- title.en:   What is published leaves every hidden cell as much room as asked
-- title.pl:   To, co opublikowano, zostawia każdej ukrytej komórce wymagany przedział
-- severity:   error
-- needs:      descriptor, table
-- basis.en:   GDPR recital 26; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4.3 (protection levels)
-- basis.pl:   Motyw 26 RODO; Hundepool i in., Statistical Disclosure Control, 2012, rozdz. 4.3 (poziomy ochrony)
-- message.en: Column "{field}": {count, plural, one {# hidden cell lies} other {# hidden cells lie}} in a narrower interval
--             than asked, as {from, select, earlier {this table and the earlier release "{source}" show} other {the totals
--             and the shown cells tell}}
-- message.pl: Kolumna „{field}”: {count, plural, one {# ukrytą komórkę} few {# ukryte komórki} many {# ukrytych komórek}
--             other {# ukrytej komórki}} {from, select, earlier {ta tabela i wcześniejsze wydanie „{source}” zamykają} other
--             {sumy i pokazane komórki zamykają}} w przedziale węższym, niż trzeba
-- why.en:     Whoever knows that a cell is 2 or 3 knows nearly as much as who knows the number.
-- why.pl:     Kto wie, że w komórce jest 2 albo 3, wie prawie tyle, co ten, kto zna liczbę.
-- fix.en:     Let sito anonymise hide further cells, or choose cells with larger numbers to hide with the small ones.
-- fix.pl:     Niech sito anonymise ukryje dalsze komórki albo ukryj z małymi komórkami takie, w których liczby są większe.
-- since:      0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       iif(cell.source IS NOT NULL, 'earlier', 'own') AS "from",
       cell.source AS source
  FROM cell
 WHERE cell.kind = 'narrow'
   AND cell.count > 0
 ORDER BY cell.measure, cell.source;
