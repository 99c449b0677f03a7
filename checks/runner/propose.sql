-- What `sito init` proposes for each column of a file without a descriptor, and why. The facts are
-- those of the scan. Every proposal errs on the careful side: nothing is `public` by itself, a date is
-- a quasi-identifier, and what differs in every row is a direct identifier.
--
-- temp.proposal: position, name, type, format, decimal, role, why (a word of init.c), detail

-- Parts of headings, without Polish letters and in lower case.
CREATE TEMP TABLE heading_word(part, role);
INSERT INTO heading_word VALUES
  ('pesel', 'direct-identifier'), ('nazwisk', 'direct-identifier'), ('imie', 'direct-identifier'),
  ('imion', 'direct-identifier'), ('telefon', 'direct-identifier'), ('tel_', 'direct-identifier'),
  ('e-mail', 'direct-identifier'), ('email', 'direct-identifier'), ('mail', 'direct-identifier'),
  ('adres', 'direct-identifier'), ('nip', 'direct-identifier'), ('regon', 'direct-identifier'),
  ('dowod', 'direct-identifier'), ('paszport', 'direct-identifier'),
  ('ksiega_wiecz', 'direct-identifier'), ('numer_sprawy', 'direct-identifier'),
  ('nr_sprawy', 'direct-identifier'), ('znak_sprawy', 'direct-identifier'),
  ('sygnatur', 'direct-identifier'), ('wnioskodawc', 'direct-identifier'),
  ('nr_decyzji', 'direct-identifier'), ('numer_decyzji', 'direct-identifier'),
  ('nr_wniosku', 'direct-identifier'), ('numer_wniosku', 'direct-identifier'),
  ('nr_domu', 'direct-identifier'), ('numer_domu', 'direct-identifier'),
  ('nr_lokalu', 'direct-identifier'), ('numer_lokalu', 'direct-identifier'),
  ('nr_mieszkania', 'direct-identifier'), ('numer_mieszkania', 'direct-identifier'),
  ('nr_dzialki', 'direct-identifier'), ('numer_dzialki', 'direct-identifier'),
  ('first_name', 'direct-identifier'), ('last_name', 'direct-identifier'),
  ('surname', 'direct-identifier'), ('phone', 'direct-identifier'), ('address', 'direct-identifier'),
  ('opis', 'free-text'), ('uwagi', 'free-text'), ('tresc', 'free-text'), ('komentarz', 'free-text'),
  ('notatk', 'free-text'), ('uzasadnieni', 'free-text'),
  ('powod', 'sensitive'), ('przyczyn', 'sensitive'), ('kwota', 'sensitive'), ('dochod', 'sensitive'),
  ('wynagrodz', 'sensitive'), ('zasil', 'sensitive'), ('swiadczen', 'sensitive'),
  ('chorob', 'sensitive'), ('rozpozn', 'sensitive'), ('niepelnospr', 'sensitive'),
  ('orzecz', 'sensitive'), ('wyznan', 'sensitive'), ('narodow', 'sensitive'),
  ('karaln', 'sensitive'), ('diagnos', 'sensitive'), ('income', 'sensitive'), ('salary', 'sensitive'),
  ('health', 'sensitive');

-- Headings and the path in lower case and without Polish marks.
CREATE TEMP TABLE polish_letter(n INTEGER PRIMARY KEY, letter, plain);
INSERT INTO polish_letter(letter, plain) VALUES
  ('ą', 'a'), ('ć', 'c'), ('ę', 'e'), ('ł', 'l'), ('ń', 'n'), ('ó', 'o'), ('ś', 's'), ('ź', 'z'),
  ('ż', 'z'), ('Ą', 'a'), ('Ć', 'c'), ('Ę', 'e'), ('Ł', 'l'), ('Ń', 'n'), ('Ó', 'o'), ('Ś', 's'),
  ('Ź', 'z'), ('Ż', 'z');
CREATE TEMP TABLE plain AS
WITH RECURSIVE step(original, text, n) AS (
  SELECT name, lower(name), 0 FROM (SELECT name FROM field UNION SELECT path FROM resource)
  UNION ALL
  SELECT original, replace(text, letter, plain), step.n + 1
    FROM step JOIN polish_letter ON polish_letter.n = step.n + 1
)
SELECT original, text FROM step WHERE n = (SELECT max(n) FROM polish_letter);
CREATE INDEX temp.plain_original ON plain(original);

