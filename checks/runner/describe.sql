-- Fills the facts from the descriptor of one resource. temp.descriptor holds the whole document and
-- the resource's object; temp.file_column what the file has; temp.sniffed how the file was read.

INSERT INTO dataset
SELECT doc ->> '$.name', doc ->> '$.version', resource ->> '$.disclosure.persons',
       CASE json_type(resource, '$.disclosure.unit')
         WHEN 'text' THEN 'row' WHEN 'object' THEN 'companion' END,
       coalesce(resource ->> '$.disclosure.kind', 'records'), described,
       doc ->> '$.dcat."dct:modified"', doc ->> '$.dcat."dct:accrualPeriodicity"', today,
       resource ->> '$.disclosure.presence.answer',
       special_categories(about) IS NOT NULL OR about GLOB '*swiadczen*' OR about GLOB '*zasil*'
         OR about GLOB '*pomoc* spoleczn*' OR about GLOB '*dluznik*' OR about GLOB '*zadluze*'
         OR about GLOB '*przemoc*' OR about GLOB '*bezdomn*' OR about GLOB '*zapomog*' OR about GLOB '*terapi*'
         OR about GLOB '*zastepcz*' OR about GLOB '*eksmisj*' OR about GLOB '*mandat*' OR about GLOB '*ukaran*'
  FROM (SELECT *, pl_ascii(pl_lower(coalesce(doc ->> '$.title', '') || ' ' || coalesce(doc ->> '$.description', '')
                 || ' ' || coalesce(resource ->> '$.title', '') || ' ' || coalesce(resource ->> '$.description', '')
                 || ' ' || coalesce(doc ->> '$.name', '') || ' ' || coalesce(resource ->> '$.path', ''))) AS about
          FROM temp.descriptor);

INSERT INTO allowed
SELECT a.value ->> '$.kind', a.value ->> '$.field', a.value ->> '$.reason', a.value ->> '$.basis'
  FROM temp.descriptor, json_each(resource, '$.disclosure.allow') AS a;

INSERT INTO quality
SELECT q.value ->> '$.id', q.value ->> '$.metric', NULL, b.key, b.value,
       coalesce(q.value ->> '$.severity', 'error')
  FROM temp.descriptor, json_each(resource, '$.quality') AS q, json_each(q.value) AS b
 WHERE b.key LIKE 'must%' AND b.type <> 'array' AND q.value ->> '$.metric' = 'rowCount'
   AND coalesce(q.value ->> '$.unit', 'rows') = 'rows'; -- the others: quality.c

CREATE TEMP TABLE declared AS
SELECT f.key + 1 AS position, f.value ->> '$.name' AS name, f.value AS field
  FROM temp.descriptor, json_each(resource, '$.schema.fields') AS f;

-- Keys: the first is the primary one. One of a single column is the same as `unique`.
CREATE TEMP TABLE declared_key AS
SELECT row_number() OVER (ORDER BY is_primary DESC, number) AS number, is_primary, columns
  FROM (SELECT 0 AS number, 1 AS is_primary,
               CASE json_type(resource, '$.schema.primaryKey')
                 WHEN 'array' THEN resource -> '$.schema.primaryKey'
                 ELSE json_array(resource ->> '$.schema.primaryKey') END AS columns
          FROM temp.descriptor
         WHERE resource ->> '$.schema.primaryKey' IS NOT NULL
        UNION ALL
        SELECT k.key + 1, 0, iif(k.type = 'array', k.value, json_array(k.value))
          FROM temp.descriptor, json_each(resource, '$.schema.uniqueKeys') AS k);

-- A column is known by its heading; in a file without headings by its place.
CREATE TEMP TABLE matched AS
SELECT c.position AS position, c.name AS heading, d.position AS declared_position,
       coalesce(d.name, c.name) AS name, d.field AS field
  FROM temp.file_column AS c
  LEFT JOIN temp.declared AS d
    ON CASE WHEN (SELECT header FROM temp.sniffed) THEN d.name = c.name
            ELSE d.position = c.position END
UNION ALL
SELECT NULL, NULL, d.position, d.name, d.field
  FROM temp.declared AS d
 WHERE NOT EXISTS (SELECT 1 FROM temp.file_column AS c
                    WHERE CASE WHEN (SELECT header FROM temp.sniffed) THEN d.name = c.name
                               ELSE d.position = c.position END);

-- A heading, or a name in the descriptor, that is itself personal data (a first record taken for headings):
-- from here on the column goes by its number, in every report, and gather.sql counts the heading itself.
CREATE TEMP TABLE telling AS
SELECT position, declared_position, kind, line,
       '#' || coalesce(position, 'd' || declared_position) AS name
  FROM (SELECT *,
               coalesce((SELECT f.kind FROM personal_data_find(m.name) AS f WHERE f.confidence >= 0.8 LIMIT 1),
                        personal_data_kind(m.name)) AS kind,
               iif(position IS NOT NULL AND (SELECT header FROM temp.sniffed), 1, NULL) AS line
          FROM temp.matched AS m)
 WHERE kind NOT IN ('postal_code', 'ip_address', 'coordinates'); -- nor NULL; one column for each place names nobody

