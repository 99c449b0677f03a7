-- The seven-step analysis (Annex 2 of the order 354/2022) and the sources of risk (Annex 3).
--
--   INSERT INTO step (dataset, step, outcome, actor, role, case_mark)
--   VALUES ('zgloszenia', '1', 'no-personal-data', 'A. Nowak', 'local-data-controller', 'GK.1431.7.2025');
--   SELECT step, required, done FROM analysis WHERE dataset = 'zgloszenia';
--   SELECT what, pl FROM analysis_missing WHERE dataset = 'zgloszenia';
--
-- R1  What steps 1 and 2 found decides which steps are required:
--       step 1 'no-persons' (buses, trees, budget lines)               1, 2, 7
--       step 1 'no-personal-data' (anonymised, statistical)            1, 2, 3, 4, 6, 7
--       step 1 'personal-data'                                         1, 2, 3, 4, 6, 7, and 5 unless the
--         way to release is 15.2.2 (public functions) or 15.2.3 (consent or waiver)
--     Annex 2 says "Tak" at steps 2 and 4 although step 1 lets other resources end earlier; step 6 is
--     required "także w przypadku ujawniania danych anonimowych". The table above is how we read it.
-- R2  Steps 1 to 6 are recorded by people, each with a case mark; 4, 5 and 6 with the SHA-256 of the
--     filled form. A check of the present bytes is step 7.
-- R3  The newest record of a step counts. A new step 1 or 2 is a new case: what was recorded of the
--     later steps before it counts no more, nor do earlier answers about risks.
-- R4  Step 4 records the opinion of the data protection officer and whether an assessment of impact
--     (DPIA) is required; then step 6 counts only if it is one.
-- R5  A negative step 5 or 6 leaves only the anonymised ways, 15.2.4 and 16.4 (§16.4), for good.
-- R6  Under 15.2.4 at most 19 persons ("kilkunastu").
-- R7  Every one of the 27 sources of risk has an answer with its reason before step 6 counts.

CREATE VIEW step_list (step, act, pl, en) AS VALUES
  ('1', 'assessment', 'Analiza zawartości rejestru/zasobu/bazy danych', 'Analysis of the contents of the register, resource or database'),
  ('2', 'assessment', 'Określenie przypadku, w jakim będzie dochodzić do ujawniania danych publicznych', 'The case in which public data will be disclosed'),
  ('3', 'analysis', 'Weryfikacja aktualności i kompletności wykazu typowych (źródeł) ryzyk dotyczących operacji na danych', 'Verification of the list of typical sources of risk'),
  ('4', 'opinion', 'Określenie tła analizy ryzyka', 'The background of the risk analysis'),
  ('5', 'analysis', 'Przeprowadzenie testu zgodności celów', 'The test of compatible purposes'),
  ('6', 'analysis', 'Przeprowadzenie oceny ryzyka naruszenia praw lub wolności wraz z informacją o proporcjonalności i niezbędności', 'The assessment of risks to rights and freedoms, with proportionality and necessity'),
  ('7', NULL, 'Rejestracja przeprowadzanych czynności', 'Registration of the activities');

CREATE VIEW step_outcome (step, outcome, pl, en) AS VALUES
  ('1', 'no-persons', 'zasób nie powstał z danych o osobach', 'not made from data about persons'),
  ('1', 'no-personal-data', 'dane zanonimizowane lub statystyczne', 'anonymised or statistical'),
  ('1', 'personal-data', 'zawiera dane osobowe', 'contains personal data'),
  ('2', '15.2.1', 'dane statystyczne', 'statistical'),
  ('2', '15.2.2', 'osoby pełniące funkcje publiczne, w związku z ich pełnieniem', 'persons in a public function, in that function'),
  ('2', '15.2.3', 'pisemna zgoda lub rezygnacja z prawa do prywatności', 'written consent or waiver'),
  ('2', '15.2.4', 'dane zanonimizowane, nie więcej niż kilkunastu osób', 'anonymised, at most nineteen persons'),
  ('2', '16.1', 'zasób bez danych osobowych', 'without personal data'),
  ('2', '16.3', 'inne osoby: test zgodności celów i ocena ryzyka z wynikiem pozytywnym', 'other persons: test of purposes and risk assessment, both positive'),
  ('2', '16.4', 'anonimizacja po wyniku negatywnym', 'anonymised after a negative outcome'),
  ('2', 'statute', 'obowiązek ustawowy, dokładnie wskazane kolumny', 'a statute, exactly the named columns'),
  ('3', 'positive', 'wykaz aktualny i kompletny', 'the list is current and complete'),
  ('3', 'negative', 'wykaz wymaga uzupełnienia', 'the list has to be completed'),
  ('4', 'no-dpia', 'opinia IOD zapisana; ocena skutków nie jest wymagana', 'opinion recorded; no DPIA required'),
  ('4', 'dpia', 'opinia IOD zapisana; wymagana ocena skutków', 'opinion recorded; a DPIA is required'),
  ('5', 'positive', 'cele są zgodne', 'the purposes are compatible'),
  ('5', 'negative', 'cele nie są zgodne', 'the purposes are not compatible'),
  ('6', 'positive', 'ryzyko dopuszczalne, ujawnienie proporcjonalne i niezbędne', 'acceptable risk, proportionate and necessary'),
  ('6', 'negative', 'ocena wyklucza ujawnienie', 'the assessment excludes disclosure');

