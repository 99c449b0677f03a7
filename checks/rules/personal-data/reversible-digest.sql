-- id:         reversible-digest
-- title.en:   No digest can be turned back into a personal identifier
-- title.pl:   Żadnego skrótu nie da się zamienić z powrotem na identyfikator
-- severity:   error
-- waiver:     ways
-- basis.en:   GDPR art. 4(5) and recital 26: what can be attributed to a person again remains
--             personal data; order 354/2022 of the Mayor of Łódź, annex 3: re-identification
-- basis.pl:   Art. 4 pkt 5 i motyw 26 RODO: co można ponownie przypisać osobie, jest daną osobową;
--             zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: ponowna identyfikacja
-- message.en: The column "{field}" holds digests ({hash}{salt, select, guessed { with a salt that is easy
--             to guess} other {}}) of {kind, select, pesel {PESEL numbers} nip {tax numbers (NIP)} regon
--             {REGON numbers} phone {telephone numbers} other {identifiers ({kind})}}: {count, plural, one
--             {# was} other {# were}} turned back in seconds, of {digests}
-- message.pl: Kolumna „{field}” zawiera skróty ({hash}{salt, select, guessed { z solą łatwą do odgadnięcia}
--             other {}}) {kind, select, pesel {numerów PESEL} nip {numerów NIP} regon {numerów REGON} phone
--             {numerów telefonu} other {identyfikatorów ({kind})}}: w kilka sekund odwrócono {count,
--             plural, one {# skrót} few {# skróty} many {# skrótów} other {# skrótu}} z {digests}
-- why.en:     There are few such numbers, so whoever tries them all has the number behind every digest. A
--             digest hides a person no better than the number itself.
-- why.pl:     Takich numerów jest niewiele: kto sprawdzi wszystkie, pozna numer spod każdego skrótu. Skrót
--             chroni osobę nie lepiej niż sam numer.
-- fix.en:     Leave the column out of the file for publication. If records must stay connected, draw a
--             random number for each (role release-number) and keep the list of pairs to yourself.
-- fix.pl:     Pomiń kolumnę w pliku do publikacji. Jeżeli rekordy mają pozostać powiązane, nadaj im losowe
--             numery (rola release-number), a listy par nie udostępniaj.
-- since:      0.1
SELECT reversal.field AS field,
       NULL AS line,
       reversal.reversed AS count,
       reversal.kind AS kind,
       reversal.hash AS hash,
       iif(reversal.salted, 'guessed', 'none') AS salt,
       reversal.digests AS digests
  FROM reversal
  LEFT JOIN field ON field.name = reversal.field
 WHERE field.role IS NOT 'direct-identifier' -- the rule direct-identifier speaks of the whole column
   AND NOT EXISTS (SELECT 1
                     FROM allowed
                    WHERE allowed.field = reversal.field
                      AND allowed.kind = reversal.kind)
 ORDER BY field.position, reversal.field;
