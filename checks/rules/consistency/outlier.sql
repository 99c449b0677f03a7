-- id:          outlier
-- title.en:    No number lies far away from the others of its column
-- title.pl:    Żadna liczba nie odstaje od pozostałych w swojej kolumnie
-- severity:    note
-- needs:       schema
-- basis.en:    Tukey (1977), fences at three times the distance of the quartiles, on ratios where all
--              numbers are above zero
-- basis.pl:    Tukey (1977): granice w odległości trzech rozstępów ćwiartkowych, liczone na ilorazach, gdy
--              wszystkie liczby są dodatnie
-- message.en:  Column "{field}": {count, plural, one {# different number lies far away from the others}
--              other {# different numbers lie far away from the others}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# liczba mocno odstaje od pozostałych} few {# różne
--              liczby mocno odstają od pozostałych} many {# różnych liczb mocno odstaje od pozostałych}
--              other {# różnych liczb mocno odstaje od pozostałych}}
-- why.en:      One value a thousand times as large as the rest is mostly a lost decimal mark or another
--              unit (zł in place of thousands), and it decides the sum alone.
-- why.pl:      Jedna wartość tysiąc razy większa od reszty to zwykle zgubiony przecinek albo inna jednostka
--              (złote zamiast tysięcy złotych), a sama decyduje o sumie.
-- fix.en:      Look at the record. If the number is right, leave it: this is a note. If it is not, correct
--              it at the source.
-- fix.pl:      Obejrzyj ten rekord. Jeżeli liczba jest prawdziwa, zostaw ją: to tylko uwaga. Jeżeli nie,
--              popraw ją u źródła.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'outlier'
   AND defect.count > 0
 ORDER BY field.position;
