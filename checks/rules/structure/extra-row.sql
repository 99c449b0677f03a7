-- id:         extra-row
-- title.en:   No record is a title, a row of totals or a note
-- title.pl:   Żaden rekord nie jest tytułem, wierszem podsumowania ani przypisem
-- severity:   error
-- basis:      RFC 4180 § 2.1
-- message.en: {state, select, title {{count, plural, one {# line stands} other {# lines stand}} above the
--             heading} total {{count, plural, one {# record at the end of the file is a row} other {#
--             records at the end of the file are rows}} of totals} other {{count, plural, one {# record at
--             the end of the file is a note, not data} other {# records at the end of the file are notes,
--             not data}}}}
-- message.pl: {state, select, title {Nad nagłówkiem {count, plural, one {stoi # wiersz} few {stoją #
--             wiersze} many {stoi # wierszy} other {stoi # wiersza}}} total {{count, plural, one {# rekord
--             na końcu pliku to podsumowanie} few {# rekordy na końcu pliku to podsumowania} many {#
--             rekordów na końcu pliku to podsumowania} other {# rekordu na końcu pliku to podsumowanie}}}
--             other {{count, plural, one {# rekord na końcu pliku to przypis, a nie dane} few {# rekordy na
--             końcu pliku to przypisy, a nie dane} many {# rekordów na końcu pliku to przypisy, a nie dane}
--             other {# rekordu na końcu pliku to przypis, a nie dane}}}}
-- why.en:     Most programs take the first line for the heading, so a title makes the whole file
--             unreadable. Whoever adds up a column with a total in it gets twice the sum. A note is
--             counted as a record and read as a value of the first column.
-- why.pl:     Większość programów bierze pierwszy wiersz za nagłówek, więc z tytułem nie odczytają
--             pliku. Kto zsumuje kolumnę razem z podsumowaniem, otrzyma wynik dwukrotnie za duży.
--             Przypis zostanie policzony jako rekord i odczytany jako wartość pierwszej kolumny.
-- fix.en:     Leave the row out of the file; titles, sources and notes belong into the descriptor. A true
--             record that merely begins with such a word: sort the file so that it does not stand at the
--             end.
-- fix.pl:     Usuń ten wiersz z pliku; tytuł, źródło i przypisy przenieś do opisu zbioru. Jeżeli to
--             prawdziwy rekord, który tylko zaczyna się takim słowem, posortuj plik tak, by nie stał na
--             końcu.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       kind AS witness,
       kind AS state
  FROM defect
 WHERE kind IN ('title', 'total', 'footer')
   AND count > 0
   AND NOT (kind = 'total' -- in a statistical table a total is a cell like any other
            AND EXISTS (SELECT 1 FROM tabulated))
 ORDER BY kind = 'title' DESC, kind DESC;
