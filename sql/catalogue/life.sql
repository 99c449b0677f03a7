-- The life of a data set: its state, and what each state needs.
--
--   registered → collected → verified → analysed → publishable → published → withdrawn
--
--   UPDATE dataset SET state = 'publishable', actor = 'A. Nowak' WHERE name = 'zgloszenia';
--   SELECT state, need, pl FROM missing WHERE dataset = 'zgloszenia';
--   INSERT INTO requirement (state, need, scope, actor) VALUES ('publishable', 'analysis', 'dataset', 'J. Lis');
--   INSERT INTO requirement (state, need, scope, actor) VALUES ('published', 'opinia-radcy', 'bytes', 'J. Lis');
--
-- R1  State is derived, never stored, so it cannot be stale:
--       registered   the name is known
--       collected    its bytes are known: the files that a check read, as one digest
--       verified     the newest verdict of exactly the present bytes is PASS
--       analysed     verified, and the seven-step analysis lacks nothing
--       publishable  verified, and somebody set this state for these bytes, and since then nothing
--                    came that ends it (R4)
--       published    publishable, and published with exactly these bytes
--       withdrawn    for good
-- R2  `publishable` is refused unless the newest verdict of exactly the present bytes is PASS;
--     `published` unless the data set is publishable; `withdrawn` unless it was published once. No
--     requirement can switch this off.
-- R3  What else a state needs is data: the view `requirement`, changed by INSERT, each change an event.
--     Scope `bytes`: the record is of exactly the present bytes; `dataset`: of the data set; `off`: not
--     asked for. A need that is not in the list is the topic of a record, so an office can add its own.
-- R4  A mark ends for good with other bytes, any verdict but PASS, a negative step or decision, or a
--     new record of anything that `publishable` needs, recorded after it; it rests while a need
--     that was added later is not met. A repeated PASS of the same bytes ends nothing.
--     By default `publishable` needs the complete analysis and the decision to release exactly these
--     bytes (§15.1, §16.1-3 of the order 354/2022); `published` and `withdrawn` need a person who may do
--     it, and for `published` another one than who decided (Łódź: the local data controller decides;
--     Siemianowice: the plenipotentiary publishes and withdraws). An office may loosen or add; each change
--     is an event with its actor.
-- R5  The decision is recorded with its case mark and the SHA-256 of the signed document, by a person
--     authorised to decide on that day; it counts as long as the analysis did not change after it.
-- R6  Publishing is two events: `intent` before the files get their names, `state` after. An intent asks
--     for all that the state needs. One that no state and no `abandoned` followed is pending: the
--     program was stopped between, and its next run in that folder settles it.

CREATE VIEW life (position, state, given, pl, en) AS VALUES
  (1, 'registered', 0, 'zarejestrowany', 'registered'),
  (2, 'collected', 0, 'zebrany', 'collected'),
  (3, 'verified', 0, 'zweryfikowany', 'verified'),
  (4, 'analysed', 0, 'po analizie', 'analysed'),
  (5, 'publishable', 1, 'spełnia progi, czeka na decyzję o publikacji', 'publishable'),
  (6, 'published', 1, 'opublikowany', 'published'),
  (7, 'withdrawn', 1, 'wycofany', 'withdrawn');

CREATE VIEW need (need, pl, en) AS VALUES
  ('verdict', 'pozytywny wynik kontroli dokładnie tych bajtów', 'a passing verdict of exactly these bytes'),
  ('analysis', 'kompletna analiza siedmiu czynności', 'the complete seven-step analysis'),
  ('decision', 'pozytywna decyzja lokalnego administratora danych', 'a positive decision of the local data controller'),
  ('custodian', 'wskazany gestor zbioru', 'a named custodian'),
  ('person', 'osoba upoważniona do tej czynności', 'a person authorised to do this'),
  ('two-persons', 'inna osoba niż ta, która podjęła decyzję', 'another person than the one who decided');

