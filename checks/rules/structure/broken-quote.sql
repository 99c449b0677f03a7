-- id:         broken-quote
-- title.en:   Quotes are closed, and nothing follows a closing quote but the separator
-- title.pl:   Cudzysłowy są domknięte, a po cudzysłowie zamykającym stoi tylko separator
-- severity:   error
-- basis:      RFC 4180 § 2.5–2.7
-- message.en: {count, plural, one {# record has} other {# records have}} a quote that is not closed,
--             or text behind a closing quote
-- message.pl: {count, plural, one {# rekord ma} few {# rekordy mają} many {# rekordów ma} other {#
--             rekordu ma}} niedomknięty cudzysłów albo tekst po cudzysłowie zamykającym
-- why.en:     A program that reads the file may swallow everything up to the next quote, and report no
--             error.
-- why.pl:     Program odczytujący plik może połknąć cały tekst aż do następnego cudzysłowu i nie
--             zgłosić błędu.
-- fix.en:     Double a quote inside a value: "Bar ""Pod Lwem""". Close the one that is open.
-- fix.pl:     Cudzysłów wewnątrz wartości zapisz podwójnie: "Bar ""Pod Lwem""". Otwarty domknij.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'quote' AS witness
  FROM defect
 WHERE kind = 'quote'
   AND count > 0;