-- Which ways to release go with which contents.
CREATE VIEW legal_path (content, path) AS VALUES
  ('no-persons', '16.1'),
  ('no-personal-data', '15.2.1'),
  ('no-personal-data', '15.2.4'),
  ('no-personal-data', '16.1'),
  ('no-personal-data', '16.4'),
  ('personal-data', '15.2.2'),
  ('personal-data', '15.2.3'),
  ('personal-data', '16.3'),
  ('personal-data', 'statute');

-- Annex 3. looked_at_by: the rules whose findings bear on it, 'step 5' or 'mark' where a record does,
-- NULL where nothing but the attestation of a person answers it.
CREATE VIEW risk_source (risk, stage, category, looked_at_by, pl, en) AS VALUES
  ('P1', 'preparation', 'personal', NULL, 'Nieuprawnione połączenie danych zebranych dla różnych celów', 'unlawful joining of data collected for different purposes'),
  ('P2', 'preparation', 'personal', NULL, 'Brak zidentyfikowania pierwotnego celu przetwarzania w ramach oceny zgodności celów', 'the original purpose was not identified'),
  ('P3', 'preparation', 'personal', 'step 5', 'Brak przeprowadzenia oceny zgodności celów w przypadkach wskazanych w art. 6 ust. 4 RODO', 'no test of purposes where art. 6(4) GDPR asks for it'),
  ('P4', 'preparation', 'personal', NULL, 'Uwzględnienie danych osób pełniących funkcje publiczne poza zakresem pełnienia tych funkcji', 'data of persons in a public function outside that function'),
  ('P5', 'preparation', 'personal', NULL, 'Naruszenie wymogu dobrowolności zgody (art. 6 ust. 2 ustawy)', 'consent that was not voluntary'),
  ('P6', 'preparation', 'personal', 'identifier-found persons-contradicted role-undeclared role-doubtful', 'Nieuwzględnienie, że zasób obejmuje także dane innych osób niż pełniące funkcje publiczne', 'overlooked that the resource covers other persons too'),
  ('P7', 'preparation', 'personal', 'l-diversity t-closeness', 'Ujawnienie danych wrażliwych ze względu na połączenie danych z różnych zasobów', 'sensitive data revealed by joining resources'),
  ('N1', 'preparation', 'non-personal', 'k-anonymity unique-combination', 'Możliwość szczątkowej identyfikacji', 'residual identification'),
  ('N2', 'preparation', 'non-personal', 'linkable-release release-difference', 'Możliwość identyfikacji wskutek łączenia danych pochodzących z różnych źródeł (reidentyfikacja)', 'identification by linking sources'),
  ('N3', 'preparation', 'non-personal', 'unit-not-stated', 'Błędna ocena co do statystycznego charakteru danych', 'wrong assessment of the statistical character'),
  ('N4', 'preparation', 'non-personal', NULL, 'Błędna ocena możliwości przypisania informacji do osoby fizycznej (środki i nakłady, motyw 26 RODO)', 'wrong assessment of means and effort (recital 26 GDPR)'),
  ('N5', 'preparation', 'non-personal', 'identifier-found', 'Błędna kwalifikacja, że rejestr jest objęty motywem 14 RODO', 'wrongly taken as legal persons (recital 14 GDPR)'),
  ('N6', 'preparation', 'non-personal', NULL, 'Błędna ocena istnienia zbioru danych osobowych (art. 2 RODO)', 'wrong assessment whether there is a filing system'),
  ('D1', 'decision', 'anonymised', 'k-anonymity l-diversity t-closeness unique-combination inference', 'Reidentyfikacja danych zanonimizowanych', 're-identification of anonymised data'),
  ('D2', 'decision', 'pseudonymised', 'reversible-digest', 'Odwrócenie pseudonimizacji', 'reversal of pseudonyms'),
  ('U1', 'disclosure', 'anonymised', NULL, 'Ujawnienie zbyt szerokiego zakresu danych o osobach pełniących funkcje publiczne', 'too much about persons in a public function'),
  ('U2', 'disclosure', 'anonymised', NULL, 'Błędna ocena, że w rejestrze nie występują dane wrażliwe (art. 9-10 RODO)', 'wrongly assumed that there are no sensitive data'),
  ('U3', 'disclosure', 'anonymised', 'k-anonymity linkable-release release-difference', 'Reidentyfikacja (szczątkowa lub wskutek łączenia danych z różnych źródeł)', 're-identification, residual or by linking'),
  ('U4', 'disclosure', 'anonymised', NULL, 'Możliwość szerszego wykorzystywania danych osobowych niż cele udostępniania', 'use wider than the purpose of the disclosure'),
  ('U5', 'disclosure', 'anonymised', NULL, 'Możliwość przetwarzania danych osobowych po ich usunięciu z zasobu publicznego', 'processing after the removal from the public resource'),
  ('U6', 'disclosure', 'anonymised', NULL, 'Wykorzystanie danych niezgodnie z pierwotnym celem ich zebrania', 'use contrary to the original purpose'),
  ('U7', 'disclosure', 'pseudonymised', 'reversible-digest', 'Jak przy danych zanonimizowanych oraz odwrócenie pseudonimizacji', 'as of anonymised data, and reversal of pseudonyms'),
  ('U8', 'disclosure', 'statistical', 'k-anonymity', 'Reidentyfikacja danych anonimowych lub statystycznych', 're-identification of anonymous or statistical data'),
  ('K1', 'end', 'personal', NULL, 'Przechowywanie danych dłużej, niż to niezbędne', 'kept longer than needed'),
  ('K2', 'end', 'personal', NULL, 'Przechowywanie danych nieaktualnych (nieprawidłowych)', 'outdated data kept'),
  ('K3', 'end', 'personal', 'type-mismatch required-missing unique-violated out-of-range not-listed', 'Naruszenie wymogu poprawności', 'incorrect data'),
  ('K4', 'end', 'personal', NULL, 'Brak usunięcia danych pomimo spełnienia przesłanek z art. 17 RODO', 'not deleted despite art. 17 GDPR');

