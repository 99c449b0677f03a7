-- id:          drift-level
-- title.en:    The middle of a column's numbers has not moved since the previous version
-- title.pl:    Środek liczb w kolumnie nie przesunął się od poprzedniej wersji
-- severity:    warning
-- needs:       previous
-- basis.en:    Comparison with the version that was published last: medians outside each other's quartiles
-- basis.pl:    Porównanie z ostatnio opublikowaną wersją: każda mediana poza ćwiartkami drugiej wersji
-- message.en:  The numbers of the column "{field}" lie elsewhere than in the previous version: half of them
--              were within bounds that now leave the median out
-- message.pl:  Liczby w kolumnie „{field}” leżą gdzie indziej niż w poprzedniej wersji: mediana wyszła poza
--              przedział, w którym mieściła się środkowa połowa
-- why.en:      Another unit (zł in place of thousands of zł), a lost decimal mark or another selection of
--              records moves all numbers at once; a reader takes it for a change in the city.
-- why.pl:      Inna jednostka (złote zamiast tysięcy), zgubiony przecinek albo inny wybór rekordów przesuwa
--              wszystkie liczby naraz, a odbiorca bierze to za zmianę w mieście.
-- fix.en:      Compare the unit and the selection of both versions. If the change is true, leave it and say
--              so in the description.
-- fix.pl:      Porównaj jednostkę i zakres obu wersji. Jeżeli zmiana jest prawdziwa, zostaw ją i opisz.
-- since:       0.1
SELECT spread.field AS field,
       NULL AS line,
       1 AS count
  FROM spread
  JOIN previous_spread AS before ON before.field = spread.field
  JOIN field ON field.name = spread.field
  JOIN profile ON profile.field = spread.field
 WHERE profile.rows - profile.missing >= 20
   AND spread.median NOT BETWEEN before.low_quartile AND before.high_quartile
   AND before.median NOT BETWEEN spread.low_quartile AND spread.high_quartile
 ORDER BY field.position
 LIMIT 20;
