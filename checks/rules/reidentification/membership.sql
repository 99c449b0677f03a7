-- id:           membership
-- title.en:     Where being in the list says something of a person, somebody looked at that
-- title.pl:     Jeżeli sama obecność w zbiorze mówi coś o osobie, ktoś to ocenił
-- severity:     error
-- severity.row: warning
-- needs:        records, descriptor, persons
-- basis.en:     GDPR art. 9(1), art. 10 and recital 26; order 354/2022 of the Mayor of Łódź, annex 2, steps 1 and 6
-- basis.pl:     Art. 9 ust. 1, art. 10 i motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik
--               nr 2, kroki 1 i 6
-- message.en:   {topic, plural, =0 {No column is sensitive, and nobody recorded that being in these data is harmless} one
--               {The data are about something one does not tell of people, and nobody recorded what being in them says}
--               other {The data are about something one does not tell of people, and nobody recorded what being in them
--               says}} ("presence")
-- message.pl:   {topic, plural, =0 {Żadna kolumna nie jest cechą wrażliwą, a nie zapisano, że sama obecność w zbiorze jest
--               nieszkodliwa} one {Zbiór dotyczy spraw, o których nie mówi się publicznie, a nie zapisano, co oznacza sama
--               obecność w nim} few {Zbiór dotyczy takich spraw} many {Zbiór dotyczy takich spraw} other {Zbiór dotyczy spraw, o których nie mówi się publicznie, a nie
--               zapisano, co oznacza sama obecność w nim}} („presence”)
-- why.en:       Who knows that somebody is in a list of benefits, debtors or treatments need not find the row: the list
--               has said it. Classes hide which row is whose, not that one is there.
-- why.pl:       Kto wie, że ktoś jest na liście świadczeń, dłużników albo terapii, nie musi znaleźć wiersza: lista już
--               to powiedziała. Grupy ukrywają, który wiersz jest czyj, a nie to, że ktoś tu jest.
-- fix.en:       Write into "disclosure": "presence": {"answer": "assessed", "basis": …} with the case mark of the
--               assessment, or "harmless" with the reason. It is for the local data controller to say so.
-- fix.pl:       Wpisz w „disclosure”: "presence": {"answer": "assessed", "basis": …} ze znakiem oceny albo "harmless"
--               z uzasadnieniem. Rozstrzyga o tym lokalny administrator danych.
-- since:        0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       iif(dataset.topic, NULL, 'warning') AS severity,
       coalesce(dataset.topic, 0) AS topic
  FROM dataset
 WHERE dataset.presence IS NULL
   AND coalesce(dataset.persons, '') NOT IN ('public-functions', 'consented')
   AND EXISTS (SELECT 1 FROM resource WHERE rows > 0)
   AND (dataset.topic
        OR NOT EXISTS (SELECT 1 FROM field WHERE role = 'sensitive'));
