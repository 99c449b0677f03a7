-- id:           release-difference
-- title.en:     Between two releases no few people come or go in a class
-- title.pl:     Między dwoma wydaniami w żadnej grupie nie przybywa ani nie ubywa tylko kilku osób
-- severity:     error
-- severity.row: warning
-- needs:        records, persons, quasi-identifiers, published
-- basis.en:     GDPR recital 26 (inference); order 354/2022 of the Mayor of Łódź, annex 3: sensitive data
--               revealed by linking; Xiao & Tao 2007
-- basis.pl:     Motyw 26 RODO (wnioskowanie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--               nr 3: ujawnienie danych wrażliwych wskutek łączenia; Xiao i Tao 2007
-- message.en:   Since the release "{name}" {count, plural, one {# record} other {# records}} came to or
--               went from {classes, plural, one {# class} other {# classes}} of {columns}, fewer than {k}
--               each{told, select, some {; their {secrets} can be read from the difference} other {}}
-- message.pl:   Od wydania „{name}” w {classes, plural, one {# grupie} few {# grupach} many {# grupach}
--               other {# grupy}} według kolumn {columns} przybyło lub ubyło mniej niż {k}, razem {count,
--               plural, one {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}}{told, select,
--               some {; z różnicy widać wartości kolumn: {secrets}} other {}}
-- why.en:       Who knows that somebody moved in, died or was added meanwhile compares the two releases:
--               the few records that differ are that person's, and what stands in them is known.
-- why.pl:       Kto wie, że ktoś się w tym czasie wprowadził, zmarł lub został dopisany, porówna oba
--               wydania: nieliczne rekordy, którymi się różnią, są rekordami tej osoby.
-- fix.en:       Release less often, so that more changes come together; or make quasi-identifiers coarser
--               in both releases; or hold changes in small classes back until the next release.
-- fix.pl:       Wydawaj zbiór rzadziej, aby zmian było więcej naraz; albo uogólnij cechy pośrednio
--               identyfikujące w obu wydaniach; albo wstrzymaj zmiany w małych grupach do następnego wydania.
-- since:        0.1
SELECT NULL AS field,
       NULL AS line,
       difference.rows AS count,
       iif(difference.secrets IS NULL, 'warning', NULL) AS severity,
       difference.name AS name,
       difference.columns AS columns,
       iif(difference.secrets IS NULL, 'none', 'some') AS told,
       difference.secrets AS secrets,
       difference.classes AS classes,
       difference.k AS k
  FROM difference
 ORDER BY difference.name;
