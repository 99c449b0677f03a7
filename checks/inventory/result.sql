-- What an inventory found, in memory; checks/catalogue/inventory.c keeps it and fills what it knows.

-- The folders and files that were named, by their absolute paths.
CREATE TABLE root (path TEXT NOT NULL);

-- The regular files that were met.
CREATE TABLE met (path TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE item (
  item          TEXT PRIMARY KEY,  -- absolute path; of a table in a database PATH#TABLE
  root          TEXT NOT NULL,
  format        TEXT NOT NULL,     -- csv, csv.gz, sqlite, xlsx, pdf, …, link, other
  bytes         INTEGER,
  rows          INTEGER,           -- NULL: not read
  digest        TEXT,              -- SHA-256 of the file; NULL: not read
  proposed      TEXT NOT NULL,     -- none-found, after-anonymisation, no, not-assessed, not-data
  why           TEXT NOT NULL,     -- one sentence
  columns       TEXT,              -- JSON: [{"name", "type", "role", "why", "kinds"}]
  damaged       INTEGER NOT NULL DEFAULT 0,
  -- from a descriptor beside the file, then from the catalogue
  unit          TEXT,
  custodian     TEXT,
  source        TEXT,
  rhythm        TEXT,
  qualification TEXT,              -- what people said; NULL: nothing yet
  reason        TEXT,
  change        TEXT               -- new, changed, same, gone; NULL: no catalogue
);
