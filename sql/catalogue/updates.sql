-- Collecting and updating: deliveries of data, the calendar of updates, remarks of readers.
--
--   INSERT INTO rhythm (dataset, rhythm, unit, person) VALUES ('drzewa', 'QUARTERLY', 'WGK', 'E. Kos');
--   SELECT dataset, unit, person, due, standing FROM update_calendar WHERE standing <> 'ok';
--   SELECT dataset, days FROM overdue_update;
--   INSERT INTO delivery (dataset, period, outcome, digest, person, unit) VALUES (…);
--   INSERT INTO remark (dataset, remark, outcome, form, day, reason) VALUES ('drzewa', '1', 'received', 'error', '2025-03-01', 'zła dzielnica');
--
-- R1  A data set is brought up to date when a delivery was accepted, or when a check recorded bytes that
--     are others than before. The next update is due one period later (a month later is never a day of the
--     month after that), or on the first day that was set with the rhythm, where that comes later.
-- R2  A reminder comes as early as the portal of the ministry does it: 7 days before for a quarter and more,
--     3 before for a month, 1 before for a week.
-- R3  A delivery is of a period (2024, 2024-Q3, 2024-07, or a day). One that is older than the newest is an
--     archival one: the series of accepted ones is the view `series`.
-- R4  A remark says in the office's words what a reader reported or a unit asks for; who it was stays out.

CREATE VIEW rhythm_list (rhythm, months, days, lead, pl, en) AS VALUES
  ('ANNUAL', 12, 0, 7, 'co rok', 'yearly'),
  ('ANNUAL_2', 6, 0, 7, 'co pół roku', 'twice a year'),
  ('QUARTERLY', 3, 0, 7, 'co kwartał', 'quarterly'),
  ('MONTHLY', 1, 0, 3, 'co miesiąc', 'monthly'),
  ('WEEKLY', 0, 7, 1, 'co tydzień', 'weekly'),
  ('DAILY', 0, 1, 0, 'codziennie', 'daily'),
  ('IRREG', NULL, NULL, NULL, 'nieregularnie', 'irregularly'),
  ('NEVER', NULL, NULL, NULL, 'bez aktualizacji', 'never'),
  ('UNKNOWN', NULL, NULL, NULL, 'nieustalony', 'unknown');

CREATE VIEW rhythm AS
SELECT dataset, rhythm, unit, person, from_day, actor, reason, case_mark, id, at
  FROM event
 WHERE kind = 'rhythm'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'rhythm');

CREATE TRIGGER rhythm_event BEFORE INSERT ON event WHEN NEW.kind = 'rhythm' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiego rytmu; rytmy: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, WEEKLY, DAILY, IRREG, NEVER, UNKNOWN / there is no such rhythm; rhythms: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, WEEKLY, DAILY, IRREG, NEVER, UNKNOWN')
   WHERE NOT EXISTS (SELECT 1 FROM rhythm_list WHERE rhythm = NEW.rhythm);
  SELECT RAISE(ABORT, 'sito: dzień pierwszej aktualizacji zapisuje się jako RRRR-MM-DD / the day of the first update is written YYYY-MM-DD')
   WHERE NEW.from_day IS NOT date(NEW.from_day, '+0 days');
END;

CREATE TRIGGER rhythm_insert INSTEAD OF INSERT ON rhythm BEGIN
  INSERT INTO event (kind, dataset, rhythm, unit, person, from_day, actor, reason, case_mark)
  VALUES ('rhythm', NEW.dataset, NEW.rhythm, NEW.unit, NEW.person, NEW.from_day, NEW.actor, NEW.reason,
          NEW.case_mark);
END;

-- Deliveries of a custodian: accepted, or returned with a reply that lists what to mend.
CREATE VIEW delivery AS
SELECT dataset, subject AS period, outcome, digest, person, unit, number AS findings, reason, actor,
       case_mark, id, at
  FROM event
 WHERE kind = 'delivery';

CREATE TRIGGER delivery_event BEFORE INSERT ON event WHEN NEW.kind = 'delivery' BEGIN
  SELECT RAISE(ABORT, 'sito: dostawa jest accepted (przyjęta) albo returned (zwrócona) i ma skrót SHA-256 pliku / a delivery is accepted or returned and has the SHA-256 of its file')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('accepted', 'returned') OR NEW.digest IS NULL;
  SELECT RAISE(ABORT, 'sito: okres dostawy to rok (2024), kwartał (2024-Q3), miesiąc (2024-07) lub dzień (2024-07-01) / the period of a delivery is a year (2024), a quarter (2024-Q3), a month (2024-07) or a day (2024-07-01)')
   WHERE NEW.subject IS NULL OR instr(NEW.subject, char(0)) > 0
      OR NOT (NEW.subject GLOB '[12][0-9][0-9][0-9]' OR NEW.subject GLOB '[12][0-9][0-9][0-9]-Q[1-4]'
              OR NEW.subject || '-01' IS date(NEW.subject || '-01', '+0 days')
              OR NEW.subject IS date(NEW.subject, '+0 days'));