UPDATE temp.matched
   SET name = (SELECT t.name FROM temp.telling AS t
                WHERE t.position IS matched.position AND t.declared_position IS matched.declared_position)
 WHERE EXISTS (SELECT 1 FROM temp.telling AS t
                WHERE t.position IS matched.position AND t.declared_position IS matched.declared_position);

-- In a statistical table (kind: table) a column is a dimension or a number, whatever else it would be.
CREATE TEMP TABLE table_column AS
SELECT d.value ->> '$.field' AS name, 'dimension' AS role
  FROM temp.descriptor, json_each(resource, '$.disclosure.table.dimensions') AS d
 WHERE resource ->> '$.disclosure.kind' = 'table'
UNION ALL
SELECT c.value, 'measure'
  FROM temp.descriptor, json_each(resource, '$.disclosure.table.measures') AS m, json_each(m.value) AS c
 WHERE resource ->> '$.disclosure.kind' = 'table'
   AND c.key IN ('field', 'contributors');

INSERT INTO field
SELECT name, position, field IS NOT NULL, declared_position,
       CASE WHEN field IS NOT NULL THEN coalesce(field ->> '$.type', 'string') END,
       field ->> '$.format',
       coalesce((SELECT t.role FROM temp.table_column AS t WHERE t.name = field ->> '$.name'),
                field ->> '$.disclosure.role'), field ->> '$.disclosure.reason',
       field ->> '$.disclosure.basis',
       coalesce(field ->> '$.constraints.required', 0)
         OR coalesce(field ->> '$.name' IN (SELECT c.value FROM temp.declared_key AS k, json_each(k.columns) AS c
                                              WHERE k.is_primary), 0),
       coalesce(field ->> '$.constraints.unique', 0)
         OR coalesce(field ->> '$.name' IN (SELECT columns ->> '$[0]' FROM temp.declared_key
                                              WHERE json_array_length(columns) = 1), 0),
       field ->> '$.disclosure.hierarchy',
       (SELECT c.value ->> '$.kind' FROM temp.descriptor, json_each(resource, '$.consistency.codes') AS c
         WHERE c.value ->> '$.field' = temp.matched.name AND c.value ->> '$.kind' IS NOT NULL),
       coalesce(json_type(field, '$.constraints.maximum'), json_type(field, '$.constraints.exclusiveMaximum')) IS NOT NULL
  FROM temp.matched
 ORDER BY position IS NULL, position, declared_position;

-- What profile_facts is asked of a column beyond its schema: coordinates by their headings.
CREATE TEMP TABLE asked AS
SELECT position, kind, NULL AS codes,
       CASE WHEN type NOT IN ('number', 'integer') OR type IS NULL THEN NULL
            WHEN heading IN ('lat', 'latitude', 'szer_geo') OR heading LIKE '%\_lat' ESCAPE '\'
              OR heading LIKE 'lat\_%' ESCAPE '\' OR heading LIKE 'szer%geo%' THEN 'latitude'
            WHEN heading IN ('lon', 'lng', 'longitude', 'dl_geo', 'dlug_geo') OR heading LIKE '%\_lon' ESCAPE '\'
              OR heading LIKE '%\_lng' ESCAPE '\' OR heading LIKE 'lon\_%' ESCAPE '\'
              OR heading LIKE 'd_ug%geo%' THEN 'longitude'
       END AS axis
  FROM (SELECT position, type, kind, lower(name) AS heading FROM field WHERE position IS NOT NULL);

INSERT INTO layout
SELECT delimiter, trailing AND coalesce(resource ->> '$.dialect.delimiter', delimiter) = delimiter
  FROM temp.descriptor, temp.sniffed;

INSERT INTO about
SELECT key, value
  FROM (SELECT 'title' AS key, doc ->> '$.title' AS value FROM temp.descriptor
        UNION ALL SELECT 'description', doc ->> '$.description' FROM temp.descriptor
        UNION ALL SELECT 'resource-title', resource ->> '$.title' FROM temp.descriptor
        UNION ALL SELECT 'resource-description', resource ->> '$.description' FROM temp.descriptor
        UNION ALL SELECT 'keyword', k.value FROM temp.descriptor, json_each(doc, '$.keywords') AS k
        UNION ALL SELECT 'licence', l.value ->> '$.name' FROM temp.descriptor, json_each(doc, '$.licenses') AS l
        UNION ALL SELECT 'theme', t.value FROM temp.descriptor, json_each(doc, '$.dcat."dcat:theme"') AS t
        UNION ALL SELECT 'field-description', f.value ->> '$.name'
          FROM temp.descriptor, json_each(resource, '$.schema.fields') AS f
         WHERE trim(coalesce(f.value ->> '$.description', f.value ->> '$.title', '')) <> '')
 WHERE typeof(value) = 'text';
