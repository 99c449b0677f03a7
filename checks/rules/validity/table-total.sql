-- id:         table-total
-- title.en:   The totals of a table are the sums of their parts
-- title.pl:   Sumy tabeli zgadzają się ze składnikami
-- severity:   error
-- needs:      descriptor, table
-- basis.en:   The descriptor (disclosure.table); accuracy: European Statistics Code of Practice, principle 12
-- basis.pl:   Opis zbioru (disclosure.table); dokładność: Europejski kodeks praktyk statystycznych, zasada 12
-- message.en: Column "{field}": {count, plural, one {# total is not the sum of its parts} other {# totals are not the
--             sums of their parts}}
-- message.pl: Kolumna „{field}”: {count, plural, one {# suma nie zgadza się} few {# sumy nie zgadzają się} many {# sum nie
--             zgadza się} other {# sumy nie zgadza się}} ze składnikami
-- why.en:     Nobody can tell what follows from hidden cells while the numbers contradict one another; and readers trust neither.
-- why.pl:     Póki liczby są ze sobą sprzeczne, nie da się ocenić, co wynika z ukrytych komórek; a czytelnik nie zaufa żadnej.
-- fix.en:     Find the part that is missing or counted twice. A total over persons who may stand in several parts is no
--             sum: leave `total` out of that dimension.
-- fix.pl:     Znajdź składnik, którego brakuje albo który policzono dwa razy. Jeżeli ta sama osoba może wystąpić w kilku
--             składnikach, „ogółem” nie jest ich sumą: pomiń klucz total w tym wymiarze.
-- since:      0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness
  FROM cell
 WHERE cell.kind = 'mismatch'
   AND cell.count > 0
 ORDER BY cell.measure;
