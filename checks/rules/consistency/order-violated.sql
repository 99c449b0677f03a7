-- id:          order-violated
-- title.en:    What comes later is not before what comes earlier
-- title.pl:    To, co późniejsze, nie poprzedza tego, co wcześniejsze
-- severity:    error
-- needs:       schema
-- basis.en:    The descriptor (consistency.order)
-- basis.pl:    Opis zbioru (consistency.order)
-- message.en:  Column "{field}": {count, plural, one {# record has a value before that of the column it
--              must follow} other {# records have a value before that of the column it must follow}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# rekord ma wartość wcześniejszą niż kolumna, po
--              której ma następować} few {# rekordy mają wartość wcześniejszą niż kolumna, po której ma
--              następować} many {# rekordów ma wartość wcześniejszą niż kolumna, po której ma następować}
--              other {# rekordu ma wartość wcześniejszą niż kolumna, po której ma następować}}
-- why.en:      A case that ends before it begins has a negative length, and every mean over lengths is
--              wrong.
-- why.pl:      Sprawa zakończona przed rozpoczęciem ma ujemny czas trwania i psuje każdą średnią.
-- fix.en:      Correct the dates or numbers at the source; most are swapped. Where the order need not hold,
--              take the pair out of consistency.order.
-- fix.pl:      Popraw daty lub liczby u źródła; zwykle są zamienione. Jeżeli kolejność nie musi być
--              zachowana, usuń tę parę z consistency.order.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'order'
   AND defect.count > 0
 ORDER BY field.position;
