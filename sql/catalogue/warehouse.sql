-- The warehouse as the catalogue sees it: its sources, what was loaded, what was exported, the indicators.
--
--   INSERT INTO warehouse_source (source, kind, item, state, declaration, actor)
--   VALUES ('drzewa', 'csv', '/dane/wgk/drzewa.csv', 'active', '{}', 'A. Nowak');
--   SELECT source, standing, qualification FROM warehouse_source;
--   SELECT file, rows, at FROM warehouse_export WHERE dataset = 'drzewa';
--
-- R1  A source is tied to one item of the inventory: a file, a table in a database, an address. What the
--     inventory does not know cannot be declared; what nobody has assessed is not loaded (the program asks
--     `qualification` each time: it lapses when the item changes).
-- R2  The newest declaration of a source counts. The name of a source is that of its table.
-- R3  Every new version of a table, every refusal and every failure that is not the one before is an event, and
--     so is the end of one. The warehouse keeps the whole list, the catalogue what the seals protect.
-- R4  An export is recorded when its bytes or the versions that it was made from are others than before.
-- R5  Declarations and lineage stand in `detail`, as JSON, which no view of the catalogue opens.

CREATE VIEW warehouse_kind (kind, remote, pl, en) AS VALUES
  ('csv', 0, 'plik CSV', 'a CSV file'),
  ('database', 0, 'tabela w bazie SQLite', 'a table in an SQLite database'),
  ('remote', 1, 'adres http(s)', 'an http(s) address'),
  ('bdl', 1, 'Bank Danych Lokalnych GUS', 'the local data bank (BDL)'),
  ('ckan', 1, 'portal CKAN', 'a CKAN portal'),
  ('danegov', 1, 'dane.gov.pl', 'dane.gov.pl');

-- The newest attempt to load, or the newest one that brought a table.
CREATE VIEW warehouse_load AS
SELECT subject AS source, outcome, digest AS sha256, number AS rows, reason, version AS load,
       location AS warehouse, detail, id, at
  FROM event
 WHERE kind = 'load';

CREATE VIEW warehouse_source AS
SELECT event.subject AS source, event.form AS kind, event.location AS item, event.outcome AS state,
       coalesce(inventory.qualification, 'unknown') AS qualification,
       (SELECT outcome FROM warehouse_load WHERE source = event.subject ORDER BY id DESC LIMIT 1) AS standing,
       (SELECT max(at) FROM warehouse_load WHERE source = event.subject AND outcome = 'loaded') AS loaded_at,
       event.detail AS declaration, event.actor, event.reason, event.case_mark, event.id, event.at
  FROM event
  LEFT JOIN inventory ON inventory.item = event.location
 WHERE event.kind = 'source'
   AND event.id = (SELECT max(newer.id) FROM event AS newer
                    WHERE newer.kind = 'source' AND newer.subject = event.subject);

CREATE TRIGGER source_event BEFORE INSERT ON event WHEN NEW.kind = 'source' BEGIN
  SELECT RAISE(ABORT, 'sito: nazwa źródła to nazwa jego tabeli: małe litery bez znaków polskich, cyfry i podkreślenia, najpierw litera, najwyżej 60 znaków, bez końcówki _v i liczby; nazwy od sito i sqlite są zajęte, tak jak indicator_value / the name of a source is that of its table: small letters a to z, digits and underscores, a letter first, at most 60 characters, without an ending _v and a number; names that begin with sito or sqlite are taken, as is indicator_value')
   WHERE NEW.subject IS NULL OR length(NEW.subject) > 60 OR instr(NEW.subject, char(0)) > 0
      OR NEW.subject NOT GLOB '[a-z]*' OR NEW.subject GLOB '*[^a-z0-9_]*'
      OR NEW.subject GLOB 'sito*' OR NEW.subject GLOB 'sqlite*' OR NEW.subject = 'indicator_value'
      OR (rtrim(NEW.subject, '0123456789') GLOB '*_v' AND NEW.subject GLOB '*[0-9]');
  SELECT RAISE(ABORT, 'sito: rodzaj źródła to csv, database, remote, bdl, ckan albo danegov / the kind of a source is csv, database, remote, bdl, ckan or danegov')
   WHERE NOT EXISTS (SELECT 1 FROM warehouse_kind WHERE kind = NEW.form);
  SELECT RAISE(ABORT, 'sito: źródło jest active albo off, ma opis i osobę, która je zapisuje / a source is active or off, has a declaration and a person who records it')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('active', 'off') OR NEW.detail IS NULL
      OR NEW.actor IS NULL OR trim(NEW.actor) = '';
  SELECT RAISE(ABORT, 'sito: inwentaryzacja nie zna tej pozycji; najpierw: sito inventory ŚCIEŻKA / the inventory does not know this item; first: sito inventory PATH')
   WHERE NOT EXISTS (SELECT 1 FROM found WHERE item = NEW.location AND proposed NOT IN ('gone', 'not-data'));
