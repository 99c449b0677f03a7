#!/usr/bin/env bats
# Personal data where nobody looks for it: in cells of typed columns, damaged records, lines above the
# heading, file names and the descriptor. It is found, and no report or message repeats it.

bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR"
  export LC_ALL=C.UTF-8
  mkdir d
}

describe() { # FILE
  cat >d/datapackage.json <<END
{"name": "lista", "title": "Lista prowadzona przez: Zenobia Tykwińska", "description": "tel. 503 111 222",
  "contributors": [{"title": "Wydział Zieleni"}, {"title": "Bogumił Tykwiński", "email": "bogumil.tykwinski@poczta.example"}],
  "resources": [{"name": "lista", "path": "$1", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [
   {"name": "dzielnica", "type": "string", "disclosure": {"role": "quasi-identifier"}},
   {"name": "liczba", "type": "integer", "disclosure": {"role": "public", "reason": "no-person", "basis": "x"}},
   {"name": "wyznanie", "type": "string", "disclosure": {"role": "quasi-identifier"}}]},
  "disclosure": {"persons": "others", "unit": "row"}}]}
END
}

codes() {
  sqlite3 -init /dev/null -batch :memory: "SELECT f.value ->> '\$.code' || ' ' || coalesce(f.value ->> '\$.field', '-')
    || ' ' || coalesce(f.value ->> '\$.line', '-') || ' ' || (f.value ->> '\$.message')
    FROM json_each(readfile('r.json'), '\$.findings') AS f"
}

@test "planted in cells, a damaged record, the file name and the descriptor: found, and shown nowhere" {
  name='Tykwinska_Zenobia_09222509560.csv'
  {
    echo 'dzielnica;liczba;wyznanie'
    for i in $(seq 60); do echo "Górna;$i;prawosławne"; done
    echo 'Bogumił Tykwiński;7;brak'
    echo 'Górna;Zenobia Tykwińska;brak'
    echo 'Górna;1;brak;Bogumił Tykwiński;ul. Zmyślona 12 m. 5'
  } >"d/$name"
  describe "$name"
  run -1 --separate-stderr "$SITO" check --lang pl --format json -o r.json d
  [ -z "$stderr" ]
  codes >found
  for finding in 'identifier-found dzielnica 62 .*imię i nazwisko' 'identifier-found liczba 63 .*imię i nazwisko' \
    'identifier-found - 64 .*imię i nazwisko' 'identifier-found - 64 .*adres' \
    'special-category wyznanie - Nagłówek' 'metadata-personal - - Nazwa pliku zawiera imię i nazwisko' \
    'metadata-personal - - Nazwa pliku zawiera numer PESEL' 'metadata-personal - - Tytuł lub opis zawiera imię' \
    'metadata-personal - - Tytuł lub opis zawiera numer telefonu' \
    'metadata-personal - - Lista współtwórców lub źródeł zawiera imię'; do
    grep -q "^$finding" found || { echo "not found: $finding"; cat found; false; }
  done
  for format in text concise json junit sarif github markdown; do
    for lang in pl en; do
      "$SITO" check --lang $lang --format $format d >out 2>&1 || true
      [ -s out ]
      run -1 grep -iE 'tykwi|zenobia|ambro|zmyślon|09222509560|503 111|bogumi' out
    done
  done
}

@test "what only looks like people: streets, towns, schools, patrons" {
  {
    echo 'ulica;miejscowość;szkoła;patron'
    for street in 'Jana Kilińskiego' 'Księdza Jerzego Popiełuszki' 'Marii Skłodowskiej-Curie' 'Żwirki i Wigury' '3 Maja'; do
      for town in 'Kazimierz Dolny' 'Konstantynów Łódzki' 'Nowy Sącz' 'Zgierz' 'Rawa Mazowiecka'; do
        echo "$street;$town;Szkoła Podstawowa nr 4 im. Adama Mickiewicza;Jan Kochanowski"
        for i in $(seq 30); do echo "$street;Wieś $i;Szkoła nr $i;Maria Konopnicka"; done
      done
    done
  } >d/a.csv
  run -1 "$SITO" check --format concise d/a.csv
  [[ "$output" != *identifier-found* ]] || { echo "$output"; false; }
}