CREATE VIEW default_requirement (state, need, scope) AS VALUES
  ('publishable', 'analysis', 'dataset'),
  ('publishable', 'decision', 'bytes'),
  ('publishable', 'custodian', 'off'),
  ('publishable', 'person', 'off'),
  ('published', 'analysis', 'dataset'),
  ('published', 'decision', 'bytes'),
  ('published', 'person', 'dataset'),
  ('published', 'two-persons', 'dataset'),
  ('withdrawn', 'person', 'dataset');

CREATE VIEW requirement AS
SELECT substr(subject, 1, instr(subject, ' ') - 1) AS state,
       substr(subject, instr(subject, ' ') + 1) AS need,
       outcome AS scope, at, actor, reason, case_mark, document
  FROM event
 WHERE dataset IS NULL AND kind = 'requirement'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset IS NULL AND newer.kind = 'requirement'
                AND newer.subject = event.subject)
UNION ALL
SELECT state, need, scope, NULL, NULL, NULL, NULL, NULL
  FROM default_requirement
 WHERE NOT EXISTS (SELECT 1 FROM event
                    WHERE dataset IS NULL AND kind = 'requirement'
                      AND subject = default_requirement.state || ' ' || default_requirement.need);

CREATE TRIGGER requirement_event BEFORE INSERT ON event WHEN NEW.kind = 'requirement' BEGIN
  SELECT RAISE(ABORT, 'sito: wymaganie dotyczy stanu publishable, published lub withdrawn i potrzeby (małe litery, cyfry, łączniki) / a requirement is about publishable, published or withdrawn and a need (small letters, digits, hyphens)')
   WHERE NEW.subject IS NULL OR instr(NEW.subject, char(0)) > 0
      OR NOT EXISTS (SELECT 1 FROM life
                      WHERE given AND substr(NEW.subject, 1, instr(NEW.subject, ' ') - 1) = state)
      OR substr(NEW.subject, instr(NEW.subject, ' ') + 1) = ''
      OR substr(NEW.subject, instr(NEW.subject, ' ') + 1) GLOB '*[^a-z0-9-]*';
  SELECT RAISE(ABORT, 'sito: wynik kontroli tych bajtów jest wymagany zawsze / the verdict of these bytes is always required')
   WHERE NEW.subject = 'publishable verdict';
  SELECT RAISE(ABORT, 'sito: zakres wymagania to bytes, dataset albo off / the scope of a requirement is bytes, dataset or off')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('bytes', 'dataset', 'off');
END;

CREATE TRIGGER requirement_insert INSTEAD OF INSERT ON requirement BEGIN
  INSERT INTO event (kind, subject, outcome, actor, reason, case_mark, document)
  VALUES ('requirement', NEW.state || ' ' || NEW.need, NEW.scope, NEW.actor, NEW.reason,
          NEW.case_mark, NEW.document);
END;

-- The decisions that count: the newest, and not older than the analysis.
CREATE VIEW decision AS
SELECT dataset, outcome, digest, id, at, actor, role, reason, case_mark, document
  FROM event
 WHERE kind = 'decision'
   AND NOT EXISTS (SELECT 1 FROM event AS later
                    WHERE later.dataset = event.dataset AND later.id > event.id
                      AND later.kind IN ('decision', 'step', 'risk'));

CREATE TRIGGER decision_event BEFORE INSERT ON event WHEN NEW.kind = 'decision' BEGIN
  SELECT RAISE(ABORT, 'sito: decyzja jest positive albo negative / a decision is positive or negative')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('positive', 'negative');
  SELECT RAISE(ABORT, 'sito: zapis decyzji wymaga znaku sprawy i skrótu SHA-256 podpisanego dokumentu / the record of a decision needs a case mark and the SHA-256 of the signed document')
   WHERE NEW.case_mark IS NULL OR trim(NEW.case_mark) = '' OR NEW.document IS NULL;
  SELECT RAISE(ABORT, 'sito: ta osoba nie jest tego dnia upoważniona do tej czynności; zob. widok entitled / this person is not authorised to do this on that day; see the view entitled')
   WHERE NOT EXISTS (SELECT 1 FROM entitled
                      WHERE person = NEW.actor AND act = 'decision'
                        AND date(coalesce(NEW.at, 'now')) BETWEEN from_day AND until_day);
