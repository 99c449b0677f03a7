-- id:         damaged-text
-- title.en:   No letter was lost or changed before the file was saved
-- title.pl:   Żadna litera nie zginęła ani się nie zmieniła przed zapisaniem pliku
-- severity:   error
-- severity.row: warning
-- basis.en:   Unicode Standard § 3.9 (U+FFFD); RFC 3629 (UTF-8)
-- basis.pl:   Standard Unicode § 3.9 (znak U+FFFD); RFC 3629 (UTF-8)
-- message.en: {state, select, replacement {{count, plural, one {# record holds} other {# records hold}} the
--             character U+FFFD (�) where a letter was} double-encoded {{count, plural, one {# record
--             holds} other {# records hold}} text that was encoded twice (Ĺ‚ where ł was)} other {{count,
--             plural, one {# record holds} other {# records hold}} a question mark inside a word, most
--             likely where a letter was}}
-- message.pl: {state, select, replacement {{count, plural, one {# rekord zawiera} few {# rekordy zawierają}
--             many {# rekordów zawiera} other {# rekordu zawiera}} znak zastępczy (�) w miejscu utraconej
--             litery} double-encoded {{count, plural, one {# rekord zawiera} few {# rekordy zawierają}
--             many {# rekordów zawiera} other {# rekordu zawiera}} podwójnie zakodowany tekst (Ĺ‚ zamiast
--             ł)} other {{count, plural, one {# rekord zawiera} few {# rekordy zawierają} many {# rekordów
--             zawiera} other {# rekordu zawiera}} znak zapytania wewnątrz słowa, zapewne w miejscu
--             utraconej litery}}
-- why.en:     An earlier program read the text in the wrong encoding. The file is well-formed, but the
--             names in it are wrong and match no other file.
-- why.pl:     Wcześniejszy program odczytał tekst w złym kodowaniu. Plik jest poprawny technicznie, ale
--             nazwy są w nim zniekształcone i nie pasują do innych zbiorów.
-- fix.en:     Export the file again from the source system as UTF-8. What was lost cannot be restored
--             from this file.
-- fix.pl:     Wyeksportuj plik ponownie z systemu źródłowego, w UTF-8. Z tego pliku utraconych liter nie
--             da się odtworzyć.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       kind AS witness,
       iif(kind = 'question-mark', 'warning', NULL) AS severity, -- some words have one: a guess
       kind AS state
  FROM defect
 WHERE kind IN ('replacement', 'double-encoded', 'question-mark')
   AND count > 0
 ORDER BY kind = 'question-mark', kind DESC;
