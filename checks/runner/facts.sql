-- The facts that rules read: one database in memory for each resource, filled by one scan (scan.c).
-- The table `data` is not here: it is the csv table itself, so that the authorizer names exactly the
-- columns that a rule read.
--
-- A rule with `scope: package` reads another database (whole.c): the same tables with the rows of all
-- resources, each row with the name of its resource in a last column `resource`; the data of the
-- resource r are the table data."r". A row of `threshold` without a resource is the office's policy.

CREATE TABLE dataset (
  name          TEXT NOT NULL,
  version       TEXT,
  persons       TEXT,      -- none, public-functions, consented, others, anonymised; NULL: not stated
  unit          TEXT,      -- row, companion; NULL: not stated
  kind          TEXT NOT NULL, -- records, table
  described     INTEGER NOT NULL, -- 0: there is no descriptor
  modified      TEXT,
  periodicity   TEXT,
  today         TEXT,      -- of the check, YYYY-MM-DD
  presence      TEXT,      -- what was recorded of being in the list: harmless, assessed; NULL: nothing
  topic         INTEGER    -- 1: names, titles or the path speak of what one does not tell of people
) STRICT;

CREATE TABLE resource (
  name          TEXT NOT NULL,
  path          TEXT NOT NULL,
  sha256        TEXT NOT NULL,
  bytes         INTEGER NOT NULL,
  rows          INTEGER NOT NULL,  -- records, the heading not counted
  encoding      TEXT NOT NULL,     -- as it was read
  encoding_from TEXT NOT NULL,     -- declared, bom, detected
  declared_encoding TEXT,          -- as the descriptor has it
  detected_encoding TEXT,          -- what the bytes say, where they say something; else NULL
  delimiter     TEXT NOT NULL,
  delimiter_from TEXT NOT NULL,    -- declared, detected
  quote         TEXT NOT NULL,
  header        INTEGER NOT NULL,  -- 1: the first record holds headings
  units         INTEGER            -- distinct persons in the companion file; NULL without one
) STRICT;

-- How the file is laid out, one row; and its headings as they stand in it, where it has them.
CREATE TABLE layout (
  detected_delimiter TEXT NOT NULL,
  trailing      INTEGER NOT NULL   -- 1: lines end with one more delimiter, which was left out
) STRICT;
CREATE TABLE heading (
  position      INTEGER NOT NULL,  -- from 1
  text          TEXT NOT NULL
) STRICT;

-- What the descriptor says for people and catalogues, one row a text: title, description, keyword, theme,
-- licence, resource-title, resource-description, field-description (the name of a column that has one).
CREATE TABLE about (
  key           TEXT NOT NULL,
  value         TEXT NOT NULL
) STRICT;

CREATE TABLE field (
  name          TEXT NOT NULL,
  position      INTEGER,           -- from 1, in the file; NULL: declared but absent
  declared      INTEGER NOT NULL,  -- 0: present but not declared
  declared_position INTEGER,       -- from 1, in the descriptor; NULL: not declared
  type          TEXT,
  format        TEXT,
  role          TEXT,              -- direct-identifier, quasi-identifier, sensitive, free-text,
                                   -- release-number, public; of a table also dimension, measure;
                                   -- NULL: not declared
  reason        TEXT,              -- of the role public
  basis         TEXT,
  required      INTEGER NOT NULL,
  is_unique     INTEGER NOT NULL,
  hierarchy     TEXT,
  kind          TEXT,              -- pesel, nip, simc …: declared in consistency.codes
  has_maximum   INTEGER NOT NULL DEFAULT 0 -- constraints.maximum is declared
) STRICT;

