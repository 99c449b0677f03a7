-- id:          delimiter-mismatch
-- title.en:    The file is separated as the descriptor says
-- title.pl:    Plik ma separator podany w opisie zbioru
-- severity:    error
-- needs:       schema
-- basis.en:    Table Dialect (Data Package v2): delimiter
-- basis.pl:    Table Dialect (Data Package v2): delimiter
-- message.en:  The descriptor says that the separator is {declared, select, tab {TAB} other {{declared}}},
--              but the file is separated by {detected, select, tab {TAB} other {{detected}}}
-- message.pl:  Według opisu zbioru separatorem jest {declared, select, tab {tabulator} other {{declared}}},
--              a w pliku jest nim {detected, select, tab {tabulator} other {{detected}}}
-- why.en:      Read with the wrong separator, every record is one long value, and no rule about a column
--              can be checked.
-- why.pl:      Odczytany ze złym separatorem każdy rekord jest jedną długą wartością i żadnej reguły o
--              kolumnach nie da się sprawdzić.
-- fix.en:      State the separator of the file in dialect.delimiter of the descriptor, or export the file
--              with the declared one.
-- fix.pl:      Podaj w opisie zbioru (dialect.delimiter) separator, który plik ma, albo wyeksportuj plik z
--              podanym separatorem.
-- since:       0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       replace(resource.delimiter, char(9), 'tab') AS declared,
       replace(layout.detected_delimiter, char(9), 'tab') AS detected
  FROM resource
  JOIN layout
 WHERE resource.delimiter_from = 'declared'
   AND resource.delimiter <> layout.detected_delimiter
   -- read as declared, the file falls into one column; the other sign makes several
   AND (SELECT count(*) FROM field WHERE position IS NOT NULL) = 1
   AND instr((SELECT text FROM heading WHERE position = 1), layout.detected_delimiter) > 0;
