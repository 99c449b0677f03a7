-- id:         unit-not-stated
-- title.en:   The descriptor says what one person is in the data
-- title.pl:   Opis zbioru mówi, czym w danych jest jedna osoba
-- severity:   error
-- waiver:     never
-- needs:      records, persons, quasi-identifiers
-- basis.en:   Order 354/2022 of the Mayor of Łódź, annex 3: wrong assessment of the statistical character
--             of the data
-- basis.pl:   Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: błędna ocena
--             statystycznego charakteru danych
-- message.en: The descriptor does not say whether one record is one person ("unit")
-- message.pl: Opis zbioru nie mówi, czy jeden rekord to jedna osoba („unit”)
-- why.en:     Five records of one person are not five persons: counted by records, k promises more than
--             it keeps.
-- why.pl:     Pięć rekordów jednej osoby to nie pięć osób: liczone rekordami k obiecuje więcej, niż
--             daje.
-- fix.en:     Write "unit": "row" in "disclosure" if one record is one person, or name a companion file
--             with the code of the person of every record: "unit": {"companion": "persons.csv"}. The
--             companion is never published.
-- fix.pl:     Wpisz w „disclosure” "unit": "row", jeżeli jeden rekord to jedna osoba, albo wskaż plik
--             pomocniczy z kodem osoby dla każdego rekordu: "unit": {"companion": "osoby.csv"}. Pliku
--             pomocniczego nigdy się nie publikuje.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count
  FROM dataset
 WHERE unit IS NULL;
