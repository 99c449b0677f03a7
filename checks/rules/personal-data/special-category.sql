-- id:         special-category
-- title.en:   Special categories of data stand in columns that are declared as sensitive
-- title.pl:   Szczególne kategorie danych są tylko w kolumnach zadeklarowanych jako cechy wrażliwe
-- severity:   error
-- needs:      schema, persons
-- basis.en:   GDPR art. 9(1) and art. 10; order 354/2022 of the Mayor of Łódź, annex 1 § 3(4)(8), annex 3: wrongly
--             assumed that there are no sensitive data
-- basis.pl:   Art. 9 ust. 1 i art. 10 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 1 § 3 ust. 4
--             pkt 8, załącznik nr 3: błędna ocena, że w rejestrze nie występują dane wrażliwe
-- message.en: {heading, plural, =0 {In the column "{field}" {count, plural, one {# value speaks} other {# values
--             speak}}} one {The heading of the column "{field}" speaks} other {The heading of the column "{field}"
--             speaks}} of {category, select, health {health or disability} religion {religion} origin {racial or ethnic
--             origin} politics {political opinions} union {trade unions} sexuality {sexual orientation} conviction
--             {convictions} other {a special category}}
-- message.pl: {heading, plural, =0 {W kolumnie „{field}” {count, plural, one {# wartość dotyczy} few {# wartości dotyczą}
--             many {# wartości dotyczy} other {# wartości dotyczy}}} one {Nagłówek kolumny „{field}” dotyczy} few
--             {Nagłówek kolumny „{field}” dotyczy} many {Nagłówek kolumny „{field}” dotyczy} other {Nagłówek kolumny
--             „{field}” dotyczy}} {category, select, health {zdrowia lub niepełnosprawności} religion {wyznania} origin
--             {pochodzenia rasowego lub etnicznego} politics {poglądów politycznych} union {związków zawodowych} sexuality
--             {orientacji seksualnej} conviction {wyroków skazujących} other {szczególnej kategorii danych}}
-- why.en:     What is not declared as sensitive is not measured: nobody looks whether everybody in a class has the same
--             illness. Such data about a person may be processed on few grounds only.
-- why.pl:     Czego nie zadeklarowano jako cechy wrażliwej, tego się nie mierzy: nikt nie sprawdza, czy wszyscy w grupie
--             nie mają tej samej choroby. Takie dane o osobie wolno przetwarzać tylko w nielicznych przypadkach.
-- fix.en:     Give the column the role sensitive, or leave it out. If it is not about persons, give it the role public
--             with the reason no-person or legal-person, and its basis.
-- fix.pl:     Nadaj kolumnie rolę sensitive albo ją pomiń. Jeżeli nie dotyczy osób, nadaj jej rolę public z powodem
--             no-person albo legal-person i podaj podstawę.
-- since:      0.1
WITH looked AS (
  SELECT field.name, field.position, profile.rows - profile.missing AS filled, profile.distinct_values,
         ', ' || coalesce(special_categories(field.name), '') || ',' AS told
    FROM field
    JOIN profile ON profile.field = field.name
   WHERE coalesce(field.role, '') NOT IN ('sensitive', 'direct-identifier', 'free-text', '')
     AND NOT (field.role = 'public' AND coalesce(field.reason, '') IN ('no-person', 'legal-person'))
     AND profile.rows > profile.missing
), word(category) AS (
  VALUES ('health'), ('religion'), ('origin'), ('politics'), ('union'), ('sexuality'), ('conviction')
)
SELECT looked.name AS field,
       NULL AS line,
       iif(instr(looked.told, ', ' || word.category || ','), 1, special.found) AS count,
       word.category AS category,
       instr(looked.told, ', ' || word.category || ',') > 0 AS heading
  FROM looked
  JOIN word
  LEFT JOIN special ON special.field = looked.name
                   AND special.category = word.category
 WHERE instr(looked.told, ', ' || word.category || ',')
    OR special.found >= 3
    OR special.found * 20 >= looked.distinct_values
 ORDER BY looked.position, word.category;
