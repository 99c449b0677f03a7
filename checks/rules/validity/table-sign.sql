-- id:           table-sign
-- title.en:     Zero, no information, not applicable and hidden are told apart by described signs
-- title.pl:     Zero, brak informacji, „nie dotyczy” i ukryte odróżniają opisane znaki umowne
-- severity:     error
-- needs:        descriptor, table
-- basis.en:     Signs of dane.gov.pl (specialSigns): - zero, . no information, X not applicable, : Eurostat, # statistical secrecy
-- basis.pl:     Znaki umowne dane.gov.pl (specialSigns): - zero, . brak informacji, X nie dotyczy, : Eurostat, # tajemnica
--               statystyczna
-- message.en:   Column "{field}": {state, select, unknown {{count, plural, one {# cell is} other {# cells are}} neither a
--               number nor a described sign} empty {{count, plural, one {# cell is} other {# cells are}} empty, and nothing
--               says whether that is zero, unknown or hidden} other {{count, plural, one {# cell has} other {# cells have}} the
--               sign # of statistical secrecy, which nobody declared}}
-- message.pl:   Kolumna „{field}”: {state, select, unknown {{count, plural, one {# komórka nie jest} few {# komórki nie są}
--               many {# komórek nie jest} other {# komórki nie jest}} ani liczbą, ani opisanym znakiem} empty {{count, plural, one
--               {# komórka jest pusta} few {# komórki są puste} many {# komórek jest pustych} other {# komórki jest puste}}, a nie
--               wiadomo, czy to zero, brak informacji czy ukrycie} other {{count, plural, one {# komórka ma} few {# komórki mają}
--               many {# komórek ma} other {# komórki ma}} znak # tajemnicy statystycznej, której nikt nie zgłosił}}
-- why.en:       Whoever reads the table takes an empty cell for zero, and zero is a statement. # says that a law on
--               statistics hides the cell, which only the owner of the data may say.
-- why.pl:       Czytelnik weźmie pustą komórkę za zero, a zero jest stwierdzeniem. Znak # mówi, że komórkę ukrywa tajemnica
--               statystyczna, a to może powiedzieć tylko właściciel danych.
-- fix.en:       Describe the sign in disclosure.table.signs, for instance {"*": "suppressed", "": "missing"}, and list it in
--               missingValues. Statistical secrecy needs "secrecy": {"basis": …}.
-- fix.pl:       Opisz znak w disclosure.table.signs, na przykład {"*": "suppressed", "": "missing"}, i dopisz go do
--               missingValues. Tajemnica statystyczna wymaga "secrecy": {"basis": …}.
-- since:        0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       CASE WHEN cell.kind = 'sign-unknown' THEN 'unknown' WHEN cell.kind = 'sign-empty' THEN 'empty' ELSE 'secrecy' END AS state
  FROM cell
 WHERE cell.kind IN ('sign-unknown', 'sign-empty', 'sign-secrecy')
   AND cell.count > 0
 ORDER BY cell.measure, cell.kind;
