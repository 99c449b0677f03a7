-- The warehouse: an SQLite file with one table for each source, and the list of everything that was loaded.
--
--   SELECT source, at, outcome, rows, reason FROM sito_load ORDER BY id DESC LIMIT 20;
--   SELECT source, load, at, rows, stored_in FROM sito_version;     -- present and kept versions
--   SELECT * FROM drzewa;  SELECT * FROM drzewa_v12;                -- the present one; the one of load 12
--
-- R1  A table is exchanged in the one transaction that adds its row of sito_load. What is not of the present
--     version is the table SOURCE_vN, N the load that brought it; the oldest ones go.
-- R2  Rows of sito_load are added at the end; they are never changed, deleted or replaced.
-- R3  sito_version follows from sito_load and the tables that there are, so it cannot be stale.
-- R4  Plain SQLite: everything here can be read in any shell.

PRAGMA application_id = 1936290935; -- 'sitw'
PRAGMA user_version = 1;

-- Which warehouse this is, so that the catalogue never takes its loads for those of another of that path.
CREATE TABLE sito_warehouse (
  identity TEXT NOT NULL,
  made     TEXT NOT NULL
) STRICT;

INSERT INTO sito_warehouse VALUES (lower(hex(randomblob(8))), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));

CREATE TABLE sito_load (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,      -- UTC
  source  TEXT NOT NULL,      -- its name, and that of its table
  item    TEXT,               -- of the inventory; NULL: computed here
  kind    TEXT NOT NULL,
  outcome TEXT NOT NULL,      -- loaded, unchanged, refused (by its expectations), failed (not read)
  reason  TEXT,               -- of refused and failed
  sha256  TEXT,               -- over the columns and rows as they were read
  rows    INTEGER,
  columns TEXT,               -- JSON: [{name, type, missing}]
  origin  TEXT,               -- JSON: what is known of where it came from (sha256 of a file, etag, cached)
  program TEXT NOT NULL
) STRICT;

CREATE INDEX sito_load_source ON sito_load (source, outcome);

CREATE TRIGGER sito_load_insert BEFORE INSERT ON sito_load BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o wczytaniach nie można zastępować / records of loads cannot be replaced')
   WHERE EXISTS (SELECT 1 FROM sito_load WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'sito: nieznany wynik wczytania / unknown outcome of a load')
   WHERE NEW.outcome NOT IN ('loaded', 'unchanged', 'refused', 'failed');
END;

CREATE TRIGGER sito_load_inserted AFTER INSERT ON sito_load BEGIN
  SELECT RAISE(ABORT, 'sito: zapisy o wczytaniach dopisuje się kolejno, na końcu / records of loads are added in order, at the end')
   WHERE NEW.id <> 1 + coalesce((SELECT max(id) FROM sito_load WHERE id <> NEW.id), 0);
END;

CREATE TRIGGER sito_load_update BEFORE UPDATE ON sito_load BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o wczytaniach nie można zmieniać / records of loads cannot be changed');
END;

CREATE TRIGGER sito_load_delete BEFORE DELETE ON sito_load BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o wczytaniach nie można usuwać / records of loads cannot be deleted');
END;

CREATE VIEW sito_version AS
WITH brought AS (
  SELECT source, id AS load, at, item, rows, sha256, columns,
         iif(id = (SELECT max(newer.id) FROM sito_load AS newer
                    WHERE newer.source = sito_load.source AND newer.outcome = 'loaded'),
             source, source || '_v' || id) AS stored_in
    FROM sito_load
   WHERE outcome = 'loaded')
SELECT source, load, at, item, rows, sha256, columns, stored_in, stored_in = source AS present
  FROM brought
 WHERE EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = stored_in);

-- Why an indicator has no value (indicator_value.reason).
CREATE VIEW sito_reason (reason, pl, en) AS VALUES
  ('no-numerator', 'brak danych: licznik', 'no data: numerator'),
  ('no-denominator', 'brak danych: mianownik', 'no data: denominator'),
  ('no-input', 'brak danych: licznik i mianownik', 'no data: numerator and denominator'),
  ('denominator-zero', 'mianownik równy zero', 'the denominator is zero'),
  ('numerator-failed', 'nie udało się obliczyć licznika', 'the numerator could not be computed'),
  ('denominator-failed', 'nie udało się obliczyć mianownika', 'the denominator could not be computed'),
  ('numerator-not-number', 'licznik nie jest liczbą', 'the numerator is not a number'),
  ('denominator-not-number', 'mianownik nie jest liczbą', 'the denominator is not a number'),
  ('numerator-several', 'kilka wartości licznika dla roku', 'several numerators for the year'),
  ('denominator-several', 'kilka wartości mianownika dla roku', 'several denominators for the year'),
  ('too-large', 'wynik poza zakresem liczb', 'the result is beyond the range of numbers');
