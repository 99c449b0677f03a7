-- id:          empty-column
-- title.en:    No column is empty from top to bottom
-- title.pl:    Żadna kolumna nie jest pusta od góry do dołu
-- severity:    warning
-- basis.en:    ISO/IEC 25012: completeness
-- basis.pl:    ISO/IEC 25012: kompletność
-- message.en:  {count, plural, one {# column has no value in any record} other {# columns have no value in
--              any record}}: {names}{more, plural, =0 {} one { and # more} other { and # more}}
-- message.pl:  {count, plural, one {# kolumna nie ma wartości w żadnym rekordzie} few {# kolumny nie mają
--              wartości w żadnym rekordzie} many {# kolumn nie ma wartości w żadnym rekordzie} other {#
--              kolumny nie ma wartości w żadnym rekordzie}}: {names}{more, plural, =0 {} one { i jeszcze #}
--              few { i jeszcze #} many { i jeszcze #} other { i jeszcze #}}
-- why.en:      An empty column promises data that are not there. Mostly the export lost it, or the column
--              left the register long ago.
-- why.pl:      Pusta kolumna obiecuje dane, których nie ma. Zwykle zgubił je eksport albo w rejestrze od
--              dawna nikt jej nie wypełnia.
-- fix.en:      See whether the export lost the values. If there are none, leave the column out and out of
--              the descriptor.
-- fix.pl:      Sprawdź, czy wartości nie zgubił eksport. Jeżeli ich nie ma, usuń kolumnę z pliku i z opisu
--              zbioru.
-- since:       0.1
WITH listed AS (
  SELECT field.name AS name, row_number() OVER (ORDER BY field.position) AS number
    FROM profile
    JOIN field ON field.name = profile.field
   WHERE profile.rows > 0
     AND profile.missing = profile.rows
     AND field.required = 0
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
HAVING count(*) > 0;