END;

CREATE TRIGGER decision_insert INSTEAD OF INSERT ON decision BEGIN
  INSERT INTO event (kind, dataset, outcome, digest, actor, role, reason, case_mark, document)
  VALUES ('decision', NEW.dataset, NEW.outcome,
          coalesce(NEW.digest, (SELECT digest FROM present WHERE dataset = NEW.dataset)),
          NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document);
END;

-- The records that count: the newest of each topic.
CREATE VIEW record AS
SELECT dataset, subject AS topic, outcome, digest, person, unit, id, at, actor, role, reason, case_mark,
       document
  FROM event
 WHERE kind = 'record'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'record'
                AND newer.subject = event.subject);

CREATE TRIGGER record_insert INSTEAD OF INSERT ON record BEGIN
  INSERT INTO event (kind, dataset, subject, outcome, digest, person, unit, actor, role, reason,
                     case_mark, document)
  VALUES ('record', NEW.dataset, NEW.topic, NEW.outcome,
          coalesce(NEW.digest, (SELECT digest FROM present WHERE dataset = NEW.dataset)),
          NEW.person, NEW.unit, NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document);
END;

-- What a data set lacks for each state that is given by hand. The needs `person` and `two-persons`
-- are about whoever acts: they are looked at when somebody does.
CREATE VIEW missing AS
SELECT known.dataset, requirement.state, requirement.need, requirement.scope,
       coalesce(need.pl, 'zapis „' || requirement.need || '” z wynikiem positive') AS pl,
       coalesce(need.en, 'a record "' || requirement.need || '" with the outcome positive') AS en
  FROM event AS known
  JOIN requirement
  LEFT JOIN need ON need.need = requirement.need
 WHERE known.kind = 'registered' AND requirement.scope <> 'off'
   AND CASE requirement.need
         WHEN 'person' THEN 0
         WHEN 'two-persons' THEN 0
         WHEN 'analysis' THEN
           EXISTS (SELECT 1 FROM analysis_missing WHERE analysis_missing.dataset = known.dataset)
           OR requirement.scope = 'bytes'
              AND EXISTS (SELECT 1 FROM step
                           WHERE step.dataset = known.dataset
                             AND step.digest IS NOT (SELECT digest FROM present
                                                      WHERE present.dataset = known.dataset))
         WHEN 'decision' THEN NOT EXISTS (
           SELECT 1 FROM decision
            WHERE decision.dataset = known.dataset AND decision.outcome = 'positive'
              AND (requirement.scope = 'dataset'
                   OR decision.digest = (SELECT digest FROM present
                                          WHERE present.dataset = known.dataset)))
         ELSE NOT EXISTS (
           SELECT 1 FROM record
            WHERE record.dataset = known.dataset AND record.topic = requirement.need
              AND record.outcome = 'positive'
              AND (requirement.scope = 'dataset'
                   OR record.digest = (SELECT digest FROM present
                                        WHERE present.dataset = known.dataset)))
       END
UNION ALL
SELECT known.dataset, 'publishable', need.need, 'bytes', need.pl, need.en
  FROM event AS known JOIN need ON need.need = 'verdict'
 WHERE known.kind = 'registered'
   AND NOT EXISTS (SELECT 1 FROM passing WHERE passing.dataset = known.dataset);

