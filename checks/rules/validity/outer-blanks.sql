-- id:          outer-blanks
-- title.en:    No text begins or ends with a blank
-- title.pl:    Żaden tekst nie zaczyna się ani nie kończy spacją
-- severity:    warning
-- basis.en:    W3C, Model for Tabular Data: cell values are taken as they are
-- basis.pl:    W3C, Model for Tabular Data: wartości odczytuje się dosłownie
-- message.en:  Column "{field}": {count, plural, one {# value begins or ends with a blank} other {# values
--              begin or end with a blank}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość zaczyna się lub kończy spacją} few {#
--              wartości zaczynają się lub kończą spacją} many {# wartości zaczyna się lub kończy spacją}
--              other {# wartości zaczyna się lub kończy spacją}}
-- why.en:      Nobody sees the blank, but for a program „90-001 ” and „90-001” are two values: joins miss
--              them, and categories come twice.
-- why.pl:      Spacji nie widać, ale dla programu „90-001 ” i „90-001” to dwie różne wartości: złączenia je
--              pominą, a kategorie się podwoją.
-- fix.en:      Trim the values at the source or in the export (in a spreadsheet: TRIM).
-- fix.pl:      Usuń zbędne spacje u źródła albo przy eksporcie (w arkuszu: funkcja USUŃ.ZBĘDNE.ODSTĘPY).
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'outer-blanks'
   AND defect.count > 0
 ORDER BY field.position;