-- Columns with more distinct values than the profile counts exactly.
CREATE TEMP TABLE counted(field, distinct_values);

CREATE TEMP TABLE proposal AS
WITH seen AS (
  SELECT f.position, f.name, p.*, p.rows - p.missing AS present, (SELECT text FROM temp.plain WHERE original = f.name) AS heading,
         coalesce(p.distinct_values, (SELECT c.distinct_values FROM temp.counted AS c
                                       WHERE c.field = f.name)) AS different
    FROM field AS f JOIN profile AS p ON p.field = f.name
   WHERE f.position IS NOT NULL
), typed AS (
  SELECT *,
         CASE WHEN EXISTS (SELECT 1 FROM personal WHERE field = seen.name AND verdict <> 'chance')
                THEN 'string'
              WHEN present > 0 AND dates = present AND longest = 7
                   AND min GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' THEN 'yearmonth'
              WHEN present > 0 AND dates = present THEN 'date'
              WHEN present > 0 AND integers = present AND leading_zeros = 0 AND longest <= 9
                THEN 'integer'
              WHEN present > 0 AND integers + numbers = present AND leading_zeros = 0 THEN 'number'
              ELSE 'string' END AS type
    FROM seen
), judged AS (
  SELECT *,
         -- a postal code, a day and a place of birth point at a person only together with others
         (SELECT group_concat(kind, ', ') FROM (SELECT kind FROM personal WHERE field = typed.name
             AND verdict <> 'chance' AND kind NOT IN ('postal_code', 'birth_date', 'birth_place')
           ORDER BY found DESC)) AS personal,
         special_categories(name) IS NOT NULL
           OR EXISTS (SELECT 1 FROM special AS s WHERE s.field = typed.name
                         AND (s.found >= 3 OR s.found * 20 >= different)) AS special,
         min GLOB '[A-Z]*.[0-9]*.[0-9]*.[12][0-9][0-9][0-9]*'
           AND max GLOB '[A-Z]*.[0-9]*.[0-9]*.[12][0-9][0-9][0-9]*' AS case_marks,
         (SELECT w.role FROM heading_word AS w
           WHERE instr('_' || replace(replace(heading, ' ', '_'), '.', '_'), '_' || w.part)
           ORDER BY w.role = 'direct-identifier' DESC, w.role LIMIT 1) AS telling
    FROM typed
)
SELECT position, name, type,
       CASE WHEN type = 'date' AND min GLOB '[0-9][0-9].[0-9][0-9].[0-9][0-9][0-9][0-9]'
              THEN '%d.%m.%Y'
            WHEN type = 'date' AND min GLOB '[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9]'
              THEN '%d-%m-%Y' END AS format,
       CASE WHEN type = 'number' AND (SELECT decimal FROM temp.sniffed) = ',' THEN ',' END AS decimal,
       CASE WHEN personal IS NOT NULL THEN 'direct-identifier'
            WHEN case_marks THEN 'direct-identifier'
            WHEN telling IS NOT NULL THEN telling
            WHEN special AND NOT (type = 'string' AND longest > 60 AND different * 5 > present) THEN 'sensitive'
            WHEN type IN ('date', 'yearmonth') THEN 'quasi-identifier'
            WHEN rows > 1 AND missing = 0 AND different = rows THEN 'direct-identifier'
            WHEN type = 'string' AND longest > 60 AND different * 5 > present THEN 'free-text'
            ELSE 'quasi-identifier' END AS role,
       CASE WHEN personal IS NOT NULL THEN 'personal'
            WHEN case_marks THEN 'case-mark'
            WHEN telling IS NOT NULL THEN 'heading'
            WHEN special AND NOT (type = 'string' AND longest > 60 AND different * 5 > present) THEN 'special'
            WHEN type IN ('date', 'yearmonth') THEN 'date'
            WHEN rows > 1 AND missing = 0 AND different = rows THEN 'row-unique'
            WHEN type = 'string' AND longest > 60 AND different * 5 > present THEN 'long-text'
            ELSE 'other' END AS why,
       personal AS detail
  FROM judged
 ORDER BY position;