-- The records of steps that count (R3).
CREATE VIEW step AS
SELECT dataset, subject AS step, outcome, form, actor, role, reason, case_mark, document, number,
       digest, id, at
  FROM event
 WHERE kind = 'step'
   AND NOT EXISTS (SELECT 1 FROM event AS later
                    WHERE later.dataset = event.dataset AND later.kind = 'step'
                      AND later.id > event.id
                      AND (later.subject = event.subject
                           OR later.subject IN ('1', '2') AND later.subject < event.subject));

CREATE TRIGGER step_event BEFORE INSERT ON event WHEN NEW.kind = 'step' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiej czynności lub takiego wyniku; zob. widok step_outcome (czynność 7 zapisuje kontrola) / there is no such step or outcome; see the view step_outcome (step 7 is recorded by a check)')
   WHERE NOT EXISTS (SELECT 1 FROM step_outcome
                      WHERE step = NEW.subject AND outcome = NEW.outcome);

  SELECT RAISE(ABORT, 'sito: zapis czynności wymaga znaku sprawy / the record of a step needs a case mark')
   WHERE NEW.case_mark IS NULL OR trim(NEW.case_mark) = '';

  SELECT RAISE(ABORT, 'sito: czynności 4, 5 i 6 wymagają skrótu SHA-256 wypełnionego formularza / steps 4, 5 and 6 need the SHA-256 of the filled form')
   WHERE NEW.subject IN ('4', '5', '6') AND NEW.document IS NULL;

  SELECT RAISE(ABORT, 'sito: ta osoba nie jest tego dnia upoważniona do tej czynności; zob. widok entitled / this person is not authorised to do this on that day; see the view entitled')
   WHERE NOT EXISTS (SELECT 1 FROM entitled
                      WHERE person = NEW.actor AND act = (SELECT act FROM step_list WHERE step = NEW.subject)
                        AND date(coalesce(NEW.at, 'now')) BETWEEN from_day AND until_day);

  SELECT RAISE(ABORT, 'sito: najpierw czynność 1, potem 2, dopiero po nich następne / step 1 comes first, then step 2, and only then the others')
   WHERE NEW.subject <> '1'
     AND NOT EXISTS (SELECT 1 FROM step WHERE dataset = NEW.dataset
                        AND step = CASE NEW.subject WHEN '2' THEN '1' ELSE '2' END);

  SELECT RAISE(ABORT, 'sito: ta droga udostępnienia nie pasuje do wyniku czynności 1; zob. widok legal_path / this way to release does not go with the outcome of step 1; see the view legal_path')
   WHERE NEW.subject = '2'
     AND NOT EXISTS (SELECT 1 FROM step JOIN legal_path ON content = step.outcome
                      WHERE dataset = NEW.dataset AND step.step = '1' AND path = NEW.outcome);

  SELECT RAISE(ABORT, 'sito: po negatywnym wyniku testu lub oceny udostępnić można tylko dane zanonimizowane (§16.4) / after a negative test or assessment only anonymised data may be released (§16.4)')
   WHERE NEW.subject IN ('2', '5', '6') AND NEW.outcome NOT IN ('15.2.4', '16.4', 'negative')
     AND (NEW.subject = '2'
          OR NOT EXISTS (SELECT 1 FROM step WHERE dataset = NEW.dataset AND step = '2'
                            AND outcome IN ('15.2.4', '16.4')))
     AND EXISTS (SELECT 1 FROM event WHERE dataset = NEW.dataset AND kind = 'step'
                    AND subject IN ('5', '6') AND outcome = 'negative');

  SELECT RAISE(ABORT, 'sito: §15.2.4 dotyczy danych nie więcej niż kilkunastu osób: podaj ich liczbę, od 1 do 19 / §15.2.4 is for at most nineteen persons: give their number')
   WHERE NEW.subject = '2' AND NEW.outcome = '15.2.4'
     AND (NEW.number IS NULL OR NEW.number NOT BETWEEN 1 AND 19);

  SELECT RAISE(ABORT, 'sito: forma czynności 6 to risk-assessment albo dpia; po czynności 4 z wynikiem dpia tylko dpia / the form of step 6 is risk-assessment or dpia; after step 4 with dpia only dpia')
   WHERE NEW.subject = '6'
     AND (NEW.form IS NULL OR NEW.form NOT IN ('risk-assessment', 'dpia')
          OR NEW.form <> 'dpia' AND EXISTS (SELECT 1 FROM step WHERE dataset = NEW.dataset
                                               AND step = '4' AND outcome = 'dpia'));
