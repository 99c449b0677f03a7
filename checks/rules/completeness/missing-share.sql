-- id:          missing-share
-- title.en:    No column is mostly empty
-- title.pl:    Żadna kolumna nie jest w większości pusta
-- severity:    note
-- param:       most number 0.5   largest share of records without a value | największy udział rekordów bez wartości
-- basis.en:    ISO/IEC 25012: completeness
-- basis.pl:    ISO/IEC 25012: kompletność
-- message.en:  {count, plural, one {# column has a value in fewer records than not} other {# columns have a
--              value in fewer records than not}}: {names}{more, plural, =0 {} one { and # more} other { and
--              # more}}
-- message.pl:  {count, plural, one {# kolumna jest w większości pusta} few {# kolumny są w większości
--              puste} many {# kolumn jest w większości pustych} other {# kolumny jest w większości
--              pustej}}: {names}{more, plural, =0 {} one { i jeszcze #} few { i jeszcze #} many { i jeszcze
--              #} other { i jeszcze #}}
-- why.en:      A mean or a share over such a column speaks of the few records that have a value, and a
--              reader rarely sees that.
-- why.pl:      Średnia lub odsetek z takiej kolumny mówi tylko o nielicznych wypełnionych rekordach, czego
--              odbiorca zwykle nie widzi.
-- fix.en:      Say in the description of the column when it is filled. If it should be, complete it at the
--              source and declare it as required.
-- fix.pl:      Napisz w opisie kolumny, kiedy się ją wypełnia. Jeżeli powinna być pełna, uzupełnij ją u
--              źródła i oznacz jako wymaganą (required).
-- since:       0.1
WITH listed AS (
  SELECT field.name AS name, row_number() OVER (ORDER BY field.position) AS number
    FROM profile
    JOIN field ON field.name = profile.field
   WHERE profile.rows >= 20
     AND profile.missing > :most * profile.rows
     AND profile.missing < profile.rows
     AND field.required = 0
     AND field.role IS NOT 'measure' -- hidden cells are missing by intent
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
HAVING count(*) > 0;
