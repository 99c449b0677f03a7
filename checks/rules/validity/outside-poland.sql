-- id:          outside-poland
-- title.en:    Coordinates lie in Poland
-- title.pl:    Współrzędne leżą w Polsce
-- severity:    warning
-- needs:       schema
-- basis.en:    Extent of Poland in EPSG:4326 and EPSG:2180 (metres)
-- basis.pl:    Zasięg Polski w układach EPSG:4326 i EPSG:2180 (metry)
-- message.en:  Column "{field}": {count, plural, one {# coordinate lies outside Poland} other {#
--              coordinates lie outside Poland}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# współrzędna leży poza Polską} few {# współrzędne
--              leżą poza Polską} many {# współrzędnych leży poza Polską} other {# współrzędnej leży poza
--              Polską}}
-- why.en:      A zero, a lost decimal mark or another coordinate system puts a point where nobody looks for
--              it.
-- why.pl:      Zero, zgubiony znak dziesiętny albo inny układ współrzędnych umieszcza punkt tam, gdzie nikt
--              go nie szuka.
-- fix.en:      Leave unknown coordinates empty, and correct the others. Where points abroad are right,
--              declare minimum and maximum for the column.
-- fix.pl:      Nieznane współrzędne zostaw puste, pozostałe popraw. Jeżeli punkty za granicą są właściwe,
--              podaj dla kolumny minimum i maximum.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'outside-poland'
   AND defect.count > 0
   -- whole columns of the other axis are told by swapped-axes
   AND NOT EXISTS (SELECT 1 FROM defect AS other
                    WHERE other.field = defect.field
                      AND other.kind = 'swapped-axes'
                      AND other.count > defect.count)
 ORDER BY field.position;