CREATE TABLE profile (
  field         TEXT NOT NULL,
  rows          INTEGER NOT NULL,
  missing       INTEGER NOT NULL,
  distinct_values INTEGER,         -- exact to 65,536, NULL beyond, unless the field is unique
  min           TEXT,
  max           TEXT,
  longest       INTEGER NOT NULL,  -- characters
  integers      INTEGER NOT NULL,
  numbers       INTEGER NOT NULL,  -- numbers that are no integers
  dates         INTEGER NOT NULL,
  texts         INTEGER NOT NULL,
  leading_zeros INTEGER NOT NULL   -- digits only, the first a zero, longer than one
) STRICT;
CREATE TABLE previous (
  field TEXT NOT NULL, rows INTEGER NOT NULL, missing INTEGER NOT NULL, distinct_values INTEGER,
  min TEXT, max TEXT, longest INTEGER NOT NULL, integers INTEGER NOT NULL, numbers INTEGER NOT NULL,
  dates INTEGER NOT NULL, texts INTEGER NOT NULL, leading_zeros INTEGER NOT NULL
) STRICT;

-- Of columns that are declared as numbers and in which no personal data is likely: the quartiles of their
-- different values, to 3 %; of this file, and of the last published version.
CREATE TABLE spread (
  field TEXT NOT NULL, low_quartile REAL NOT NULL, median REAL NOT NULL, high_quartile REAL NOT NULL
) STRICT;
CREATE TABLE previous_spread (
  field TEXT NOT NULL, low_quartile REAL NOT NULL, median REAL NOT NULL, high_quartile REAL NOT NULL
) STRICT;

CREATE TABLE defect (
  kind          TEXT NOT NULL,     -- a word of VOCABULARY
  field         TEXT,              -- NULL: of the whole record
  count         INTEGER NOT NULL,  -- exact
  first_line    INTEGER
) STRICT;
CREATE TABLE witness (
  kind          TEXT NOT NULL,     -- as in defect, or the measure of a risk
  field         TEXT,
  line          INTEGER,
  record        INTEGER,
  byte          INTEGER,
  shape         TEXT               -- the value with letters as a and digits as 9; NULL: not one value
) STRICT;

CREATE TABLE personal (
  kind          TEXT NOT NULL,     -- pesel, nip, regon, email, phone, …
  field         TEXT,              -- NULL: in damaged records, outside the columns
  found         INTEGER NOT NULL,
  share         REAL NOT NULL,     -- of the values that are not missing
  expected_share REAL NOT NULL,    -- what random digits of this length would give
  verdict       TEXT NOT NULL      -- certain, likely, chance
) STRICT;

CREATE TABLE risk (
  measure       TEXT NOT NULL,     -- a word of VOCABULARY
  field         TEXT,              -- the sensitive column; NULL: of the quasi-identifiers alone
  value         REAL,
  target        REAL               -- the effective threshold; NULL where there is none
) STRICT;
CREATE TABLE class (
  size          INTEGER NOT NULL,  -- counted in units: persons, or records where one is one
  classes       INTEGER NOT NULL,
  rows          INTEGER NOT NULL   -- records in these classes
) STRICT;

-- What each column that no class counts (sensitive, public) would do to the classes as a quasi-identifier.
CREATE TABLE doubtful (
  field         TEXT NOT NULL,
  rows          INTEGER,           -- records that would come into classes below k; NULL: not counted
  uniques       INTEGER,           -- of these classes those of one person or record
  k             INTEGER            -- the smallest class with the column
) STRICT;

-- What office and descriptor ask for: policy = the office's value, declared = the descriptor's,
-- effective = the stricter one. looser = 1 where the descriptor asked for less than the office.
CREATE TABLE threshold (
  name          TEXT NOT NULL,     -- k, l, t, alpha, beta, maxSuppressed
  policy        REAL NOT NULL,
  declared      REAL,
  effective     REAL NOT NULL,
  looser        INTEGER NOT NULL
) STRICT;

-- Parameters and severities of rules that somebody set (settings.h): office = profile and policy,
-- declared = the descriptor. looser = 1 where the descriptor asked for less than the office.
CREATE TABLE parameter (
  rule          TEXT NOT NULL,
  name          TEXT NOT NULL,     -- of a parameter of that rule, or severity
  builtin       ANY NOT NULL,
  office        ANY NOT NULL,
  declared      ANY,
  effective     ANY NOT NULL,
  looser        INTEGER NOT NULL
) STRICT;

