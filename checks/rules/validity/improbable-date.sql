-- id:          improbable-date
-- title.en:    Dates lie neither in the future nor in another age
-- title.pl:    Daty nie leżą w przyszłości ani w innej epoce
-- severity:    warning
-- needs:       schema
-- basis.en:    GDPR art. 5(1)(d) where the data are personal; ISO/IEC 25012: accuracy
-- basis.pl:    Art. 5 ust. 1 lit. d RODO, gdy dane są osobowe; ISO/IEC 25012: dokładność
-- message.en:  Column "{field}": {state, select, future {{count, plural, one {# date lies after the day of
--              the check ({today})} other {# dates lie after the day of the check ({today})}}} other
--              {{count, plural, one {# date lies before the year 1800} other {# dates lie before the year
--              1800}}}}
-- message.pl:  Kolumna „{field}”: {state, select, future {{count, plural, one {# data jest późniejsza niż
--              dzień kontroli ({today})} few {# daty są późniejsze niż dzień kontroli ({today})} many {#
--              dat jest późniejszych niż dzień kontroli ({today})} other {# daty jest późniejsze niż dzień
--              kontroli ({today})}}} other {{count, plural, one {# data jest wcześniejsza niż rok 1800} few
--              {# daty są wcześniejsze niż rok 1800} many {# dat jest wcześniejszych niż rok 1800} other {#
--              daty jest wcześniejsze niż rok 1800}}}}
-- why.en:      A year typed as 2052 or 0204 stretches every chart and every period of the data set.
-- why.pl:      Rok wpisany jako 2052 albo 0204 rozciąga każdy wykres i cały okres, którego dotyczy zbiór.
-- fix.en:      Correct the dates at the source. Where later dates are right (planned works, terms), declare
--              maximum for the column.
-- fix.pl:      Popraw daty u źródła. Jeżeli późniejsze daty są właściwe (plany, terminy), podaj dla kolumny
--              maximum.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness,
       iif(defect.kind = 'future-date', 'future', 'ancient') AS state,
       dataset.today AS today
  FROM defect
  JOIN field ON field.name = defect.field
  JOIN dataset
 WHERE defect.kind IN ('future-date', 'ancient-date')
   AND defect.count > 0
   AND (defect.kind = 'ancient-date'
        OR (field.has_maximum = 0
            -- what is planned lies ahead
            AND lower(field.name) NOT GLOB '*plan*'
            AND lower(field.name) NOT GLOB '*termin*'
            AND lower(field.name) NOT GLOB '*wa[zż]n*'
            AND lower(field.name) NOT GLOB '*do'
            AND lower(field.name) NOT GLOB '*koniec*'
            AND lower(field.name) NOT GLOB '*zako[nń]cz*'))
 ORDER BY field.position, defect.kind;
