-- id:           foreign-key-without-target
-- title.en:     Every foreign key leads to a record of the resource that it names
-- title.pl:     Każdy klucz obcy prowadzi do rekordu zasobu, który wskazuje
-- severity:     error
-- severity.row: fatal
-- needs:        schema
-- scope:        package
-- basis.en:     Descriptor: foreignKeys (Table Schema)
-- basis.pl:     Opis zbioru: foreignKeys (Table Schema)
-- message.en:   {state, select, absent {The foreign key ({columns}) cannot be looked up: one of its
--               columns is not in the file} other {{count, plural, one {# record leads} other {# records
--               lead}} by ({columns}) to no record of {reference} ({reference_columns})}}
-- message.pl:   {state, select, absent {Klucza obcego ({columns}) nie da się sprawdzić: jednej z jego
--               kolumn nie ma w pliku} other {{count, plural, one {# rekord nie prowadzi} few {# rekordy
--               nie prowadzą} many {# rekordów nie prowadzi} other {# rekordu nie prowadzi}} przez
--               ({columns}) do żadnego rekordu zasobu {reference} ({reference_columns})}}
-- why.en:       Tables of one package are published to be joined. A record that leads nowhere is lost in
--               the join, or one of the files is older than the other.
-- why.pl:       Tabele jednego zbioru publikuje się po to, by je łączyć. Rekord, który nie prowadzi
--               donikąd, ginie przy łączeniu, albo jeden z plików jest starszy od drugiego.
-- fix.en:       Export all files of the package from the register at the same time; add what is missing
--               to the resource that is referred to, or correct the values.
-- fix.pl:       Wyeksportuj wszystkie pliki zbioru z rejestru w tym samym czasie; uzupełnij wskazywany
--               zasób albo popraw wartości.
-- since:        0.1
SELECT resource,
       field,
       first_line AS line,
       coalesce(without, 1) AS count,
       'foreign-key-' || number AS witness,
       iif(without IS NULL, 'fatal', NULL) AS severity,
       iif(without IS NULL, 'absent', 'without') AS state,
       columns,
       reference,
       reference_columns
  FROM foreign_key
 WHERE without IS NULL
    OR without > 0
 ORDER BY resource,
          number;
