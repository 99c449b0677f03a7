-- Puts what the one SELECT of a scan gave into the facts. temp.scanned holds its JSON results: the
-- profiles of up to 120 columns each, and the measures of risk.

INSERT INTO profile
SELECT p.value ->> '$.field', p.value ->> '$.rows', p.value ->> '$.missing',
       p.value ->> '$.distinct_values', p.value ->> '$.min', p.value ->> '$.max',
       p.value ->> '$.longest', p.value ->> '$.integers', p.value ->> '$.numbers',
       p.value ->> '$.dates', p.value ->> '$.texts', p.value ->> '$.leading_zeros'
  FROM temp.scanned, json_each(result, '$.profile') AS p;

INSERT INTO spread
SELECT p.value ->> '$.field', p.value ->> '$.low_quartile', p.value ->> '$.median',
       p.value ->> '$.high_quartile'
  FROM temp.scanned, json_each(result, '$.profile') AS p
 WHERE p.value ->> '$.median' IS NOT NULL;

INSERT INTO defect
SELECT d.value ->> '$.kind', d.value ->> '$.field', d.value ->> '$.count', d.value ->> '$.first_line'
  FROM temp.scanned, json_each(result, '$.defect') AS d;

INSERT INTO witness
SELECT w.value ->> '$.kind', w.value ->> '$.field', w.value ->> '$.line', w.value ->> '$.record',
       w.value ->> '$.byte', w.value ->> '$.shape'
  FROM temp.scanned, json_each(result, '$.witness') AS w;

INSERT INTO personal
SELECT p.value ->> '$.kind', p.value ->> '$.field', p.value ->> '$.found', p.value ->> '$.share',
       p.value ->> '$.expected_share', p.value ->> '$.verdict'
  FROM temp.scanned, json_each(result, '$.personal') AS p;

INSERT INTO special
SELECT s.value ->> '$.category', s.value ->> '$.field', s.value ->> '$.found'
  FROM temp.scanned, json_each(result, '$.special') AS s;

INSERT INTO sampled
SELECT s.value ->> '$.field', s.value ->> '$.read', s.value ->> '$.unread'
  FROM temp.scanned, json_each(result, '$.sampled') AS s;

UPDATE personal
   SET found = iif(verdict = 'chance', 1, found + 1), verdict = 'certain'
 WHERE EXISTS (SELECT 1 FROM temp.telling AS t WHERE t.name = personal.field AND t.kind = personal.kind);

INSERT INTO personal
SELECT kind, name, 1, 0.0, 0.0, 'certain'
  FROM temp.telling AS t
 WHERE NOT EXISTS (SELECT 1 FROM personal AS p WHERE p.field = t.name AND p.kind = t.kind);

INSERT INTO witness
SELECT kind, name, line, 0, NULL, NULL
  FROM temp.telling
 WHERE line IS NOT NULL;

-- Without a quasi-identifier there is one class, the whole file, and nothing to say about it.
INSERT INTO class
SELECT c.value ->> '$.size', c.value ->> '$.classes', c.value ->> '$.rows'
  FROM temp.scanned, json_each(result, '$.class') AS c
 WHERE EXISTS (SELECT 1 FROM field WHERE role = 'quasi-identifier');

INSERT INTO doubtful
SELECT d.value ->> '$.field', d.value ->> '$.rows', d.value ->> '$.uniques', d.value ->> '$.k'
  FROM temp.scanned, json_each(result, '$.doubt') AS d;

-- A public column for which no call had room: nobody looked at it, and the rule says so.
INSERT INTO doubtful
SELECT name, NULL, NULL, NULL
  FROM field
 WHERE role = 'public'
   AND position IS NOT NULL
   AND EXISTS (SELECT 1 FROM dataset WHERE persons IS NOT 'none' AND described)
   AND EXISTS (SELECT 1 FROM profile WHERE rows > 0)
   AND NOT EXISTS (SELECT 1 FROM doubtful WHERE doubtful.field = field.name);

-- A measure is judged where a threshold is named here; t by the model that the descriptor chose.
INSERT INTO risk
SELECT r.value ->> '$.measure', r.value ->> '$.field', r.value ->> '$.value',
       (SELECT effective
          FROM threshold
         WHERE name = CASE r.value ->> '$.measure'
                        WHEN 'k_anonymity' THEN 'k'
                        WHEN 'l_diversity' THEN 'l'
                        WHEN 'alpha_k' THEN 'alpha'
                        WHEN 'beta_likeness' THEN 'beta'
                        WHEN 't_closeness' THEN iif(ordered, NULL, 't')
                        WHEN 't_closeness_ordered' THEN iif(ordered, 't', NULL)
                      END)
  FROM temp.scanned, json_each(result, '$.risk') AS r,
       (SELECT coalesce(resource ->> '$.disclosure.t.model' = 'ordered', 0) AS ordered
          FROM temp.descriptor)
 WHERE EXISTS (SELECT 1 FROM field WHERE role = 'quasi-identifier');
