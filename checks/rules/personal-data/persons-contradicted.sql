-- id:         persons-contradicted
-- title.en:   A data set that is said not to be about persons shows no sign of persons
-- title.pl:   W zbiorze, który według opisu nie dotyczy osób, nic na osoby nie wskazuje
-- severity:   error
-- needs:      no-persons
-- basis.en:   GDPR art. 4(1) and recital 26; order 354/2022 of the Mayor of Łódź, annex 2, step 1
-- basis.pl:   Art. 4 pkt 1 i motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--             nr 2, krok 1
-- message.en: The descriptor says that the data are not about persons (persons: none), but {count, plural, one {a column points} other
--             {# columns point}} at persons: {names}{more, plural, =0 {} one { and # more} other
--             { and # more}}
-- message.pl: Według opisu zbioru dane nie dotyczą osób (persons: none), ale na osoby {count, plural, one {wskazuje
--             kolumna} few {wskazują # kolumny} many {wskazuje # kolumn} other {wskazuje # kolumny}}:
--             {names}{more, plural, =0 {} one { i jeszcze #} few { i jeszcze #} many { i jeszcze #} other
--             { i jeszcze #}}
-- why.en:     For data that are not about persons no risk of re-identification is measured. Is the
--             statement wrong, then nothing has been checked.
-- why.pl:     Dla danych, które nie dotyczą osób, nie mierzy się ryzyka identyfikacji. Jeżeli to
--             oświadczenie jest błędne, najważniejsze nie zostało sprawdzone.
-- fix.en:     Say in "persons" whom the data are about. If a column only looks like it, give it the role
--             public with the reason no-person or legal-person, and its basis.
-- fix.pl:     Podaj w „persons”, kogo dotyczą dane. Jeżeli kolumna tylko tak wygląda, nadaj jej rolę
--             public z powodem no-person albo legal-person i podaj podstawę.
-- since:      0.1
WITH telling(word) AS (
  VALUES ('pesel'), ('imie'), ('imiona'), ('nazwisko'), ('nazwiska'), ('wiek'), ('plec'), ('telefon'),
         ('email'), ('urodzenia'), ('urodzenie'), ('ur'), ('zamieszkania'), ('zameldowania'),
         ('obywatelstwo'), ('dowodu'), ('paszportu'), ('wnioskodawca'), ('wnioskodawcy')
),
-- The headings as words of plain lower-case letters between blanks.
heading AS (
  SELECT name,
         position,
         ' ' || replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
           lower(name), 'ę', 'e'), 'Ę', 'e'), 'ł', 'l'), 'Ł', 'l'), 'ć', 'c'), 'Ć', 'c'),
           'e-mail', 'email'), '_', ' '), '-', ' '), '.', ' ') || ' ' AS words
    FROM field
   WHERE role IS NOT 'public'
      OR reason IS NULL
      OR reason NOT IN ('no-person', 'legal-person')
),
sign AS (
  SELECT name, position
    FROM heading
   WHERE EXISTS (SELECT 1 FROM telling WHERE instr(heading.words, ' ' || telling.word || ' '))
  UNION
  SELECT personal.field, field.position
    FROM personal
    LEFT JOIN field ON field.name = personal.field
    LEFT JOIN allowed ON allowed.kind = personal.kind
                     AND allowed.field = personal.field
   WHERE personal.verdict <> 'chance'
     AND personal.found > 0
     AND allowed.kind IS NULL
),
listed AS (
  SELECT coalesce(name, '–') AS name, row_number() OVER (ORDER BY position) AS number
    FROM sign
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
HAVING count(*) > 0;
