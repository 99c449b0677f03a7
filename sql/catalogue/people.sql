-- People: who holds which role from when until when, and which role may do what.
--
--   INSERT INTO authorisation (person, role, unit, from_day, case_mark)
--   VALUES ('A. Nowak', 'local-data-controller', 'WGK', '2025-01-01', 'OR.077.12.2024');
--   SELECT person, role, until_day FROM authorisation;
--   INSERT INTO permission (role, act, allowed, actor) VALUES ('custodian', 'publishable', 1, 'J. Lis');
--
-- R1  An authorisation has a role of the list and a first day; without a last day it goes on. A later
--     row for the same person, role and unit takes the place of the earlier one: that is how one ends.
-- R2  A deputy is authorised as anybody else, with the person named in whose place.
-- R3  Two scopes stay apart: a role of requests (§5.4 of the order) may not act on the portal, nor the
--     other way round; a permission across them is refused.
-- R4  The decision and the act of publication are two acts, of two roles: the local data controller
--     decides, the plenipotentiary for open data publishes.
-- R5  Names are what the caller wrote. The catalogue records; it authenticates nobody.

CREATE VIEW role (role, scope, pl, en) AS VALUES
  ('custodian', 'portal', 'gestor', 'custodian'),
  ('unit-coordinator', 'portal', 'koordynator w komórce', 'coordinator of a unit'),
  ('open-data-officer', 'portal', 'pełnomocnik ds. otwartych danych', 'plenipotentiary for open data'),
  ('local-data-controller', 'portal', 'lokalny administrator danych', 'local data controller'),
  ('data-protection-officer', 'portal', 'inspektor ochrony danych', 'data protection officer'),
  ('administrator', 'portal', 'administrator', 'administrator'),
  ('promotion-specialist', 'portal', 'specjalista ds. promocji i informacji', 'promotion specialist'),
  ('request-coordinator', 'requests', 'Koordynator', 'coordinator of requests'),
  ('department-director', 'requests', 'dyrektor departamentu', 'director of a department'),
  ('decision-maker', 'requests', 'pracownik upoważniony do wydawania decyzji', 'employee authorised to issue decisions');

CREATE VIEW act (act, scope, pl, en) AS VALUES
  ('collection', 'portal', 'dostarczenie danych', 'delivery of the data'),
  ('assessment', 'portal', 'czynności 1 i 2 analizy', 'steps 1 and 2 of the analysis'),
  ('analysis', 'portal', 'czynności 3, 5 i 6 analizy oraz źródła ryzyka', 'steps 3, 5 and 6 of the analysis and the risk sources'),
  ('opinion', 'portal', 'czynność 4 analizy: opinia', 'step 4 of the analysis: the opinion'),
  ('decision', 'portal', 'decyzja o udostępnieniu', 'the decision to release'),
  ('publishable', 'portal', 'oznaczenie „spełnia progi, czeka na decyzję”', 'the mark: publishable'),
  ('published', 'portal', 'publikacja', 'publication'),
  ('withdrawn', 'portal', 'wycofanie', 'withdrawal'),
  ('description', 'portal', 'zmiana opisów', 'changes of descriptions'),
  ('routing', 'requests', 'wyznaczenie komórki merytorycznej', 'choice of the unit in charge'),
  ('acceptance', 'requests', 'akceptacja odpowiedzi', 'acceptance of an answer'),
  ('ruling', 'requests', 'decyzja w sprawie wniosku', 'an administrative decision on a request');

CREATE VIEW default_permission (role, act) AS VALUES
  ('custodian', 'collection'),
  ('unit-coordinator', 'collection'),
  ('unit-coordinator', 'analysis'),
  ('local-data-controller', 'assessment'),
  ('local-data-controller', 'analysis'),
  ('local-data-controller', 'decision'),
  ('data-protection-officer', 'opinion'),
  ('open-data-officer', 'publishable'),
  ('open-data-officer', 'published'),
  ('open-data-officer', 'withdrawn'),
  ('open-data-officer', 'description'),
  ('promotion-specialist', 'description'),
  ('request-coordinator', 'routing'),
  ('department-director', 'acceptance'),
  ('decision-maker', 'ruling');

CREATE VIEW permission AS
SELECT role.role, act.act,
       coalesce((SELECT outcome = 'on' FROM event
                  WHERE dataset IS NULL AND kind = 'permission'
                    AND subject = role.role || ' ' || act.act
                  ORDER BY id DESC LIMIT 1),
                EXISTS (SELECT 1 FROM default_permission
                         WHERE default_permission.role = role.role
                           AND default_permission.act = act.act)) AS allowed,
       NULL AS actor, NULL AS reason, NULL AS case_mark, NULL AS document
  FROM role JOIN act ON act.scope = role.scope;

