-- id:          portal-metadata
-- title.en:    The description of the data set is one that dane.gov.pl takes
-- title.pl:    Opis zbioru jest taki, jaki przyjmuje dane.gov.pl
-- severity:    warning
-- needs:       descriptor
-- basis.en:    XML harvester of dane.gov.pl: facets and vocabularies of its schema
-- basis.pl:    Harvester XML dane.gov.pl: ograniczenia i słowniki jego schematu
-- message.en:  dane.gov.pl: {state, select, title-missing {the data set has no title} title-long {the title
--              of the data set has {length} characters, 300 are allowed} description-missing {the data set
--              has no description} description-long {the description has {length} characters, 1,000 are
--              allowed} keyword-missing {the data set has no keywords} theme-missing {the data set has no
--              category (dcat:theme)} theme-unknown {the category is none of AGRI EDUC ENVI ENER TRAN TECH
--              ECON SOCI HEAL GOVE REGI JUST INTR} licence-missing {no licence is chosen} licence-unknown
--              {the licence is none of CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0, CC-BY-NC-4.0, CC-BY-NC-SA-4.0,
--              CC-BY-ND-4.0, CC-BY-NC-ND-4.0} frequency-missing {no frequency of updates is stated
--              (dct:accrualPeriodicity)} frequency-unknown {the frequency is none of UNKNOWN ANNUAL
--              ANNUAL_2 QUARTERLY MONTHLY WEEKLY DAILY} other {the title of the file has {length}
--              characters, 300 are allowed}}
-- message.pl:  dane.gov.pl: {state, select, title-missing {zbiór nie ma tytułu} title-long {tytuł zbioru ma
--              znaków: {length}; dopuszczalne 300} description-missing {zbiór nie ma opisu słownego
--              (description)} description-long {opis ma znaków: {length}; dopuszczalne 1000}
--              keyword-missing {zbiór nie ma słów kluczowych (keywords)} theme-missing {zbiór nie ma
--              kategorii (dcat:theme)} theme-unknown {kategoria nie jest żadną z: AGRI EDUC ENVI ENER TRAN
--              TECH ECON SOCI HEAL GOVE REGI JUST INTR} licence-missing {nie wybrano licencji}
--              licence-unknown {licencja nie jest żadną z: CC0-1.0, CC-BY-4.0, CC-BY-SA-4.0, CC-BY-NC-4.0,
--              CC-BY-NC-SA-4.0, CC-BY-ND-4.0, CC-BY-NC-ND-4.0} frequency-missing {nie podano częstotliwości
--              aktualizacji (dct:accrualPeriodicity)} frequency-unknown {częstotliwość nie jest żadną z:
--              UNKNOWN ANNUAL ANNUAL_2 QUARTERLY MONTHLY WEEKLY DAILY} other {tytuł pliku ma znaków:
--              {length}; dopuszczalne 300}}
-- why.en:      The portal's import refuses a data set whose description does not fit its form, or cuts what
--              is too long; what is missing nobody finds by searching.
-- why.pl:      Import portalu odrzuca zbiór, którego opis nie pasuje do formularza, albo obcina to, co za
--              długie; czego brakuje, tego nikt nie znajdzie w wyszukiwarce.
-- fix.en:      Complete title, description, keywords, licenses and dcat of the descriptor in the words of
--              the portal.
-- fix.pl:      Uzupełnij w opisie zbioru title, description, keywords, licenses i dcat, używając słów
--              portalu.
-- profile:     dane.gov.pl
-- since:       0.1
WITH theme (code) AS (
  VALUES ('AGRI'), ('EDUC'), ('ENVI'), ('ENER'), ('TRAN'), ('TECH'), ('ECON'), ('SOCI'), ('HEAL'), ('GOVE'),
         ('REGI'), ('JUST'), ('INTR')
),
licence (name) AS (
  VALUES ('CC0-1.0'), ('CC-BY-4.0'), ('CC-BY-SA-4.0'), ('CC-BY-NC-4.0'), ('CC-BY-NC-SA-4.0'), ('CC-BY-ND-4.0'),
         ('CC-BY-NC-ND-4.0')
),
frequency (code) AS (
  VALUES ('UNKNOWN'), ('ANNUAL'), ('ANNUAL_2'), ('QUARTERLY'), ('MONTHLY'), ('WEEKLY'), ('DAILY')
),
given AS (
  SELECT key, trim(value) AS value
    FROM about
   WHERE trim(value) <> ''
),
wanted (place, key, state) AS (
  VALUES (1, 'title', 'title-missing'), (3, 'description', 'description-missing'),
         (5, 'keyword', 'keyword-missing'), (6, 'theme', 'theme-missing'), (8, 'licence', 'licence-missing')
),
problem AS (
  SELECT place, state, NULL AS length
    FROM wanted
   WHERE key NOT IN (SELECT key FROM given)
  UNION ALL
  SELECT 2, 'title-long', length(value) FROM given WHERE key = 'title' AND length(value) > 300
  UNION ALL
  SELECT 4, 'description-long', length(value) FROM given WHERE key = 'description' AND length(value) > 1000
  UNION ALL
  SELECT 7, 'theme-unknown', NULL
    FROM given
   WHERE key = 'theme'
     AND NOT EXISTS (SELECT 1 FROM theme WHERE given.value = code OR given.value LIKE '%/' || code)
  UNION ALL
  SELECT 9, 'licence-unknown', NULL FROM given WHERE key = 'licence' AND value NOT IN (SELECT name FROM licence)
  UNION ALL
  SELECT 10, 'frequency-missing', NULL FROM dataset WHERE coalesce(trim(periodicity), '') = ''
  UNION ALL
  SELECT 11, 'frequency-unknown', NULL
    FROM dataset
   WHERE trim(periodicity) <> ''
     AND NOT EXISTS (SELECT 1 FROM frequency WHERE periodicity = code OR periodicity LIKE '%/' || code)
  UNION ALL
  SELECT 12, 'resource-title-long', length(value) FROM given WHERE key = 'resource-title' AND length(value) > 300
)
SELECT NULL AS field,
       NULL AS line,
       count(*) AS count,
       state,
       max(length) AS length
  FROM problem
 GROUP BY place, state
 ORDER BY place;
