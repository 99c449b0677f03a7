-- The central repertory of requests for public information and for reuse (§5.3 of the order 354/2022).
--
--   INSERT INTO request (request, procedure, form, received, unit, about) VALUES ('1/2025', 'access', 'paper', '2025-12-11', 'WGK', 'liczba drzew');
--   INSERT INTO request_event (request, outcome, day, unit, form, actor) VALUES ('1/2025', 'routed', '2025-12-12', 'WGK', 'other', 'D. Kos');
--   SELECT request, unit, due, accept_by FROM request WHERE closed IS NULL ORDER BY due;
--   SELECT * FROM overdue;
--
-- R1  A request is a chain of events: received, then any of routed, extended, partial, accepted, and at
--     the end one of answered, refused, discontinued, not-held. After that nothing more.
-- R2  Access may be asked for on paper, orally, electronically; reuse on paper or electronically (§4.1,
--     §10.1).
-- R3  An answer is due 14 days after the request came in, or on the day to which the term was extended,
--     at most two months after it came in; a term that ends on a day that is no working day ends on the
--     next one (KPA art. 57 §4, by analogy; `due_unrolled` shows the day itself). The director of the
--     department accepts the answer at least 3 working days before (§4.2, §10.2); partial answers are
--     in at least 4 working days before (§7.2).
-- R4  A unit in charge is chosen by one of the cases of §5 to §7 (view `routing`), by the Koordynator or
--     whoever else may do `routing`, but for a request that stays where it came in (§5.1); answers are
--     accepted by whoever may do `acceptance`; refusals and discontinuations are decisions of employees
--     authorised to `ruling`, with case mark and the SHA-256 of the signed document (§3.1.2, §18).
-- R5  Working time is counted in minutes, for each unit and in total (§3.1.6: roboczogodziny).
-- R6  An answer has its form (§4.3-5, §10.3-4): paper, oral, electronic, or electronic with a qualified
--     signature ('electronic-signed'). What it is about stands in the office's words.
-- R7  Nothing about a person goes into events: they cannot be erased. The name, the address and the words
--     of the requester stand in `requester` alone, which no view of the repertory reads, and which is
--     changed and erased like any table (§21).

CREATE VIEW routing (form, section, by_coordinator, pl, en) AS VALUES
  ('own-unit', '§5.1', 0, 'wyłącznie zadania komórki, do której wniosek wpłynął', 'only the tasks of the unit that received it'),
  ('other', '§5.2-3', 1, 'inna komórka: wyznacza ją Koordynator', 'another unit, chosen by the Koordynator'),
  ('ranking', '§5.4', 1, 'zewnętrzne rankingi: Biuro Strategii Miasta', 'external rankings: the office of strategy'),
  ('city-unit', '§6.1', 1, 'miejska jednostka organizacyjna: komórka, która ją nadzoruje', 'a unit of the city: the office that supervises it'),
  ('department', '§6.2, §7.1', 1, 'komórka wskazana przez dyrektora departamentu', 'the unit named by the director of the department'),
  ('several', '§7.2', 1, 'kilka departamentów: komórka zbiera odpowiedzi częściowe', 'several departments: one unit collects partial answers');

CREATE VIEW request_event AS
SELECT subject AS request, outcome, day, procedure, form, unit, until_day, number AS minutes, actor,
       role, reason, case_mark, document, id, at
  FROM event
 WHERE dataset IS NULL AND kind = 'request';

