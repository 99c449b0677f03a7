-- id:         unique-combination
-- title.en:   No few quasi-identifiers together single out a record
-- title.pl:   Żadne zestawienie kilku cech pośrednio identyfikujących nie wskazuje pojedynczego rekordu
-- severity:   warning
-- needs:      records, persons, quasi-identifiers
-- follows:    k-anonymity
-- basis.en:   GDPR recital 26 (singling out); order 354/2022 of the Mayor of Łódź, annex 3: residual
--             identification; Elliot, Manning, Ford 2002
-- basis.pl:   Motyw 26 RODO (wyodrębnienie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--             nr 3: szczątkowa identyfikacja; Elliot, Manning, Ford 2002
-- message.en: {size, plural, one {The column {columns} alone singles} other {The columns {columns}
--             together single}} out {count, plural, one {# record} other {# records}}{cure, select, some
--             {; without "{mends}" {left, plural, =0 {no record} one {# record} other {# records}} would
--             stay in classes that are too small, instead of {now}} other {}}
-- message.pl: {size, plural, one {Sama kolumna {columns} wskazuje} few {Kolumny {columns} razem wskazują}
--             many {Kolumny {columns} razem wskazują} other {Kolumny {columns} razem wskazują}} pojedynczo
--             {count, plural, one {# rekord} few {# rekordy} many {# rekordów} other {#
--             rekordu}}{cure, select, some {; bez kolumny „{mends}” w zbyt małych grupach {left, plural, =0
--             {nie zostałby żaden rekord} one {zostałby # rekord} few {zostałyby # rekordy} many {zostałoby
--             # rekordów} other {zostałoby # rekordu}} zamiast {now}} other {}}
-- why.en:     Whoever knows these few things about a person finds the one record and reads the rest of it.
-- why.pl:     Kto zna tych kilka cech danej osoby, znajduje jej rekord i odczytuje pozostałe kolumny.
-- fix.en:     Make the named column coarser first, or leave it out of the published file; then check
--             again.
-- fix.pl:     Najpierw uogólnij wskazaną kolumnę albo pomiń ją w pliku do publikacji, potem sprawdź
--             ponownie.
-- since:      0.1
WITH now AS (
  SELECT sum(rows) AS rows
    FROM class
   WHERE size < (SELECT effective FROM threshold WHERE name = 'k')
), cure AS (
  SELECT left_out.field, left_out.below
    FROM left_out
    JOIN field ON field.name = left_out.field
    JOIN now ON left_out.below < now.rows
   ORDER BY left_out.below, field.position
   LIMIT 1
)
SELECT cure.field AS field,
       NULL AS line,
       unique_set.rows AS count,
       unique_set.columns AS columns,
       unique_set.size AS size,
       iif(cure.field IS NULL, 'none', 'some') AS cure,
       cure.field AS mends,
       cure.below AS left,
       now.rows AS now
  FROM unique_set
  JOIN now
  LEFT JOIN cure
 ORDER BY unique_set.rows DESC, unique_set.size, unique_set.columns
 LIMIT 1;
