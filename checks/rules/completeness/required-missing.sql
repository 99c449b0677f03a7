-- id:         required-missing
-- title.en:   Required columns have a value in every record
-- title.pl:   Kolumny wymagane mają wartość w każdym rekordzie
-- severity:   error
-- needs:      schema
-- basis.en:   Table Schema (Data Package v2): constraints.required
-- basis.pl:   Table Schema (Data Package v2): constraints.required
-- message.en: {count, plural, one {# record has} other {# records have}} no value in the required column
--             "{field}"
-- message.pl: {count, plural, one {# rekord nie ma} few {# rekordy nie mają} many {# rekordów nie ma}
--             other {# rekordu nie ma}} wartości w wymaganej kolumnie „{field}”
-- why.en:     Whoever uses the data relies on the column being filled; the records without it fall out
--             of every count by it.
-- why.pl:     Odbiorca polega na tym, że kolumna jest wypełniona; rekordy bez wartości wypadną z każdego
--             zestawienia.
-- fix.en:     Add the values at the source, or take "required" away from the column if it may be empty.
-- fix.pl:     Uzupełnij wartości u źródła albo skreśl „required” przy kolumnie, jeżeli może być pusta.
-- since:      0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       'required-missing' AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'required-missing'
   AND defect.count > 0
 ORDER BY field.position;