CREATE TRIGGER request_taken BEFORE INSERT ON event WHEN NEW.kind = 'request' BEGIN
  SELECT RAISE(ABORT, 'sito: numer wniosku ma od 1 do 40 znaków: cyfry, litery, ukośniki, kropki, łączniki / the number of a request has 1 to 40 characters: digits, letters, slashes, dots, hyphens')
   WHERE NEW.subject IS NULL OR length(NEW.subject) NOT BETWEEN 1 AND 40
      OR NEW.subject GLOB '*[^0-9A-Za-z/.-]*' OR instr(NEW.subject, char(0)) > 0;

  SELECT RAISE(ABORT, 'sito: zdarzenie wniosku to received, routed, extended, partial, accepted, answered, refused, discontinued albo not-held / an event of a request is received, routed, extended, partial, accepted, answered, refused, discontinued or not-held')
   WHERE NEW.outcome IS NULL
      OR NEW.outcome NOT IN ('received', 'routed', 'extended', 'partial', 'accepted', 'answered',
                             'refused', 'discontinued', 'not-held');

  SELECT RAISE(ABORT, 'sito: zdarzenie wniosku ma dzień RRRR-MM-DD, nie wcześniejszy niż wpływ wniosku / an event of a request has a day YYYY-MM-DD that is not before its receipt')
   WHERE NEW.day IS NULL OR NEW.day IS NOT date(NEW.day, '+0 days')
      OR NEW.day < (SELECT day FROM request_event
                     WHERE request = NEW.subject AND outcome = 'received');

  SELECT RAISE(ABORT, 'sito: wniosek o tym numerze już wpłynął / a request of this number was already received')
   WHERE NEW.outcome = 'received'
     AND EXISTS (SELECT 1 FROM request_event WHERE request = NEW.subject);

  SELECT RAISE(ABORT, 'sito: nie ma wniosku o tym numerze / there is no request of this number')
   WHERE NEW.outcome <> 'received'
     AND NOT EXISTS (SELECT 1 FROM request_event
                      WHERE request = NEW.subject AND outcome = 'received');

  SELECT RAISE(ABORT, 'sito: wniosek jest już zakończony / the request is already closed')
   WHERE EXISTS (SELECT 1 FROM request_event
                  WHERE request = NEW.subject
                    AND outcome IN ('answered', 'refused', 'discontinued', 'not-held'));

  SELECT RAISE(ABORT, 'sito: wniosek to access (paper, oral, electronic) albo reuse (paper, electronic) / a request is for access (paper, oral, electronic) or reuse (paper, electronic)')
   WHERE NEW.outcome = 'received'
     AND (NEW.procedure IS NULL OR NEW.form IS NULL
          OR NOT (NEW.procedure = 'access' AND NEW.form IN ('paper', 'oral', 'electronic')
                  OR NEW.procedure = 'reuse' AND NEW.form IN ('paper', 'electronic')));

  SELECT RAISE(ABORT, 'sito: to zdarzenie wskazuje komórkę; zob. widok routing / this event names a unit; see the view routing')
   WHERE NEW.outcome IN ('received', 'routed', 'partial', 'not-held')
     AND (NEW.unit IS NULL OR trim(NEW.unit) = '')
      OR NEW.outcome = 'routed'
     AND NOT EXISTS (SELECT 1 FROM routing WHERE form = NEW.form);

  SELECT RAISE(ABORT, 'sito: termin przedłuża się do podanego dnia, najwyżej do dwóch miesięcy od wpływu, z podaniem przyczyny / a term is extended to a given day, at most two months after the receipt, with a reason')
   WHERE NEW.outcome = 'extended'
     AND (NEW.until_day IS NULL OR NEW.until_day IS NOT date(NEW.until_day, '+0 days')
          OR NEW.until_day > (SELECT date(day, '2 months') FROM request_event
                               WHERE request = NEW.subject AND outcome = 'received')
          OR NEW.reason IS NULL OR trim(NEW.reason) = '');

  SELECT RAISE(ABORT, 'sito: formą odpowiedzi jest paper, oral, electronic albo electronic-signed / the form of an answer is paper, oral, electronic or electronic-signed')
   WHERE NEW.outcome = 'answered' AND NEW.form IS NOT NULL
     AND NEW.form NOT IN ('paper', 'oral', 'electronic', 'electronic-signed');

  SELECT RAISE(ABORT, 'sito: czas pracy to liczba minut / working time is a number of minutes')
   WHERE NEW.number < 0;

  SELECT RAISE(ABORT, 'sito: odmowa i umorzenie są decyzjami: wymagają znaku sprawy i skrótu SHA-256 podpisanego dokumentu / a refusal and a discontinuation are decisions: they need a case mark and the SHA-256 of the signed document')
   WHERE NEW.outcome IN ('refused', 'discontinued')
     AND (NEW.case_mark IS NULL OR trim(NEW.case_mark) = '' OR NEW.document IS NULL);

  SELECT RAISE(ABORT, 'sito: ta osoba nie jest tego dnia upoważniona do tej czynności; zob. widok entitled / this person is not authorised to do this on that day; see the view entitled')
   WHERE (NEW.outcome IN ('accepted', 'refused', 'discontinued')
          OR NEW.outcome = 'routed' AND (SELECT by_coordinator FROM routing WHERE form = NEW.form))
     AND NOT EXISTS (SELECT 1 FROM entitled
                      WHERE person = NEW.actor
                        AND act = CASE NEW.outcome WHEN 'routed' THEN 'routing'
                                                   WHEN 'accepted' THEN 'acceptance' ELSE 'ruling' END
                        AND NEW.day BETWEEN from_day AND until_day);
