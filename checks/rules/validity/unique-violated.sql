-- id:         unique-violated
-- title.en:   No value comes twice in a column that is declared as unique
-- title.pl:   W kolumnie oznaczonej jako niepowtarzalna żadna wartość się nie powtarza
-- severity:   error
-- needs:      schema
-- basis.en:   Table Schema (Data Package v2): constraints.unique
-- basis.pl:   Table Schema (Data Package v2): constraints.unique
-- message.en: {count, plural, one {# value} other {# values}} of the column "{field}" {count, plural,
--             one {was} other {were}} there before
-- message.pl: W kolumnie „{field}” {count, plural, one {powtarza się # wartość} few {powtarzają się #
--             wartości} many {powtarza się # wartości} other {powtarza się # wartości}}
-- why.en:     A record that is there twice is counted twice, and a reference to it leads to two places.
-- why.pl:     Rekord zapisany dwa razy liczy się podwójnie, a odwołanie do niego prowadzi w dwa miejsca.
-- fix.en:     Remove the repeated records, or take "unique" away from the column if its values may come
--             again.
-- fix.pl:     Usuń powtórzone rekordy albo skreśl „unique” przy kolumnie, jeżeli jej wartości mogą się
--             powtarzać.
-- since:      0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       'unique-violated' AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'unique-violated'
   AND defect.count > 0
 ORDER BY field.position;
