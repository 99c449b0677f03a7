-- id:          mixed-line-ends
-- title.en:    All lines end alike
-- title.pl:    Wszystkie wiersze kończą się tak samo
-- severity:    warning
-- basis:       RFC 4180 § 2.1
-- message.en:  {count, plural, one {# record ends otherwise than the first line of the file (CR LF or LF)}
--              other {# records end otherwise than the first line of the file (CR LF or LF)}}
-- message.pl:  {count, plural, one {# rekord kończy się inaczej niż pierwszy wiersz pliku (CR LF albo LF)}
--              few {# rekordy kończą się inaczej niż pierwszy wiersz pliku (CR LF albo LF)} many {#
--              rekordów kończy się inaczej niż pierwszy wiersz pliku (CR LF albo LF)} other {# rekordu
--              kończy się inaczej niż pierwszy wiersz pliku (CR LF albo LF)}}
-- why.en:      Mixed line ends are the trace of files that were pasted together. Some programs keep the CR
--              as an invisible last character of the last column.
-- why.pl:      Różne zakończenia wierszy to ślad sklejania plików. Niektóre programy zostawiają CR jako
--              niewidoczny ostatni znak ostatniej kolumny.
-- fix.en:      Save the file once more with one kind of line end (CR LF as RFC 4180 has it, or LF), and see
--              whether what was pasted belongs there.
-- fix.pl:      Zapisz plik z jednym rodzajem końca wiersza (CR LF według RFC 4180 albo LF) i sprawdź, czy
--              doklejona część do niego należy.
-- since:       0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'line-end' AS witness
  FROM defect
 WHERE kind = 'line-end'
   AND field IS NULL
   AND count > 0;