-- Words of special categories (GDPR art. 9 and 10), by column; and columns of which not every text was read.
CREATE TABLE special (
  category      TEXT NOT NULL,     -- health, religion, origin, politics, union, sexuality, conviction
  field         TEXT NOT NULL,
  found         INTEGER NOT NULL   -- different values with such a word
) STRICT;
CREATE TABLE sampled (
  field TEXT NOT NULL, read INTEGER NOT NULL, unread INTEGER NOT NULL -- texts beyond the first 65,536 different ones
) STRICT;

-- Personal data in what stands around the data (metadata.sql).
CREATE TABLE metadata (
  place         TEXT NOT NULL,     -- file, name, description, contributor
  kind          TEXT NOT NULL,
  found         INTEGER NOT NULL   -- different ones
) STRICT;

-- Rows about entities, and how many of them may be people (entity.h); by the column that leads to them.
CREATE TABLE entity (
  field         TEXT NOT NULL,
  rows          INTEGER NOT NULL,  -- in which it has a value
  persons       INTEGER NOT NULL   -- of these, without KRS and without a word of a legal form
) STRICT;

-- What the catalogue has on record (record.h): one row in `catalogued` where there is one.
CREATE TABLE catalogued (known INTEGER NOT NULL) STRICT;
CREATE TABLE release (              -- published before, with other data than these
  at            TEXT NOT NULL,
  withdrawn     INTEGER NOT NULL
) STRICT;
CREATE TABLE ruling (
  act           TEXT NOT NULL,      -- withdrawn; decision: negative, on these bytes; analysis: step 5 or 6 negative
  day           TEXT NOT NULL
) STRICT;

-- Values of a territorial column by how many people live there (population.h).
CREATE TABLE area (
  field         TEXT NOT NULL,
  inhabitants   INTEGER,           -- NULL: the table of inhabitants does not know the value
  rows          INTEGER NOT NULL,  -- records with such a value
  places        INTEGER NOT NULL   -- different values
) STRICT;

-- Waivers for this resource, and what is wrong with each (waiver.h).
CREATE TABLE waiver (
  number        INTEGER NOT NULL,  -- from 1, in waivers.json
  rule          TEXT NOT NULL,
  state         TEXT NOT NULL,     -- valid; unknown, never, foreign, unbounded, expired, person, papers, way
  package       INTEGER NOT NULL,  -- 1: of a rule over the whole package
  scope         TEXT,              -- JSON
  by            TEXT NOT NULL,
  role          TEXT NOT NULL,
  why           TEXT NOT NULL,
  basis         TEXT,
  case_mark     TEXT,
  opinion       TEXT,              -- case mark of the data protection officer's opinion
  outcome       TEXT,              -- of the opinion: positive, negative
  way           TEXT,              -- 15.2.2, 15.2.3, statute
  expires       TEXT
) STRICT;

-- Personal data that the descriptor allows: disclosure.allow[].
CREATE TABLE allowed (
  kind          TEXT NOT NULL,
  field         TEXT NOT NULL,
  reason        TEXT NOT NULL,
  basis         TEXT NOT NULL
) STRICT;

-- quality[] of the descriptor: metric and its bounds.
CREATE TABLE quality (
  id            TEXT NOT NULL,
  metric        TEXT NOT NULL,
  field         TEXT,
  operator      TEXT NOT NULL,     -- mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo,
                                   -- mustBeLessThan, mustBeLessOrEqualTo
  bound         REAL NOT NULL,
  severity      TEXT NOT NULL      -- error, warning, note
) STRICT;

-- quality[] of the descriptor, all but simple bounds of rowCount: what was measured (quality.h).
CREATE TABLE measured (
  id            TEXT NOT NULL,
  metric        TEXT NOT NULL,     -- rowCount, nullValues, missingValues, duplicateValues,
                                   -- invalidValues, sql
  field         TEXT,
  columns       TEXT,              -- their names, with ', ' between them
  operator      TEXT NOT NULL,     -- as in quality; mustBeBetween, mustNotBeBetween
  bound         REAL NOT NULL,
  bound_to      REAL,              -- of the two with two bounds
  unit          TEXT NOT NULL,     -- rows, percent
  severity      TEXT NOT NULL,
  value         REAL,              -- NULL: not measured, or not shown since it may be a value of the data
  met           INTEGER,           -- NULL: not measured
  failure       TEXT               -- why not, in the language of the report
) STRICT;

