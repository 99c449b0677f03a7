-- The inventory: every file and table that was met, what the scan proposes, what people say of it.
--
--   SELECT item, proposed, why FROM inventory WHERE qualification = 'not-assessed';
--   INSERT INTO assessment (item, qualification, unit, person, source, rhythm, reason, actor)
--   VALUES ('/dane/wgk/drzewa.csv', 'directly', 'WGK', 'E. Kos', 'wgk', 'ANNUAL', 'wykaz drzew', 'A. Nowak');
--   INSERT INTO inventory_term (performer, form, from_day, until_day) VALUES ('WGK', 'own', '2025-01-01', '2025-03-31');
--   SELECT unit, done, total FROM inventory_progress;
--
-- R1  `sito inventory` records one event `found` for each item that is new or changed, and one with the
--     outcome 'gone' for each that it does not meet any more. An item is a file, or a table in a database
--     (FILE#TABLE), by its absolute path. The columns stand in `detail`, as JSON.
-- R2  The best that a scan proposes is 'none-found': no personal data found by the scan, to be assessed.
--     'directly' is said by people alone, with a reason.
-- R3  An item is done when people have qualified it, and the scan since then proposes the same for the same
--     columns: new rows end nothing, another column or another proposal does. Until then it is
--     'not-assessed'.
-- R4  The inventory has a term, and a performer: the office's own people or a contractor.

CREATE VIEW qualification (qualification, by_scan, by_people, pl, en) AS VALUES
  ('directly', 0, 1, 'wprost', 'directly'),
  ('none-found', 1, 0, 'skan nie znalazł danych osobowych – do oceny', 'no personal data found by the scan, to be assessed'),
  ('after-anonymisation', 1, 1, 'po anonimizacji', 'after anonymisation'),
  ('no', 1, 1, 'nie', 'not'),
  ('not-assessed', 1, 1, 'nieoceniony', 'not yet assessed'),
  ('not-data', 1, 0, 'to nie są dane, lecz plik programu sito', 'no data, but a file of sito');

-- Where data come from (002: units of the office, units of the city, companies, statistics).
CREATE VIEW source_kind (source, pl, en) AS VALUES
  ('own-unit', 'komórka urzędu', 'a unit of the office'),
  ('city-unit', 'miejska jednostka organizacyjna', 'a unit of the city'),
  ('company', 'spółka komunalna', 'a company of the city'),
  ('statistics', 'statystyka publiczna (BDL GUS)', 'official statistics'),
  ('other', 'inne źródło', 'another source');

-- The newest of every item.
CREATE VIEW found AS
SELECT subject AS item, location AS root, outcome AS proposed, form AS format, number AS rows, digest,
       reason AS why, detail, program, id, at
  FROM event
 WHERE kind = 'found'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'found' AND newer.subject = event.subject);

CREATE TRIGGER found_event BEFORE INSERT ON event WHEN NEW.kind = 'found' BEGIN
  SELECT RAISE(ABORT, 'sito: pozycja inwentaryzacji ma nazwę, bez znaków sterujących / an item of the inventory has a name, without control characters')
   WHERE NEW.subject IS NULL OR NEW.subject = '' OR instr(NEW.subject, char(0)) > 0
      OR NEW.subject GLOB '*[' || char(1) || '-' || char(31) || char(127) || ']*';
  SELECT RAISE(ABORT, 'sito: skan proponuje none-found, after-anonymisation, no, not-assessed albo not-data; czego już nie ma, jest gone / a scan proposes none-found, after-anonymisation, no, not-assessed or not-data; what is no more there is gone')
   WHERE NEW.outcome IS NULL
      OR NEW.outcome <> 'gone'
     AND NOT EXISTS (SELECT 1 FROM qualification WHERE qualification = NEW.outcome AND by_scan);
END;

-- The newest word of people about every item.
CREATE VIEW assessment AS
SELECT subject AS item, outcome AS qualification, unit, person, source, rhythm, reason, actor, role,
       case_mark, document, id, at
  FROM event
 WHERE kind = 'assessed'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'assessed' AND newer.subject = event.subject);

