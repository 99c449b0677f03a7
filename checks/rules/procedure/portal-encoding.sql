-- id:           portal-encoding
-- title.en:     dane.gov.pl reads the file in its own encoding
-- title.pl:     Portal dane.gov.pl odczyta plik we właściwym kodowaniu
-- severity:     error
-- severity.row: note
-- basis.en:     Validation of dane.gov.pl: accepted are UTF-8, ISO-8859-2, Windows-1250, CP852
-- basis.pl:     Walidacja dane.gov.pl: przyjmowane są UTF-8, ISO-8859-2, Windows-1250, CP852
-- message.en:   {state, select, refused {dane.gov.pl does not accept the encoding {encoding}} mistaken
--               {dane.gov.pl will take the file in {encoding} for windows-1250} other {dane.gov.pl will
--               guess the encoding {encoding} from six letters (ą ś ź Ą Ś Ź)}}
-- message.pl:   {state, select, refused {Portal dane.gov.pl nie przyjmuje kodowania {encoding}} mistaken
--               {Portal dane.gov.pl weźmie plik w kodowaniu {encoding} za windows-1250} other {Portal
--               dane.gov.pl odgadnie kodowanie {encoding} po sześciu literach (ą ś ź Ą Ś Ź)}}
-- why.en:       A file that is not UTF-8 is read by counting the bytes of six letters as windows-1250 and
--               as ISO-8859-2 have them. A wrong guess turns Polish letters into other characters in the
--               portal's table and API.
-- why.pl:       Plik inny niż UTF-8 portal odczytuje, licząc bajty sześciu liter według windows-1250 i
--               ISO-8859-2. Przy złym odczycie w tabeli i w API portalu zamiast polskich liter pojawią się
--               „krzaczki”.
-- fix.en:       Save the file as UTF-8.
-- fix.pl:       Zapisz plik w UTF-8.
-- profile:      dane.gov.pl
-- since:        0.1
WITH used AS (
  SELECT lower(encoding) AS encoding, detected_encoding
    FROM resource
)
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       CASE WHEN encoding IN ('windows-1250', 'iso-8859-2') THEN 'note' END AS severity,
       CASE WHEN encoding LIKE 'utf-16%' THEN 'refused'
            WHEN encoding = 'cp852' THEN 'mistaken'
            ELSE 'guessed' END AS state,
       encoding
  FROM used
 WHERE encoding <> 'utf-8'
   -- plain ASCII is the same in all of them
   AND detected_encoding IS NOT NULL;
