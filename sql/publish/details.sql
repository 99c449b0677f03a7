-- What the pages of one publication are made from, as one JSON object.
--
--   ?1  the descriptor (datapackage.json of the data set)
--   ?2  what the catalogue knows (checks/catalogue/publication.h: facts)
--   ?3  {url, publisher, harvester, statement, published_at}
--   ?4  the published data files: [{path, sha256, bytes}]
--
-- Of the descriptor only what is listed in `kept` goes out: no roles, no companion, no contributors, no
-- waivers, no key that nobody thought of. Of the verdict: thresholds and the names of the rules.

WITH kept(place, key) AS (VALUES
  ('package', '$schema'), ('package', 'name'), ('package', 'id'), ('package', 'title'),
  ('package', 'description'), ('package', 'version'), ('package', 'keywords'),
  ('license', 'name'), ('license', 'title'), ('license', 'path'),
  ('source', 'title'), ('source', 'path'), ('source', 'version'),
  ('dcat', 'dct:accrualPeriodicity'), ('dcat', 'dct:modified'), ('dcat', 'dct:issued'),
  ('dcat', 'dct:spatial'), ('dcat', 'dct:temporal'), ('dcat', 'dct:language'),
  ('dcat', 'dct:conformsTo'), ('dcat', 'dcat:theme'), ('dcat', 'dcat:landingPage'),
  ('dcat', 'dcatap:applicableLegislation'), ('dcat', 'dcatap:hvdCategory'),
  ('resource', 'name'), ('resource', 'title'), ('resource', 'description'), ('resource', 'path'),
  ('resource', 'encoding'),
  ('dialect', 'delimiter'), ('dialect', 'quoteChar'), ('dialect', 'doubleQuote'),
  ('dialect', 'lineTerminator'), ('dialect', 'header'), ('dialect', 'skipInitialSpace'),
  ('schema', 'missingValues'), ('schema', 'primaryKey'), ('schema', 'uniqueKeys'),
  ('schema', 'foreignKeys'),
  ('field', 'name'), ('field', 'title'), ('field', 'description'), ('field', 'type'),
  ('field', 'format'), ('field', 'decimalChar'), ('field', 'groupChar'), ('field', 'bareNumber'),
  ('field', 'trueValues'), ('field', 'falseValues'), ('field', 'categories'),
  ('field', 'categoriesOrdered'), ('field', 'missingValues'), ('field', 'rdfType'),
  ('constraint', 'required'), ('constraint', 'unique'), ('constraint', 'minimum'),
  ('constraint', 'maximum'), ('constraint', 'minLength'), ('constraint', 'maxLength'),
  ('constraint', 'pattern'), ('constraint', 'enum')),

-- Every object of the descriptor that may go out, with what is kept of it.
object(place, key, position, whole) AS (
  SELECT 'package', '$', 0, ?1
  UNION ALL
  SELECT 'license', l.fullkey, l.key, l.value FROM json_each(?1, '$.licenses') AS l WHERE l.type = 'object'
  UNION ALL
  SELECT 'source', s.fullkey, s.key, s.value FROM json_each(?1, '$.sources') AS s WHERE s.type = 'object'
  UNION ALL
  SELECT 'dcat', '$.dcat', 0, ?1 -> '$.dcat' WHERE json_type(?1, '$.dcat') = 'object'
  UNION ALL
  SELECT 'resource', r.fullkey, r.key, r.value FROM json_each(?1, '$.resources') AS r
  UNION ALL
  SELECT 'dialect', r.fullkey || '.dialect', 0, r.value -> '$.dialect'
    FROM json_each(?1, '$.resources') AS r WHERE json_type(r.value, '$.dialect') = 'object'
  UNION ALL
  SELECT 'schema', r.fullkey || '.schema', 0, r.value -> '$.schema'
    FROM json_each(?1, '$.resources') AS r WHERE json_type(r.value, '$.schema') = 'object'
  UNION ALL
  SELECT 'field', r.fullkey || '.schema', f.key, f.value
    FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f),
clean(place, key, position, whole, part) AS (
  SELECT place, key, position, whole,
         (SELECT json_group_object(j.key, json(CASE j.type WHEN 'object' THEN j.value
                   WHEN 'array' THEN j.value WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
                   WHEN 'null' THEN 'null' ELSE json_quote(j.value) END))
            FROM json_each(object.whole) AS j
           WHERE (object.place, j.key) IN (SELECT kept.place, kept.key FROM kept))
    FROM object),
