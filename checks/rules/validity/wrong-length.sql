-- id:          wrong-length
-- title.en:    Every text has a length that the descriptor allows
-- title.pl:    Każdy tekst ma długość dopuszczoną w opisie zbioru
-- severity:    error
-- needs:       schema
-- basis:       Table Schema (Data Package v2): constraints.minLength, maxLength
-- message.en:  Column "{field}": {count, plural, one {# value is shorter or longer than declared} other {#
--              values are shorter or longer than declared}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość jest krótsza lub dłuższa, niż dopuszcza
--              opis zbioru} few {# wartości są krótsze lub dłuższe, niż dopuszcza opis zbioru} many {#
--              wartości jest krótszych lub dłuższych, niż dopuszcza opis zbioru} other {# wartości jest
--              krótsze lub dłuższe, niż dopuszcza opis zbioru}}
-- why.en:      A code that is cut short leads nowhere; a text that is too long is cut off by the program
--              that trusts the declared length.
-- why.pl:      Ucięty kod prowadzi donikąd, a za długi tekst zostanie ucięty przez program, który zaufa
--              podanej długości.
-- fix.en:      Correct the values at the source, or change minLength or maxLength of the column in the
--              descriptor.
-- fix.pl:      Popraw wartości u źródła albo zmień minLength lub maxLength tej kolumny w opisie zbioru.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'length'
   AND defect.count > 0
 ORDER BY field.position;
