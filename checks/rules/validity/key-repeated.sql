-- id:           key-repeated
-- title.en:     No two records have the same values in a key of several columns
-- title.pl:     Żadne dwa rekordy nie mają tych samych wartości w kluczu z kilku kolumn
-- severity:     error
-- severity.row: fatal
-- needs:        schema
-- basis.en:     Descriptor: primaryKey, uniqueKeys (Table Schema)
-- basis.pl:     Opis zbioru: primaryKey, uniqueKeys (Table Schema)
-- message.en:   {state, select, absent {The key ({columns}) cannot be compared: one of its columns is
--               not in the file} other {{count, plural, one {# record repeats} other {# records
--               repeat}} the key ({columns}) of an earlier one}}
-- message.pl:   {state, select, absent {Klucza ({columns}) nie da się porównać: jednej z jego kolumn nie
--               ma w pliku} other {{count, plural, one {# rekord powtarza} few {# rekordy powtarzają}
--               many {# rekordów powtarza} other {# rekordu powtarza}} klucz ({columns}) wcześniejszego
--               rekordu}}
-- why.en:       A key stands for one thing. Where it is repeated, things are counted twice, and other
--               tables that refer to it join with more than one record.
-- why.pl:       Klucz oznacza jedną rzecz. Gdy się powtarza, rzeczy są liczone podwójnie, a inne tabele
--               łączą się z więcej niż jednym rekordem.
-- fix.en:       Find out which of the records is right and correct the register; or name the columns
--               that do tell the records apart as the key.
-- fix.pl:       Ustal, który rekord jest właściwy, i popraw rejestr; albo podaj jako klucz kolumny,
--               które naprawdę rozróżniają rekordy.
-- since:        0.1
SELECT NULL AS field,
       first_line AS line,
       coalesce(repeated, 1) AS count,
       'key-' || number AS witness,
       iif(repeated IS NULL, 'fatal', NULL) AS severity,
       iif(repeated IS NULL, 'absent', 'repeated') AS state,
       columns
  FROM row_key
 WHERE repeated IS NULL
    OR repeated > 0
 ORDER BY number;
