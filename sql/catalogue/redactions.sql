-- Documents that are covered (anonymised) before they are shared: the four steps of annex 1 §1.3.
--
--   INSERT INTO redaction_event (source, step, outcome, unit, actor) VALUES ('9f86d0…', 'public-information', 'positive', 'WGK', 'E. Lis');
--   SELECT source, state FROM redaction;
--
-- R1  A document is known by the SHA-256 of its file, what was made of it by another one. Nothing that stands in
--     it goes into events, which cannot be erased; its name stands in the record alone, masked.
-- R2  The steps: public-information (is it public information), may-be-shared (no classification, no business
--     secret, no privacy that forbids it), checked (by a person, after it was covered), prepared (the version to
--     be shared). Between the second and the third it is covered. State is derived: that of the last step that
--     holds; refused after a negative answer to one of the first two; a document that is covered again has to be
--     checked again.
-- R3  A business secret counts where the entrepreneur marked it before the day of the request (§1.4).
-- R4  The work is done in the unit of the document, by somebody of that unit (§2.1): the unit is that of the
--     first event, and whoever is authorised in other units alone is refused.
-- R5  prepared needs every step before it, about exactly the bytes that a person checked.

CREATE VIEW redaction_event AS
SELECT digest AS source, subject AS step, outcome, bundle AS covered, unit, form AS ground,
       from_day AS marked_day, day AS request_day, actor, role, reason, case_mark, document,
       detail AS record, id, at
  FROM event
 WHERE dataset IS NULL AND kind = 'redaction';

-- The newest event of each step of each document.
CREATE VIEW redaction_step AS
SELECT source, step, outcome, covered, actor, at, id
  FROM redaction_event AS e
 WHERE id = (SELECT max(newer.id) FROM redaction_event AS newer
              WHERE newer.source = e.source AND newer.step = e.step);

-- One row for each document.
CREATE VIEW redaction AS
WITH steps AS (
  SELECT source,
         max(CASE WHEN step = 'public-information' THEN outcome END) AS is_public,
         max(CASE WHEN step = 'may-be-shared' THEN outcome END) AS shared,
         max(CASE WHEN step = 'covered' THEN id END) AS covered_id,
         max(CASE WHEN step = 'covered' THEN covered END) AS covered,
         max(CASE WHEN step = 'checked' AND outcome = 'positive' THEN id END) AS checked_id,
         max(CASE WHEN step = 'prepared' THEN id END) AS prepared_id,
         max(id) AS id
    FROM redaction_step
   GROUP BY source)
SELECT source,
       CASE WHEN is_public = 'negative' OR shared = 'negative' THEN 'refused'
            WHEN prepared_id > checked_id AND checked_id > covered_id THEN 'prepared'
            WHEN checked_id > covered_id THEN 'checked'
            WHEN covered_id IS NOT NULL THEN 'covered'
            WHEN shared = 'positive' THEN 'may-be-shared'
            ELSE 'public-information' END AS state,
       (SELECT unit FROM redaction_event AS e WHERE e.source = steps.source ORDER BY id LIMIT 1) AS unit,
       (SELECT case_mark FROM redaction_event AS e WHERE e.source = steps.source AND case_mark IS NOT NULL
         ORDER BY id DESC LIMIT 1) AS case_mark,
       covered, is_public, shared, (SELECT at FROM event WHERE event.id = steps.id) AS at
  FROM steps;