END;

CREATE TRIGGER warehouse_source_insert INSTEAD OF INSERT ON warehouse_source BEGIN
  INSERT INTO event (kind, subject, form, location, outcome, detail, actor, reason, case_mark)
  VALUES ('source', NEW.source, NEW.kind, NEW.item, coalesce(NEW.state, 'active'), NEW.declaration, NEW.actor,
          NEW.reason, NEW.case_mark);
END;

CREATE TRIGGER load_event BEFORE INSERT ON event WHEN NEW.kind = 'load' BEGIN
  SELECT RAISE(ABORT, 'sito: wynik wczytania to loaded, unchanged, refused albo failed; wczytana tabela ma skrót i liczbę wierszy / a load is loaded, unchanged, refused or failed; a loaded table has a digest and a number of rows')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('loaded', 'unchanged', 'refused', 'failed')
      OR NEW.outcome = 'loaded' AND (NEW.digest IS NULL OR NEW.number IS NULL OR NEW.version IS NULL);
  SELECT RAISE(ABORT, 'sito: katalog nie zna takiego źródła / the catalogue knows no such source')
   WHERE NEW.subject IS NULL OR NEW.subject <> 'indicator_value'
     AND NOT EXISTS (SELECT 1 FROM warehouse_source WHERE source = NEW.subject);
END;

-- What stands exported: of each file of a data set the newest.
CREATE VIEW warehouse_export AS
SELECT subject AS dataset, location AS file, digest AS sha256, number AS rows, detail AS lineage,
       program, id, at
  FROM event
 WHERE kind = 'export'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'export' AND newer.subject = event.subject
                AND newer.location = event.location);

CREATE TRIGGER export_event BEFORE INSERT ON event WHEN NEW.kind = 'export' BEGIN
  SELECT RAISE(ABORT, 'sito: eksport ma nazwę zbioru, plik, skrót i pochodzenie / an export has the name of the data set, a file, a digest and its lineage')
   WHERE NEW.subject IS NULL OR NEW.location IS NULL OR NEW.digest IS NULL OR NEW.detail IS NULL;
END;

-- The indicators: the newest definition of each; `version` is its number among all of that code.
CREATE VIEW indicator AS
SELECT subject AS code, outcome AS state,
       (SELECT count(*) FROM event AS older
         WHERE older.kind = 'indicator' AND older.subject = event.subject AND older.id <= event.id) AS version,
       detail AS definition, actor, case_mark, id, at
  FROM event
 WHERE kind = 'indicator'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'indicator' AND newer.subject = event.subject);

CREATE TRIGGER indicator_event BEFORE INSERT ON event WHEN NEW.kind = 'indicator' BEGIN
  SELECT RAISE(ABORT, 'sito: wskaźnik ma kod (1 do 40 znaków), stan active albo off, opis i osobę, która go zapisuje / an indicator has a code (1 to 40 characters), the state active or off, a definition and a person who records it')
   WHERE NEW.subject IS NULL OR length(NEW.subject) NOT BETWEEN 1 AND 40 OR instr(NEW.subject, char(0)) > 0
      OR NEW.subject GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*'
      OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('active', 'off') OR NEW.detail IS NULL
      OR NEW.actor IS NULL OR trim(NEW.actor) = '';
END;

CREATE TRIGGER indicator_insert INSTEAD OF INSERT ON indicator BEGIN
  INSERT INTO event (kind, subject, outcome, detail, actor, case_mark)
  VALUES ('indicator', NEW.code, coalesce(NEW.state, 'active'), NEW.definition, NEW.actor, NEW.case_mark);
END;