END;

CREATE TRIGGER delivery_insert INSTEAD OF INSERT ON delivery BEGIN
  INSERT INTO event (kind, dataset, subject, outcome, digest, person, unit, number, reason, actor,
                     case_mark)
  VALUES ('delivery', NEW.dataset, NEW.period, NEW.outcome, NEW.digest, NEW.person, NEW.unit,
          NEW.findings, NEW.reason, NEW.actor, NEW.case_mark);
END;

-- What stands of every period: the newest accepted delivery.
CREATE VIEW series AS
SELECT dataset, period, digest, person, unit, at,
       period < (SELECT max(newest.period) FROM delivery AS newest
                  WHERE newest.dataset = delivery.dataset
                    AND newest.outcome = 'accepted') AS archival
  FROM delivery
 WHERE outcome = 'accepted'
   AND id = (SELECT max(newer.id) FROM delivery AS newer
              WHERE newer.dataset = delivery.dataset AND newer.period = delivery.period
                AND newer.outcome = 'accepted');

CREATE VIEW update_calendar AS
WITH known AS (
  SELECT rhythm.dataset, rhythm.rhythm, rhythm.unit, rhythm.person, rhythm.from_day, months, days, lead,
         (SELECT max(date(event.at)) FROM event
           WHERE event.dataset = rhythm.dataset
             AND (event.kind = 'delivery' AND event.outcome = 'accepted'
                  OR event.kind = 'bytes'
                     AND event.digest IS NOT (SELECT older.digest FROM event AS older
                                               WHERE older.dataset = event.dataset
                                                 AND older.kind = 'bytes' AND older.id < event.id
                                               ORDER BY older.id DESC LIMIT 1))) AS updated,
         (SELECT date(event.at) FROM event
           WHERE event.dataset = rhythm.dataset AND event.kind = 'registered') AS registered
    FROM rhythm JOIN rhythm_list USING (rhythm)
   WHERE NOT EXISTS (SELECT 1 FROM event
                      WHERE event.dataset = rhythm.dataset AND event.kind = 'state'
                        AND event.outcome = 'withdrawn')),
due AS (
  SELECT *,
         max(coalesce(from_day, ''),
             -- the 31st and a month: the last day of the next month, not a day of the one after it
             coalesce(min(date(coalesce(updated, registered), months || ' months', days || ' days'),
                          CASE WHEN months > 0
                               THEN date(coalesce(updated, registered), 'start of month',
                                         (months + 1) || ' months', '-1 day')
                               ELSE '9999-12-31' END), '')) AS day
    FROM known)
SELECT dataset, rhythm, unit, person, updated, nullif(iif(months IS NULL, '', day), '') AS due,
       iif(months IS NULL, NULL, date(day, -lead || ' days')) AS remind_on,
       CASE WHEN months IS NULL THEN 'none'
            WHEN day < date('now') THEN 'overdue'
            WHEN date(day, -lead || ' days') <= date('now') THEN 'remind'
            ELSE 'ok'
       END AS standing
  FROM due;

-- The updates that are late today.
CREATE VIEW overdue_update AS
SELECT dataset, unit, person, rhythm, updated, due,
       CAST(julianday('now', 'start of day') - julianday(due) AS INTEGER) AS days
  FROM update_calendar
 WHERE standing = 'overdue';

CREATE VIEW remark AS
SELECT dataset, subject AS remark, outcome, form, day, reason, actor, case_mark, id, at
  FROM event
 WHERE kind = 'remark'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'remark'
                AND newer.subject = event.subject);

CREATE TRIGGER remark_event BEFORE INSERT ON event WHEN NEW.kind = 'remark' BEGIN
  SELECT RAISE(ABORT, 'sito: uwaga ma numer, dzień RRRR-MM-DD i treść słowami urzędu; rodzaj: error, change, aggregation, promotion; wynik: received, accepted, declined, done / a remark has a number, a day YYYY-MM-DD and the office''s words; its form: error, change, aggregation, promotion; its outcome: received, accepted, declined, done')
   WHERE NEW.subject IS NULL OR trim(NEW.subject) = '' OR instr(NEW.subject, char(0)) > 0
      OR NEW.day IS NULL OR NEW.day IS NOT date(NEW.day, '+0 days')
      OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('received', 'accepted', 'declined', 'done')
      OR NEW.form IS NULL OR NEW.form NOT IN ('error', 'change', 'aggregation', 'promotion')
      OR NEW.reason IS NULL OR trim(NEW.reason) = '';
END;

CREATE TRIGGER remark_insert INSTEAD OF INSERT ON remark BEGIN
  INSERT INTO event (kind, dataset, subject, outcome, form, day, reason, actor, case_mark)
  VALUES ('remark', NEW.dataset, NEW.remark, NEW.outcome, NEW.form, NEW.day, NEW.reason, NEW.actor,
          NEW.case_mark);
END;
