-- id:          not-listed
-- title.en:    Every value is on the list that the descriptor gives
-- title.pl:    Każda wartość jest na liście podanej w opisie zbioru
-- severity:    error
-- needs:       schema
-- basis:       Table Schema (Data Package v2): constraints.enum, categories
-- message.en:  Column "{field}": {count, plural, one {# value is not on the list of the descriptor} other
--              {# values are not on the list of the descriptor}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartości nie ma na liście w opisie zbioru} few {#
--              wartości nie ma na liście w opisie zbioru} many {# wartości nie ma na liście w opisie
--              zbioru} other {# wartości nie ma na liście w opisie zbioru}}
-- why.en:      A second spelling of one category makes two of it: counts by category come out too small.
-- why.pl:      Druga pisownia tej samej kategorii robi z niej dwie: liczebności kategorii wychodzą
--              zaniżone.
-- fix.en:      Write the values as the list has them, capitals included, or add the missing ones to enum
--              (or categories) of the column.
-- fix.pl:      Zapisz wartości tak, jak na liście, łącznie z wielkością liter, albo dopisz brakujące do
--              enum (lub categories) tej kolumny.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'not-listed'
   AND defect.count > 0
 ORDER BY field.position;
