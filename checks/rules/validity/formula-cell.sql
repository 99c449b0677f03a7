-- id:           formula-cell
-- title.en:     No text can be computed by a spreadsheet
-- title.pl:     Żadnego tekstu arkusz kalkulacyjny nie potraktuje jak formuły
-- severity:     error
-- severity.row: warning
-- basis.en:     OWASP: CSV Injection; CWE-1236
-- basis.pl:     OWASP: CSV Injection; CWE-1236
-- message.en:   Column "{field}": {state, select, formula {{count, plural, one {# value begins with = @ TAB
--               or CR} other {# values begin with = @ TAB or CR}}} other {{count, plural, one {# text
--               begins with + or - and may be taken for a formula} other {# texts begin with + or - and may
--               be taken for a formula}}}}
-- message.pl:   Kolumna „{field}”: {state, select, formula {{count, plural, one {# wartość zaczyna się od
--               znaku = @ TAB lub CR} few {# wartości zaczynają się od znaku = @ TAB lub CR} many {#
--               wartości zaczyna się od znaku = @ TAB lub CR} other {# wartości zaczyna się od znaku = @
--               TAB lub CR}}} other {{count, plural, one {# tekst zaczyna się od + lub - i może zostać
--               wzięty za formułę} few {# teksty zaczynają się od + lub - i mogą zostać wzięte za formuły}
--               many {# tekstów zaczyna się od + lub - i może zostać wziętych za formuły} other {# tekstu
--               zaczyna się od + lub - i może zostać wzięte za formuły}}}}
-- why.en:       Excel and Calc compute such a cell when the file is opened: it can fetch data from outside,
--               run a program, or just show #NAME? in the place of the text.
-- why.pl:       Excel i Calc wykonują taką komórkę przy otwarciu pliku: może ona pobrać dane z zewnątrz,
--               uruchomić program albo po prostu pokazać #NAZWA? zamiast tekstu.
-- fix.en:       Correct the value at the source (a list point „- brak” becomes „brak”). Do not put an
--               apostrophe in front: it stays in the data. Numbers with a sign are no formulas.
-- fix.pl:       Popraw wartość u źródła (punkt listy „-brak” zapisz jako „brak”). Nie dopisuj apostrofu:
--               zostałby w danych. Liczby ze znakiem nie są formułami.
-- since:        0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness,
       iif(defect.kind = 'signed-formula', 'warning', NULL) AS severity, -- a guess
       defect.kind AS state
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind IN ('formula', 'signed-formula')
   AND defect.count > 0
 ORDER BY defect.kind, field.position;
