-- id:         persons-not-stated
-- title.en:   The descriptor says whom the data are about
-- title.pl:   Opis zbioru mówi, kogo dotyczą dane
-- severity:   error
-- waiver:     never
-- needs:      descriptor
-- basis.en:   Order 354/2022 of the Mayor of Łódź, § 15(2), § 16 and annex 2, steps 1 and 2
-- basis.pl:   Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, § 15 ust. 2, § 16 i załącznik nr 2, kroki
--             1 i 2
-- message.en: The descriptor does not say whom the data are about ("persons")
-- message.pl: Opis zbioru nie mówi, kogo dotyczą dane („persons”)
-- why.en:     Which steps come before publication, and which risks are measured, follows from it.
-- why.pl:     Od tego zależy, które kroki poprzedzają publikację i jakie ryzyka się mierzy.
-- fix.en:     Add "persons" to "disclosure": none, public-functions, consented, others or anonymised. It
--             is for the local data controller to say so.
-- fix.pl:     Wpisz „persons” w „disclosure”: none, public-functions, consented, others albo anonymised.
--             Rozstrzyga o tym lokalny administrator danych.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count
  FROM dataset
 WHERE persons IS NULL;
