-- id:         role-doubtful
-- title.en:   No column that the classes leave out would break them
-- title.pl:   Żadna kolumna, której grupy nie uwzględniają, nie rozbija tych grup
-- severity:   error
-- needs:      records, descriptor, persons
-- param:      k integer 5   the smallest class that may be published | najmniejsza grupa, którą wolno
--             opublikować
-- param:      maxSuppressed number 0.05   the share of records that a sensitive column may bring into
--             smaller classes | udział rekordów, które cecha wrażliwa może przenieść do mniejszych grup
-- basis.en:   GDPR recital 26 (singling out); order 354/2022 of the Mayor of Łódź, annex 3: residual
--             identification, wrong assessment of the statistical character of the data
-- basis.pl:   Motyw 26 RODO (wyodrębnienie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--             nr 3: szczątkowa identyfikacja, błędna ocena statystycznego charakteru danych
-- message.en: {state, select, unknown {The column "{field}" could not be tried as a quasi-identifier: there
--             are too many records and columns} other {The column "{field}" ({role, select, sensitive
--             {sensitive} other {public}}) is in no class; known to somebody, it would bring {count, plural, one
--             {# record} other {# records}} into classes below {k}, {uniques, plural, =0 {none of them of one
--             person} one {# of them of one person} other {# of them of one person}}}}
-- message.pl: {state, select, unknown {Kolumny „{field}” nie dało się sprawdzić jako cechy pośrednio
--             identyfikującej: za dużo rekordów i kolumn} other {Kolumny „{field}” ({role, select, sensitive {cecha
--             wrażliwa} other {rola public}}) nie uwzględnia żadna grupa; kto zna jej wartość, zawęzi {count, plural, one
--             {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}} do grup mniejszych niż {k}{uniques, plural,
--             =0 {} one {, w tym # do jednej osoby} few {, w tym # do jednej osoby} many {, w tym # do jednej osoby} other
--             {, w tym # do jednej osoby}}}}
-- why.en:     The size of the classes is counted by the quasi-identifiers alone. If a neighbour, an employer
--             or another register knows this column, too, the classes are smaller than they look.
-- why.pl:     Wielkość grup liczy się tylko z cech pośrednio identyfikujących. Jeżeli tę kolumnę zna sąsiad,
--             pracodawca albo inny rejestr, grupy są mniejsze, niż się wydaje.
-- fix.en:     Give the column the role quasi-identifier and make it coarser, or leave it out. If nobody
--             outside can know it, the local data controller records the reason as a waiver: sito waive.
-- fix.pl:     Nadaj kolumnie rolę quasi-identifier i ją uogólnij albo ją pomiń. Jeżeli nikt z zewnątrz nie
--             może jej znać, lokalny administrator danych zapisuje powód jako odstępstwo: sito waive.
-- since:      0.1
SELECT doubtful.field AS field,
       NULL AS line,
       coalesce(doubtful.rows, 1) AS count,
       'doubtful' AS witness,
       iif(doubtful.rows IS NULL, 'unknown', 'counted') AS state,
       field.role AS role,
       coalesce(doubtful.uniques, 0) AS uniques,
       :k AS k
  FROM doubtful
  JOIN field ON field.name = doubtful.field
  JOIN profile ON profile.field = doubtful.field
 WHERE (doubtful.rows IS NULL
        OR doubtful.rows > iif(field.role = 'sensitive', :maxSuppressed * profile.rows, 0))
   AND NOT (field.role = 'public' -- another value in every record: the rule row-key-published
            AND profile.missing = 0
            AND profile.rows > 1
            AND coalesce(profile.distinct_values = profile.rows, doubtful.rows = profile.rows, 0))
   AND NOT (field.role = 'public'
            AND EXISTS (SELECT 1 FROM dataset WHERE persons IN ('public-functions', 'consented')))
   AND NOT EXISTS (SELECT 1 -- the rule derived-column says more
                     FROM derived
                    WHERE derived.field = doubtful.field
                      AND derived.expected >= 10
                      AND derived.below > 0)
 ORDER BY field.position;
