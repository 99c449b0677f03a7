-- id:          archival-span
-- title.en:    The data reach as far back, and up to, what the descriptor states
-- title.pl:    Dane obejmują cały okres podany w opisie zbioru
-- severity:    error
-- needs:       span
-- basis.en:    The descriptor (coverage.temporal)
-- basis.pl:    Opis zbioru (coverage.temporal)
-- message.en:  "{field}": {state, select, late {the data begin with {first}, the descriptor states {since}}
--              other {the data end with {last}, the descriptor states {until}}}
-- message.pl:  „{field}”: {state, select, late {dane zaczynają się od {first}, a opis zbioru podaje
--              {since}} other {dane kończą się na {last}, a opis zbioru podaje {until}}}
-- why.en:      Archive years that are missing make a series look as if nothing had happened before.
-- why.pl:      Brak lat archiwalnych wygląda tak, jakby wcześniej nic się nie działo.
-- fix.en:      Add the missing years, or correct coverage.temporal.since and until.
-- fix.pl:      Dołącz brakujące lata albo popraw coverage.temporal.since i until.
-- since:       0.1
SELECT field,
       NULL AS line,
       1 AS count,
       'late' AS state,
       first,
       since,
       last,
       until
  FROM span
 WHERE first > since
UNION ALL
SELECT field,
       NULL,
       1,
       'early',
       first,
       since,
       last,
       until
  FROM span
 WHERE last < until;
