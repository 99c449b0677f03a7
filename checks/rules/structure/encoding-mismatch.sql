-- id:         encoding-mismatch
-- title.en:   The file is text in the encoding that the descriptor names
-- title.pl:   Plik jest tekstem w kodowaniu podanym w opisie zbioru
-- severity:   error
-- basis.en:   Data Package v2: resource property "encoding"; checks of dane.gov.pl (UTF-8, ISO-8859-2,
--             Windows-1250, CP852)
-- basis.pl:   Data Package v2: własność zasobu „encoding”; walidacja dane.gov.pl (UTF-8, ISO-8859-2,
--             Windows-1250, CP852)
-- message.en: {state, select, declared {The descriptor says {declared}, the bytes of the file say
--             {detected}} other {{count, plural, one {# record holds} other {# records hold}} bytes that
--             are no text in {used}}}
-- message.pl: {state, select, declared {W opisie zbioru jest {declared}, a bajty pliku wskazują na
--             {detected}} other {{count, plural, one {# rekord zawiera} few {# rekordy zawierają}
--             many {# rekordów zawiera} other {# rekordu zawiera}} bajty, które nie są tekstem w
--             kodowaniu {used}}}
-- why.en:     Read in the wrong encoding, Polish letters turn into other characters, and names of
--             streets and estates no longer match those of other files.
-- why.pl:     W złym kodowaniu zamiast polskich liter pojawiają się „krzaczki”, a nazwy ulic i osiedli
--             przestają pasować do innych zbiorów.
-- fix.en:     State the encoding that the file has in "encoding" of the descriptor, or export it again
--             as UTF-8. Lines in several encodings come from pasted files: export each again.
-- fix.pl:     Podaj w opisie zbioru („encoding”) kodowanie, które plik rzeczywiście ma, albo
--             wyeksportuj go ponownie w UTF-8. Wiersze w różnych kodowaniach to ślad sklejania plików:
--             wyeksportuj każdy z nich na nowo.
-- since:      0.1
WITH broken AS (
  SELECT sum(count) AS count, min(first_line) AS line
    FROM defect
   WHERE kind = 'encoding'
),
named AS (
  SELECT declared_encoding AS declared,
         detected_encoding AS detected,
         encoding AS used,
         lower(declared_encoding) <> lower(detected_encoding) AS differs
    FROM resource
)
SELECT NULL AS field,
       broken.line AS line,
       coalesce(broken.count, 1) AS count,
       'encoding' AS witness,
       iif(named.differs, 'declared', 'bytes') AS state,
       named.declared AS declared,
       named.detected AS detected,
       named.used AS used
  FROM named
  JOIN broken
 WHERE named.differs
    OR broken.count > 0;
