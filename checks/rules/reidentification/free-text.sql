-- id:           free-text
-- title.en:     No column holds free text that nobody has read
-- title.pl:     Żadna kolumna nie zawiera swobodnego tekstu, którego nikt nie przeczytał
-- severity:     error
-- severity.row: warning
-- needs:        descriptor
-- param:        longest integer 60   characters from which a varied value is free text | liczba znaków, od
--               której zmienna wartość jest swobodnym tekstem
-- basis.en:     GDPR art. 4(1), art. 9 and recital 26; order 354/2022 of the Mayor of Łódź, annex 1
--               § 3(4)(9), annex 3: wrongly assumed that there are no sensitive data
-- basis.pl:     Art. 4 pkt 1, art. 9 i motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi,
--               załącznik nr 1 § 3 ust. 4 pkt 9, załącznik nr 3: błędna ocena, że w rejestrze nie występują
--               dane wrażliwe
-- message.en:   The column "{field}" holds free text: {count, plural, one {# value} other {# values}}, up to
--               {longest, plural, one {# character} other {# characters}} long
-- message.pl:   Kolumna „{field}” zawiera swobodny tekst: {count, plural, one {# wartość} few {# wartości} many {#
--               wartości} other {# wartości}}, najdłuższa ma {longest, plural, one {# znak} few {# znaki} many
--               {# znaków} other {# znaku}}
-- why.en:       In free text people write what no column asks for: names, illnesses, who lives where. A search
--               finds numbers and many names; that nothing else is there, only a reader can say.
-- why.pl:       W swobodnym tekście pisze się to, o co żadna kolumna nie pyta: nazwiska, choroby, kto gdzie
--               mieszka. Wyszukiwanie znajdzie numery i wiele nazwisk; że nic innego tam nie ma, powie tylko
--               ten, kto przeczyta.
-- fix.en:       Leave the column out of the file for publication, or replace it by a code from a short list.
--               If every value was read, the local data controller records it, for exactly these bytes: sito
--               waive.
-- fix.pl:       Pomiń kolumnę w pliku do publikacji albo zastąp ją kodem z krótkiej listy. Jeżeli każdą wartość
--               przeczytano, lokalny administrator danych zapisuje to dla dokładnie tego pliku: sito waive.
-- since:        0.1
SELECT field.name AS field,
       NULL AS line,
       profile.rows - profile.missing AS count,
       iif(field.role IS NOT 'free-text'
           AND EXISTS (SELECT 1 FROM dataset WHERE persons = 'none'), 'warning', NULL) AS severity,
       profile.longest AS longest
  FROM field
  JOIN profile ON profile.field = field.name
 WHERE profile.rows > profile.missing
   AND CASE
         WHEN field.role = 'free-text' THEN 1
         WHEN field.role = 'direct-identifier' THEN 0
         WHEN field.role = 'public'
              AND field.reason IN ('public-function', 'consent', 'statute', 'legal-person') THEN 0
         -- a code that was drawn, or addresses of pages
         WHEN field.role = 'release-number' AND NOT instr(profile.min || profile.max, ' ') THEN 0
         WHEN profile.min GLOB 'http*' AND profile.max GLOB 'http*' THEN 0
         ELSE profile.longest > :longest
              AND profile.texts * 2 > profile.rows - profile.missing
              AND coalesce(profile.distinct_values * 5 > profile.rows - profile.missing
                           AND profile.distinct_values > 20, 1)
       END
 ORDER BY field.position;
