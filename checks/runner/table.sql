-- What the descriptor says of a statistical table, as tables: dimensions, measures, signs. temp.matched knows
-- the headings of the file.

CREATE TEMP TABLE table_dimension AS
SELECT d.key AS number, d.value ->> '$.field' AS name, m.heading, d.value ->> '$.total' AS total,
       d.value ->> '$.hierarchy' AS hierarchy,
       coalesce(m.field ->> '$.disclosure.role' = 'sensitive', 0) AS sensitive
  FROM temp.descriptor, json_each(resource, '$.disclosure.table.dimensions') AS d
  LEFT JOIN temp.matched AS m ON m.name = d.value ->> '$.field';

CREATE TEMP TABLE table_measure AS
SELECT t.key AS number, t.value ->> '$.field' AS name, m.heading, t.value ->> '$.kind' AS kind,
       coalesce(m.field ->> '$.decimalChar', '.') AS decimal, coalesce(m.field ->> '$.groupChar', '') AS grouping,
       coalesce(json_extract(m.field, '$.constraints.minimum') < 0, 0) AS negative,
       t.value ->> '$.contributors' AS contributors, t.value ->> '$.largest' AS largest,
       t.value ->> '$.second' AS second
  FROM temp.descriptor, json_each(resource, '$.disclosure.table.measures') AS t
  LEFT JOIN temp.matched AS m ON m.name = t.value ->> '$.field';

-- The portal's signs, and the descriptor's own. The token is what the cells are read as from here on.
CREATE TEMP TABLE table_sign(sign TEXT PRIMARY KEY, meaning TEXT NOT NULL, token TEXT);
INSERT INTO temp.table_sign(sign, meaning) VALUES
  ('-', 'zero'), ('.', 'missing'), (':', 'missing'), ('X', 'not-applicable'), ('x', 'not-applicable'), ('#', 'suppressed');
INSERT OR REPLACE INTO temp.table_sign(sign, meaning)
SELECT s.key, s.value FROM temp.descriptor, json_each(resource, '$.disclosure.table.signs') AS s;
UPDATE temp.table_sign
   SET token = CASE meaning WHEN 'zero' THEN '0' WHEN 'missing' THEN '.' WHEN 'not-applicable' THEN 'X' ELSE '#' END;

INSERT INTO tabulated
SELECT t ->> '$.about',
       max(coalesce(t ->> '$.threshold', 0),
           (SELECT CAST(effective AS INTEGER) FROM threshold
             WHERE name = iif(t ->> '$.about' = 'entities', 'smallCell.entities', 'smallCell.persons'))),
       t ->> '$.threshold', t -> '$.secrecy' IS NOT NULL, t ->> '$.linked', 0
  FROM (SELECT resource -> '$.disclosure.table' AS t FROM temp.descriptor);

UPDATE threshold
   SET declared = (SELECT t.declared FROM tabulated AS t),
       effective = (SELECT max(t.threshold, threshold.policy) FROM tabulated AS t),
       looser = coalesce((SELECT t.declared FROM tabulated AS t) < policy, 0)
 WHERE name = (SELECT 'smallCell.' || about FROM tabulated);
