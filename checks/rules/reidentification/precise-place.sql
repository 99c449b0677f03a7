-- id:           precise-place
-- title.en:     No column tells a place so precisely that it is somebody's home
-- title.pl:     Żadna kolumna nie podaje miejsca tak dokładnie, że to czyjś dom
-- severity:     error
-- severity.row: warning
-- needs:        descriptor, persons
-- basis.en:     GDPR art. 4(1) (location data) and recital 26; order 354/2022 of the Mayor of Łódź, annex 1 § 3(4)(5)
-- basis.pl:     Art. 4 pkt 1 (dane o lokalizacji) i motyw 26 RODO; zarządzenie nr 354/2022 Prezydenta Miasta Łodzi,
--               załącznik nr 1 § 3 ust. 4 pkt 5
-- message.en:   The column "{field}" tells {what, plural, =1 {coordinates to about ten metres} =2 {plots of land} =3
--               {numbers of houses or flats} one {places} other {places}}, in {count, plural, one {# record} other {#
--               records}}
-- message.pl:   Kolumna „{field}” podaje {what, plural, =1 {współrzędne z dokładnością około dziesięciu metrów} =2
--               {działki ewidencyjne} =3 {numery domów lub mieszkań} one {miejsca} few {miejsca} many {miejsca} other
--               {miejsca}} ({count, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}})
-- why.en:       A house, a plot or a point on the map leads to those who live there or own it, by a walk or by the land
--               register. No other column is needed.
-- why.pl:       Dom, działka albo punkt na mapie prowadzą do mieszkańca lub właściciela: wystarczy spacer albo księga
--               wieczysta. Żadna inna kolumna nie jest potrzebna.
-- fix.en:       Give the estate, the precinct or the street alone, or round coordinates to two decimals (about a
--               kilometre). If nobody lives at the place (a stop, a tree), give the role public with the reason
--               no-person and its basis.
-- fix.pl:       Podaj osiedle, obręb albo samą ulicę, albo zaokrąglij współrzędne do dwóch miejsc po przecinku (około
--               kilometra). Jeżeli nikt tam nie mieszka (przystanek, drzewo), nadaj rolę public z powodem no-person
--               i podaj podstawę.
-- since:        0.1
WITH looked AS (
  SELECT field.name, field.position, field.role, field.reason, profile.*,
         profile.rows - profile.missing AS filled,
         ' ' || replace(replace(replace(pl_ascii(pl_lower(field.name)), '_', ' '), '.', ' '), '-', ' ') || ' ' AS words,
         CAST(replace(profile.min, ',', '.') AS REAL) AS low,
         CAST(replace(profile.max, ',', '.') AS REAL) AS high
    FROM field
    JOIN profile ON profile.field = field.name
   WHERE coalesce(field.role, '') NOT IN ('direct-identifier', 'quasi-identifier')
     AND NOT (field.role = 'public' AND coalesce(field.reason, '') IN ('legal-person', 'public-function'))
     AND profile.rows > profile.missing
), axis AS (
  SELECT name,
         low BETWEEN 49 AND 55.93 AND high BETWEEN 49 AND 55.93 AS north,
         low BETWEEN 14.14 AND 24.15 AND high BETWEEN 14.14 AND 24.15 AS east
    FROM looked
   WHERE longest >= 8 -- four decimals and more
     AND numbers + integers + texts > 0
     AND (min GLOB '[1-5][0-9][.,][0-9]*' AND max GLOB '[1-5][0-9][.,][0-9]*')
), told AS (
  SELECT looked.*,
         CASE
           WHEN EXISTS (SELECT 1 FROM personal AS p WHERE p.field = looked.name AND p.kind = 'coordinates'
                           AND p.verdict <> 'chance') THEN 1
           WHEN looked.name IN (SELECT name FROM axis WHERE north OR east)
                AND EXISTS (SELECT 1 FROM axis WHERE north)
                AND EXISTS (SELECT 1 FROM axis WHERE east) THEN 1
           WHEN (min GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]_[0-9].[0-9][0-9][0-9][0-9].*'
                 AND max GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]_[0-9].[0-9][0-9][0-9][0-9].*')
                OR words GLOB '* nr dzialki *' OR words GLOB '* numer dzialki *'
                OR words GLOB '* dzialka ewidencyjna *' OR words GLOB '* id dzialki *' THEN 2
           WHEN (words GLOB '* nr domu *' OR words GLOB '* numer domu *' OR words GLOB '* nr budynku *'
                 OR words GLOB '* numer budynku *' OR words GLOB '* nr lokalu *' OR words GLOB '* numer lokalu *'
                 OR words GLOB '* nr mieszkania *' OR words GLOB '* numer mieszkania *'
                 OR words GLOB '* nr posesji *' OR words GLOB '* numer posesji *' OR words GLOB '* nr domu/*')
                AND coalesce(distinct_values, 2) > 1 THEN 3
         END AS what
    FROM looked
)
SELECT name AS field,
       NULL AS line,
       filled AS count,
       iif(role = 'public' AND reason = 'no-person', 'warning', NULL) AS severity,
       what AS what
  FROM told
 WHERE what IS NOT NULL
 ORDER BY position;
