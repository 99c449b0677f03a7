-- id:          heading-duplicate
-- title.en:    No heading comes twice
-- title.pl:    Żaden nagłówek się nie powtarza
-- severity:    error
-- basis.en:    Checks of dane.gov.pl: duplicate-header; Table Schema (Data Package v2): name
-- basis.pl:    Walidacja dane.gov.pl: duplicate-header; Table Schema (Data Package v2): name
-- message.en:  Column {place} has the same heading as column {first}
-- message.pl:  Kolumna {place} ma taki sam nagłówek jak kolumna {first}
-- why.en:      Most programs keep one of the two columns and lose the other, or rename it in silence. Case
--              and blanks make no difference to a database.
-- why.pl:      Większość programów zachowa jedną z tych kolumn, a drugą zgubi albo po cichu przemianuje.
--              Wielkość liter i spacje nie robią bazie danych różnicy.
-- fix.en:      Give the second column a name of its own; where both hold the same, leave one out.
-- fix.pl:      Nadaj drugiej kolumnie inną nazwę; jeżeli obie zawierają to samo, jedną pomiń.
-- since:       0.1
WITH folded AS (
  SELECT position,
         first_value(position) OVER (PARTITION BY pl_fold(text) ORDER BY position) AS first
    FROM heading
   WHERE trim(text, char(9, 32, 160)) <> ''
)
SELECT (SELECT name FROM field WHERE field.position = folded.position) AS field,
       NULL AS line,
       1 AS count,
       position AS place,
       first
  FROM folded
 WHERE position <> first
 ORDER BY position
 LIMIT 50;