CREATE TRIGGER redaction_taken BEFORE INSERT ON event WHEN NEW.kind = 'redaction' BEGIN
  SELECT RAISE(ABORT, 'sito: krok anonimizacji to public-information, may-be-shared, covered, checked albo prepared, z wynikiem positive albo negative / a step of a redaction is public-information, may-be-shared, covered, checked or prepared, with the outcome positive or negative')
   WHERE NEW.subject IS NULL OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('positive', 'negative')
      OR NEW.subject NOT IN ('public-information', 'may-be-shared', 'covered', 'checked', 'prepared')
      OR (NEW.subject IN ('covered', 'prepared') AND NEW.outcome = 'negative');

  SELECT RAISE(ABORT, 'sito: krok anonimizacji wykonuje osoba w komórce, do której należy dokument; podaj obie / a step of a redaction is done by a person in the unit of the document; name both')
   WHERE NEW.actor IS NULL OR trim(NEW.actor) = '' OR NEW.unit IS NULL OR trim(NEW.unit) = '';

  SELECT RAISE(ABORT, 'sito: dokument należy do innej komórki; anonimizuje go jej pracownik (zał. 1 §2.1) / the document is of another unit; an employee of that unit covers it (annex 1 §2.1)')
   WHERE NEW.unit <> (SELECT unit FROM redaction_event WHERE source = NEW.digest ORDER BY id LIMIT 1);

  SELECT RAISE(ABORT, 'sito: ta osoba jest zapisana tylko w innych komórkach; dokument anonimizuje pracownik jego komórki (zał. 1 §2.1) / this person is recorded in other units alone; an employee of the document''s unit covers it (annex 1 §2.1)')
   WHERE EXISTS (SELECT 1 FROM authorisation WHERE person = NEW.actor AND unit IS NOT NULL
                    AND date('now') BETWEEN from_day AND coalesce(until_day, '9999-12-31'))
     AND NOT EXISTS (SELECT 1 FROM authorisation WHERE person = NEW.actor AND unit = NEW.unit
                        AND date('now') BETWEEN from_day AND coalesce(until_day, '9999-12-31'));

  SELECT RAISE(ABORT, 'sito: wynik negatywny wymaga uzasadnienia / a negative outcome needs a reason')
   WHERE NEW.outcome = 'negative' AND (NEW.reason IS NULL OR trim(NEW.reason) = '');

  SELECT RAISE(ABORT, 'sito: odmowa udostępnienia ma podstawę: classified (klauzula), business-secret (tajemnica przedsiębiorcy) albo privacy (prywatność) / what may not be shared has a ground: classified, business-secret or privacy')
   WHERE NEW.subject = 'may-be-shared' AND NEW.outcome = 'negative'
     AND (NEW.form IS NULL OR NEW.form NOT IN ('classified', 'business-secret', 'privacy'));

  SELECT RAISE(ABORT, 'sito: tajemnica przedsiębiorcy wymaga dwóch dni RRRR-MM-DD: zastrzeżenia i wniosku / a business secret needs two days YYYY-MM-DD: that of its marking and that of the request')
   WHERE NEW.form = 'business-secret'
     AND (NEW.from_day IS NULL OR NEW.day IS NULL OR NEW.from_day IS NOT date(NEW.from_day, '+0 days')
          OR NEW.day IS NOT date(NEW.day, '+0 days'));

  SELECT RAISE(ABORT, 'sito: tajemnicę zastrzeżono nie wcześniej niż w dniu wniosku, więc nie jest podstawą odmowy (zał. 1 §1.4) / the secret was not marked before the day of the request, so it is no ground (annex 1 §1.4)')
   WHERE NEW.form = 'business-secret' AND NEW.from_day >= NEW.day;

  SELECT RAISE(ABORT, 'sito: najpierw krok 1: czy to informacja publiczna / first step 1: is it public information')
   WHERE NEW.subject = 'may-be-shared'
     AND NOT EXISTS (SELECT 1 FROM redaction WHERE source = NEW.digest AND is_public = 'positive');

  SELECT RAISE(ABORT, 'sito: dokumentu nie udostępnia się: krok 1 albo 2 ma wynik negatywny / the document is not shared: the outcome of step 1 or 2 is negative')
   WHERE NEW.subject IN ('covered', 'checked', 'prepared')
     AND EXISTS (SELECT 1 FROM redaction WHERE source = NEW.digest AND state = 'refused');

  SELECT RAISE(ABORT, 'sito: podaj skrót zanonimizowanego dokumentu / name the digest of the covered document')
   WHERE NEW.subject IN ('covered', 'checked', 'prepared') AND NEW.bundle IS NULL;

  SELECT RAISE(ABORT, 'sito: to nie jest dokument, który powstał z anonimizacji: sprawdza się dokładnie te bajty / this is not the document that was made: exactly those bytes are checked')
   WHERE NEW.subject IN ('checked', 'prepared')
     AND NOT EXISTS (SELECT 1 FROM redaction WHERE source = NEW.digest AND covered = NEW.bundle);

  SELECT RAISE(ABORT, 'sito: wersję do udostępnienia przygotowuje się po krokach 1, 2 i 3 z wynikiem pozytywnym / the version to be shared is prepared after a positive outcome of the steps 1, 2 and 3')
   WHERE NEW.subject = 'prepared'
     AND (NOT EXISTS (SELECT 1 FROM redaction WHERE source = NEW.digest AND state IN ('checked', 'prepared')
                         AND is_public = 'positive' AND shared = 'positive')
          OR (SELECT outcome FROM redaction_step WHERE source = NEW.digest AND step = 'checked') = 'negative');
END;

CREATE TRIGGER redaction_insert INSTEAD OF INSERT ON redaction_event BEGIN
  INSERT INTO event (kind, digest, subject, outcome, bundle, unit, form, from_day, day, actor, role, reason,
                     case_mark, document, detail)
  VALUES ('redaction', NEW.source, NEW.step, NEW.outcome, NEW.covered, NEW.unit, NEW.ground, NEW.marked_day,
          NEW.request_day, NEW.actor, NEW.role, NEW.reason, NEW.case_mark, NEW.document, NEW.record);
END;