field(key, position, part) AS (
  SELECT key, position,
         iif(json_type(whole, '$.constraints') = 'object',
             json_set(part, '$.constraints',
               (SELECT json_group_object(j.key, json(CASE j.type WHEN 'array' THEN j.value
                         WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE json_quote(j.value) END))
                  FROM json_each(clean.whole, '$.constraints') AS j
                 WHERE ('constraint', j.key) IN (SELECT kept.place, kept.key FROM kept))),
             part)
    FROM clean WHERE place = 'field'),
resource(position, part) AS (
  SELECT position,
         json_patch(part, json_object(
           'type', 'table',
           'format', 'csv',
           'mediatype', iif(part ->> '$.path' LIKE '%.gz', 'application/gzip', 'text/csv'),
           'bytes', file.value -> '$.bytes',
           'hash', 'sha256:' || (file.value ->> '$.sha256'),
           'dialect', json((SELECT d.part FROM clean AS d
                             WHERE d.place = 'dialect' AND d.key = clean.key || '.dialect')),
           'schema', json((SELECT json_patch(s.part, json_object('fields',
                             (SELECT json_group_array(json(f.part)) FROM
                               (SELECT part FROM field WHERE field.key = s.key ORDER BY position) AS f)))
                       FROM clean AS s WHERE s.place = 'schema' AND s.key = clean.key || '.schema'))))
    FROM clean JOIN json_each(?4) AS file ON file.value ->> '$.path' = clean.part ->> '$.path'
   WHERE place = 'resource')

SELECT json_object(
  'dataset', ?1 ->> '$.name',
  'outcome', 'published',
  'version', ?1 ->> '$.version',
  'digest', ?2 ->> '$.digest',
  'program', coalesce(?2 ->> '$.report.program', ''),
  'checked_at', ?2 ->> '$.report.checked_at',
  'policy_sha256', ?2 ->> '$.report.policy.sha256',
  'published_at', ?3 ->> '$.published_at',
  'issued_at', coalesce(?2 ->> '$.issued_at', ?3 ->> '$.published_at'),
  'head', ?2 ->> '$.head',
  'url', ?3 ->> '$.url',
  'publisher', ?3 ->> '$.publisher',
  'harvester', ?3 ->> '$.harvester',
  'statement', ?3 ->> '$.statement',
  'persons', (SELECT group_concat(persons, ' ') FROM
               (SELECT DISTINCT r.value ->> '$.disclosure.persons' AS persons
                  FROM json_each(?1, '$.resources') AS r)),
  'rules', (SELECT json_group_array(id) FROM
             (SELECT DISTINCT value ->> '$.id' AS id FROM json_each(?2, '$.report.rules')
               WHERE value ->> '$.status' <> 'NOT APPLICABLE' ORDER BY 1)),
  'thresholds', (SELECT json_group_array(json_object('resource', value -> '$.resource',
                          'name', value -> '$.name', 'value', value -> '$.effective'))
                   FROM json_each(?2, '$.report.thresholds')),
  'files', (SELECT json_group_array(json_patch(f.value,
                     json_object('rows', (SELECT r.value -> '$.rows'
                                            FROM json_each(?2, '$.report.resources') AS r
                                           WHERE r.value ->> '$.path' = f.value ->> '$.path'))))
              FROM json_each(?4) AS f),
  'descriptor', json((SELECT json_patch(
      json_patch(part, json_object(
        'created', ?3 ->> '$.published_at',
        'homepage', (?3 ->> '$.url') || (?1 ->> '$.name') || '/',
        'contributors', json_array(json_object('title', ?3 ->> '$.publisher',
                                               'roles', json_array('publisher'))),
        'licenses', (SELECT json_group_array(json(l.part)) FROM clean AS l WHERE l.place = 'license'
                     HAVING count(*) > 0),
        'sources', (SELECT json_group_array(json(s.part)) FROM clean AS s WHERE s.place = 'source'
                    HAVING count(*) > 0),
        'dcat', json((SELECT d.part FROM clean AS d WHERE d.place = 'dcat')))),
      json_object('resources', (SELECT json_group_array(json(part)) FROM
                                 (SELECT part FROM resource ORDER BY position))))
    FROM clean WHERE place = 'package')));
