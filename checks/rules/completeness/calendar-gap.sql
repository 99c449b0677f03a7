-- id:           calendar-gap
-- title.en:     No period between the first and the last one is without records
-- title.pl:     Między pierwszym a ostatnim okresem nie brakuje żadnego
-- severity:     error
-- severity.row: fatal
-- needs:        temporal-coverage
-- basis.en:     The descriptor (coverage.temporal); order 354/2022 of the Mayor of Łódź, annex 3: breach of
--               correctness
-- basis.pl:     Opis zbioru (coverage.temporal); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--               nr 3: naruszenie prawidłowości
-- message.en:   {state, select, unread {{count, plural, one {# value} other {# values}} of "{field}" cannot
--               be read as a date} other {"{field}": {count, plural, one {# period has} other {# periods
--               have}} no record, the first of them from {first}; {allowed} may be missing}}
-- message.pl:   {state, select, unread {W kolumnie „{field}” {count, plural, one {# wartości} few {#
--               wartości} many {# wartości} other {# wartości}} nie da się odczytać jako daty} other
--               {„{field}”: {count, plural, one {# okres nie ma} few {# okresy nie mają} many {# okresów nie
--               ma} other {# okresu nie ma}} ani jednego rekordu, pierwszy od {first}; może brakować:
--               {allowed}}}
-- why.en:       A month without records is either a month without events or a lost file; a reader cannot
--               tell.
-- why.pl:       Miesiąc bez rekordów to albo miesiąc bez zdarzeń, albo zgubiony plik; odbiorca tego nie
--               odróżni.
-- fix.en:       Add the missing records, or say in coverage.temporal.allowMissing how many periods are
--               rightly empty.
-- fix.pl:       Dołącz brakujące rekordy albo podaj w coverage.temporal.allowMissing, ile okresów słusznie
--               jest pustych.
-- since:        0.1
SELECT field,
       NULL AS line,
       sum(present) AS count,
       'fatal' AS severity,
       'unread' AS state,
       NULL AS first,
       max(allowed) AS allowed
  FROM period
 WHERE start IS NULL
 GROUP BY field
HAVING sum(present) > 0
UNION ALL
SELECT field,
       NULL,
       count(*),
       NULL,
       'gap',
       min(start),
       max(allowed)
  FROM period
 WHERE start IS NOT NULL
   AND present = 0
 GROUP BY field
HAVING count(*) > max(allowed);
