-- id:          trailing-delimiter
-- title.en:    Lines do not end with a separator
-- title.pl:    Wiersze nie kończą się separatorem
-- severity:    warning
-- basis:       RFC 4180 § 2.4
-- message.en:  Every line ends with one separator more than it has columns
-- message.pl:  Każdy wiersz kończy się o jednym separatorem więcej, niż ma kolumn
-- why.en:      Programs see one more column, without heading and without values; validators report a blank
--              heading.
-- why.pl:      Programy widzą o jedną kolumnę więcej, bez nagłówka i bez wartości; walidatory zgłaszają
--              pusty nagłówek.
-- fix.en:      Export without the last, empty column. In a spreadsheet: delete the column behind the last
--              one.
-- fix.pl:      Wyeksportuj plik bez ostatniej, pustej kolumny. W arkuszu: usuń kolumnę za ostatnią
--              wypełnioną.
-- since:       0.1
SELECT NULL AS field,
       NULL AS line,
       max(resource.rows, 1) AS count
  FROM layout
  JOIN resource
 WHERE layout.trailing = 1;
