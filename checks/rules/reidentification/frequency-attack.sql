-- id:         frequency-attack
-- title.en:   No pseudonyms can be told by how often they occur
-- title.pl:   Żadnych pseudonimów nie da się rozpoznać po tym, jak często występują
-- severity:   error
-- needs:      records, pseudonyms
-- param:      distance number 0.05   how far apart the two distributions must be, 0 to 1 | jak bardzo oba
--             rozkłady muszą się różnić, od 0 do 1
-- param:      least integer 3   different pseudonyms from which on chance is unlikely | liczba różnych
--             pseudonimów, od której przypadek jest mało prawdopodobny
-- basis.en:   GDPR art. 4(5): pseudonymised data are personal data; order 354/2022 of the Mayor of Łódź,
--             annex 3: re-identification
-- basis.pl:   Art. 4 pkt 5 RODO: dane spseudonimizowane są danymi osobowymi; zarządzenie nr 354/2022
--             Prezydenta Miasta Łodzi, załącznik nr 3: ponowna identyfikacja
-- message.en: The codes in "{field}" occur as often as the values of "{reference}" in "{name}": {count,
--             plural, one {# code} other {# codes}} of {pseudonyms} can be told by that, with {rows,
--             plural, one {# record} other {# records}}
-- message.pl: Kody w kolumnie „{field}” występują tak często, jak wartości kolumny „{reference}” w pliku
--             „{name}”: po tym można rozpoznać {count, plural, one {# kod} few {# kody} many {# kodów}
--             other {# kodu}} z {pseudonyms}, razem {rows, plural, one {# rekord} few {# rekordy} many {#
--             rekordów} other {# rekordu}}
-- why.en:     A code that always stands for the same value keeps its frequency. The most frequent code is
--             the most frequent value, the second the second, and so on.
-- why.pl:     Kod, który zawsze oznacza tę samą wartość, zachowuje jej częstość. Najczęstszy kod to
--             najczęstsza wartość, drugi z kolei to druga, i tak dalej.
-- fix.en:     Leave the column out of the file for publication, or draw a new number for every record
--             (role release-number).
-- fix.pl:     Pomiń kolumnę w pliku do publikacji albo wylosuj nowy numer dla każdego rekordu (rola
--             release-number).
-- since:      0.1
WITH nearest AS (
  SELECT frequency.*,
         row_number() OVER (PARTITION BY frequency.field
                                ORDER BY frequency.distance, frequency.name,
                                         frequency.reference) AS place
    FROM frequency
   WHERE frequency.recognisable > 0
     AND frequency.pseudonyms >= :least
)
SELECT nearest.field AS field,
       NULL AS line,
       nearest.recognisable AS count,
       nearest.name AS name,
       nearest.reference AS reference,
       nearest.pseudonyms AS pseudonyms,
       nearest.rows AS rows
  FROM nearest
  JOIN field ON field.name = nearest.field
 WHERE nearest.place = 1
   AND nearest.distance <= :distance
 ORDER BY field.position;
