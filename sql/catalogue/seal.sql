-- The chain: each event is sealed by a SHA-256 over the seal before it and its own row, with its list
-- of files. Plain SQLite has no SHA-256, so the program seals (checks/runner/audit.c says how a row is
-- written for the hash); the shell adds events, and the next command seals them.
--
-- R1  Seals are added in the order of the events, one for each, and never changed.

CREATE TRIGGER seal_insert BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, 'sito: pieczęcie dopisuje się kolejno, po jednej na zdarzenie / seals are added in order, one for each event')
   WHERE NEW.event <> 1 + coalesce((SELECT max(event) FROM seal), 0)
      OR NOT EXISTS (SELECT 1 FROM event WHERE id = NEW.event);
  SELECT RAISE(ABORT, 'sito: skrót SHA-256 to 64 cyfry szesnastkowe, małymi literami / a SHA-256 digest is 64 hexadecimal digits in lower case')
   WHERE NEW.chain IS NULL OR length(NEW.chain) <> 64 OR length(CAST(NEW.chain AS BLOB)) <> 64
      OR NEW.chain GLOB '*[^0-9a-f]*';
END;

CREATE TRIGGER seal_inserted AFTER INSERT ON seal BEGIN
  SELECT RAISE(ABORT, 'sito: pieczęcie dopisuje się kolejno, po jednej na zdarzenie / seals are added in order, one for each event')
   WHERE NEW.event <> 1 + coalesce((SELECT max(event) FROM seal WHERE event <> NEW.event), 0)
      OR NOT EXISTS (SELECT 1 FROM event WHERE id = NEW.event);
END;

CREATE TRIGGER seal_update BEFORE UPDATE ON seal BEGIN
  SELECT RAISE(ABORT, 'sito: pieczęci nie można zmieniać / seals cannot be changed');
END;

CREATE TRIGGER seal_delete BEFORE DELETE ON seal BEGIN
  SELECT RAISE(ABORT, 'sito: pieczęci nie można usuwać / seals cannot be deleted');
END;