CREATE TRIGGER permission_event BEFORE INSERT ON event WHEN NEW.kind = 'permission' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiej roli lub czynności w jednym zakresie; zob. widok permission / there is no such role and act within one scope; see the view permission')
   WHERE NOT EXISTS (SELECT 1 FROM permission WHERE role || ' ' || act = NEW.subject);
  SELECT RAISE(ABORT, 'sito: uprawnienie jest włączone (on) albo wyłączone (off) / a permission is on or off')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('on', 'off');
END;

CREATE TRIGGER permission_insert INSTEAD OF INSERT ON permission BEGIN
  INSERT INTO event (kind, subject, outcome, actor, reason, case_mark, document)
  VALUES ('permission', NEW.role || ' ' || NEW.act, CASE NEW.allowed WHEN 1 THEN 'on' WHEN 0 THEN 'off' END,
          NEW.actor, NEW.reason, NEW.case_mark, NEW.document);
END;

CREATE VIEW authorisation AS
SELECT person, subject AS role, unit, from_day, until_day, deputy_of, id, at, actor, reason,
       case_mark, document
  FROM event
 WHERE kind = 'authorisation' AND dataset IS NULL
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset IS NULL AND newer.kind = 'authorisation'
                AND newer.person = event.person AND newer.subject = event.subject
                AND newer.unit IS event.unit);

CREATE TRIGGER authorisation_event BEFORE INSERT ON event WHEN NEW.kind = 'authorisation' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiej roli; role: custodian, unit-coordinator, open-data-officer, local-data-controller, data-protection-officer, administrator, promotion-specialist, request-coordinator, department-director, decision-maker / there is no such role; roles: custodian, unit-coordinator, open-data-officer, local-data-controller, data-protection-officer, administrator, promotion-specialist, request-coordinator, department-director, decision-maker')
   WHERE NOT EXISTS (SELECT 1 FROM role WHERE role = NEW.subject);
  SELECT RAISE(ABORT, 'sito: upoważnienie wymienia osobę / an authorisation names a person')
   WHERE NEW.person IS NULL OR trim(NEW.person) = '' OR instr(NEW.person, char(0)) > 0;
  SELECT RAISE(ABORT, 'sito: upoważnienie ma pierwszy dzień RRRR-MM-DD i, jeśli się kończy, ostatni, nie wcześniejszy / an authorisation has a first day YYYY-MM-DD and, where it ends, a last one that is not earlier')
   WHERE NEW.from_day IS NULL OR NEW.from_day IS NOT date(NEW.from_day, '+0 days')
      OR NEW.until_day IS NOT date(NEW.until_day, '+0 days') OR NEW.until_day < NEW.from_day;
END;

CREATE TRIGGER authorisation_insert INSTEAD OF INSERT ON authorisation BEGIN
  INSERT INTO event (kind, subject, person, unit, from_day, until_day, deputy_of, actor, reason,
                     case_mark, document)
  VALUES ('authorisation', NEW.role, NEW.person, NEW.unit, NEW.from_day, NEW.until_day,
          NEW.deputy_of, NEW.actor, NEW.reason, NEW.case_mark, NEW.document);
END;

-- Who may do what, from which day until which.
CREATE VIEW entitled AS
SELECT authorisation.person, authorisation.role, permission.act, authorisation.unit,
       authorisation.from_day, coalesce(authorisation.until_day, '9999-12-31') AS until_day
  FROM authorisation
  JOIN permission ON permission.role = authorisation.role AND permission.allowed;

-- The units of the city and who supervises each (§3, §4 of the order): requests and late updates of one
-- go to its supervisor.
--   INSERT INTO city_unit (unit, supervisor, head) VALUES ('Zarząd Zieleni', 'Wydział Środowiska', 'R. Lipa');
CREATE VIEW city_unit AS
SELECT subject AS unit, unit AS supervisor, person AS head, reason, actor, case_mark, id, at
  FROM event
 WHERE kind = 'unit'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.kind = 'unit' AND newer.subject = event.subject);

CREATE TRIGGER unit_event BEFORE INSERT ON event WHEN NEW.kind = 'unit' BEGIN
  SELECT RAISE(ABORT, 'sito: jednostka ma nazwę i nie nadzoruje samej siebie / a unit has a name and does not supervise itself')
   WHERE NEW.subject IS NULL OR trim(NEW.subject) = '' OR instr(NEW.subject, char(0)) > 0
      OR NEW.unit = NEW.subject;
END;

CREATE TRIGGER city_unit_insert INSTEAD OF INSERT ON city_unit BEGIN
  INSERT INTO event (kind, subject, unit, person, reason, actor, case_mark)
  VALUES ('unit', NEW.unit, NEW.supervisor, NEW.head, NEW.reason, NEW.actor, NEW.case_mark);
END;
