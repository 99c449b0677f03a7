-- id:          decimal-comma
-- title.en:    Numbers with a decimal comma stand between quotes where the comma separates values
-- title.pl:    Liczby z przecinkiem dziesiętnym stoją w cudzysłowie, gdy przecinek rozdziela wartości
-- severity:    error
-- basis:       RFC 4180 § 2.6
-- message.en:  {count, plural, one {# record has too many values, since decimal commas without quotes cut
--              its numbers apart} other {# records have too many values, since decimal commas without
--              quotes cut their numbers apart}}
-- message.pl:  {count, plural, one {# rekord ma za dużo wartości, bo przecinki dziesiętne bez cudzysłowu
--              rozcinają liczby} few {# rekordy mają za dużo wartości, bo przecinki dziesiętne bez
--              cudzysłowu rozcinają liczby} many {# rekordów ma za dużo wartości, bo przecinki dziesiętne
--              bez cudzysłowu rozcinają liczby} other {# rekordu ma za dużo wartości, bo przecinki
--              dziesiętne bez cudzysłowu rozcinają liczby}}
-- why.en:      12,5 becomes a 12 and a 5 in the next column; all that follows stands one column too far to
--              the right.
-- why.pl:      Z liczby 12,5 robi się 12 oraz 5 w następnej kolumnie; wszystko dalej stoi o kolumnę za
--              daleko.
-- fix.en:      Export with the semicolon as separator (the Polish setting of Excel), or with quotes around
--              such numbers: "12,5". One setting mends all these records.
-- fix.pl:      Wyeksportuj plik ze średnikiem jako separatorem (polskie ustawienie Excela) albo z takimi
--              liczbami w cudzysłowie: "12,5". Jedno ustawienie naprawia wszystkie te rekordy.
-- since:       0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'decimal-comma' AS witness
  FROM defect
 WHERE kind = 'decimal-comma'
   AND field IS NULL
   AND count > 0;
