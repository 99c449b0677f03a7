-- id:         nul-byte
-- title.en:   The file holds no NUL bytes
-- title.pl:   W pliku nie ma bajtów zerowych (NUL)
-- severity:   error
-- basis.en:   RFC 4180 § 2 (TEXTDATA)
-- basis.pl:   RFC 4180 § 2 (definicja TEXTDATA)
-- message.en: {count, plural, one {# record holds} other {# records hold}} a NUL byte
-- message.pl: {count, plural, one {# rekord zawiera} few {# rekordy zawierają} many {# rekordów zawiera}
--             other {# rekordu zawiera}} bajt zerowy (NUL)
-- why.en:     Many programs stop reading a value at a NUL byte: what stands behind it is published, but
--             nobody who looked at the file saw it.
-- why.pl:     Wiele programów kończy odczyt wartości na bajcie zerowym: to, co stoi za nim, zostałoby
--             opublikowane, choć nikt z oglądających plik tego nie widział.
-- fix.en:     Export the file again. NUL bytes come from a damaged copy or from text in UTF-16 that
--             was cut apart.
-- fix.pl:     Wyeksportuj plik ponownie. Bajty zerowe biorą się z uszkodzonej kopii albo z pociętego
--             tekstu w UTF-16.
-- since:      0.1
SELECT NULL AS field,
       first_line AS line,
       count,
       'nul' AS witness
  FROM defect
 WHERE kind = 'nul'
   AND count > 0;
