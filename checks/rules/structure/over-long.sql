-- id:         over-long
-- title.en:   No value is longer than the reader accepts
-- title.pl:   Żadna wartość nie przekracza dopuszczalnej długości
-- severity:   error
-- basis.en:   Limit of the program: 1 MiB a value (docs/limits.md)
-- basis.pl:   Ograniczenie programu: 1 MiB na wartość (docs/limits.md)
-- message.en: {count, plural, one {# record holds} other {# records hold}} a value of more than 1 MiB
-- message.pl: {count, plural, one {# rekord zawiera} few {# rekordy zawierają} many {# rekordów zawiera}
--             other {# rekordu zawiera}} wartość dłuższą niż 1 MiB
-- why.en:     So long a value is nearly always a quote that was never closed, with the rest of the file
--             inside. It was not looked at.
-- why.pl:     Tak długa wartość to niemal zawsze niedomknięty cudzysłów, za którym znalazła się reszta
--             pliku. Jej treści nie sprawdzono.
-- fix.en:     Look for an open quote at the named line. A text that truly is so long belongs into a
--             file of its own.
-- fix.pl:     Poszukaj otwartego cudzysłowu w podanym wierszu. Tekst rzeczywiście tak długi umieść w
--             osobnym pliku.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'too-long' AS witness
  FROM defect
 WHERE kind = 'too-long'
   AND count > 0;
