-- id:         empty-table
-- title.en:   The file holds at least one record
-- title.pl:   Plik zawiera co najmniej jeden rekord
-- severity:   fatal
-- basis.en:   Checks of dane.gov.pl: zero-data-rows
-- basis.pl:   Walidacja dane.gov.pl: zero-data-rows
-- message.en: The file holds no record, so nothing could be checked
-- message.pl: W pliku nie ma ani jednego rekordu, więc niczego nie można było sprawdzić
-- why.en:     Every threshold holds for an empty table. That says nothing about the data that were
--             meant to be here.
-- why.pl:     Pusta tabela spełnia każdy próg, ale nic z tego nie wynika o danych, które miały się tu
--             znaleźć.
-- fix.en:     See whether the export broke off, or whether another file was meant.
-- fix.pl:     Sprawdź, czy eksport nie został przerwany i czy wskazano właściwy plik.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count
  FROM resource
 WHERE rows = 0;
