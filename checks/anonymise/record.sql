-- What sito anonymise did: every form of the record is made from these tables.

CREATE TABLE made (
  dataset TEXT NOT NULL, version TEXT, source TEXT NOT NULL, folder TEXT NOT NULL, program TEXT NOT NULL,
  at TEXT NOT NULL, source_digest TEXT NOT NULL, digest TEXT, verdict TEXT, findings INTEGER
) STRICT;

CREATE TABLE resource (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, rows INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,   -- rows left out
  loss REAL,                     -- 0..1; NULL: nothing was generalised
  proven INTEGER,                -- 1: no other choice of levels loses less
  plan TEXT,                     -- the plan of anon_release
  note TEXT                      -- which sensitive column cost everything, and the way out
) STRICT;

-- how: drop, generalise, keep, renumber
CREATE TABLE treatment (
  resource INTEGER NOT NULL, position INTEGER NOT NULL, field TEXT NOT NULL, type TEXT, role TEXT,
  how TEXT NOT NULL, hierarchy TEXT, spec TEXT, level INTEGER, height INTEGER
) STRICT;

CREATE TABLE figure (resource TEXT, measure TEXT NOT NULL, field TEXT, before REAL, after REAL, target REAL);
CREATE TABLE class (resource TEXT, after INTEGER NOT NULL, size INTEGER NOT NULL, classes INTEGER NOT NULL,
                    rows INTEGER NOT NULL);
CREATE TABLE frontier (resource INTEGER NOT NULL, k INTEGER NOT NULL, suppressed INTEGER NOT NULL,
                       share REAL NOT NULL, loss REAL NOT NULL, levels TEXT NOT NULL, chosen INTEGER NOT NULL);

-- A statistical table that was made: one row a measure; why its cells are hidden; the two first dimensions as
-- a picture, the others at their totals. No hidden value stands here.
CREATE TABLE tabled (
  resource INTEGER NOT NULL, measure TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, sign TEXT NOT NULL,
  threshold INTEGER NOT NULL, cells INTEGER NOT NULL, hidden INTEGER NOT NULL, secondary INTEGER NOT NULL
) STRICT;
CREATE TABLE hidden (
  resource INTEGER NOT NULL, measure TEXT NOT NULL, reason TEXT NOT NULL, cells INTEGER NOT NULL
) STRICT;
CREATE TABLE square (
  resource INTEGER NOT NULL, measure TEXT NOT NULL, row INTEGER NOT NULL, col INTEGER NOT NULL,
  row_label TEXT NOT NULL, col_label TEXT NOT NULL, state TEXT NOT NULL, shown TEXT
) STRICT;

-- The data set that is made: its descriptor, changed resource by resource.
CREATE TABLE descriptor (doc TEXT NOT NULL, resource TEXT) STRICT;
