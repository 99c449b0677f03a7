-- id:          swapped-axes
-- title.en:    Latitude and longitude are not swapped
-- title.pl:    Szerokość i długość geograficzna nie są zamienione
-- severity:    error
-- needs:       schema
-- basis.en:    Technical standard of data openness (gov.pl): coordinates; EPSG:4326
-- basis.pl:    Standard techniczny otwartości danych (gov.pl): współrzędne; EPSG:4326
-- message.en:  Column "{field}": {count, plural, one {# value belongs to the other axis} other {# values
--              belong to the other axis}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość należy do drugiej osi} few {# wartości
--              należą do drugiej osi} many {# wartości należy do drugiej osi} other {# wartości należy do
--              drugiej osi}}
-- why.en:      Poland lies between 49° and 55° north and between 14° and 24.2° east. Swapped axes put every
--              point into the sea off Somalia.
-- why.pl:      Polska leży między 49° a 55° szerokości północnej i między 14° a 24,2° długości wschodniej.
--              Po zamianie osi punkty trafiają do morza u wybrzeży Somalii.
-- fix.en:      Exchange the two columns, or their headings. Latitude (szerokość) is the number near 52,
--              longitude (długość) the one near 19.
-- fix.pl:      Zamień te dwie kolumny albo ich nagłówki. Szerokość to liczba bliska 52, długość to liczba
--              bliska 19.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'swapped-axes'
   AND defect.count > 0
 ORDER BY field.position;
