-- id:         header-mismatch
-- title.en:   The columns of the file are those of the descriptor, in its order
-- title.pl:   Kolumny pliku są tymi z opisu zbioru, w tej samej kolejności
-- severity:   error
-- needs:      schema
-- follows:    delimiter-mismatch
-- basis.en:   Table Schema (Data Package v2): "fields", "fieldsMatch"
-- basis.pl:   Table Schema (Data Package v2): „fields”, „fieldsMatch”
-- message.en: {state, select, missing {The file lacks {count, plural, one {a declared column} other
--             {# declared columns}}: {names}} extra {The file has {count, plural, one {a column that is}
--             other {# columns that are}} not in the descriptor: {names}} other {{count, plural,
--             one {# column stands} other {# columns stand}} in another place than the descriptor has:
--             {names}}}{more, plural, =0 {} one { and # more} other { and # more}}
-- message.pl: {state, select, missing {W pliku brakuje {count, plural, one {kolumny} few {# kolumn} many
--             {# kolumn} other {# kolumny}} z opisu zbioru: {names}} extra {W pliku {count, plural,
--             one {jest kolumna, której} few {są # kolumny, których} many {jest # kolumn, których} other
--             {jest # kolumny, których}} nie ma w opisie zbioru: {names}} other {{count, plural,
--             one {# kolumna stoi} few {# kolumny stoją} many {# kolumn stoi} other {# kolumny stoi}} w
--             innym miejscu niż w opisie zbioru: {names}}}{more, plural, =0 {} one { i jeszcze #} few
--             { i jeszcze #} many { i jeszcze #} other { i jeszcze #}}
-- why.en:     What the descriptor does not name has no type and no role: nobody decided that it may be
--             published. What it names and the file lacks cannot be delivered.
-- why.pl:     Kolumna, której opis nie wymienia, nie ma typu ani roli: nikt nie zdecydował, że wolno ją
--             opublikować. Kolumny, której brakuje, odbiorca nie dostanie.
-- fix.en:     Correct the heading of the file or the list "fields" of the descriptor, so that both have
--             the same names in the same order.
-- fix.pl:     Popraw nagłówek pliku albo listę „fields” w opisie zbioru, tak aby nazwy i ich kolejność
--             były takie same.
-- since:      0.1
WITH placed AS (
  SELECT name,
         position,
         row_number() OVER (ORDER BY position) AS place,
         row_number() OVER (ORDER BY declared_position) AS declared_place
    FROM field
   WHERE declared = 1
     AND position IS NOT NULL
),
odd AS (
  SELECT 1 AS step, 'missing' AS state, name, declared_position AS place
    FROM field
   WHERE position IS NULL
  UNION ALL
  SELECT 2, 'extra', name, position
    FROM field
   WHERE declared = 0
  UNION ALL
  SELECT 3, 'moved', name, position
    FROM placed
   WHERE place <> declared_place
),
listed AS (
  SELECT *, row_number() OVER (PARTITION BY step ORDER BY place, name) AS number
    FROM odd
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       state,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
 GROUP BY step, state
 ORDER BY step;
