-- id:          total-mismatch
-- title.en:    Totals are the sums of their parts
-- title.pl:    Sumy zgadzają się ze składnikami
-- severity:    error
-- needs:       schema
-- basis.en:    The descriptor (consistency.sums)
-- basis.pl:    Opis zbioru (consistency.sums)
-- message.en:  Column "{field}": {count, plural, one {# record has a total that is not the sum of its
--              parts} other {# records have a total that is not the sum of its parts}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# rekord ma sumę inną niż suma składników} few {#
--              rekordy mają sumę inną niż suma składników} many {# rekordów ma sumę inną niż suma
--              składników} other {# rekordu ma sumę inną niż suma składników}}
-- why.en:      Readers who add up the parts get another result than those who take the total, and trust
--              neither.
-- why.pl:      Kto doda składniki, otrzyma inny wynik niż ten, kto weźmie sumę, i nie zaufa żadnemu.
-- fix.en:      Find the part that is missing or counted twice. Where parts were rounded, state the
--              tolerance in consistency.sums.
-- fix.pl:      Znajdź składnik, którego brakuje albo który policzono dwa razy. Jeżeli składniki
--              zaokrąglono, podaj tolerance w consistency.sums.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'sum'
   AND defect.count > 0
 ORDER BY field.position;
