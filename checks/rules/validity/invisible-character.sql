-- id:          invisible-character
-- title.en:    Texts hold no no-break spaces and no invisible characters
-- title.pl:    Teksty nie zawierają twardych spacji ani znaków niewidocznych
-- severity:    warning
-- basis.en:    Unicode Standard Annex 31 and Technical Report 36: characters that are ignored or confusing
-- basis.pl:    Unicode: załącznik 31 i raport techniczny 36 (znaki pomijane i mylące)
-- message.en:  Column "{field}": {count, plural, one {# value holds a no-break space or an invisible
--              character} other {# values hold a no-break space or an invisible character}}
-- message.pl:  Kolumna „{field}”: {count, plural, one {# wartość zawiera twardą spację lub znak
--              niewidoczny} few {# wartości zawierają twardą spację lub znak niewidoczny} many {# wartości
--              zawiera twardą spację lub znak niewidoczny} other {# wartości zawiera twardą spację lub znak
--              niewidoczny}}
-- why.en:      A text pasted from a web page or a word processor looks right and is found by no search.
--              Zero-width and direction marks can also hide what a value says.
-- why.pl:      Tekst wklejony ze strony WWW lub edytora wygląda poprawnie, ale nie znajdzie go żadne
--              wyszukiwanie. Znaki o zerowej szerokości mogą też ukrywać treść.
-- fix.en:      Replace no-break spaces by common ones and delete soft hyphens and zero-width characters. In
--              numbers with grouped digits declare groupChar.
-- fix.pl:      Zamień twarde spacje na zwykłe, usuń miękkie łączniki i znaki o zerowej szerokości. Dla
--              liczb z odstępami co trzy cyfry podaj groupChar.
-- since:       0.1
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       defect.kind AS witness
  FROM defect
  JOIN field ON field.name = defect.field
 WHERE defect.kind = 'invisible'
   AND defect.count > 0
 ORDER BY field.position;
