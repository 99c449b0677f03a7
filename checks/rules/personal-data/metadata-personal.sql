-- id:           metadata-personal
-- title.en:     File name, names and descriptions tell of no person
-- title.pl:     Nazwa pliku, nazwy i opisy nie wskazują żadnej osoby
-- severity:     error
-- severity.row: warning
-- basis.en:     GDPR art. 4(1) and art. 5(1)(c); order 354/2022 of the Mayor of Łódź, annex 1 § 3(4) and § 6(1)
-- basis.pl:     Art. 4 pkt 1 i art. 5 ust. 1 lit. c RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi,
--               załącznik nr 1 § 3 ust. 4 i § 6 ust. 1
-- message.en:   {place, select, file {The name of the file} name {The name of the data set or the resource}
--               contributor {The list of contributors or sources} other {A title or a description}} holds {kind,
--               select, pesel {a PESEL number} nip {a tax number (NIP)} regon {a REGON number} email {an e-mail
--               address} phone {a telephone number} name {the name of a person} address {an address} other {personal
--               data}}{count, plural, one {} other { (#)}}
-- message.pl:   {place, select, file {Nazwa pliku} name {Nazwa zbioru lub zasobu} contributor {Lista współtwórców lub
--               źródeł} other {Tytuł lub opis}} zawiera {kind, select, pesel {numer PESEL} nip {NIP} regon {numer REGON}
--               email {adres e-mail} phone {numer telefonu} name {imię i nazwisko} address {adres} other {dane
--               osobowe}}{count, plural, one {} few { (#)} many { (#)} other { (#)}}
-- why.en:       Names and descriptions are published with the data and shown by every portal and every search.
-- why.pl:       Nazwy i opisy są publikowane razem z danymi i pokazuje je każdy portal i każda wyszukiwarka.
-- fix.en:       Rename the file, or take the person out of the text. Employees who act for the office may stay in the
--               list of contributors; an office's address and telephone are better.
-- fix.pl:       Zmień nazwę pliku albo usuń osobę z tekstu. Pracownicy działający w imieniu urzędu mogą pozostać na
--               liście współtwórców; lepszy jest adres i telefon komórki.
-- since:        0.1
SELECT NULL AS field,
       NULL AS line,
       found AS count,
       place AS place,
       kind AS kind,
       iif(place = 'contributor', 'warning', NULL) AS severity
  FROM metadata
 ORDER BY place = 'contributor', place DESC, kind;
