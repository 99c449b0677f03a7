-- id:           requirement-not-met
-- title.en:     The data meet the requirements of the descriptor
-- title.pl:     Dane spełniają wymagania zapisane w opisie zbioru
-- severity:     error
-- severity.row: fatal error warning note
-- needs:        measured
-- basis.en:     Descriptor: quality (Open Data Contract Standard)
-- basis.pl:     Opis zbioru: quality (Open Data Contract Standard)
-- message.en:   Requirement "{id}" ({metric}{columns}): {state, select, failed {no result – {failure}} shown
--               {{value}{unit, select, percent {%} other {}}, asked for:} other {another number than asked
--               for:}}{asked, select, nothing {} one { {sign}{bound}{unit, select, percent {%} other {}}}
--               other { {sign}{bound}…{bound_to}{unit, select, percent {%} other {}}}}
-- message.pl:   Wymaganie „{id}” ({metric}{columns}): {state, select, failed {brak wyniku – {failure}} shown
--               {{value}{unit, select, percent {%} other {}}, a ma być:} other {inna liczba, niż ma
--               być:}}{asked, select, nothing {} one { {sign}{bound}{unit, select, percent {%} other {}}}
--               other { {sign}{bound}…{bound_to}{unit, select, percent {%} other {}}}}
-- why.en:       Whoever wrote the descriptor promised this of the data to those who use them.
-- why.pl:       Kto opisał zbiór, obiecał to o danych tym, którzy z nich korzystają.
-- fix.en:       Correct the data at their source, or the requirement in "quality" if it is out of date.
-- fix.pl:       Popraw dane u źródła albo wymaganie w „quality”, jeżeli jest nieaktualne.
-- since:        0.1
SELECT field,
       NULL AS line,
       1 AS count,
       iif(met IS NULL, 'fatal', severity) AS severity,
       iif(met IS NULL, 'failed', iif(value IS NULL, 'withheld', 'shown')) AS state,
       id,
       metric,
       coalesce(': ' || columns, '') AS columns,
       iif(metric = 'sql', 'rows', unit) AS unit,
       value,
       failure,
       CASE operator
         WHEN 'mustBe' THEN '= '
         WHEN 'mustNotBe' THEN '≠ '
         WHEN 'mustBeGreaterThan' THEN '> '
         WHEN 'mustBeGreaterOrEqualTo' THEN '≥ '
         WHEN 'mustBeLessThan' THEN '< '
         WHEN 'mustBeLessOrEqualTo' THEN '≤ '
         WHEN 'mustBeBetween' THEN ''
         ELSE '≠ '
       END AS sign,
       CASE
         WHEN met IS NULL THEN 'nothing'
         WHEN bound_to IS NULL THEN 'one'
         ELSE 'two'
       END AS asked,
       bound,
       bound_to
  FROM measured
 WHERE met IS NOT 1
 ORDER BY id,
          operator;
