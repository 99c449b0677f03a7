-- id:         identifier-found
-- title.en:   No value is a personal identifier that nobody allowed
-- title.pl:   Żadna wartość nie jest identyfikatorem, na który nikt nie zezwolił
-- severity:   error
-- waiver:     ways
-- basis.en:   GDPR art. 4(1) and art. 87; open data act of 11 August 2021, art. 6(2); order 354/2022 of the
--             Mayor of Łódź, annex 1 § 3(4)(4), (6) and (7)
-- basis.pl:   Art. 4 pkt 1 i art. 87 RODO; art. 6 ust. 2 ustawy z 11 sierpnia 2021 r. o otwartych danych;
--             zarządzenie nr 354/2022 Prezydenta Miasta Łodzi, załącznik nr 1 § 3 ust. 4 pkt 4, 6 i 7
-- message.en: {place, select, column {In the column "{field}"} other {In damaged records or above the heading}} {count, plural,
--             one {# value {sure, select, certain {is} other {looks like}}} other {# values {sure, select,
--             certain {are} other {look like}}}} {kind, select, pesel {a PESEL number} nip {a tax number
--             (NIP)} regon {a REGON number} email {an e-mail address} phone {a telephone number} iban
--             {a bank account} land_register {a number of a land and mortgage register} edelivery {an address
--             of electronic delivery} id_card {a number of an identity card} passport {a passport number} pwz
--             {a licence number of a doctor or nurse} plate {a number plate} name {the name of a person}
--             address {an address} birth_date {a date of birth} birth_place {a place of
--             birth} ip_address {an IP address} other {personal data ({kind})}}
-- message.pl: {place, select, column {W kolumnie „{field}”} other {W uszkodzonych rekordach lub nad nagłówkiem}} {count,
--             plural, one {# wartość {sure, select, certain {to} other {wygląda na}}} few {# wartości
--             {sure, select, certain {to} other {wyglądają na}}} many {# wartości {sure, select, certain
--             {to} other {wygląda na}}} other {# wartości {sure, select, certain {to} other {wygląda na}}}}
--             {kind, select, pesel {numer PESEL} nip {NIP} regon {numer REGON} email {adres e-mail} phone
--             {numer telefonu} iban {numer rachunku bankowego} land_register {numer księgi wieczystej} edelivery
--             {adres do doręczeń elektronicznych} id_card {numer dowodu osobistego} passport {numer paszportu}
--             pwz {numer prawa wykonywania zawodu} plate {numer rejestracyjny pojazdu} name {imię i nazwisko}
--             address {adres} birth_date {data urodzenia} birth_place {miejsce urodzenia} ip_address {adres
--             IP} other {dane osobowe
--             ({kind})}}
-- why.en:     Such a number leads to one person, or to a sole trader who is one. Once it is published, it
--             cannot be called back.
-- why.pl:     Taki numer prowadzi do jednej osoby albo do przedsiębiorcy, który nią jest. Po publikacji
--             nie da się go cofnąć.
-- fix.en:     Leave the values out of the file for publication. If they may be published (an office's own
--             telephone, a company), say so in disclosure.allow with kind, field, reason and basis.
-- fix.pl:     Pomiń te wartości w pliku do publikacji. Jeżeli wolno je podać (telefon urzędu, spółka),
--             zapisz to w disclosure.allow: kind, field, reason i basis.
-- since:      0.1
SELECT personal.field AS field,
       (SELECT min(witness.line)
          FROM witness
         WHERE witness.kind = personal.kind
           AND witness.field IS personal.field) AS line,
       personal.found AS count,
       personal.kind AS witness,
       personal.kind AS kind,
       personal.verdict AS sure,
       iif(personal.field IS NULL, 'damaged', 'column') AS place
  FROM personal
  LEFT JOIN field ON field.name = personal.field
  LEFT JOIN allowed ON allowed.kind = personal.kind
                   AND allowed.field = personal.field
 WHERE personal.verdict <> 'chance'
   AND personal.found > 0
   AND allowed.kind IS NULL
   AND personal.kind NOT IN ('postal_code', 'coordinates') -- the rule precise-place
   AND NOT (personal.kind IN ('birth_date', 'birth_place') -- counted by k
            AND field.role IS 'quasi-identifier')
   AND field.role IS NOT 'direct-identifier' -- the rule direct-identifier speaks of the whole column
 ORDER BY field.position, personal.kind;
