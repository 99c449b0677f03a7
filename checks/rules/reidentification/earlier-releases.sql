-- id:         earlier-releases
-- title.en:   Every earlier release of the data set was compared with this one
-- title.pl:   Każde wcześniejsze wydanie zbioru porównano z obecnym
-- severity:   error
-- needs:      records, descriptor, persons, quasi-identifiers, catalogue
-- basis.en:   GDPR recital 26; order 354/2022 of the Mayor of Łódź, annex 3: identification by linking sources,
--             processing after the removal from the public resource
-- basis.pl:   Motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 3: identyfikacja wskutek
--             łączenia danych z różnych źródeł, przetwarzanie po usunięciu z zasobu publicznego
-- message.en: {count, plural, one {# earlier release was} other {# earlier releases were}} not compared with this
--             one{withdrawn, plural, =0 {} one { (# was withdrawn, and counts all the same)} other { (# were withdrawn,
--             and count all the same)}}
-- message.pl: Z obecnym nie porównano {count, plural, one {# wcześniejszego wydania} few {# wcześniejszych wydań} many {#
--             wcześniejszych wydań} other {# wcześniejszego wydania}}{withdrawn, plural, =0 {} one { (w tym # wycofanego,
--             które też się liczy)} few { (w tym # wycofanych, które też się liczą)} many { (w tym # wycofanych, które też
--             się liczą)} other { (w tym # wycofanego)}}
-- why.en:     Two releases of one register, each with classes of eight, may name single people when they are put side by
--             side. Whoever took an earlier one has it, also after it was withdrawn.
-- why.pl:     Dwa wydania jednego rejestru, każde z grupami po osiem osób, zestawione ze sobą mogą wskazać pojedyncze osoby.
--             Kto pobrał wcześniejsze wydanie, ma je także po wycofaniu.
-- fix.en:     Put the file that was published into the folder and name it in disclosure.published, with the relation
--             earlier-release: the check compares the two.
-- fix.pl:     Umieść opublikowany plik w folderze zbioru i wskaż go w disclosure.published z relacją earlier-release:
--             kontrola porówna oba.
-- since:      0.1
WITH count(releases, withdrawn, compared) AS (
  SELECT (SELECT count(*) FROM release),
         (SELECT count(*) FROM release WHERE withdrawn),
         (SELECT count(*) FROM published WHERE relation = 'earlier-release')
)
SELECT NULL AS field,
       NULL AS line,
       releases - compared AS count,
       min(withdrawn, releases - compared) AS withdrawn
  FROM count
 WHERE releases > compared;
