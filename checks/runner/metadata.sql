-- What the names and texts around the data say of a person: file name, names and texts of the descriptor.
-- Two readings of each, since file names have no blanks: as it is, and with _ - . as blanks. Headings are
-- told by describe.sql, cells by the scan.
CREATE TEMP TABLE told AS
WITH text(place, text) AS (
  SELECT 'file', resource ->> '$.path' FROM temp.descriptor
  UNION ALL
  SELECT 'name', doc ->> '$.name' FROM temp.descriptor WHERE described
  UNION ALL
  SELECT 'name', resource ->> '$.name' FROM temp.descriptor WHERE described
  UNION ALL
  SELECT 'description', t.value
    FROM temp.descriptor, json_tree(json_array(json_object('t', doc ->> '$.title', 'd', doc ->> '$.description'),
           json_object('t', resource ->> '$.title', 'd', resource ->> '$.description'),
           json_extract(resource, '$.schema.fields'), json_extract(doc, '$.keywords'))) AS t
   WHERE described AND t.type = 'text' AND t.key IN ('t', 'd', 'title', 'description')
  UNION ALL
  SELECT 'contributor', t.value
    FROM temp.descriptor, json_tree(json_array(json_extract(doc, '$.contributors'),
           json_extract(doc, '$.sources'))) AS t
   WHERE described AND t.type = 'text' AND t.key IN ('title', 'email', 'givenName', 'familyName')
), read(place, original, text) AS (
  SELECT place, text, text FROM text
  UNION
  SELECT place, text, replace(replace(replace(text, '_', ' '), '-', ' '), '.', ' ') FROM text
   WHERE place IN ('file', 'name')
)
SELECT DISTINCT place, f.kind AS kind, substr(original, f.start, f."end" - f.start + 1) AS piece
  FROM read, personal_data_find(read.text) AS f
 WHERE f.confidence >= 0.8;

INSERT INTO metadata SELECT place, kind, count(DISTINCT piece) FROM temp.told GROUP BY place, kind;
