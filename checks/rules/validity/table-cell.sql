-- id:           table-cell
-- title.en:     Every cell of a table has its place, once
-- title.pl:     Każda komórka tabeli ma swoje miejsce, jedno
-- severity:     error
-- severity.row: fatal
-- needs:        descriptor, table
-- basis.en:     The descriptor (disclosure.table.dimensions)
-- basis.pl:     Opis zbioru (disclosure.table.dimensions)
-- message.en:   {state, select, repeated {{count, plural, one {# record repeats} other {# records repeat}} a combination of
--               dimensions that was there before} damaged {{count, plural, one {# record is} other {# records are}} damaged,
--               so the table could not be read} total {No record has the word of the total
--               of the dimension "{source}"} other {{count, plural, one {# record has} other {# records have}} no value in one
--               of the dimensions}}
-- message.pl:   {state, select, repeated {{count, plural, one {# rekord powtarza} few {# rekordy powtarzają} many {# rekordów
--               powtarza} other {# rekordu powtarza}} kombinację wymiarów, która już była} damaged {{count, plural, one {#
--               rekord jest uszkodzony} few {# rekordy są uszkodzone} many {# rekordów jest uszkodzonych} other {# rekordu jest
--               uszkodzone}}, więc tabeli nie dało się odczytać} total {W żadnym rekordzie nie ma słowa,
--               którym według opisu zapisano sumę wymiaru „{source}”} other {{count, plural, one {# rekord nie ma} few {# rekordy nie
--               mają} many {# rekordów nie ma} other {# rekordu nie ma}} wartości w jednym z wymiarów}}
-- why.en:       Two numbers for one cell contradict one another, and a cell without a place belongs to no total: what
--               follows from such a table nobody can say, so there is no result.
-- why.pl:       Dwie liczby dla jednej komórki są sprzeczne, a komórka bez miejsca nie należy do żadnej sumy: nie da się
--               powiedzieć, co z takiej tabeli wynika, więc wyniku nie ma.
-- fix.en:       Remove the repeated record; write the value of the dimension, or a name such as "not known". If another
--               column tells the two apart, it is a dimension: declare it. Write `total` as it stands in the file, or leave
--               it out.
-- fix.pl:       Usuń powtórzony rekord; wpisz wartość wymiaru albo nazwę „nieznane”. Jeżeli rekordy odróżnia inna kolumna,
--               to ona też jest wymiarem: dopisz ją. Wpisz total tak, jak stoi w pliku, albo go pomiń.
-- since:        0.1
SELECT NULL AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       'fatal' AS severity,
       CASE WHEN cell.kind = 'repeated' THEN 'repeated' WHEN cell.kind = 'damaged' THEN 'damaged'
            WHEN cell.kind = 'no-total' THEN 'total' ELSE 'unnamed' END AS state,
       cell.source AS source
  FROM cell
 WHERE cell.kind IN ('repeated', 'unnamed', 'damaged', 'no-total')
   AND cell.count > 0
 ORDER BY cell.first_line, cell.source;
