-- From the facts of one table and the proposal of propose.sql: what is proposed for the whole, and why.
-- temp.judged: proposed, reason (a word of look.c), detail, columns (JSON), rows, damaged.

CREATE TEMP TABLE judged AS
WITH kind AS (
  SELECT DISTINCT kind
    FROM personal
   WHERE verdict <> 'chance'
), person_word(word) AS (
  VALUES ('wiek'), ('plec'), ('urodz'), ('imie'), ('nazwisk'), ('mieszkan'), ('pacjent'), ('uczen'),
         ('pracown'), ('dluzni'), ('wlasciciel'), ('age'), ('sex'), ('birth')
), about_person AS (
  SELECT field.name
    FROM field
    JOIN temp.plain ON plain.original = field.name
   WHERE EXISTS (SELECT 1 FROM person_word WHERE instr('_' || plain.text, '_' || word))
), listed AS (
  SELECT group_concat(DISTINCT why) AS whys,
         sum(role NOT IN ('direct-identifier', 'free-text')) AS usable,
         json_group_array(json_object('name', name, 'type', type, 'role', role, 'why', why,
                                      'kinds', detail)) AS columns
    FROM (SELECT * FROM temp.proposal ORDER BY position)
), damage AS (
  SELECT coalesce(sum(count), 0) AS damaged
    FROM defect
   WHERE field IS NULL
     AND kind IN ('ragged', 'quote', 'nul', 'encoding', 'too-long')
)
SELECT CASE WHEN (SELECT rows FROM temp.counted_rows) = 0 THEN 'not-assessed'
            WHEN EXISTS (SELECT 1 FROM kind)
              OR EXISTS (SELECT 1 FROM about_person)
              OR EXISTS (SELECT 1 FROM temp.proposal
                          WHERE why = 'heading' AND role IN ('direct-identifier', 'sensitive')
                             OR role = 'free-text')
            THEN iif(usable > 0, 'after-anonymisation', 'no')
            WHEN damaged > 0 THEN 'not-assessed'
            ELSE 'none-found'
       END AS proposed,
       CASE WHEN (SELECT rows FROM temp.counted_rows) = 0 THEN 'empty'
            WHEN EXISTS (SELECT 1 FROM kind) THEN 'personal'
            WHEN EXISTS (SELECT 1 FROM about_person) THEN 'persons'
            WHEN EXISTS (SELECT 1 FROM temp.proposal
                          WHERE why = 'heading' AND role IN ('direct-identifier', 'sensitive'))
            THEN 'heading'
            WHEN EXISTS (SELECT 1 FROM temp.proposal WHERE role = 'free-text') THEN 'free-text'
            WHEN damaged > 0 THEN 'damaged'
            ELSE 'none'
       END AS reason,
       CASE WHEN EXISTS (SELECT 1 FROM kind) THEN (SELECT group_concat(kind, ', ') FROM kind)
            WHEN EXISTS (SELECT 1 FROM about_person)
            THEN (SELECT group_concat(name, ', ') FROM about_person)
            WHEN EXISTS (SELECT 1 FROM temp.proposal
                          WHERE why = 'heading' AND role IN ('direct-identifier', 'sensitive'))
            THEN (SELECT group_concat(name, ', ') FROM temp.proposal
                   WHERE why = 'heading' AND role IN ('direct-identifier', 'sensitive'))
            WHEN EXISTS (SELECT 1 FROM temp.proposal WHERE role = 'free-text')
            THEN (SELECT group_concat(name, ', ') FROM temp.proposal WHERE role = 'free-text')
            WHEN damaged > 0 THEN CAST(damaged AS TEXT)
       END AS detail,
       columns, damaged
  FROM listed, damage;
