-- id:         p-percent
-- title.en:   In no cell that is shown the second contributor can estimate the largest within p percent
-- title.pl:   W żadnej pokazanej komórce drugi co do wielkości podmiot nie oszacuje największego z dokładnością do p procent
-- severity:   warning
-- needs:      descriptor, table
-- param:      p integer 10   how closely nobody may estimate the largest contribution, in percent | z jaką dokładnością, w
--             procentach, nikt nie może oszacować największego wkładu
-- basis.en:   Act on open data art. 6(2); p % rule: Hundepool et al., Statistical Disclosure Control, 2012, ch. 4.2
-- basis.pl:   Art. 6 ust. 2 ustawy o otwartych danych; reguła p %: Hundepool i in., Statistical Disclosure Control,
--             2012, rozdz. 4.2
-- message.en: Column "{field}": {count, plural, one {in # cell that is shown} other {in # cells that are shown}} whoever
--             has the second largest part can estimate the largest within {p} percent
-- message.pl: Kolumna „{field}”: w {count, plural, one {# pokazanej komórce} few {# pokazanych komórkach} many {#
--             pokazanych komórkach} other {# pokazanej komórki}} podmiot o drugim co do wielkości wkładzie oszacuje
--             największy z dokładnością do {p} procent
-- why.en:     The second takes his own number away from the sum: what is left is the largest and little more. The
--             threshold of three quarters does not see that (70, 29 and 1 pass it).
-- why.pl:     Drugi podmiot odejmie od sumy swoją liczbę: zostanie największy wkład i niewiele więcej. Próg trzech
--             czwartych tego nie widzi (70, 29 i 1 go spełniają).
-- fix.en:     Let sito anonymise hide these cells, or join them with others. Where the contributors are not competitors,
--             the custodian may leave it at the warning.
-- fix.pl:     Niech sito anonymise ukryje te komórki albo połącz je z innymi. Jeżeli podmioty ze sobą nie konkurują,
--             gestor może poprzestać na ostrzeżeniu.
-- since:      0.1
SELECT cell.measure AS field,
       cell.first_line AS line,
       cell.count AS count,
       cell.kind AS witness,
       :p AS p
  FROM cell
 WHERE cell.kind = 'p-percent'
   AND cell.count > 0
 ORDER BY cell.measure;
