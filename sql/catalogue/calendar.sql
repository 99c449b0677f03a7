-- Working days: Monday to Friday without public holidays and the office's own days off.
--
--   SELECT day, pl FROM holiday WHERE day LIKE '2025-%';
--   INSERT INTO day_off (day, reason) VALUES ('2025-05-02', 'zarządzenie 14/2025');
--
-- R1  Public holidays: ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, with Christmas Eve
--     since 2025 and the one-off 12 November 2018; from 2015 to 2049. Easter by the Gregorian computus
--     (Meeus, Astronomical Algorithms, chapter 8).
-- R2  A day off of the office is an event; a later one can make it a working day again.

CREATE VIEW easter AS
WITH RECURSIVE
  year (y) AS (SELECT 2015 UNION ALL SELECT y + 1 FROM year WHERE y < 2049),
  century AS (SELECT y, y % 19 AS a, y / 100 AS b, y % 100 AS c FROM year),
  moon AS (SELECT *, (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30 AS h FROM century),
  weekday AS (SELECT *, (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7 AS l FROM moon),
  march AS (SELECT *, h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114 AS n FROM weekday)
SELECT y AS year, printf('%04d-%02d-%02d', y, n / 31, n % 31 + 1) AS day FROM march;

CREATE VIEW holiday (day, pl) AS
WITH fixed (month_day, since, pl) AS (
  VALUES ('01-01', 2015, 'Nowy Rok'), ('01-06', 2015, 'Trzech Króli'), ('05-01', 2015, 'Święto Państwowe'),
         ('05-03', 2015, 'Święto Narodowe Trzeciego Maja'),
         ('08-15', 2015, 'Wniebowzięcie Najświętszej Maryi Panny'), ('11-01', 2015, 'Wszystkich Świętych'),
         ('11-11', 2015, 'Narodowe Święto Niepodległości'), ('12-24', 2025, 'Wigilia Bożego Narodzenia'),
         ('12-25', 2015, 'pierwszy dzień Bożego Narodzenia'),
         ('12-26', 2015, 'drugi dzień Bożego Narodzenia')),
moving (days, pl) AS (
  VALUES (0, 'pierwszy dzień Wielkiej Nocy'), (1, 'drugi dzień Wielkiej Nocy'),
         (49, 'pierwszy dzień Zielonych Świątek'), (60, 'Boże Ciało'))
SELECT year || '-' || month_day, fixed.pl FROM easter JOIN fixed ON year >= since
UNION ALL
SELECT date(easter.day, days || ' days'), moving.pl FROM easter JOIN moving
UNION ALL
VALUES ('2018-11-12', 'Święto Narodowe z okazji setnej rocznicy odzyskania niepodległości');

-- The newest word about a day counts: outcome 'off' or 'working'.
CREATE VIEW day_off AS
SELECT day, reason, actor, case_mark
  FROM event
 WHERE dataset IS NULL AND kind = 'day-off' AND outcome = 'off'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset IS NULL AND newer.kind = 'day-off' AND newer.day = event.day);

CREATE TRIGGER day_off_event BEFORE INSERT ON event WHEN NEW.kind = 'day-off' BEGIN
  SELECT RAISE(ABORT, 'sito: dzień wolny zapisuje się jako RRRR-MM-DD, z wynikiem off albo working / a day off is written YYYY-MM-DD, with the outcome off or working')
   WHERE NEW.day IS NULL OR NEW.day IS NOT date(NEW.day, '+0 days')
      OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('off', 'working');
END;

CREATE TRIGGER day_off_insert INSTEAD OF INSERT ON day_off BEGIN
  INSERT INTO event (kind, outcome, day, reason, actor, case_mark)
  VALUES ('day-off', 'off', NEW.day, NEW.reason, NEW.actor, NEW.case_mark);
END;

CREATE TRIGGER day_off_delete INSTEAD OF DELETE ON day_off BEGIN
  INSERT INTO event (kind, outcome, day) VALUES ('day-off', 'working', OLD.day);
END;

-- The days that are free whatever the day of the week.
CREATE VIEW free_day AS
SELECT day FROM holiday
UNION
SELECT day FROM day_off;

-- 0 to 30: a view looks for working days among so many neighbours of a day. A calendar of all years
-- would be joined with itself, which a query planner may do in a very slow way.
CREATE VIEW day_distance (days) AS
WITH RECURSIVE distance (days) AS (SELECT 0 UNION ALL SELECT days + 1 FROM distance WHERE days < 30)
SELECT days FROM distance;
