-- The tables of the catalogue, version 1. What is in them: history.sql.
-- A version of the schema is the files tables-1.sql to tables-N.sql, then the guards and views, which
-- have no version: they are made anew by every upgrade (upgrade.sql).

PRAGMA application_id = 1936290927; -- 'sito'
PRAGMA user_version = 1;

CREATE TABLE event (
  id        INTEGER PRIMARY KEY,
  at        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), -- UTC
  kind      TEXT NOT NULL,  -- registered, bytes, verdict, state
  dataset   TEXT,           -- its name
  digest    TEXT,           -- of bytes, verdict, state: SHA-256 over all files that a check read
  outcome   TEXT,           -- of verdict: PASS, FAIL, ERROR; of state: publishable
  actor     TEXT,           -- who, as named by the caller; nobody is authenticated
  role      TEXT,
  reason    TEXT,
  case_mark TEXT,           -- znak sprawy
  document  TEXT,           -- SHA-256 of the signed document
  version   TEXT,           -- of bytes: the descriptor's
  location  TEXT,           -- of bytes: the folder
  program   TEXT,           -- what wrote the row: 'sito 0.1.0'; NULL: another program
  detail    TEXT            -- of verdict: the report, as JSON
) STRICT;

CREATE INDEX event_dataset ON event (dataset, kind);

-- The files behind the digest of an event of the kind `bytes`.
CREATE TABLE input (
  event  INTEGER NOT NULL,
  kind   TEXT NOT NULL,     -- data, companion, descriptor, policy, hierarchy, codelist, rule
  path   TEXT NOT NULL,     -- relative to the location; of a rule FAMILY/ID
  sha256 TEXT NOT NULL
) STRICT;

CREATE INDEX input_event ON input (event);
CREATE INDEX input_sha256 ON input (sha256);
