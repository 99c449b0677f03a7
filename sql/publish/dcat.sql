-- The catalogue of what is published as DCAT-AP (PL) in JSON-LD, with its context inside: nothing has
-- to be fetched to read it.
--
--   ?1  the details of every publication (details.sql), as a JSON array
--   ?2  the address of the folder, ?3 the name of the office
--
-- Mandatory by DCAT-AP-PL 2.1.0: Catalog title, description, publisher; Dataset title, description;
-- Distribution accessURL; Agent name.

WITH publication(detail, url, publisher, page, descriptor) AS (
  SELECT value, value ->> '$.url', value ->> '$.publisher',
         (value ->> '$.url') || (value ->> '$.dataset') || '/', value -> '$.descriptor'
    FROM json_each(?1)),
catalogue(url, publisher, modified) AS (
  SELECT ?2, ?3, (SELECT max(detail ->> '$.published_at') FROM publication)),
licence(name, uri) AS (VALUES
  ('CC0-1.0', 'http://publications.europa.eu/resource/authority/licence/CC0'),
  ('CC-BY-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0'),
  ('CC-BY-SA-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BYSA_4_0'),
  ('CC-BY-NC-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BYNC_4_0'),
  ('CC-BY-NC-SA-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BYNCSA_4_0'),
  ('CC-BY-ND-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BYND_4_0'),
  ('CC-BY-NC-ND-4.0', 'http://publications.europa.eu/resource/authority/licence/CC_BYNCND_4_0')),
-- What may be one URI or a list of them.
reference(page, key, uri) AS (
  SELECT page, d.key, iif(d.key = 'dcat:theme' AND d.value NOT LIKE 'http%',
                          'http://publications.europa.eu/resource/authority/data-theme/', '') || d.value
    FROM publication, json_each(descriptor, '$.dcat') AS d
   WHERE d.type = 'text'
  UNION ALL
  SELECT page, d.key, iif(d.key = 'dcat:theme' AND i.value NOT LIKE 'http%',
                          'http://publications.europa.eu/resource/authority/data-theme/', '') || i.value
    FROM publication, json_each(descriptor, '$.dcat') AS d, json_each(d.value) AS i
   WHERE d.type = 'array' AND i.type = 'text'),
distribution(page, id, node) AS (
  SELECT page, page || (r.value ->> '$.path') || '#zasob',
         json_patch(json_object(
           '@id', page || (r.value ->> '$.path') || '#zasob',
           '@type', 'dcat:Distribution',
           'dct:identifier', r.value ->> '$.name',
           'dct:title', json_object('@language', 'pl', '@value',
                          coalesce(r.value ->> '$.title', r.value ->> '$.name')),
           'dcat:accessURL', json_object('@id', page || (r.value ->> '$.path')),
           'dcat:downloadURL', json_object('@id', page || (r.value ->> '$.path')),
           'dct:format', json_object('@id',
             'http://publications.europa.eu/resource/authority/file-type/CSV'),
           'dcat:mediaType', json_object('@id',
             'http://www.iana.org/assignments/media-types/text/csv'),
           'dcat:byteSize', json_object('@type', 'xsd:decimal', '@value',
                              CAST(r.value ->> '$.bytes' AS TEXT)),
           'dct:issued', json_object('@type', 'xsd:dateTime', '@value', detail ->> '$.published_at'),
           'spdx:checksum', json_object('@type', 'spdx:Checksum',
             'spdx:algorithm', json_object('@id', 'spdx:checksumAlgorithm_sha256'),
             'spdx:checksumValue', json_object('@type', 'xsd:hexBinary', '@value',
                                     substr(r.value ->> '$.hash', 8)))),
           json_object(
             'dct:description', iif(r.value ->> '$.description' IS NULL, NULL,
               json_object('@language', 'pl', '@value', r.value ->> '$.description')),
             'dct:license', (SELECT json_object('@id', uri) FROM licence
                              WHERE name = descriptor ->> '$.licenses[0].name'),
             'dcat:compressFormat', iif(r.value ->> '$.path' LIKE '%.gz', json_object('@id',
               'http://www.iana.org/assignments/media-types/application/gzip'), NULL)))
    FROM publication, json_each(descriptor, '$.resources') AS r),
