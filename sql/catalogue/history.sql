-- The catalogue: what happened to every data set, and the state that follows from it.
--
--   event (append-only) ──▶ present, verdict, mark ──▶ dataset.state
--
--   SELECT name, state FROM dataset;
--   SELECT at, kind, outcome, actor FROM event WHERE dataset = 'zgloszenia-2024' ORDER BY id;
--   UPDATE dataset SET state = 'publishable', actor = 'A. Nowak', case_mark = 'GK.1431.7.2025'
--    WHERE name = 'zgloszenia-2024';
--
-- Plain SQLite, 3.37 or newer: it works from the sqlite3 shell, without sito. In this folder:
-- tables-N.sql (rows) · history.sql (how rows are added) · people.sql (who may do what) ·
-- analysis.sql (the seven steps) · life.sql (states and what they need) · seal.sql (the chain) ·
-- calendar.sql (working days) · requests.sql (the repertory of requests) · updates.sql (deliveries, the
-- calendar of updates) · inventory.sql (what an office holds) · warehouse.sql (what is loaded from it) ·
-- redactions.sql (documents that are covered).
--
-- R1  What happened is a row of `event`. Rows are added at the end, one by one; they are never
--     changed, deleted, replaced or put between others, by any form of any statement: the guards
--     are BEFORE triggers (INSERT for REPLACE, which deletes without a DELETE trigger; UPDATE for
--     UPDATE OR REPLACE and changes of id), an AFTER trigger that keeps the ids without a gap, and
--     no UNIQUE index but the id itself, since a conflict under REPLACE would delete the older row.
-- R2  Nothing that matters rests on a CHECK or a foreign key: a pragma switches those off.
-- R3  One order for everything: ids. "Since then nothing came that ends it" is one condition, and one
--     chain of hashes seals the whole history.
-- R4  Lists that do not change (roles, steps, risks, needs) are views of VALUES, so nobody can add,
--     change or delete a row of them; what an office may change is an event on top of such a list.
-- R5  A verdict is of the present bytes, or it is refused. The list of files behind a digest, or of
--     those that are to be published, is written with its event and closed by the next one.
-- R6  Views and triggers use no JSON function: SQLite before 3.41 refuses those in a schema that is
--     not trusted (PRAGMA trusted_schema = OFF).
-- R7  After its withdrawal a data set takes records and nothing else; its name is not used again.
--
-- What it cannot do: who may write the file can record a verdict that no check gave, or drop the
-- triggers. docs/limits.md says so; the program refuses a catalogue whose guards were changed.

-- The kinds of events; of_dataset: 1 those that belong to a data set; of_bytes: 1 those with a digest.
CREATE VIEW event_kind (kind, of_dataset, of_bytes) AS VALUES
  ('registered', 1, 0),
  ('bytes', 1, 1),
  ('verdict', 1, 1),
  ('state', 1, 1),
  ('intent', 1, 1),
  ('record', 1, 0),
  ('step', 1, 0),
  ('risk', 1, 0),
  ('decision', 1, 0),
  ('requirement', 0, 0),
  ('permission', 0, 0),
  ('authorisation', 0, 0),
  ('day-off', 0, 0),
  ('unit', 0, 0),
  ('request', 0, 0),
  ('found', 0, 0),
  ('assessed', 0, 0),
  ('inventory-term', 0, 0),
  ('source', 0, 0),
  ('load', 0, 0),
  ('export', 0, 0),
  ('indicator', 0, 0),
  ('rhythm', 1, 0),
  ('delivery', 1, 1),
  ('redaction', 0, 1),
  ('remark', 1, 0);

CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'sito: zdarzeń nie można zastępować / events cannot be replaced')
   WHERE EXISTS (SELECT 1 FROM event WHERE id = NEW.id);

  SELECT RAISE(ABORT, 'sito: nieznany rodzaj zdarzenia / unknown kind of event')
   WHERE NOT EXISTS (SELECT 1 FROM event_kind WHERE kind = NEW.kind);

  SELECT RAISE(ABORT, 'sito: czas zdarzenia zapisuje się jako RRRR-MM-DDTGG:MM:SSZ / the time of an event is written YYYY-MM-DDTHH:MM:SSZ')
   WHERE NEW.at IS NOT strftime('%Y-%m-%dT%H:%M:%SZ', NEW.at, '+0 days');

  SELECT RAISE(ABORT, 'sito: to zdarzenie nie należy do żadnego zbioru / this event belongs to no data set')
   WHERE NEW.dataset IS NOT NULL
     AND NOT (SELECT of_dataset FROM event_kind WHERE kind = NEW.kind);

  SELECT RAISE(ABORT, 'sito: nazwa zbioru ma 1 do 200 znaków, bez znaków sterujących i bez odstępów na końcach / the name of a data set has 1 to 200 characters, no control characters and no blanks at its ends')
   WHERE (SELECT of_dataset FROM event_kind WHERE kind = NEW.kind)
     AND (NEW.dataset IS NULL OR length(NEW.dataset) NOT BETWEEN 1 AND 200
          OR NEW.dataset <> trim(NEW.dataset) OR instr(NEW.dataset, char(0)) > 0
          OR NEW.dataset GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*');

  SELECT RAISE(ABORT, 'sito: zbiór jest już zarejestrowany / the data set is already registered')
   WHERE NEW.kind = 'registered'
     AND EXISTS (SELECT 1 FROM event WHERE dataset = NEW.dataset AND kind = 'registered');

  SELECT RAISE(ABORT, 'sito: zbiór nie jest zarejestrowany; rejestruje go pierwsza kontrola (sito check) / the data set is not registered; its first check (sito check) does that')
   WHERE NEW.kind <> 'registered' AND NEW.dataset IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM event WHERE dataset = NEW.dataset AND kind = 'registered');

  SELECT RAISE(ABORT, 'sito: zbiór wycofano; jego nazwy nie używa się ponownie / the data set was withdrawn; its name is not used again')
   WHERE NEW.kind <> 'record'
     AND EXISTS (SELECT 1 FROM event
                  WHERE dataset = NEW.dataset AND kind = 'state' AND outcome = 'withdrawn');

  SELECT RAISE(ABORT, 'sito: skrót SHA-256 to 64 cyfry szesnastkowe, małymi literami / a SHA-256 digest is 64 hexadecimal digits in lower case')
   WHERE (NEW.digest IS NULL AND (SELECT of_bytes FROM event_kind WHERE kind = NEW.kind))
      OR length(NEW.digest) <> 64 OR length(CAST(NEW.digest AS BLOB)) <> 64
      OR NEW.digest GLOB '*[^0-9a-f]*'
      OR length(NEW.document) <> 64 OR length(CAST(NEW.document AS BLOB)) <> 64
      OR NEW.document GLOB '*[^0-9a-f]*'
      OR length(NEW.bundle) <> 64 OR length(CAST(NEW.bundle AS BLOB)) <> 64
      OR NEW.bundle GLOB '*[^0-9a-f]*';

  SELECT RAISE(ABORT, 'sito: wynik kontroli to PASS, FAIL albo ERROR / a verdict is PASS, FAIL or ERROR')
   WHERE NEW.kind = 'verdict'
     AND (NEW.outcome IS NULL OR NEW.outcome NOT IN ('PASS', 'FAIL', 'ERROR'));

  SELECT RAISE(ABORT, 'sito: wynik kontroli nie dotyczy obecnych bajtów zbioru / the verdict is not of the present bytes of the data set')
   WHERE NEW.kind = 'verdict'
     AND NOT EXISTS (SELECT 1 FROM present WHERE dataset = NEW.dataset AND digest = NEW.digest);

  SELECT RAISE(ABORT, 'sito: zapis ma temat (małe litery, cyfry, łączniki) i wynik positive albo negative / a record has a topic (small letters, digits, hyphens) and the outcome positive or negative')
   WHERE NEW.kind = 'record'
     AND (NEW.subject IS NULL OR NEW.subject = '' OR NEW.subject GLOB '*[^a-z0-9-]*'
          OR instr(NEW.subject, char(0)) > 0
          OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('positive', 'negative'));
END;

CREATE TRIGGER event_inserted AFTER INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'sito: zdarzenia dopisuje się kolejno, na końcu / events are added in order, at the end')
   WHERE NEW.id <> 1 + coalesce((SELECT max(id) FROM event WHERE id <> NEW.id), 0);
END;

CREATE TRIGGER event_update BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'sito: zdarzeń nie można zmieniać / events cannot be changed');
END;

CREATE TRIGGER event_delete BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'sito: zdarzeń nie można usuwać / events cannot be deleted');
END;

CREATE TRIGGER input_insert BEFORE INSERT ON input BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o plikach nie można zastępować / records of files cannot be replaced')
   WHERE EXISTS (SELECT 1 FROM input WHERE rowid = NEW.rowid);
  SELECT RAISE(ABORT, 'sito: lista plików powstaje razem ze zdarzeniem ''bytes'' lub ''intent'' i jest już zamknięta / the list of files is written with its event ''bytes'' or ''intent'' and is closed')
   WHERE NOT EXISTS (SELECT 1 FROM event
                      WHERE id = NEW.event AND id = (SELECT max(id) FROM event)
                        AND kind IN ('bytes', 'intent'))
      OR EXISTS (SELECT 1 FROM seal WHERE seal.event = NEW.event);
END;

CREATE TRIGGER input_inserted AFTER INSERT ON input BEGIN
  SELECT RAISE(ABORT, 'sito: zapisy o plikach dopisuje się kolejno, na końcu / records of files are added in order, at the end')
   WHERE NEW.rowid <> 1 + coalesce((SELECT max(rowid) FROM input WHERE rowid <> NEW.rowid), 0);
END;

CREATE TRIGGER input_update BEFORE UPDATE ON input BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o plikach nie można zmieniać / records of files cannot be changed');
END;

CREATE TRIGGER input_delete BEFORE DELETE ON input BEGIN
  SELECT RAISE(ABORT, 'sito: zapisów o plikach nie można usuwać / records of files cannot be deleted');
END;

-- The bytes that a data set has now.
CREATE VIEW present AS
SELECT dataset, digest, id, at, version, location
  FROM event
 WHERE kind = 'bytes'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'bytes');

-- Every verdict ever recorded.
CREATE VIEW verdict AS
SELECT dataset, id, at, outcome AS verdict, digest, program, detail AS report
  FROM event
 WHERE kind = 'verdict';

-- The data sets whose newest verdict of exactly the present bytes is PASS.
CREATE VIEW passing AS
SELECT dataset, digest
  FROM present
 WHERE 'PASS' = (SELECT verdict.verdict FROM verdict
                  WHERE verdict.dataset = present.dataset AND verdict.digest = present.digest
                  ORDER BY verdict.id DESC LIMIT 1);
