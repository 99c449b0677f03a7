-- id:         ruling-against
-- title.en:   Nothing on record speaks against the release
-- title.pl:   Żaden zapis w katalogu nie sprzeciwia się udostępnieniu
-- severity:   warning
-- needs:      descriptor, catalogue
-- basis.en:   Order 354/2022 of the Mayor of Łódź, § 15, § 16(4) and annex 2, steps 5 and 6
-- basis.pl:   Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, § 15, § 16 ust. 4 i załącznik nr 2, kroki 5 i 6
-- message.en: {act, select, withdrawn {The data set was withdrawn on {day}, for good} decision {The decision of {day} on
--             these data is negative} other {The test of purposes or the risk assessment of {day} is negative}}
-- message.pl: {act, select, withdrawn {Zbiór wycofano {day}, na stałe} decision {Decyzja z {day} dotycząca tych danych jest
--             negatywna} other {Test zgodności celów lub ocena ryzyka z {day} ma wynik negatywny}}
-- why.en:     A check says what the data show. Whether they may go out was ruled on already, and the ruling stands until
--             another takes its place.
-- why.pl:     Kontrola mówi, co pokazują dane. O udostępnieniu już rozstrzygnięto, a rozstrzygnięcie obowiązuje, dopóki nie
--             zastąpi go inne.
-- fix.en:     Ask the local data controller. After a negative test or assessment only anonymised data may go out (§ 16(4));
--             a withdrawn data set comes back under another name.
-- fix.pl:     Zapytaj lokalnego administratora danych. Po negatywnym teście lub ocenie można udostępnić tylko dane
--             zanonimizowane (§ 16 ust. 4); wycofany zbiór wraca pod inną nazwą.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       act AS act,
       day AS day
  FROM ruling
 ORDER BY act, day;
