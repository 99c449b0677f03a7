-- id:           derived-column
-- title.en:     No column gives away a quasi-identifier and more than it says
-- title.pl:     Żadna kolumna nie zdradza cechy pośrednio identyfikującej dokładniej, niż mówi ona sama
-- severity:     error
-- severity.row: warning
-- needs:        records, persons, quasi-identifiers
-- param:        least number 10   contradictions to be expected between columns that have nothing to do
--               with one another | sprzeczności, jakich należy oczekiwać między niezależnymi kolumnami
-- basis.en:     GDPR recital 26; order 354/2022 of the Mayor of Łódź, annex 3: residual identification,
--               wrong assessment of the statistical character of the data
-- basis.pl:     Motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3:
--               szczątkowa identyfikacja, błędna ocena statystycznego charakteru danych
-- message.en:   From the column "{field}" always follows {columns}; counted as a quasi-identifier, it
--               brings {count, plural, one {# more record} other {# more records}} into classes that are
--               too small
-- message.pl:   Z kolumny „{field}” zawsze wynika {columns}; liczona jako cecha pośrednio identyfikująca
--               przenosi do zbyt małych grup jeszcze {count, plural, one {# rekord} few {# rekordy} many
--               {# rekordów} other {# rekordu}}
-- why.en:       The column says the same as a quasi-identifier, only more exactly. What was made coarser
--               there can be read here, and the classes were counted without it.
-- why.pl:       Kolumna mówi to samo co cecha pośrednio identyfikująca, tylko dokładniej. Co tam
--               uogólniono, tu można odczytać, a grupy policzono bez tej kolumny.
-- fix.en:       Leave the column out of the file for publication or make it as coarse as the other one.
--               If it is needed, give it the role quasi-identifier, so that it counts.
-- fix.pl:       Pomiń kolumnę w pliku do publikacji albo uogólnij ją tak samo jak tamtą. Jeżeli jest
--               potrzebna, nadaj jej rolę quasi-identifier, aby była liczona.
-- since:        0.1
SELECT derived.field AS field,
       NULL AS line,
       max(derived.below) AS count,
       iif(field.role = 'sensitive', 'warning', NULL) AS severity,
       group_concat(derived.dependent, ', ') AS columns
  FROM derived
  JOIN field ON field.name = derived.field
 WHERE derived.expected >= :least
   AND derived.below > 0
 GROUP BY derived.field
 ORDER BY field.position;
