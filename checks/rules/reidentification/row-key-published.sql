-- id:         row-key-published
-- title.en:   No published column is a key to single records: a case mark, or another value in each
-- title.pl:   Żadna kolumna do publikacji nie jest kluczem rekordu: znakiem sprawy ani inną wartością w każdym
--             rekordzie
-- severity:   error
-- waiver:     ways
-- needs:      records, descriptor, persons
-- basis.en:   GDPR art. 4(1) and recital 26 (singling out); order 354/2022 of the Mayor of Łódź, annex 3:
--             identification by linking sources
-- basis.pl:   Art. 4 pkt 1 i motyw 26 RODO (wyodrębnienie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi,
--             załącznik nr 3: identyfikacja wskutek łączenia danych z różnych źródeł
-- message.en: The column "{field}" {mark, plural, =0 {has another value in each of} one {holds case marks or numbers of
--             cases, in} other {holds case marks or numbers of cases, in}} {count, plural, one {# record} other {#
--             records}}{mark, plural, =0 {: it is a key} one {} other {}}
-- message.pl: Kolumna „{field}” {mark, plural, =0 {ma inną wartość w każdym rekordzie i jest kluczem} one {zawiera
--             znaki lub numery spraw} few {zawiera znaki lub numery spraw} many {zawiera znaki lub numery spraw} other
--             {zawiera znaki lub numery spraw}} ({count, plural, one {# rekord} few {# rekordy} many {# rekordów}
--             other {# rekordu}})
-- why.en:     Whoever holds a letter, a decision or another register with the same mark finds the one record
--             and reads the rest of it. No class protects against a key.
-- why.pl:     Kto ma pismo, decyzję albo inny rejestr z tym samym znakiem, znajduje ten jeden rekord i odczytuje
--             pozostałe kolumny. Przed kluczem nie chroni żadna grupa.
-- fix.en:     Leave the column out of the file for publication. If readers need a number, draw a new one for
--             this release only (role release-number), in an order that says nothing.
-- fix.pl:     Pomiń kolumnę w pliku do publikacji. Jeżeli odbiorcy potrzebują numeru, nadaj nowy, tylko dla
--             tego wydania (rola release-number), w kolejności, która nic nie mówi.
-- since:      0.1
WITH telling(word) AS (
  VALUES (' znak sprawy '), (' znaki spraw '), (' nr sprawy '), (' numer sprawy '), (' sygnatura '),
         (' sygn '), (' nr akt '), (' numer akt '), (' nr wniosku '), (' numer wniosku '),
         (' nr decyzji '), (' numer decyzji '), (' nr pisma '), (' numer pisma '), (' id osoby '),
         (' id klienta '), (' nr klienta '), (' numer klienta '), (' nr karty '), (' numer karty '),
         (' nr swiadczeniobiorcy '), (' nr ewidencyjny '), (' numer ewidencyjny '), (' case number '),
         (' case mark '), (' file number ')
), heading AS (
  SELECT field.*,
         ' ' || replace(replace(replace(pl_ascii(pl_lower(name)), '_', ' '), '.', ' '), '-', ' ') || ' ' AS words
    FROM field
   WHERE position IS NOT NULL
     AND role IS NOT 'direct-identifier'
), seen AS (
  SELECT heading.name,
         heading.position,
         profile.rows - profile.missing AS filled,
         -- OPS.5021.12.2024: letters, a class of the filing plan, a number, a year
         coalesce(profile.min GLOB '[A-Z]*.[0-9]*.[0-9]*.[12][0-9][0-9][0-9]*'
                  AND profile.max GLOB '[A-Z]*.[0-9]*.[0-9]*.[12][0-9][0-9][0-9]*', 0)
           OR EXISTS (SELECT 1
                        FROM telling
                       WHERE instr(replace(heading.words, '  ', ' '), telling.word)
                         AND heading.role IS NOT 'release-number'
                         AND profile.distinct_values IS NOT 1) AS mark,
         coalesce(heading.role, '') IN ('', 'public')
           AND profile.missing = 0
           AND profile.rows > 1
           AND coalesce(profile.distinct_values = profile.rows,
                        (SELECT doubtful.uniques = profile.rows
                           FROM doubtful
                          WHERE doubtful.field = heading.name), 0)
           AND NOT EXISTS (SELECT 1
                             FROM dataset
                            WHERE persons IN ('public-functions', 'consented')) AS differs
    FROM heading
    JOIN profile ON profile.field = heading.name
)
SELECT name AS field,
       NULL AS line,
       filled AS count,
       mark AS mark
  FROM seen
 WHERE (mark OR differs)
   AND filled > 0
 ORDER BY position;
