-- id:          out-of-range
-- title.en:    No value lies outside the declared bounds
-- title.pl:    Żadna wartość nie wykracza poza granice podane w opisie zbioru
-- severity:    error
-- needs:       schema
-- basis:       Table Schema (Data Package v2): constraints.minimum, maximum, exclusiveMinimum,
--              exclusiveMaximum
-- message.en:  Column "{field}": {count, plural, one {# value lies outside the declared bounds} other {#
--              values lie outside the declared bounds}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość wykracza poza granice z opisu zbioru} few
--              {# wartości wykraczają poza granice z opisu zbioru} many {# wartości wykracza poza granice z
--              opisu zbioru} other {# wartości wykracza poza granice z opisu zbioru}}
-- why.en:      One age of 340 or one amount below zero spoils every mean and every chart of the column.
-- why.pl:      Jeden wiek 340 lat albo jedna kwota poniżej zera psuje każdą średnią i każdy wykres z tej
--              kolumny.
-- fix.en:      Correct the values at the source. Where the bounds are wrong, change minimum or maximum of
--              the column in the descriptor.
-- fix.pl:      Popraw wartości u źródła. Jeżeli to granice są błędne, zmień minimum lub maximum tej kolumny
--              w opisie zbioru.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'range'
   AND defect.count > 0
 ORDER BY field.position;