-- The marks in force (R4).
CREATE VIEW mark AS
SELECT dataset, digest, id, at, actor, role, reason, case_mark, document
  FROM event
 WHERE kind = 'state' AND outcome = 'publishable'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'state'
                AND newer.outcome = 'publishable')
   AND EXISTS (SELECT 1 FROM passing
                WHERE passing.dataset = event.dataset AND passing.digest = event.digest)
   AND NOT EXISTS (SELECT 1 FROM missing
                    WHERE missing.dataset = event.dataset AND missing.state = 'publishable')
   AND NOT EXISTS (
         SELECT 1 FROM event AS later
          WHERE later.dataset = event.dataset AND later.id > event.id
            AND (later.kind = 'bytes' AND later.digest <> event.digest
                 OR later.kind = 'verdict' AND later.outcome <> 'PASS'
                 OR later.kind IN ('step', 'decision') AND later.outcome = 'negative'
                 OR EXISTS (SELECT 1 FROM requirement
                             WHERE requirement.state = 'publishable' AND requirement.scope <> 'off'
                               AND requirement.need = CASE later.kind
                                                        WHEN 'step' THEN 'analysis'
                                                        WHEN 'risk' THEN 'analysis'
                                                        WHEN 'decision' THEN 'decision'
                                                        WHEN 'record' THEN later.subject
                                                      END)));

-- The newest publication of every data set, and whether it is the present state.
CREATE VIEW publication AS
SELECT dataset, digest, id, at, actor, role, reason, case_mark, document, location, bundle,
       EXISTS (SELECT 1 FROM mark
                WHERE mark.dataset = event.dataset AND mark.digest = event.digest) AS in_force
  FROM event
 WHERE kind = 'state' AND outcome = 'published'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'state'
                AND newer.outcome = 'published');

-- The publications and withdrawals that were begun and not settled (R6).
CREATE VIEW pending AS
SELECT dataset, outcome, digest, bundle, location, id, at, actor, role, reason, case_mark, document
  FROM event
 WHERE kind = 'intent' AND outcome <> 'abandoned'
   AND NOT EXISTS (SELECT 1 FROM event AS later
                    WHERE later.dataset = event.dataset AND later.id > event.id
                      AND (later.kind = 'intent'
                           OR later.kind = 'state' AND later.outcome <> 'publishable'));

CREATE TRIGGER intent_event BEFORE INSERT ON event WHEN NEW.kind = 'intent' BEGIN
  SELECT RAISE(ABORT, 'sito: zamiar to published, withdrawn albo abandoned, z folderem i skrótem listy plików / an intent is published, withdrawn or abandoned, with a folder and the digest of the list of files')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('published', 'withdrawn', 'abandoned')
      OR NEW.location IS NULL OR NEW.bundle IS NULL;
END;

CREATE TRIGGER state_event BEFORE INSERT ON event
WHEN NEW.kind = 'state' OR NEW.kind = 'intent' AND NEW.outcome IS NOT 'abandoned' BEGIN
  SELECT RAISE(ABORT, 'sito: tego stanu nie można nadać, stan wynika ze zdarzeń; nadaje się tylko ''publishable'', ''published'' i ''withdrawn'' / this state cannot be set, it follows from the events; only ''publishable'', ''published'' and ''withdrawn'' are set')
   WHERE NOT EXISTS (SELECT 1 FROM life WHERE state = NEW.outcome AND given);

  SELECT RAISE(ABORT, 'sito: brak pozytywnego wyniku kontroli dla dokładnie tych bajtów / no passing verdict for exactly these bytes')
   WHERE NEW.outcome <> 'withdrawn'
     AND NOT EXISTS (SELECT 1 FROM passing WHERE dataset = NEW.dataset AND digest = NEW.digest);

  SELECT RAISE(ABORT, 'sito: opublikować można tylko zbiór w stanie ''publishable'' / only a data set in the state ''publishable'' can be published')
   WHERE NEW.outcome = 'published'
     AND NOT EXISTS (SELECT 1 FROM mark WHERE dataset = NEW.dataset AND digest = NEW.digest);

  SELECT RAISE(ABORT, 'sito: wycofać można tylko zbiór, który był opublikowany / only a data set that was published can be withdrawn')
   WHERE NEW.outcome = 'withdrawn'
     AND NOT EXISTS (SELECT 1 FROM publication WHERE dataset = NEW.dataset);

  SELECT RAISE(ABORT, 'sito: brakuje tego, czego wymaga ten stan; zob. widok missing / something that this state needs is missing; see the view missing')
   WHERE EXISTS (SELECT 1 FROM missing WHERE dataset = NEW.dataset AND state = NEW.outcome);

  SELECT RAISE(ABORT, 'sito: ta osoba nie jest tego dnia upoważniona do tej czynności; zob. widok entitled / this person is not authorised to do this on that day; see the view entitled')
   WHERE EXISTS (SELECT 1 FROM requirement
                  WHERE state = NEW.outcome AND need = 'person' AND scope <> 'off')
     AND NOT EXISTS (SELECT 1 FROM entitled
                      WHERE person = NEW.actor AND act = NEW.outcome
                        AND date(coalesce(NEW.at, 'now')) BETWEEN from_day AND until_day);

  SELECT RAISE(ABORT, 'sito: kto podjął decyzję, ten nie wykonuje tej czynności; robi to inna osoba / who took the decision does not do this; another person does')
   WHERE EXISTS (SELECT 1 FROM requirement
                  WHERE state = NEW.outcome AND need = 'two-persons' AND scope <> 'off')
     AND EXISTS (SELECT 1 FROM decision WHERE dataset = NEW.dataset AND actor IS NEW.actor);
