-- id:         direct-identifier
-- title.en:   The file holds no column that is a direct identifier
-- title.pl:   W pliku nie ma kolumny z identyfikatorem bezpośrednim
-- severity:   error
-- waiver:     ways
-- needs:      descriptor
-- basis.en:   GDPR art. 4(1) and recital 26; open data act of 11 August 2021, art. 6(2); order 354/2022 of
--             the Mayor of Łódź, annex 1 § 3(4)
-- basis.pl:   Art. 4 pkt 1 i motyw 26 RODO; art. 6 ust. 2 ustawy z 11 sierpnia 2021 r. o otwartych danych;
--             zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 1 § 3 ust. 4
-- message.en: The column "{field}" is a direct identifier, filled in {filled, plural, one {# record}
--             other {# records}}
-- message.pl: Kolumna „{field}” to identyfikator bezpośredni, wypełniony w {filled, plural, one {#
--             rekordzie} few {# rekordach} many {# rekordach} other {# rekordu}}
-- why.en:     One such value is enough to tell who a record is about, or to find it in another register.
-- why.pl:     Wystarczy jedna taka wartość, aby wiedzieć, kogo dotyczy rekord, albo odnaleźć go w innym
--             rejestrze.
-- fix.en:     Leave the column out of the file for publication; the source register stays as it is. If
--             readers need a number, draw a new one for this release (role release-number).
-- fix.pl:     Pomiń kolumnę w pliku do publikacji; rejestr źródłowy zostaje bez zmian. Jeżeli odbiorcy
--             potrzebują numeru, nadaj nowy, tylko na potrzeby tego wydania (rola release-number).
-- since:      0.1
SELECT field.name AS field,
       NULL AS line,
       1 AS count,
       coalesce(profile.rows - profile.missing, 0) AS filled
  FROM field
  LEFT JOIN profile ON profile.field = field.name
 WHERE field.role = 'direct-identifier'
   AND field.position IS NOT NULL
 ORDER BY field.position;