END;

CREATE TRIGGER request_event_insert INSTEAD OF INSERT ON request_event BEGIN
  INSERT INTO event (kind, subject, outcome, day, procedure, form, unit, until_day, number, actor,
                     role, reason, case_mark, document)
  VALUES ('request', NEW.request, NEW.outcome, NEW.day, NEW.procedure, NEW.form, NEW.unit,
          NEW.until_day, NEW.minutes, NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document);
END;

-- One row for each request: the repertory.
CREATE VIEW request AS
WITH terms AS (
  SELECT received.request, received.procedure, received.form, received.reason AS about,
         received.day AS received,
         coalesce(extended.until_day, date(received.day, '14 days')) AS due_unrolled,
         extended.day AS extended,
         coalesce(routed.unit, received.unit) AS unit, routed.form AS routing,
         closed.outcome, closed.day AS closed, closed.form AS answer_form, coalesce(closed.case_mark, routed.case_mark,
         received.case_mark) AS case_mark
    FROM request_event AS received
    LEFT JOIN request_event AS routed
      ON routed.id = (SELECT max(id) FROM request_event
                       WHERE request = received.request AND outcome = 'routed')
    LEFT JOIN request_event AS extended
      ON extended.id = (SELECT max(id) FROM request_event
                         WHERE request = received.request AND outcome = 'extended')
    LEFT JOIN request_event AS closed
      ON closed.request = received.request
     AND closed.outcome IN ('answered', 'refused', 'discontinued', 'not-held')
   WHERE received.outcome = 'received'),
rolled AS (
  SELECT *, (SELECT date(due_unrolled, days || ' days') FROM day_distance
              WHERE strftime('%w', due_unrolled, days || ' days') NOT IN ('0', '6')
                AND date(due_unrolled, days || ' days') NOT IN (SELECT day FROM free_day)
              ORDER BY days LIMIT 1) AS due
    FROM terms)
SELECT rolled.request, procedure, form, about, received, unit, routing, due_unrolled, due, extended,
       (SELECT date(due, -days || ' days') FROM day_distance
         WHERE days > 0 AND strftime('%w', due, -days || ' days') NOT IN ('0', '6')
           AND date(due, -days || ' days') NOT IN (SELECT day FROM free_day)
         ORDER BY days LIMIT 1 OFFSET 3) AS partial_by,
       (SELECT date(due, -days || ' days') FROM day_distance
         WHERE days > 0 AND strftime('%w', due, -days || ' days') NOT IN ('0', '6')
           AND date(due, -days || ' days') NOT IN (SELECT day FROM free_day)
         ORDER BY days LIMIT 1 OFFSET 2) AS accept_by,
       (SELECT max(day) FROM request_event
         WHERE request_event.request = rolled.request AND outcome = 'accepted') AS accepted,
       (SELECT count(*) FROM request_event
         WHERE request_event.request = rolled.request AND outcome = 'partial') AS partials,
       outcome, closed, answer_form,
       coalesce((SELECT sum(minutes) FROM request_event
                  WHERE request_event.request = rolled.request), 0) AS minutes,
       case_mark
  FROM rolled;

CREATE TRIGGER request_insert INSTEAD OF INSERT ON request BEGIN
  INSERT INTO event (kind, subject, outcome, day, procedure, form, unit, reason, case_mark)
  VALUES ('request', NEW.request, 'received', NEW.received, NEW.procedure, NEW.form, NEW.unit,
          NEW.about, NEW.case_mark);
END;

-- Minutes of work for each request and unit.
CREATE VIEW request_time AS
SELECT request, unit, sum(minutes) AS minutes
  FROM request_event
 WHERE minutes IS NOT NULL
 GROUP BY request, unit;

-- What is late today: the answer, its acceptance, the erasure of what is personal.
CREATE VIEW overdue AS
SELECT request, unit, 'answer' AS what, due AS day FROM request
 WHERE closed IS NULL AND due < date('now')
UNION ALL
SELECT request, unit, 'acceptance', accept_by FROM request
 WHERE closed IS NULL AND accepted IS NULL AND accept_by < date('now')
UNION ALL
SELECT request, NULL, 'erasure', erase_day FROM requester WHERE erase_day < date('now');
