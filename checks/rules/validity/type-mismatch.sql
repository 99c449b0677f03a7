-- id:         type-mismatch
-- title.en:   Every value is of the type that the descriptor gives its column
-- title.pl:   Każda wartość ma typ, który opis zbioru podaje dla jej kolumny
-- severity:   error
-- needs:      schema
-- basis.en:   Table Schema (Data Package v2): field types and formats; GDPR art. 5(1)(d) where the data
--             are personal
-- basis.pl:   Table Schema (Data Package v2): typy i formaty pól; art. 5 ust. 1 lit. d RODO, gdy dane są
--             osobowe
-- message.en: {count, plural, one {# value} other {# values}} of the column "{field}" {count, plural,
--             one {is} other {are}} not of the type {type}{format, select, email { (e-mail address)}
--             uri { (URI)} uuid { (UUID)} binary { (base64)} other {}}
-- message.pl: W kolumnie „{field}” {count, plural, one {# wartość nie ma} few {# wartości nie mają}
--             many {# wartości nie ma} other {# wartości nie ma}} typu {type}{type, select,
--             integer { (liczba całkowita)} number { (liczba)} date { (data)} datetime
--             { (data i godzina)} time { (godzina)} year { (rok)} yearmonth { (rok i miesiąc)} boolean
--             { (tak lub nie)} duration { (czas trwania)} geopoint { (punkt: długość i szerokość
--             geograficzna)} geojson { (geometria)} object { (obiekt JSON)} array { (tablica JSON)} list
--             { (lista)} other {}}{format, select, email { (adres e-mail)} uri { (adres URI)} uuid
--             { (UUID)} binary { (base64)} other {}}
-- why.en:     A program that trusts the declared type drops such values, or stops. Sums and charts are
--             then wrong without a sign of it.
-- why.pl:     Program, który zaufa podanemu typowi, pominie takie wartości albo przerwie pracę. Sumy i
--             wykresy będą wtedy błędne, choć nic na to nie wskaże.
-- fix.en:     Correct the values in the source, list the words that stand for "no value" in
--             missingValues, or declare the type, decimalChar or format that the column really has.
-- fix.pl:     Popraw wartości u źródła, wpisz oznaczenia braku danych do missingValues albo podaj typ,
--             decimalChar lub format, który kolumna rzeczywiście ma.
-- since:      0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       'type-mismatch' AS witness,
       field.type AS type,
       iif(field.type = 'string', field.format, NULL) AS format
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'type-mismatch'
   AND defect.count > 0
 ORDER BY field.position;
