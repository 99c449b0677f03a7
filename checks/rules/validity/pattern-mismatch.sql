-- id:           pattern-mismatch
-- title.en:     Every text matches the pattern of its column
-- title.pl:     Każdy tekst pasuje do wzorca swojej kolumny
-- severity:     error
-- severity.row: fatal
-- needs:        schema
-- basis:        Table Schema (Data Package v2): constraints.pattern
-- message.en:   Column "{field}": {state, select, pattern {{count, plural, one {# value does not match the
--               declared pattern} other {# values do not match the declared pattern}}} other {{count,
--               plural, one {# value was not compared with the declared pattern, which takes too long}
--               other {# values were not compared with the declared pattern, which takes too long}}}}
-- message.pl:   Kolumna „{field}”: {state, select, pattern {{count, plural, one {# wartość nie pasuje do
--               wzorca z opisu zbioru} few {# wartości nie pasują do wzorca z opisu zbioru} many {#
--               wartości nie pasuje do wzorca z opisu zbioru} other {# wartości nie pasuje do wzorca z
--               opisu zbioru}}} other {{count, plural, one {# wartości nie porównano ze wzorcem, bo trwa to
--               zbyt długo} few {# wartości nie porównano ze wzorcem, bo trwa to zbyt długo} many {#
--               wartości nie porównano ze wzorcem, bo trwa to zbyt długo} other {# wartości nie porównano
--               ze wzorcem, bo trwa to zbyt długo}}}}
-- why.en:       Who reads the data relies on the form of the values; what is written otherwise is lost in
--               joins and filters.
-- why.pl:       Odbiorca polega na postaci wartości; to, co zapisano inaczej, ginie przy złączeniach i
--               filtrowaniu.
-- fix.en:       Correct the values at the source, or the pattern of the column in the descriptor. The
--               pattern must describe the whole value. One that takes too long mostly has a repetition
--               inside a repetition: (a+)+.
-- fix.pl:       Popraw wartości u źródła albo wzorzec (pattern) kolumny w opisie zbioru. Wzorzec ma
--               opisywać całą wartość. Zbyt wolny wzorzec ma zwykle powtórzenie w powtórzeniu: (a+)+.
-- since:        0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness,
       iif(defect.kind = 'pattern-stopped', 'fatal', NULL) AS severity, -- nobody knows
       defect.kind AS state
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind IN ('pattern', 'pattern-stopped')
   AND defect.count > 0
 ORDER BY field.position, defect.kind DESC;
