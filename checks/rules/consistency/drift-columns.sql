-- id:          drift-columns
-- title.en:    The columns are those of the previous version
-- title.pl:    Kolumny są takie jak w poprzedniej wersji
-- severity:    warning
-- needs:       previous
-- basis.en:    Comparison with the version that was published last
-- basis.pl:    Porównanie z ostatnio opublikowaną wersją
-- message.en:  {state, select, gone {{count, plural, one {# column of the previous version is gone} other
--              {# columns of the previous version are gone}}} other {{count, plural, one {# column is new
--              since the previous version} other {# columns are new since the previous version}}}}:
--              {names}{more, plural, =0 {} one { and # more} other { and # more}}
-- message.pl:  {state, select, gone {{count, plural, one {# kolumny z poprzedniej wersji już nie ma} few {#
--              kolumn z poprzedniej wersji już nie ma} many {# kolumn z poprzedniej wersji już nie ma}
--              other {# kolumny z poprzedniej wersji już nie ma}}} other {{count, plural, one {# kolumna
--              jest nowa wobec poprzedniej wersji} few {# kolumny są nowe wobec poprzedniej wersji} many {#
--              kolumn jest nowych wobec poprzedniej wersji} other {# kolumny jest nowej wobec poprzedniej
--              wersji}}}}: {names}{more, plural, =0 {} one { i jeszcze #} few { i jeszcze #} many { i
--              jeszcze #} other { i jeszcze #}}
-- why.en:      Programs of the readers look for a column by its name and stop when it is gone. A new column
--              was never looked at for what it may reveal.
-- why.pl:      Programy odbiorców szukają kolumny po nazwie i staną, gdy jej zabraknie. Nowej kolumny nikt
--              jeszcze nie ocenił pod kątem tego, co ujawnia.
-- fix.en:      Keep the names, or announce the change in the description of the version. Give a new column
--              its role.
-- fix.pl:      Zachowaj nazwy albo zapowiedz zmianę w opisie wersji. Nowej kolumnie nadaj rolę.
-- since:       0.1
WITH changed AS (
  SELECT 'gone' AS state, field AS name
    FROM previous
   WHERE field NOT IN (SELECT field FROM profile)
  UNION ALL
  SELECT 'new', field
    FROM profile
   WHERE field NOT IN (SELECT field FROM previous)
),
listed AS (
  SELECT *, row_number() OVER (PARTITION BY state ORDER BY name) AS number
    FROM changed
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       state,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
 GROUP BY state
 ORDER BY state;
