-- id:          blank-row
-- title.en:    The table has no empty lines and no empty records
-- title.pl:    Tabela nie ma pustych wierszy ani pustych rekordów
-- severity:    warning
-- basis.en:    Checks of dane.gov.pl: blank-row (not asked there); RFC 4180 § 2.1
-- basis.pl:    Walidacja dane.gov.pl: blank-row (portal o to nie pyta); RFC 4180 § 2.1
-- message.en:  {state, select, blank {{count, plural, one {# record has no value at all} other {# records
--              have no value at all}}} other {{count, plural, one {# record stands below empty lines} other
--              {# records stand below empty lines}}}}
-- message.pl:  {state, select, blank {{count, plural, one {# rekord nie ma żadnej wartości} few {# rekordy
--              nie mają żadnej wartości} many {# rekordów nie ma żadnej wartości} other {# rekordu nie ma
--              żadnej wartości}}} other {{count, plural, one {# rekord stoi pod pustymi wierszami} few {#
--              rekordy stoją pod pustymi wierszami} many {# rekordów stoi pod pustymi wierszami} other {#
--              rekordu stoi pod pustymi wierszami}}}}
-- why.en:      One program counts an empty line as a record, the next one skips it, a third one ends the
--              table there.
-- why.pl:      Jeden program policzy pusty wiersz jako rekord, drugi go pominie, a trzeci skończy na nim
--              tabelę.
-- fix.en:      Delete the empty lines. In a spreadsheet they mostly come from rows that were cleared, not
--              deleted.
-- fix.pl:      Usuń puste wiersze. W arkuszu powstają zwykle z wierszy wyczyszczonych, a nie usuniętych.
-- since:       0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       kind AS witness,
       kind AS state
  FROM defect
 WHERE kind IN ('blank', 'blank-line')
   AND count > 0
 ORDER BY kind;
