-- id:         role-undeclared
-- title.en:   Every column has a role
-- title.pl:   Każda kolumna ma rolę
-- severity:   error
-- waiver:     never
-- needs:      descriptor
-- basis.en:   GDPR art. 5(1)(c) (data minimisation); order 354/2022 of the Mayor of Łódź, annex 2, step 1
-- basis.pl:   Art. 5 ust. 1 lit. c RODO (minimalizacja danych); zarządzenie nr 354/2022 Prezydenta Miasta
--             Łodzi, załącznik nr 2, krok 1
-- message.en: {count, plural, one {The column {names} has} other {# columns have}} no role{count, plural,
--             one {} other {: {names}}}{more, plural, =0 {} one { and # more} other { and # more}}
-- message.pl: {count, plural, one {Kolumna {names} nie ma} few {# kolumny nie mają} many {# kolumn nie
--             ma} other {# kolumny nie ma}} roli{count, plural, one {} few {: {names}} many {: {names}}
--             other {: {names}}}{more, plural, =0 {} one { i jeszcze #} few { i jeszcze #} many
--             { i jeszcze #} other { i jeszcze #}}
-- why.en:     Only a role tells whether a column may point at a person. Without it the measures leave
--             the column out, and the result says too little.
-- why.pl:     Dopiero rola mówi, czy kolumna może wskazać osobę. Bez niej miary ryzyka kolumnę
--             pomijają i wynik mówi za mało.
-- fix.en:     Give each column a "disclosure": {"role": …}: direct-identifier, quasi-identifier,
--             sensitive, free-text, release-number, or public with a reason and its basis.
-- fix.pl:     Nadaj każdej kolumnie „disclosure”: {"role": …}: direct-identifier, quasi-identifier,
--             sensitive, free-text, release-number albo public z powodem (reason) i podstawą (basis).
-- since:      0.1
WITH listed AS (
  SELECT name, row_number() OVER (ORDER BY position) AS number
    FROM field
   WHERE role IS NULL
     AND position IS NOT NULL
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       group_concat(iif(number <= 8, name, NULL), ', ') AS names,
       max(0, count(*) - 8) AS more
  FROM listed
HAVING count(*) > 0;
