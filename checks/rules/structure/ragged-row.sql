-- id:         ragged-row
-- title.en:   Every record has as many values as the heading has columns
-- title.pl:   Każdy rekord ma tyle wartości, ile kolumn ma nagłówek
-- severity:   error
-- follows:    delimiter-mismatch
-- basis:      RFC 4180 § 2.4
-- message.en: {count, plural, one {# record does} other {# records do}} not have {columns, plural,
--             one {# value} other {# values}}, as the heading does
-- message.pl: {count, plural, one {# rekord nie ma} few {# rekordy nie mają} many {# rekordów nie ma}
--             other {# rekordu nie ma}} tylu wartości, ile kolumn ma nagłówek ({columns})
-- why.en:     From the first extra or missing value on, values stand in the wrong columns; whoever
--             reads the file takes them for something else.
-- why.pl:     Od pierwszej nadmiarowej albo brakującej wartości dane trafiają do niewłaściwych kolumn,
--             a odbiorca odczyta je błędnie.
-- fix.en:     Put every value that contains the separator between double quotes, and add the missing
--             empty values. Exporting again from the source system usually does both.
-- fix.pl:     Wartości, w których występuje separator, ujmij w cudzysłów, a brakujące puste wartości
--             uzupełnij. Zwykle wystarczy ponowny eksport z systemu źródłowego.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'ragged' AS witness,
       (SELECT count(*) FROM field WHERE position IS NOT NULL) AS columns
  FROM defect
 WHERE kind = 'ragged'
   AND count > 0;
