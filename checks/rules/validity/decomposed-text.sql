-- id:          decomposed-text
-- title.en:    Letters with marks are single characters (NFC)
-- title.pl:    Litery ze znakami diakrytycznymi są pojedynczymi znakami (NFC)
-- severity:    warning
-- basis.en:    Unicode Standard Annex 15; W3C Character Model: text on the web is NFC
-- basis.pl:    Unicode: załącznik 15; W3C Character Model: tekst w sieci ma postać NFC
-- message.en:  Column "{field}": {count, plural, one {# value holds letters that are split into two
--              characters (NFD)} other {# values hold letters that are split into two characters (NFD)}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość zawiera litery rozłożone na dwa znaki
--              (NFD)} few {# wartości zawierają litery rozłożone na dwa znaki (NFD)} many {# wartości
--              zawiera litery rozłożone na dwa znaki (NFD)} other {# wartości zawiera litery rozłożone na
--              dwa znaki (NFD)}}
-- why.en:      An ó made of o and an accent looks the same, but no program finds it when it looks for ó.
--              Such text mostly comes from file names of macOS and from PDF.
-- why.pl:      Litera ó złożona z o i osobnego znaku wygląda tak samo, ale żaden program nie znajdzie jej,
--              szukając ó. Taki tekst pochodzi zwykle z nazw plików macOS i z PDF.
-- fix.en:      Normalise the text to NFC when you export it.
-- fix.pl:      Przy eksporcie sprowadź tekst do postaci NFC.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'decomposed'
   AND defect.count > 0
 ORDER BY field.position;