-- coverage.temporal: every period from the first to the last, and whether a record lies in it.
CREATE TABLE period (
  field         TEXT NOT NULL,
  step          TEXT NOT NULL,     -- P1D, P1W, P1M, P3M, P1Y
  start         TEXT,              -- YYYY-MM-DD; NULL: values that are no date
  present       INTEGER NOT NULL,  -- 0: no record; where start is NULL: how many distinct values
  allowed       INTEGER NOT NULL   -- how many periods may be missing
) STRICT;

-- coverage.temporal.since and until: the first days of the first and the last period, as stated and as the
-- data have them.
CREATE TABLE span (
  field         TEXT NOT NULL,
  since         TEXT,              -- YYYY-MM-DD, like the others; NULL: not stated
  until         TEXT,
  first         TEXT,              -- NULL: no record with a date
  last          TEXT
) STRICT;

-- coverage.spatial: every code of the code list and of the data.
CREATE TABLE territory (
  field         TEXT NOT NULL,
  codelist      TEXT NOT NULL,     -- the file of the list
  known         INTEGER NOT NULL,  -- 1: the list has it
  present       INTEGER NOT NULL   -- 1: the data have it
) STRICT;

-- Where a class is below k: the smallest sets of quasi-identifiers in which records are alone, and
-- how many records would be in classes below k if a column were left out (attack.c).
CREATE TABLE unique_set (
  columns       TEXT NOT NULL,     -- their names, with ', ' between them
  size          INTEGER NOT NULL,  -- how many columns
  rows          INTEGER NOT NULL   -- records alone in these columns, in none of their subsets
) STRICT;
CREATE TABLE left_out (
  field         TEXT NOT NULL,
  below         INTEGER NOT NULL   -- records in classes below k without it
) STRICT;

-- Columns that no measure counts and from which a quasi-identifier follows.
CREATE TABLE derived (
  field         TEXT NOT NULL,
  dependent     TEXT NOT NULL,     -- the quasi-identifier
  expected      REAL NOT NULL,     -- contradictions if the two had nothing to do with one another
  below         INTEGER NOT NULL   -- records that come into classes below k where field counts, too
) STRICT;

-- What was published before (published.c): each file of disclosure.published, each data set and list of
-- columns in the office's registry.
CREATE TABLE published (
  name          TEXT NOT NULL,     -- the path, or the data set's name in the registry
  relation      TEXT NOT NULL,     -- earlier-release, other, registry
  rows          INTEGER NOT NULL,  -- records there
  columns       TEXT,              -- those compared, with ', ' between them; NULL: none in common
  certain       INTEGER NOT NULL,  -- records alone in these columns, here and there
  revealed      INTEGER NOT NULL   -- columns that only one of the two has
) STRICT;
CREATE TABLE unlinked (
  name          TEXT NOT NULL,
  field         TEXT NOT NULL,
  certain       INTEGER NOT NULL   -- records alone here and there without this column
) STRICT;
-- Between an earlier release and this one: classes into which, or from which, fewer than k records went.
CREATE TABLE difference (
  name          TEXT NOT NULL,
  columns       TEXT NOT NULL,     -- the quasi-identifiers compared
  secrets       TEXT,              -- sensitive columns that both have; NULL: none
  classes       INTEGER NOT NULL,
  rows          INTEGER NOT NULL,  -- records that came or went in them
  k             INTEGER NOT NULL
) STRICT;
-- Columns of repeated pseudonyms against the columns of published files, by how often values occur.
CREATE TABLE frequency (
  field         TEXT NOT NULL,
  name          TEXT NOT NULL,     -- the published file
  reference     TEXT NOT NULL,     -- its column
  pseudonyms    INTEGER NOT NULL,  -- different ones
  distance      REAL NOT NULL,     -- of the two ranked distributions, 0 to 1
  recognisable  INTEGER NOT NULL,  -- pseudonyms that occur as often as no other
  rows          INTEGER NOT NULL   -- their records
) STRICT;

