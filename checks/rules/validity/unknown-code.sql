-- id:          unknown-code
-- title.en:    Every code is in the code list that the descriptor names
-- title.pl:    Każdy kod jest na liście kodów wskazanej w opisie zbioru
-- severity:    error
-- needs:       schema
-- basis.en:    The descriptor (consistency.codes) and the register that the codes come from, such as TERYT
-- basis.pl:    Opis zbioru (consistency.codes) oraz rejestr, z którego pochodzą kody, np. TERYT
-- message.en:  Column "{field}": {count, plural, one {# value is not in the code list} other {# values are
--              not in the code list}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartości nie ma na liście kodów} few {# wartości
--              nie ma na liście kodów} many {# wartości nie ma na liście kodów} other {# wartości nie ma na
--              liście kodów}}
-- why.en:      A code that the register does not have cannot be joined with other data. Most are abolished
--              units, typing errors, or lost leading zeros.
-- why.pl:      Kodu, którego rejestr nie zna, nie da się połączyć z innymi danymi. Zwykle to zniesione
--              jednostki, literówki albo zgubione zera z przodu.
-- fix.en:      Correct the codes at the source, or bring the code list up to date with the register (for
--              TERYT: the state on the day of the data).
-- fix.pl:      Popraw kody u źródła albo zaktualizuj listę kodów według rejestru (w TERYT: stan na dzień,
--              którego dotyczą dane).
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'unknown-code'
   AND defect.count > 0
 ORDER BY field.position;
