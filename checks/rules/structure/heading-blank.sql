-- id:           heading-blank
-- title.en:     Every column has a heading
-- title.pl:     Każda kolumna ma nagłówek
-- severity:     error
-- severity.row: warning
-- basis.en:     Checks of dane.gov.pl: blank-header; Table Schema (Data Package v2): name
-- basis.pl:     Walidacja dane.gov.pl: blank-header; Table Schema (Data Package v2): name
-- message.en:   {state, select, none {The file has no headings} other {{count, plural, one {# column has a
--               blank heading} other {# columns have a blank heading}}: {places}}}
-- message.pl:   {state, select, none {Plik nie ma nagłówków kolumn} other {{count, plural, one {# kolumna
--               ma pusty nagłówek} few {# kolumny mają pusty nagłówek} many {# kolumn ma pusty nagłówek}
--               other {# kolumny ma pusty nagłówek}}: {places}}}
-- why.en:       Nobody can say what a column without a name holds, and the portal refuses or renames it.
-- why.pl:       Nikt nie powie, co zawiera kolumna bez nazwy, a portal ją odrzuci albo nazwie po swojemu.
-- fix.en:       Give every column a short name of its own in the first line, without line breaks.
-- fix.pl:       Nadaj każdej kolumnie w pierwszym wierszu własną krótką nazwę, bez łamania wierszy.
-- since:        0.1
WITH blank AS (
  SELECT count(*) AS count, group_concat(iif(number <= 10, position, NULL), ', ') AS places
    FROM (SELECT position, row_number() OVER (ORDER BY position) AS number
            FROM heading
           WHERE trim(text, char(9, 32, 160)) = '')
)
SELECT NULL AS field,
       NULL AS line,
       count,
       'blank' AS state,
       iif(count > 10, places || ' …', places) AS places,
       NULL AS severity
  FROM blank
 WHERE count > 0
UNION ALL
SELECT NULL, NULL, 1, 'none', NULL, 'warning'
  FROM resource
 WHERE header = 0
   AND rows > 0;