END;

CREATE TRIGGER step_insert INSTEAD OF INSERT ON step BEGIN
  INSERT INTO event (kind, dataset, subject, outcome, form, actor, role, reason, case_mark, document,
                     number, digest)
  VALUES ('step', NEW.dataset, NEW.step, NEW.outcome, NEW.form, NEW.actor, NEW.role, NEW.reason,
          NEW.case_mark, NEW.document, NEW.number,
          (SELECT digest FROM present WHERE dataset = NEW.dataset));
END;

-- The answers about risks that count: the newest of each, recorded since step 2.
CREATE VIEW risk_answer AS
SELECT dataset, subject AS risk, outcome, actor, role, reason, case_mark, document, id, at
  FROM event
 WHERE kind = 'risk'
   AND id = (SELECT max(newer.id) FROM event AS newer
              WHERE newer.dataset = event.dataset AND newer.kind = 'risk'
                AND newer.subject = event.subject)
   AND id > (SELECT max(step.id) FROM step
              WHERE step.dataset = event.dataset AND step.step IN ('1', '2'));

CREATE TRIGGER risk_event BEFORE INSERT ON event WHEN NEW.kind = 'risk' BEGIN
  SELECT RAISE(ABORT, 'sito: nie ma takiego źródła ryzyka; zob. widok risk_source / there is no such source of risk; see the view risk_source')
   WHERE NOT EXISTS (SELECT 1 FROM risk_source WHERE risk = NEW.subject);

  SELECT RAISE(ABORT, 'sito: odpowiedź o źródle ryzyka to absent (nie występuje), reduced (ograniczono) albo remains (pozostaje), z uzasadnieniem / an answer about a source of risk is absent, reduced or remains, with its reason')
   WHERE NEW.outcome IS NULL OR NEW.outcome NOT IN ('absent', 'reduced', 'remains')
      OR NEW.reason IS NULL OR trim(NEW.reason) = '';

  SELECT RAISE(ABORT, 'sito: źródła ryzyka rozważa się po czynnościach 1 i 2 / sources of risk are considered after steps 1 and 2')
   WHERE NOT EXISTS (SELECT 1 FROM step WHERE dataset = NEW.dataset AND step = '2');

  SELECT RAISE(ABORT, 'sito: ta osoba nie jest tego dnia upoważniona do tej czynności; zob. widok entitled / this person is not authorised to do this on that day; see the view entitled')
   WHERE NOT EXISTS (SELECT 1 FROM entitled
                      WHERE person = NEW.actor AND act = 'analysis'
                        AND date(coalesce(NEW.at, 'now')) BETWEEN from_day AND until_day);