-- Sensitive columns where one value prevails in some class: the subgroup in which a stranger guesses best.
CREATE TABLE inference (
  field         TEXT NOT NULL,
  columns       TEXT NOT NULL,     -- the quasi-identifiers that make the subgroup
  rows          INTEGER NOT NULL,  -- records in it
  low           REAL NOT NULL,     -- the guess is right in at least this share (Wilson, 95 %)
  baseline      REAL NOT NULL,     -- the share of the value in the whole table
  risk          REAL NOT NULL,     -- (low - baseline) / (1 - baseline)
  overall       REAL NOT NULL,     -- right guesses in all records, from all quasi-identifiers
  control       REAL NOT NULL      -- the same where the guess was learnt from other records
) STRICT;

-- Columns of digests that were turned back into the numbers they were made of.
CREATE TABLE reversal (
  field         TEXT NOT NULL,
  kind          TEXT NOT NULL,     -- pesel, nip, regon, phone
  hash          TEXT NOT NULL,     -- md5, sha1, sha256, sha512
  salted        INTEGER NOT NULL,  -- 1: with a salt that was guessed
  digests       INTEGER NOT NULL,  -- different ones
  reversed      INTEGER NOT NULL   -- how many fell until it was stopped
) STRICT;

-- Keys of several columns (primaryKey, uniqueKeys of Table Schema; one column alone is is_unique).
CREATE TABLE row_key (
  number        INTEGER NOT NULL,  -- in the order of the descriptor, from 1; witness: key-NUMBER
  is_primary    INTEGER NOT NULL,
  columns       TEXT NOT NULL,     -- their names, with ', ' between them
  repeated      INTEGER,           -- records whose key was there before; NULL: a column is not in the file
  first_line    INTEGER
) STRICT;

-- Foreign keys, within one resource or between two: filled only for rules with scope: package.
CREATE TABLE foreign_key (
  number        INTEGER NOT NULL,  -- in the order of the descriptor, from 1; witness: foreign-key-NUMBER
  columns       TEXT NOT NULL,     -- their names, with ', ' between them
  field         TEXT,              -- the column, where it is one alone
  reference     TEXT NOT NULL,     -- the resource that the key leads to
  reference_columns TEXT NOT NULL,
  without       INTEGER,           -- records that lead nowhere; NULL: a column is not in its file
  first_line    INTEGER
) STRICT;

-- A statistical table (kind: table; table.c): one row in `tabulated`, one a measure in `tally`.
CREATE TABLE tabulated (
  about         TEXT NOT NULL,     -- persons, entities
  threshold     INTEGER NOT NULL,  -- the fewest contributors of a cell: the office's, or stricter
  declared      INTEGER,           -- by the descriptor
  secrecy       INTEGER NOT NULL,  -- 1: statistical secrecy is declared
  linked        TEXT,              -- the group of tables that share cells
  decided       INTEGER NOT NULL   -- 1: every hidden cell was decided exactly
) STRICT;
CREATE TABLE tally (
  measure       TEXT NOT NULL,
  kind          TEXT NOT NULL,     -- count, sum
  cells         INTEGER NOT NULL,
  hidden        INTEGER NOT NULL,  -- cells with a sign that means suppressed, or that nothing describes
  audited       INTEGER NOT NULL,  -- hidden cells whose interval is known exactly
  contributors  INTEGER NOT NULL,  -- 1: known
  largest       INTEGER NOT NULL   -- 1: the largest contribution is known
) STRICT;

-- What is the matter with cells: one row a measure and kind. Witnesses have the kind of the same name.
CREATE TABLE cell (
  kind          TEXT NOT NULL,     -- a word of VOCABULARY
  measure       TEXT,              -- NULL: of no one measure
  source        TEXT,              -- what it follows from, where that is not the table alone: the path of an
                                   -- earlier release, the names of linked tables; of groups, the dimension
  sensitive     INTEGER,           -- of groups: 1: that dimension has the role sensitive
  count         INTEGER NOT NULL,  -- cells
  first_line    INTEGER
) STRICT;
