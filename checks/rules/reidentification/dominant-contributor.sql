-- id:         dominant-contributor
-- title.en:   In no cell that is shown there are fewer than three contributors, or one with more than three quarters
-- title.pl:   W żadnej pokazanej komórce nie ma mniej niż trzech podmiotów ani jednego z udziałem ponad trzech czwartych
-- severity:   error
-- needs:      descriptor, table
-- basis.en:   Act on open data art. 6(2); the threshold follows the model of art. 38 of the Public Statistics Act, which
--             itself binds the data of official surveys
-- basis.pl:   Art. 6 ust. 2 ustawy o otwartych danych; próg przyjęty na wzór art. 38 ustawy o statystyce publicznej,
--             który sam wiąże dane z badań statystycznych
-- message.en: Column "{field}": {count, plural, one {in # cell that is shown} other {in # cells that are shown}} there
--             are fewer than three contributors, or one has more than three quarters of the sum (a threshold on the model
--             of art. 38)
-- message.pl: Kolumna „{field}”: w {count, plural, one {# pokazanej komórce} few {# pokazanych komórkach} many {#
--             pokazanych komórkach} other {# pokazanej komórki}} są mniej niż trzy podmioty albo jeden ma ponad trzy
--             czwarte sumy (próg przyjęty na wzór art. 38)
-- why.en:     Where one firm has nearly the whole sum, the sum is that firm's number; where there are two, each knows the other's.
-- why.pl:     Gdy jeden podmiot ma prawie całą sumę, suma jest jego liczbą; gdy są dwa, każdy wyliczy liczbę drugiego.
-- fix.en:     Let sito anonymise hide these cells, or join them with others (branches, districts, years).
-- fix.pl:     Niech sito anonymise ukryje te komórki albo połącz je z innymi (branże, dzielnice, lata).
-- since:      0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness
  FROM cell
 WHERE cell.kind = 'article-38'
   AND cell.count > 0
 ORDER BY cell.measure;
