-- id:           group-disclosure
-- title.en:     In no row of a table everybody stands in one cell
-- title.pl:     W żadnym wierszu tabeli wszyscy nie trafiają do jednej komórki
-- severity:     warning
-- severity.row: error
-- needs:        descriptor, table
-- basis.en:     GDPR recital 26 (inference); order 354/2022 of the Mayor of Łódź, annex 3: sensitive data revealed
-- basis.pl:     Motyw 26 RODO (wnioskowanie); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ujawnienie
--               danych wrażliwych
-- message.en:   Column "{field}": {count, plural, one {# cell holds} other {# cells hold}} everybody of {count, plural, one
--               {its row} other {their rows}} along "{source}": who is in the row is in that cell
-- message.pl:   Kolumna „{field}”: {count, plural, one {# komórka obejmuje} few {# komórki obejmują} many {# komórek
--               obejmuje} other {# komórki obejmuje}} wszystkich ze swojego wiersza według wymiaru „{source}”: kto jest w
--               wierszu, ten jest w tej komórce
-- why.en:       That all 30 men of an estate have the same illness says it of each of them, however large the cell is.
-- why.pl:       Jeżeli wszyscy z 30 mężczyzn z osiedla mają tę samą chorobę, tabela mówi to o każdym z nich, choć
--               komórka jest duża.
-- fix.en:       Join values of this dimension, or leave the dimension out of the table where it is sensitive. An error
--               where the dimension has the role sensitive, else a warning.
-- fix.pl:       Połącz wartości tego wymiaru albo pomiń wymiar, jeżeli jest wrażliwy. Błąd, gdy wymiar ma rolę
--               sensitive, w innych przypadkach ostrzeżenie.
-- since:        0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       iif(coalesce(cell.sensitive, 0), 'error', NULL) AS severity,
       cell.source AS source
  FROM cell
 WHERE cell.kind = 'group-all'
   AND cell.count > 0
 ORDER BY cell.measure, cell.source;
