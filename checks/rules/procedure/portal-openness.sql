-- id:          portal-openness
-- title.en:    A reader of the portal can tell what each column means
-- title.pl:    Odbiorca na portalu dowie się, co znaczy każda kolumna
-- severity:    note
-- needs:       schema
-- basis.en:    dane.gov.pl: openness score; 5-star open data
-- basis.pl:    dane.gov.pl: poziom otwartości; model 5 gwiazdek
-- message.en:  {count, plural, one {# column has neither a title nor a description} other {# columns have
--              neither a title nor a description}}; dane.gov.pl gives the file {stars, plural, one {# star}
--              other {# stars}} of 5 for openness
-- message.pl:  {count, plural, one {# kolumna nie ma tytułu ani opisu} few {# kolumny nie mają tytułu ani
--              opisu} many {# kolumn nie ma tytułu ani opisu} other {# kolumny nie ma tytułu ani opisu}};
--              portal dane.gov.pl oceni otwartość pliku na {stars, plural, one {# gwiazdkę} few {#
--              gwiazdki} many {# gwiazdek} other {# gwiazdki}} z 5
-- why.en:      A CSV file gets three stars, and the text of the third one asks: is „kod” a postal code or
--              TERYT? metres or kilometres? is 1/12/2018 in December?
-- why.pl:      Plik CSV dostaje trzy gwiazdki, a opis trzeciej pyta: czy „kod” to kod pocztowy, czy TERYT?
--              metry czy kilometry? czy 1/12/2018 to grudzień?
-- fix.en:      Give each field of the descriptor a description: meaning, unit, code list.
-- fix.pl:      Podaj w opisie zbioru description każdego pola: znaczenie, jednostkę, słownik wartości.
-- profile:     dane.gov.pl
-- since:       0.1
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       iif(lower(resource.path) GLOB '*.csv' OR lower(resource.path) GLOB '*.tsv'
           OR lower(resource.path) GLOB '*.gz', 3, 1) AS stars
  FROM field
  JOIN resource
 WHERE field.declared = 1
   AND field.name NOT IN (SELECT value FROM about WHERE key = 'field-description')
HAVING count(*) > 0;
