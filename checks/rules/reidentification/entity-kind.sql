-- id:         entity-kind
-- title.en:   Every row about an entity is about a legal person
-- title.pl:   Każdy wiersz o podmiocie dotyczy osoby prawnej
-- severity:   error
-- waiver:     ways
-- needs:      descriptor
-- basis.en:   GDPR art. 4(1) and recital 14; Civil Code art. 43(4) (the firm of a natural person holds his name); order
--             354/2022 of the Mayor of Łódź, annex 3: wrongly taken as covered by recital 14
-- basis.pl:   Art. 4 pkt 1 i motyw 14 RODO; art. 43(4) Kodeksu cywilnego (firmą osoby fizycznej jest jej imię
--             i nazwisko); zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: błędna kwalifikacja, że
--             rejestr jest objęty motywem 14 RODO
-- message.en: {count, plural, one {# row} other {# rows}} of {rows} with a value in the column "{field}" {count, plural,
--             one {names} other {name}} neither a KRS number nor a legal form: {mixed, plural, =0 {the entities} one {part
--             of the entities} other {part of the entities}} may be sole traders, and so people
-- message.pl: {count, plural, one {# wiersz} few {# wiersze} many {# wierszy} other {# wiersza}} z {rows} z wartością
--             w kolumnie „{field}” nie {count, plural, one {podaje} few {podają} many {podaje} other {podaje}} numeru KRS ani
--             formy prawnej: {mixed, plural, =0 {podmioty} one {część podmiotów} few {część podmiotów} many {część
--             podmiotów} other {część podmiotów}} {mixed, plural, =0 {mogą} one {może} few {może} many {może} other {może}} być
--             przedsiębiorcami będącymi osobami fizycznymi
-- why.en:     A sole trader is a person: his NIP, REGON, address and income are his personal data, and the name of his firm
--             holds his own. NIP and REGON do not tell one from a company.
-- why.pl:     Przedsiębiorca będący osobą fizyczną jest osobą: jego NIP, REGON, adres i przychód to dane osobowe, a firma
--             zawiera jego imię i nazwisko. NIP ani REGON nie odróżniają go od spółki.
-- fix.en:     Leave these rows or the columns that lead to the person out of the file for publication, or add the KRS
--             number where there is one. What a statute orders to publish may be waived on that way: sito waive.
-- fix.pl:     Pomiń te wiersze albo kolumny prowadzące do osoby w pliku do publikacji, albo dopisz numer KRS tam, gdzie
--             jest. Od tego, co ustawa nakazuje publikować, można odstąpić na tej drodze: sito waive.
-- since:      0.1
SELECT entity.field AS field,
       NULL AS line,
       entity.persons AS count,
       'entity' AS witness,
       entity.rows AS rows,
       entity.persons < entity.rows AS mixed
  FROM entity
 WHERE entity.persons > 0;
