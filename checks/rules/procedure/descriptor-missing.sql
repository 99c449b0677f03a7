-- id:         descriptor-missing
-- title.en:   The file has a descriptor
-- title.pl:   Plik ma opis zbioru
-- severity:   error
-- basis.en:   Order 354/2022 of the Mayor of Łódź, § 16: the resource is assessed before the decision
-- basis.pl:   Zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, § 16: ocena zasobu poprzedza decyzję
-- message.en: The file has no descriptor, so nobody stated whose data these are and what its columns mean
-- message.pl: Plik nie ma opisu zbioru, więc nie wiadomo, czyje to dane ani co znaczą kolumny
-- why.en:     Whether a file may be published depends on whom its records are about. The file does not
--             say that.
-- why.pl:     To, czy plik wolno opublikować, zależy od tego, kogo dotyczą rekordy. Sam plik tego nie mówi.
-- fix.en:     Make a descriptor with sito init and let the custodian check every proposed role.
-- fix.pl:     Utwórz opis poleceniem sito init, a gestor niech sprawdzi każdą proponowaną rolę.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count
  FROM dataset
 WHERE described = 0;
