-- What sito redact knows of a document: its lists, its sheet and its record are made from these tables.

-- The text alone stands here; no list and no record reads it.
CREATE TABLE document (
  text TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, encoding TEXT NOT NULL
) STRICT;

-- The office's own rules, {"allow": […], "patterns": […]}, and the digest of the policy that has them.
CREATE TABLE office (rules TEXT NOT NULL, policy TEXT) STRICT;

-- The first character of each line, from 1.
CREATE TABLE line (number INTEGER PRIMARY KEY, first INTEGER NOT NULL) STRICT;
CREATE INDEX line_first ON line (first);

-- The places as anon_redact_spans gives them. `proposed` is what the program proposed before anybody decided;
-- `kind_words` the kind in the reader's language.
CREATE TABLE span (
  number INTEGER PRIMARY KEY, start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL,
  action TEXT NOT NULL, paragraph TEXT, reason TEXT NOT NULL, sentence TEXT, needs_decision INTEGER NOT NULL,
  kind_words TEXT
) STRICT;

-- The places as they were before the decisions.
CREATE TABLE proposal (
  number INTEGER PRIMARY KEY, start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL,
  action TEXT NOT NULL, key TEXT NOT NULL
) STRICT;
CREATE INDEX proposal_place ON proposal (start, "end");

-- What a person decided; number: of the proposal, NULL for a place that the program did not find.
CREATE TABLE decision (
  number INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL, action TEXT NOT NULL, reason TEXT
) STRICT;
CREATE INDEX decision_place ON decision (start, "end");

-- The words of a sheet: reasons to leave a place as it is.
CREATE TABLE reason_word (reason TEXT NOT NULL, pl TEXT NOT NULL, en TEXT NOT NULL) STRICT;
INSERT INTO reason_word VALUES
  ('consent', 'zgoda', 'consent'),
  ('public-function', 'funkcja publiczna', 'public function'),
  ('author', 'autor', 'author'),
  ('institution', 'instytucja', 'institution'),
  ('legal-person', 'osoba prawna', 'legal person'),
  ('document-name', 'nazwa dokumentu', 'document name'),
  ('patron', 'patron', 'patron'),
  ('not-personal', 'nie są to dane osobowe', 'not personal');

-- Where each place is: line and column, and what a person decided of it.
CREATE VIEW place AS
SELECT s.number, (SELECT number FROM line WHERE first <= s.start ORDER BY first DESC LIMIT 1) AS line,
       s.start - (SELECT first FROM line WHERE first <= s.start ORDER BY first DESC LIMIT 1) + 1 AS column,
       s."end" - s.start + 1 AS length, s.start, s."end", s.kind, s.kind_words, s.action, s.paragraph,
       s.reason, s.sentence, s.needs_decision,
       (SELECT p.number FROM proposal AS p WHERE p.start = s.start AND p."end" = s."end") AS proposal,
       (SELECT p.action FROM proposal AS p WHERE p.start = s.start AND p."end" = s."end") AS proposed,
       coalesce((SELECT d."end" FROM decision AS d WHERE d.start <= s."end" ORDER BY d.start DESC LIMIT 1), 0)
         >= s.start AS decided
  FROM span AS s;

-- What was made, once it was: one row.
CREATE TABLE made (
  document TEXT NOT NULL, name TEXT NOT NULL, source_digest TEXT NOT NULL, digest TEXT NOT NULL, program TEXT NOT NULL,
  at TEXT NOT NULL, actor TEXT, position TEXT, unit TEXT, basis TEXT, case_mark TEXT, statement TEXT,
  folder TEXT NOT NULL
) STRICT;

-- The four steps of §1.3.
CREATE VIEW step_list (step, name, pl, en) AS VALUES
  (1, 'public-information', 'ustalono, czy to informacja publiczna', 'it was settled whether it is public information'),
  (2, 'may-be-shared', 'ustalono, czy można ją udostępnić (klauzula, tajemnica przedsiębiorcy, prywatność)', 'it was settled whether it may be shared (classification, business secret, privacy)'),
  (3, 'checked', 'człowiek sprawdził dokument po anonimizacji', 'a person checked the document after it was covered'),
  (4, 'prepared', 'przygotowano wersję do udostępnienia', 'the version to be shared was prepared');

-- What a catalogue knows of them: the newest event of each.
CREATE TABLE step (name TEXT NOT NULL, outcome TEXT, actor TEXT, at TEXT) STRICT;
