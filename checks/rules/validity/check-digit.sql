-- id:           check-digit
-- title.en:     Numbers of a known kind are valid ones
-- title.pl:     Numery o znanej budowie są poprawne
-- severity:     error
-- severity.row: warning
-- basis.en:     The rules of the registers PESEL, NIP, REGON, TERYT and of ISO 13616 (IBAN)
-- basis.pl:     Budowa numerów w rejestrach PESEL, NIP, REGON, TERYT oraz norma ISO 13616 (IBAN)
-- message.en:   Column "{field}": {state, select, declared {{count, plural, one {# value is not valid as
--               {kind}} other {# values are not valid as {kind}}}} other {{count, plural, one {# value is
--               no valid number, where nearly all others are valid as {kind}} other {# values are no valid
--               numbers, where nearly all others are valid as {kind}}}}}
-- message.pl:   Kolumna „{field}”: {state, select, declared {{count, plural, one {# wartość nie jest
--               poprawna jako {kind}} few {# wartości nie są poprawne jako {kind}} many {# wartości nie
--               jest poprawnych jako {kind}} other {# wartości nie jest poprawne jako {kind}}}} other
--               {{count, plural, one {# wartość nie jest poprawnym numerem, choć prawie wszystkie pozostałe
--               to {kind}} few {# wartości nie są poprawnymi numerami, choć prawie wszystkie pozostałe to
--               {kind}} many {# wartości nie jest poprawnymi numerami, choć prawie wszystkie pozostałe to
--               {kind}} other {# wartości nie jest poprawnym numerem, choć prawie wszystkie pozostałe to
--               {kind}}}}}
-- why.en:       The check digit exists so that a slip is seen: a number that fails it belongs to nobody, or
--               to somebody else.
-- why.pl:       Cyfra kontrolna służy do wykrywania pomyłek: numer, który jej nie spełnia, nie należy do
--               nikogo albo należy do kogoś innego.
-- fix.en:       Correct the number at the source. Write numbers without blanks, hyphens and country prefix,
--               and with their leading zeros.
-- fix.pl:       Popraw numer u źródła. Numery zapisuj bez spacji, myślników i prefiksu kraju, z zerami na
--               początku.
-- since:        0.1
WITH named (kind, name) AS (
  VALUES ('pesel', 'PESEL'), ('nip', 'NIP'), ('regon', 'REGON'), ('krs', 'KRS'), ('terc', 'TERC'),
         ('simc', 'SIMC'), ('pwz', 'PWZ'), ('iban', 'IBAN'), ('id_card', 'ID card'),
         ('passport', 'passport'), ('land_register', 'KW'), ('edelivery', 'ADE')
)
SELECT defect.field AS field,
       defect.first_line AS line,
       defect.count AS count,
       'check-digit' AS witness,
       NULL AS severity,
       'declared' AS state,
       coalesce(named.name, '–') AS kind
  FROM defect
  JOIN field ON field.name = defect.field
  LEFT JOIN named ON named.kind = field.kind
 WHERE defect.kind = 'check-digit'
   AND defect.count > 0
UNION ALL
-- Nobody declared the kind, but the column shows it: fewer than one in ten are invalid.
SELECT personal.field,
       NULL,
       profile.rows - profile.missing - personal.found,
       NULL,
       'warning',
       'seen',
       named.name
  FROM personal
  JOIN profile ON profile.field = personal.field
  JOIN field ON field.name = personal.field
  JOIN named ON named.kind = personal.kind
 WHERE personal.verdict = 'certain'
   AND personal.kind IN ('pesel', 'nip', 'regon', 'iban')
   AND field.kind IS NULL
   AND personal.found < profile.rows - profile.missing
   AND personal.found * 10 >= (profile.rows - profile.missing) * 9;