END;

-- actor, role, reason, case_mark and document are empty when read: they are there to be given with
-- an UPDATE of the state. Who set a state stands in marked_by, in `mark` and in `publication`.
CREATE VIEW dataset AS
SELECT registered.dataset AS name,
       CASE WHEN withdrawn.id IS NOT NULL THEN 'withdrawn'
            WHEN publication.in_force AND publication.digest = present.digest THEN 'published'
            WHEN mark.id IS NOT NULL THEN 'publishable'
            WHEN passing.dataset IS NULL
            THEN CASE WHEN present.id IS NULL THEN 'registered' ELSE 'collected' END
            WHEN EXISTS (SELECT 1 FROM analysis_missing
                          WHERE analysis_missing.dataset = registered.dataset) THEN 'verified'
            ELSE 'analysed'
       END AS state,
       present.version, present.digest, present.location,
       registered.at AS registered_at, present.at AS collected_at,
       mark.at AS marked_at, mark.actor AS marked_by,
       publication.at AS published_at, publication.digest AS published_digest,
       withdrawn.at AS withdrawn_at,
       NULL AS actor, NULL AS role, NULL AS reason, NULL AS case_mark, NULL AS document
  FROM event AS registered
  LEFT JOIN present ON present.dataset = registered.dataset
  LEFT JOIN passing ON passing.dataset = registered.dataset
  LEFT JOIN mark ON mark.dataset = registered.dataset
  LEFT JOIN publication ON publication.dataset = registered.dataset
  LEFT JOIN event AS withdrawn ON withdrawn.dataset = registered.dataset
                              AND withdrawn.kind = 'state' AND withdrawn.outcome = 'withdrawn'
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
      OR NEW.marked_at IS NOT OLD.marked_at OR NEW.marked_by IS NOT OLD.marked_by
      OR NEW.published_at IS NOT OLD.published_at OR NEW.withdrawn_at IS NOT OLD.withdrawn_at
      OR NEW.published_digest IS NOT OLD.published_digest;
  SELECT RAISE(ABORT, 'sito: brak pozytywnego wyniku kontroli dla dokładnie tych bajtów / no passing verdict for exactly these bytes')
   WHERE NEW.state IN ('publishable', 'published') AND OLD.digest IS NULL;
  INSERT INTO event (kind, dataset, digest, outcome, actor, role, reason, case_mark, document)
  VALUES ('state', OLD.name, CASE NEW.state WHEN 'withdrawn' THEN OLD.published_digest ELSE OLD.digest END,
          NEW.state, NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document);
END;

CREATE TRIGGER dataset_delete INSTEAD OF DELETE ON dataset BEGIN
  SELECT RAISE(ABORT, 'sito: zbioru nie można usunąć z katalogu / a data set cannot be deleted from the catalogue');
END;
