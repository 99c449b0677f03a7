-- id:          portal-validation
-- title.en:    The validator of dane.gov.pl has nothing to report
-- title.pl:    Walidator dane.gov.pl nie ma czego zgłosić
-- severity:    error
-- basis.en:    Validation of dane.gov.pl: goodtables, checks structure, schema and zero-data-rows; skipped
--              there: blank-row, duplicate-row, extra-header, blank-header
-- basis.pl:    Walidacja dane.gov.pl: goodtables, sprawdzenia structure, schema i zero-data-rows; pomijane:
--              blank-row, duplicate-row, extra-header, blank-header
-- message.en:  dane.gov.pl will report {code}: {state, select, rows {{count, plural, one {# record} other
--              {# records}}} columns {{count, plural, one {# column} other {# columns}}} other {{count,
--              plural, one {# value} other {# values}}}}
-- message.pl:  dane.gov.pl zgłosi {code}: {state, select, rows {{count, plural, one {# rekord} few {#
--              rekordy} many {# rekordów} other {# rekordu}}} columns {{count, plural, one {# kolumna} few
--              {# kolumny} many {# kolumn} other {# kolumny}}} other {{count, plural, one {# wartość} few
--              {# wartości} many {# wartości} other {# wartości}}}}
-- why.en:      The portal checks every file it takes in and shows the result to the readers. It counts to
--              1,000 and numbers rows, not lines; here are the exact totals and the lines of the file.
-- why.pl:      Portal sprawdza każdy przyjęty plik i pokazuje wynik odbiorcom. Liczy do 1000 i podaje
--              numery wierszy tabeli; tu są dokładne liczby i wiersze pliku.
-- fix.en:      Mend what the rule of the same finding says in this report: the portal's message goes away
--              with it. Codes of the schema hold where the portal has the same schema.
-- fix.pl:      Popraw to, co w tym raporcie wskazuje reguła o tej samej przyczynie: komunikat portalu
--              zniknie razem z nią. Kody dotyczące schematu odnoszą się do tego samego schematu na portalu.
-- profile:     dane.gov.pl
-- since:       0.1
WITH mapped (kind, code, state) AS (
  VALUES ('ragged', 'missing-value, extra-value', 'rows'),
         ('decimal-comma', 'extra-value', 'rows'),
         ('encoding', 'encoding-error', 'rows'),
         ('type-mismatch', 'type-or-format-error', 'values'),
         ('required-missing', 'required-constraint', 'values'),
         ('unique-violated', 'unique-constraint', 'values'),
         ('pattern', 'pattern-constraint', 'values'),
         ('not-listed', 'enumerable-constraint', 'values'),
         ('range', 'minimum-constraint, maximum-constraint', 'values'),
         ('length', 'minimum-length-constraint, maximum-length-constraint', 'values')
),
told AS (
  SELECT mapped.code AS code, mapped.state AS state, min(defect.first_line) AS line, sum(defect.count) AS count
    FROM defect
    JOIN mapped ON mapped.kind = defect.kind
   WHERE defect.count > 0
   GROUP BY mapped.code
  UNION ALL
  SELECT 'duplicate-header', 'columns', NULL, sum(times - 1)
    FROM (SELECT count(*) AS times FROM heading WHERE trim(text) <> '' GROUP BY text)
   WHERE times > 1
  UNION ALL
  SELECT 'missing-header', 'columns', NULL, count(*)
    FROM field
   WHERE declared = 1
     AND position IS NULL
  UNION ALL
  SELECT 'non-matching-header', 'columns', NULL, count(*)
    FROM field
   WHERE declared = 1
     AND position <> declared_position
  UNION ALL
  SELECT 'zero-data-rows', 'rows', NULL, 1
    FROM resource
   WHERE rows = 0
)
SELECT NULL AS field,
       line,
       count,
       code,
       state
  FROM told
 WHERE count > 0
 ORDER BY code;