node(position, page, node) AS (
  SELECT 1, '', json_patch('{}', json_object(
      '@id', url,
      '@type', 'dcat:Catalog',
      'dct:title', json_object('@language', 'pl', '@value', 'Otwarte dane: ' || publisher),
      'dct:description', json_object('@language', 'pl', '@value',
        'Zbiory danych udostępnione do ponownego wykorzystywania przez: ' || publisher),
      'dct:publisher', json_object('@id', url || '#wydawca'),
      'dct:language', json_object('@id', 'http://publications.europa.eu/resource/authority/language/POL'),
      'dct:modified', iif(modified IS NULL, NULL,
                          json_object('@type', 'xsd:dateTime', '@value', modified)),
      'foaf:homepage', json_object('@id', url),
      'dcat:dataset', (SELECT json_group_array(json_object('@id', page)) FROM publication)))
    FROM catalogue
  UNION ALL
  SELECT 2, '', json_object(
      '@id', url || '#wydawca',
      '@type', 'foaf:Agent',
      'foaf:name', json_object('@language', 'pl', '@value', publisher))
    FROM catalogue
  UNION ALL
  SELECT 3, page, json_patch(json_object(
      '@id', page,
      '@type', 'dcat:Dataset',
      'dct:identifier', detail ->> '$.dataset',
      'dct:title', json_object('@language', 'pl', '@value',
                     coalesce(descriptor ->> '$.title', detail ->> '$.dataset')),
      'dct:description', json_object('@language', 'pl', '@value',
        coalesce(descriptor ->> '$.description', descriptor ->> '$.title', detail ->> '$.dataset')),
      'dct:publisher', json_object('@id', url || '#wydawca'),
      'dct:issued', json_object('@type', 'xsd:dateTime', '@value', detail ->> '$.issued_at'),
      'dct:language', json_object('@id', 'http://publications.europa.eu/resource/authority/language/POL'),
      'dcat:landingPage', json_object('@id', page),
      'dcat:distribution', (SELECT json_group_array(json_object('@id', id)) FROM distribution
                             WHERE distribution.page = publication.page)),
      json_object(
        'owl:versionInfo', detail ->> '$.version',
        'dct:modified', (SELECT json_object('@type',
             iif(length(uri) = 10, 'xsd:date', 'xsd:dateTime'), '@value', uri)
           FROM reference WHERE reference.page = publication.page AND key = 'dct:modified'),
        'dct:accrualPeriodicity', (SELECT json_object('@id', uri) FROM reference
           WHERE reference.page = publication.page AND key = 'dct:accrualPeriodicity'),
        'dct:spatial', (SELECT json_group_array(json_object('@id', uri)) FROM reference
           WHERE reference.page = publication.page AND key = 'dct:spatial' AND uri LIKE 'http%'
          HAVING count(*) > 0),
        'dcat:theme', (SELECT json_group_array(json_object('@id', uri)) FROM reference
           WHERE reference.page = publication.page AND key = 'dcat:theme' HAVING count(*) > 0),
        'dcatap:applicableLegislation', (SELECT json_group_array(json_object('@id', uri)) FROM reference
           WHERE reference.page = publication.page AND key = 'dcatap:applicableLegislation'
          HAVING count(*) > 0),
        'dcatap:hvdCategory', (SELECT json_group_array(json_object('@id', uri)) FROM reference
           WHERE reference.page = publication.page AND key = 'dcatap:hvdCategory'
          HAVING count(*) > 0),
        'dcat:keyword', (SELECT json_group_array(json_object('@language', 'pl', '@value', value))
                           FROM json_each(descriptor, '$.keywords') WHERE type = 'text'
                         HAVING count(*) > 0)))
    FROM publication
  UNION ALL
  SELECT 4, page, node FROM distribution)

SELECT json_object(
  '@context', json_object(
    'dcat', 'http://www.w3.org/ns/dcat#',
    'dcatap', 'http://data.europa.eu/r5r/',
    'dct', 'http://purl.org/dc/terms/',
    'foaf', 'http://xmlns.com/foaf/0.1/',
    'owl', 'http://www.w3.org/2002/07/owl#',
    'spdx', 'http://spdx.org/rdf/terms#',
    'xsd', 'http://www.w3.org/2001/XMLSchema#'),
  '@graph', (SELECT json_group_array(json(node)) FROM
              (SELECT node FROM node ORDER BY position, page)));
