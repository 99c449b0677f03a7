-- id:           duplicate-record
-- title.en:     No record stands there twice
-- title.pl:     Żaden rekord nie powtarza się
-- severity:     warning
-- severity.row: note
-- basis.en:     ISO/IEC 25012: consistency; checks of dane.gov.pl: duplicate-row (not asked there)
-- basis.pl:     ISO/IEC 25012: spójność; walidacja dane.gov.pl: duplicate-row (portal o to nie pyta)
-- message.en:   {state, select, duplicate {{count, plural, one {# record repeats an earlier one exactly}
--               other {# records repeat an earlier one exactly}}} other {{count, plural, one {# record
--               repeats an earlier one but for capitals, blanks or the way letters are encoded} other {#
--               records repeat an earlier one but for capitals, blanks or the way letters are encoded}}}}
-- message.pl:   {state, select, duplicate {{count, plural, one {# rekord dokładnie powtarza wcześniejszy}
--               few {# rekordy dokładnie powtarzają wcześniejsze} many {# rekordów dokładnie powtarza
--               wcześniejsze} other {# rekordu dokładnie powtarza wcześniejszy}}} other {{count, plural,
--               one {# rekord powtarza wcześniejszy z dokładnością do wielkich liter, spacji lub zapisu
--               liter} few {# rekordy powtarzają wcześniejsze z dokładnością do wielkich liter, spacji lub
--               zapisu liter} many {# rekordów powtarza wcześniejsze z dokładnością do wielkich liter,
--               spacji lub zapisu liter} other {# rekordu powtarza wcześniejszy z dokładnością do wielkich
--               liter, spacji lub zapisu liter}}}}
-- why.en:       What was exported or pasted twice is counted twice. Two spellings of one record are two
--               cases to a program.
-- why.pl:       To, co wyeksportowano lub wklejono dwa razy, liczy się podwójnie. Dwie pisownie tego samego
--               rekordu to dla programu dwie sprawy.
-- fix.en:       Remove the repeated records. Where equal records are right (one row is one event without a
--               number), leave them.
-- fix.pl:       Usuń powtórzone rekordy. Jeżeli jednakowe rekordy są właściwe (wiersz to zdarzenie bez
--               numeru), zostaw je.
-- since:        0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       kind AS witness,
       iif(kind = 'near-duplicate', 'note', NULL) AS severity,
       kind AS state
  FROM defect
 WHERE kind IN ('duplicate', 'near-duplicate')
   AND count > 0
 ORDER BY kind;
