-- The catalogue: what happened to every data set, and the state that follows from it.
--
--   event (append-only) ──▶ present, verdict, mark ──▶ dataset.state
--
--   SELECT name, state FROM dataset;
--   SELECT at, kind, outcome, actor FROM event WHERE dataset = 'zgloszenia-2024' ORDER BY id;
--   UPDATE dataset SET state = 'publishable', actor = 'A. Nowak', case_mark = 'GK.1431.7.2025'
--    WHERE name = 'zgloszenia-2024';
--
-- Plain SQLite, 3.37 or newer: it works from the sqlite3 shell, without sito.
--
-- R1  What happened is a row of `event`. Rows are added at the end, one by one; they are never
--     changed, deleted, replaced or put between others, by any form of any statement: the guards
--     are BEFORE triggers (INSERT for REPLACE, which deletes without a DELETE trigger; UPDATE for
--     UPDATE OR REPLACE and changes of id), an AFTER trigger that keeps the ids without a gap, and
--     no UNIQUE index but the id itself, since a conflict under REPLACE would delete the older row.
-- R2  Nothing that matters rests on a CHECK or a foreign key: a pragma switches those off.
-- R3  State is derived, never stored, so it cannot be stale:
--       registered   the name is known
--       collected    its bytes are known: the files that a check read, as one digest
--       verified     the newest verdict of exactly the present bytes is PASS
--       publishable  verified, and somebody set this state for these bytes, and since then nothing
--                    came that ends it (R5)
-- R4  `publishable` is refused unless the newest verdict of exactly the present bytes is PASS,
--     however it is asked for: by UPDATE dataset or by INSERT INTO event.
-- R5  Other bytes, or any verdict but PASS, recorded later end a mark for good; the old bytes and a
--     new PASS do not bring it back, somebody has to set it again. A repeated PASS of the same bytes
--     ends nothing.
-- R6  A verdict is of the present bytes, or it is refused. The list of files behind a digest is
--     written with it and closed by the next event.
-- R7  Views and triggers use no JSON function: SQLite before 3.41 refuses those in a schema that is
--     not trusted (PRAGMA trusted_schema = OFF).
--
-- What it cannot do: who may write the file can record a verdict that no check gave, or drop the
-- triggers. docs/limits.md says so; the program refuses a catalogue whose guards were changed.
--
-- How it grows. Kinds of events to come (records of an analysis, decisions, publications,
-- withdrawals, changes of people, roles and requirements) are further words of event.kind with the
-- same columns: who (actor, role), why (reason), on what paper (case_mark, document), about which
-- bytes (digest, version, location), how it ended (outcome), and the rest for programs (detail).
-- Because all of them share one order (id), "since then nothing came that ends it" stays one
-- condition, what a state needs can be a table, and one chain of hashes over `event` seals the whole
-- history. Each later version of the schema is one file upgrade-N.sql beside this one; a new
-- catalogue is this file and all of them.

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

CREATE TRIGGER event_insert BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'sito: zdarzeń nie można zastępować / events cannot be replaced')
   WHERE EXISTS (SELECT 1 FROM event WHERE id = NEW.id);

  SELECT RAISE(ABORT, 'sito: nieznany rodzaj zdarzenia / unknown kind of event')
   WHERE NEW.kind IS NULL OR NEW.kind NOT IN ('registered', 'bytes', 'verdict', 'state');

  SELECT RAISE(ABORT, 'sito: czas zdarzenia zapisuje się jako RRRR-MM-DDTGG:MM:SSZ / the time of an event is written YYYY-MM-DDTHH:MM:SSZ')
   WHERE NEW.at IS NOT strftime('%Y-%m-%dT%H:%M:%SZ', NEW.at);

  SELECT RAISE(ABORT, 'sito: nazwa zbioru ma 1 do 200 znaków, bez znaków sterujących i bez odstępów na końcach / the name of a data set has 1 to 200 characters, no control characters and no blanks at its ends')
   WHERE NEW.dataset IS NULL OR length(NEW.dataset) NOT BETWEEN 1 AND 200
      OR NEW.dataset <> trim(NEW.dataset) OR instr(NEW.dataset, char(0)) > 0
      OR NEW.dataset GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*';

  SELECT RAISE(ABORT, 'sito: zbiór jest już zarejestrowany / the data set is already registered')
   WHERE NEW.kind = 'registered'
     AND EXISTS (SELECT 1 FROM event WHERE dataset = NEW.dataset AND kind = 'registered');

  SELECT RAISE(ABORT, 'sito: zbiór nie jest zarejestrowany; rejestruje go pierwsza kontrola (sito check) / the data set is not registered; its first check (sito check) does that')
   WHERE NEW.kind <> 'registered'
     AND NOT EXISTS (SELECT 1 FROM event WHERE dataset = NEW.dataset AND kind = 'registered');

  SELECT RAISE(ABORT, 'sito: skrót SHA-256 to 64 cyfry szesnastkowe, małymi literami / a SHA-256 digest is 64 hexadecimal digits in lower case')
   WHERE (NEW.kind <> 'registered'
          AND (NEW.digest IS NULL OR length(NEW.digest) <> 64
               OR length(CAST(NEW.digest AS BLOB)) <> 64 OR NEW.digest GLOB '*[^0-9a-f]*'))
      OR (NEW.document IS NOT NULL
          AND (length(NEW.document) <> 64 OR length(CAST(NEW.document AS BLOB)) <> 64
               OR NEW.document GLOB '*[^0-9a-f]*'));

  SELECT RAISE(ABORT, 'sito: wynik kontroli to PASS, FAIL albo ERROR / a verdict is PASS, FAIL or ERROR')
   WHERE NEW.kind = 'verdict'
     AND (NEW.outcome IS NULL OR NEW.outcome NOT IN ('PASS', 'FAIL', 'ERROR'));

  SELECT RAISE(ABORT, 'sito: wynik kontroli nie dotyczy obecnych bajtów zbioru / the verdict is not of the present bytes of the data set')
   WHERE NEW.kind = 'verdict'
     AND NOT EXISTS (SELECT 1 FROM present WHERE dataset = NEW.dataset AND digest = NEW.digest);

  SELECT RAISE(ABORT, 'sito: tego stanu nie można nadać, stan wynika ze zdarzeń; nadaje się tylko ''publishable'' / this state cannot be set, it follows from the events; only ''publishable'' is set')
   WHERE NEW.kind = 'state' AND (NEW.outcome IS NULL OR NEW.outcome <> 'publishable');

  SELECT RAISE(ABORT, 'sito: brak pozytywnego wyniku kontroli dla dokładnie tych bajtów / no passing verdict for exactly these bytes')
   WHERE NEW.kind = 'state'
     AND NOT EXISTS (SELECT 1 FROM passing WHERE dataset = NEW.dataset AND digest = NEW.digest);
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
  SELECT RAISE(ABORT, 'sito: lista plików powstaje razem ze zdarzeniem ''bytes'' i jest już zamknięta / the list of files is written with its event ''bytes'' and is closed')
   WHERE NOT EXISTS (SELECT 1 FROM event
                      WHERE id = NEW.event AND id = (SELECT max(id) FROM event) AND kind = 'bytes');
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

