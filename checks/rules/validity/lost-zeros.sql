-- id:          lost-zeros
-- title.en:    Codes have kept their leading zeros
-- title.pl:    Kody zachowały zera na początku
-- severity:    warning
-- basis.en:    Rules of TERYT, REGON, PESEL: codes of a fixed length
-- basis.pl:    Zasady rejestrów TERYT, REGON i PESEL: kody o stałej długości
-- message.en:  Column "{field}": {count, plural, one {# different code is shorter than the others, as if it
--              had lost its leading zeros} other {# different codes are shorter than the others, as if they
--              had lost their leading zeros}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# kod jest krótszy od pozostałych, jakby zgubił zera
--              na początku} few {# różne kody są krótsze od pozostałych, jakby zgubiły zera na początku}
--              many {# różnych kodów jest krótszych od pozostałych, jakby zgubiły zera na początku} other
--              {# różnych kodów jest krótszych od pozostałych, jakby zgubiły zera na początku}}
-- why.en:      A spreadsheet takes a code for a number and drops the zeros: 020101 of TERYT becomes 20101
--              and matches no other data. About one PESEL in ten begins with a zero.
-- why.pl:      Arkusz bierze kod za liczbę i gubi zera: kod TERYT 020101 staje się 20101 i nie pasuje do
--              innych danych. Mniej więcej co dziesiąty PESEL zaczyna się od zera.
-- fix.en:      Export again with the column as text (in Excel: Data, From Text/CSV, column type Text), and
--              declare it as string in the descriptor.
-- fix.pl:      Wyeksportuj ponownie z tą kolumną jako tekst (w Excelu: Dane, Z pliku tekstowego/CSV, typ
--              kolumny Tekst) i podaj w opisie zbioru typ string.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'lost-zeros'
   AND defect.count > 0
   -- a code is declared as text, has a kind or a list, or bears the name of one; others are numbers
   AND (field.type = 'string'
        OR field.kind IS NOT NULL
        OR (lower(field.name) || ' ') GLOB '*[^a-z]ter[cy]*'
        OR lower(field.name) GLOB 'kod*'
        OR lower(field.name) GLOB 'ter[cy]*'
        OR lower(field.name) GLOB '*pesel*'
        OR lower(field.name) GLOB '*regon*'
        OR lower(field.name) GLOB '*simc*'
        OR lower(field.name) GLOB '*krs*')
 ORDER BY field.position;