CREATE TRIGGER assessed_event BEFORE INSERT ON event WHEN NEW.kind = 'assessed' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiej pozycji w inwentaryzacji; zob. widok inventory / there is no such item in the inventory; see the view inventory')
   WHERE NOT EXISTS (SELECT 1 FROM found WHERE item = NEW.subject AND proposed <> 'gone');
  SELECT RAISE(ABORT, 'sito: kwalifikacja to directly (wprost), after-anonymisation (po anonimizacji), no (nie) albo not-assessed (nieoceniony), z uzasadnieniem / a qualification is directly, after-anonymisation, no or not-assessed, with its reason')
   WHERE NOT EXISTS (SELECT 1 FROM qualification WHERE qualification = NEW.outcome AND by_people)
      OR NEW.outcome <> 'not-assessed' AND (NEW.reason IS NULL OR trim(NEW.reason) = '');
  SELECT RAISE(ABORT, 'sito: zapis wymienia osobę, która ocenia / the record names the person who assesses')
   WHERE NEW.actor IS NULL OR trim(NEW.actor) = '';
  SELECT RAISE(ABORT, 'sito: nie ma takiego źródła lub rytmu; zob. widoki source_kind i rhythm_list / there is no such source or rhythm; see the views source_kind and rhythm_list')
   WHERE NEW.source IS NOT NULL AND NOT EXISTS (SELECT 1 FROM source_kind WHERE source = NEW.source)
      OR NEW.rhythm IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rhythm_list WHERE rhythm = NEW.rhythm);
END;

CREATE TRIGGER assessment_insert INSTEAD OF INSERT ON assessment BEGIN
  INSERT INTO event (kind, subject, outcome, unit, person, source, rhythm, reason, actor, role,
                     case_mark, document)
  VALUES ('assessed', NEW.item, NEW.qualification, NEW.unit, NEW.person, NEW.source, NEW.rhythm,
          NEW.reason, NEW.actor, NEW.role, NEW.case_mark, NEW.document);
END;

-- One row for each item that is there.
CREATE VIEW inventory AS
SELECT found.item, found.format, found.rows, found.proposed, found.why,
       CASE WHEN found.proposed = 'not-data' THEN 'not-data'
            WHEN assessment.id IS NOT NULL
             AND EXISTS (SELECT 1 FROM event AS seen
                          WHERE seen.id = (SELECT max(older.id) FROM event AS older
                                            WHERE older.kind = 'found' AND older.subject = found.item
                                              AND older.id < assessment.id)
                            AND seen.outcome = found.proposed AND seen.detail IS found.detail)
            THEN assessment.qualification
            ELSE 'not-assessed'
       END AS qualification,
       assessment.unit, assessment.person AS custodian, assessment.source, assessment.rhythm,
       assessment.reason, assessment.actor AS assessed_by, assessment.at AS assessed_at, found.digest,
       found.root, found.at AS found_at, found.detail
  FROM found
  LEFT JOIN assessment ON assessment.item = found.item
 WHERE found.proposed <> 'gone';

-- How far the inventory is, for each unit; NULL: items that have none yet.
CREATE VIEW inventory_progress AS
SELECT unit, count(*) AS total, sum(qualification <> 'not-assessed') AS done
  FROM inventory
 WHERE qualification <> 'not-data'
 GROUP BY unit;

CREATE VIEW inventory_term AS
SELECT unit AS performer, form, from_day, until_day, actor, reason, case_mark, document, id, at
  FROM event
 WHERE kind = 'inventory-term'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'inventory-term' AND newer.unit = event.unit);

CREATE TRIGGER inventory_term_event BEFORE INSERT ON event WHEN NEW.kind = 'inventory-term' BEGIN
  SELECT RAISE(ABORT, 'sito: inwentaryzację wykonuje ktoś wskazany: own (urząd) albo contractor (wykonawca), od dnia do dnia RRRR-MM-DD / an inventory is made by somebody named: own or contractor, from a day to a day YYYY-MM-DD')
   WHERE NEW.unit IS NULL OR trim(NEW.unit) = ''
      OR NEW.form IS NULL OR NEW.form NOT IN ('own', 'contractor')
      OR NEW.from_day IS NULL OR NEW.from_day IS NOT date(NEW.from_day, '+0 days')
      OR NEW.until_day IS NULL OR NEW.until_day IS NOT date(NEW.until_day, '+0 days')
      OR NEW.until_day < NEW.from_day;
END;

CREATE TRIGGER inventory_term_insert INSTEAD OF INSERT ON inventory_term BEGIN
  INSERT INTO event (kind, unit, form, from_day, until_day, actor, reason, case_mark, document)
  VALUES ('inventory-term', NEW.performer, NEW.form, NEW.from_day, NEW.until_day, NEW.actor, NEW.reason,
          NEW.case_mark, NEW.document);
END;