-- The marks in force (R5).
CREATE VIEW mark AS
SELECT dataset, digest, id, at, actor, role, reason, case_mark, document
  FROM event
 WHERE kind = 'state'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'state')
   AND EXISTS (SELECT 1 FROM passing
                WHERE passing.dataset = event.dataset AND passing.digest = event.digest)
   AND NOT EXISTS (SELECT 1 FROM event AS later
                    WHERE later.dataset = event.dataset AND later.id > event.id
                      AND (later.kind = 'bytes' AND later.digest <> event.digest
                           OR later.kind = 'verdict' AND later.outcome <> 'PASS'));

-- actor, role, reason, case_mark and document are empty when read: they are there to be given with
-- an UPDATE of the state. Who set a mark stands in marked_by and in `mark`.
CREATE VIEW dataset AS
SELECT registered.dataset AS name,
       CASE WHEN mark.id IS NOT NULL THEN 'publishable'
            WHEN passing.dataset IS NOT NULL THEN 'verified'
            WHEN present.id IS NOT NULL THEN 'collected'
            ELSE 'registered'
       END AS state,
       present.version, present.digest, present.location,
       registered.at AS registered_at, present.at AS collected_at,
       mark.at AS marked_at, mark.actor AS marked_by,
       NULL AS actor, NULL AS role, NULL AS reason, NULL AS case_mark, NULL AS document
  FROM event AS registered
  LEFT JOIN present ON present.dataset = registered.dataset
  LEFT JOIN passing ON passing.dataset = registered.dataset
  LEFT JOIN mark ON mark.dataset = registered.dataset
 WHERE registered.kind = 'registered';

CREATE TRIGGER dataset_insert INSTEAD OF INSERT ON dataset BEGIN
  SELECT RAISE(ABORT, 'sito: nowy zbiór jest w stanie ''registered''; inne stany wynikają ze zdarzeń / a new data set is ''registered''; other states follow from events')
   WHERE coalesce(NEW.state, 'registered') <> 'registered';
  INSERT INTO event (kind, dataset, actor, role, reason, case_mark, document)
  VALUES ('registered', NEW.name, NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document);
END;

CREATE TRIGGER dataset_update INSTEAD OF UPDATE ON dataset BEGIN
  SELECT RAISE(ABORT, 'sito: w zbiorze zmienia się tylko stan; reszta wynika ze zdarzeń / of a data set only the state is set; the rest follows from events')
   WHERE NEW.name IS NOT OLD.name OR NEW.version IS NOT OLD.version
      OR NEW.digest IS NOT OLD.digest OR NEW.location IS NOT OLD.location
      OR NEW.registered_at IS NOT OLD.registered_at OR NEW.collected_at IS NOT OLD.collected_at
      OR NEW.marked_at IS NOT OLD.marked_at OR NEW.marked_by IS NOT OLD.marked_by;
  SELECT RAISE(ABORT, 'sito: brak pozytywnego wyniku kontroli dla dokładnie tych bajtów / no passing verdict for exactly these bytes')
   WHERE NEW.state = 'publishable' AND OLD.digest IS NULL;
  INSERT INTO event (kind, dataset, digest, outcome, actor, role, reason, case_mark, document)
  VALUES ('state', OLD.name, OLD.digest, NEW.state, NEW.actor, NEW.role, NEW.reason, NEW.case_mark,
          NEW.document);
END;

CREATE TRIGGER dataset_delete INSTEAD OF DELETE ON dataset BEGIN
  SELECT RAISE(ABORT, 'sito: zbioru nie można usunąć z katalogu / a data set cannot be deleted from the catalogue');
END;
