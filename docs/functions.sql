-- Writes docs/functions.md: sqlite3 :memory: with sito loaded, `.read docs/functions.sql`.
.mode list
.headers off
SELECT '# Functions

Everything that `.load ./sito` brings, and `.load ./sito_remote` for the module remote, as it says of itself: this page is made from the table
`sito_help` (`./dev docs`), and a test compares the two. The lines behind `--` are what the example
prints in `.mode quote`; each is run as a test.
';

SELECT '| Module | |
|---|---|';
SELECT printf('| [%s](#module-%s) | %s |', module, module,
              group_concat(printf('[%s](#%s)', name, name), ' · '))
  FROM sito_help GROUP BY module ORDER BY min(rowid);

WITH told AS (
  SELECT rowid AS position, module, name,
         printf('### %s', name) || char(10) || char(10)
           || CASE kind WHEN 'collation' THEN printf('`COLLATE %s`', name)
                        WHEN 'table' THEN printf('%s `%s%s`', kind, name, iif(args = '', '', '(' || args || ')'))
                        ELSE printf('%s `%s(%s)`', kind, name, args) END
           || ' — ' || sentence || char(10) || char(10)
           || '```sql' || char(10) || example || ';' || char(10)
           || coalesce('-- ' || replace(result, char(10), char(10) || '-- ') || char(10), '')
           || '```' || char(10) AS text
    FROM sito_help)
SELECT iif(position = min(position) OVER (PARTITION BY module),
           char(10) || '## Module ' || module || char(10) || char(10), '') || text
  FROM told ORDER BY position;
