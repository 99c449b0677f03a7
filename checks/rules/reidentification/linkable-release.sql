-- id:         linkable-release
-- title.en:   No record can be linked with a single record of what is published already
-- title.pl:   Żadnego rekordu nie da się połączyć z pojedynczym rekordem w tym, co już opublikowano
-- severity:   error
-- needs:      records, persons, published
-- param:      most integer 0   records that may be linked | rekordy, które wolno połączyć
-- basis.en:   GDPR recital 26 (linking); order 354/2022 of the Mayor of Łódź, annex 3: sensitive data
--             revealed by linking
-- basis.pl:   Motyw 26 RODO (łączenie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3:
--             ujawnienie danych wrażliwych wskutek łączenia
-- message.en: By {columns} {count, plural, one {# record} other {# records}} can be linked with exactly
--             one record each of {kind, select, registry {the data set "{name}" in the registry} other
--             {"{name}"}}{cure, select, some { (without "{mends}": {left})} other {}}
-- message.pl: Według kolumn {columns} {count, plural, one {# rekord można} few {# rekordy można} many {#
--             rekordów można} other {# rekordu można}} połączyć z dokładnie jednym rekordem {kind, select,
--             registry {zbioru „{name}” z rejestru} other {pliku „{name}”}}{cure, select, some { (bez
--             kolumny „{mends}”: {left})} other {}}
-- why.en:     Who has both sets puts the two records together and knows more of the person than either
--             set says alone. Each may be harmless by itself.
-- why.pl:     Kto ma oba zbiory, zestawi dwa rekordy i dowie się o osobie więcej, niż mówi każdy z nich z
--             osobna. Każdy z nich osobno może być nieszkodliwy.
-- fix.en:     Make the named column coarser or leave it out of the file for publication. If the values
--             are the same by chance (other people, another year), name in disclosure.published fields
--             the columns that tell a person.
-- fix.pl:     Uogólnij wskazaną kolumnę albo pomiń ją w pliku do publikacji. Jeżeli wartości zgadzają się
--             przypadkiem (inne osoby, inny rok), podaj w disclosure.published, w kluczu fields, kolumny,
--             po których można rozpoznać osobę.
-- since:      0.1
WITH cure AS (
  SELECT unlinked.name, unlinked.field, unlinked.certain,
         row_number() OVER (PARTITION BY unlinked.name
                                ORDER BY unlinked.certain, field.position) AS place
    FROM unlinked
    JOIN field ON field.name = unlinked.field
)
SELECT cure.field AS field,
       NULL AS line,
       published.certain AS count,
       published.name AS name,
       published.columns AS columns,
       iif(published.relation = 'registry', 'registry', 'file') AS kind,
       iif(cure.field IS NULL, 'none', 'some') AS cure,
       cure.field AS mends,
       cure.certain AS left
  FROM published
  LEFT JOIN cure ON cure.name = published.name
                AND cure.place = 1
                AND cure.certain < published.certain
                AND published.relation <> 'registry'
 WHERE published.certain > :most
   AND published.revealed > 0
 ORDER BY published.name, published.columns;
