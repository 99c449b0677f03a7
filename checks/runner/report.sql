-- The result of a check, attached in memory as `report`; every format is made from these tables.

CREATE TABLE report.run (
  program       TEXT NOT NULL,     -- "sito 0.1.0"
  language      TEXT NOT NULL,     -- pl, en
  checked_at    TEXT NOT NULL,     -- UTC, ISO 8601; the one thing that differs between equal runs
  dataset       TEXT NOT NULL,
  version       TEXT,
  path          TEXT NOT NULL,     -- as the user wrote it
  described     INTEGER NOT NULL,  -- 0: no descriptor, so no verdict
  digest        TEXT,              -- what the verdict is bound to
  policy        TEXT NOT NULL,     -- path of the policy, or "built-in"
  policy_sha256 TEXT NOT NULL,
  fail_on       TEXT NOT NULL,     -- error, warning, note
  verdict       TEXT NOT NULL,     -- PASS, FAIL, ERROR
  exit_status   INTEGER NOT NULL,
  folder        TEXT,              -- where the paths of files begin, as the user wrote it
  profile       TEXT NOT NULL DEFAULT 'default'
) STRICT;

CREATE TABLE report.resource (
  name TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT, bytes INTEGER, rows INTEGER,
  columns INTEGER, encoding TEXT, delimiter TEXT, units INTEGER,
  verdict TEXT                     -- PASS, FAIL, ERROR: of this resource alone
) STRICT;

CREATE TABLE report.rule (
  position      INTEGER PRIMARY KEY, -- the stable order of the report
  id            TEXT NOT NULL,
  family        TEXT NOT NULL,
  resource      TEXT,              -- NULL: the rule judges the whole package
  severity      TEXT NOT NULL,     -- fatal, error, warning, note
  status        TEXT NOT NULL,     -- PASS, FAIL, ERROR, NOT APPLICABLE
  title         TEXT NOT NULL,
  reason        TEXT,              -- of ERROR and NOT APPLICABLE
  follows       TEXT               -- a rule whose findings bring those of this one with them
) STRICT;

CREATE TABLE report.finding (
  id            INTEGER PRIMARY KEY, -- the stable order of the report
  code          TEXT NOT NULL,     -- the rule's id
  severity      TEXT NOT NULL,     -- fatal, error, warning, note
  file          TEXT,
  line          INTEGER, record INTEGER, byte INTEGER,
  field         TEXT,
  column_number INTEGER,
  count         INTEGER NOT NULL,  -- exact total
  message       TEXT NOT NULL,     -- what happened
  why           TEXT NOT NULL,     -- why it matters
  hint          TEXT NOT NULL,     -- how to mend it
  basis         TEXT NOT NULL,
  fingerprint   TEXT NOT NULL,     -- 16 hexadecimal digits over code, file, field: stable over runs
  waived        INTEGER NOT NULL DEFAULT 0,
  resource      TEXT               -- its name; NULL: the finding is about the whole package
) STRICT;

CREATE INDEX report.finding_field ON finding (field);

-- Some of the places of a finding, at most 20; finding.count is the exact total.
CREATE TABLE report.sample (
  finding INTEGER NOT NULL, line INTEGER, record INTEGER, byte INTEGER,
  shape TEXT                       -- never a value: letters as a, digits as 9
) STRICT;

CREATE INDEX report.sample_finding ON sample (finding);

-- The record of the first place of a finding, masked, and where the cell begins that it is about.
CREATE TABLE report.excerpt (
  finding INTEGER PRIMARY KEY, line INTEGER NOT NULL, record TEXT NOT NULL, -- letters as a, digits as 9
  caret INTEGER, width INTEGER,    -- in characters, from 0; NULL: the whole record
  cell TEXT                        -- the cell as it is: with --show-values alone, for the report for people
) STRICT;

-- Earlier checks of the same data set, as the catalogue recorded them, the oldest first. A check
-- without a catalogue leaves it empty.
CREATE TABLE report.history (
  position INTEGER PRIMARY KEY, at TEXT NOT NULL, version TEXT, verdict TEXT NOT NULL, digest TEXT,
  rows INTEGER, findings INTEGER, k REAL, published INTEGER NOT NULL
) STRICT;

-- Who let a finding stand, and why (waiver.h). report.finding.waived is 1 for each of these.
CREATE TABLE report.waiver (
  finding INTEGER NOT NULL, number INTEGER NOT NULL, by TEXT NOT NULL, role TEXT NOT NULL,
  why TEXT NOT NULL, basis TEXT, case_mark TEXT, opinion TEXT, outcome TEXT, way TEXT, expires TEXT
) STRICT;

-- The measures and classes behind the verdict, and the columns as they were seen.
CREATE TABLE report.measure (resource TEXT, measure TEXT NOT NULL, field TEXT, value REAL, target REAL) STRICT;
CREATE TABLE report.class (resource TEXT, size INTEGER NOT NULL, classes INTEGER NOT NULL, rows INTEGER NOT NULL) STRICT;
CREATE TABLE report.threshold (resource TEXT, name TEXT NOT NULL, policy REAL NOT NULL, declared REAL, effective REAL NOT NULL) STRICT;
CREATE TABLE report.field (
  resource TEXT, position INTEGER, name TEXT NOT NULL, type TEXT, role TEXT,
  rows INTEGER, missing INTEGER, distinct_values INTEGER, personal TEXT, -- kinds seen, 'pesel, phone'
  integers INTEGER, numbers INTEGER, dates INTEGER, texts INTEGER        -- what the values look like
) STRICT;

-- „Czego ta kontrola nie obejmuje": what did not apply, was only attested, or is not looked at.
CREATE TABLE report.not_covered (position INTEGER PRIMARY KEY, sentence TEXT NOT NULL) STRICT;
-- What to do next: commands, in order.
CREATE TABLE report.next_step (position INTEGER PRIMARY KEY, sentence TEXT NOT NULL) STRICT;
-- The profile that the next check compares with (earlier.h): for the catalogue, never for a report.
CREATE TABLE report.remembered (resource TEXT NOT NULL, part TEXT NOT NULL, row TEXT NOT NULL) STRICT;