END;

CREATE TRIGGER risk_answer_insert INSTEAD OF INSERT ON risk_answer BEGIN
  INSERT INTO event (kind, dataset, subject, outcome, actor, role, reason, case_mark, document)
  VALUES ('risk', NEW.dataset, NEW.risk, NEW.outcome, NEW.actor, NEW.role, NEW.reason, NEW.case_mark,
          NEW.document);
END;

-- Every data set and every step: is it required (NULL: steps 1 and 2 will tell), is it done.
CREATE VIEW analysis AS
SELECT known.dataset, step_list.step, step_list.pl, step_list.en,
       CASE WHEN step_list.step IN ('1', '2', '7') THEN 1
            WHEN one.outcome = 'no-persons' THEN 0
            WHEN one.outcome IS NULL OR two.outcome IS NULL THEN NULL
            WHEN step_list.step = '5'
            THEN one.outcome = 'personal-data' AND two.outcome NOT IN ('15.2.2', '15.2.3')
            ELSE 1
       END AS required,
       CASE WHEN step_list.step = '7'
            THEN EXISTS (SELECT 1 FROM present JOIN verdict USING (dataset, digest)
                          WHERE present.dataset = known.dataset)
            WHEN step_list.step IN ('3', '5', '6') THEN coalesce(step.outcome = 'positive', 0)
                 AND NOT (step_list.step = '6'
                          AND (step.form <> 'dpia' AND EXISTS (SELECT 1 FROM step AS four
                                 WHERE four.dataset = known.dataset AND four.step = '4'
                                   AND four.outcome = 'dpia')
                               OR EXISTS (SELECT 1 FROM risk_answer
                                           WHERE risk_answer.dataset = known.dataset
                                             AND risk_answer.id > step.id)))
            ELSE step.id IS NOT NULL
       END AS done,
       step.outcome, step.form, step.actor, step.role, step.reason, step.case_mark, step.document,
       step.at
  FROM event AS known
  JOIN step_list
  LEFT JOIN step AS one ON one.dataset = known.dataset AND one.step = '1'
  LEFT JOIN step AS two ON two.dataset = known.dataset AND two.step = '2'
  LEFT JOIN step ON step.dataset = known.dataset AND step.step = step_list.step
 WHERE known.kind = 'registered';

-- What an analysis still lacks: 'step N', or the id of a risk without an answer.
CREATE VIEW analysis_missing AS
SELECT dataset, 'step ' || step AS what, pl, en
  FROM analysis
 WHERE NOT done AND coalesce(required, 1)
UNION ALL
SELECT analysis.dataset, risk_source.risk, risk_source.pl, risk_source.en
  FROM analysis JOIN risk_source
 WHERE analysis.step = '6' AND coalesce(analysis.required, 1)
   AND NOT EXISTS (SELECT 1 FROM risk_answer
                    WHERE risk_answer.dataset = analysis.dataset
                      AND risk_answer.risk = risk_source.risk);
