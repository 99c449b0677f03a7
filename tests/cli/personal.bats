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

@test "a table of inhabitants tells the small places, and belongs to the verdict" {
  {
    echo 'miejscowosc;powod'
    for i in $(seq 20); do printf 'Wola;%d\nBór;%d\nNowe;%d\n' $((i % 3)) $((i % 3)) $((i % 3)); done
  } >d/a.csv
  printf 'nazwa;liczba\nWola;12 000\nBór;80\n' >d/ludnosc.csv
  population=', "population": {"field": "miejscowosc", "path": "ludnosc.csv", "key": "nazwa", "inhabitants": "liczba"}'
  describe_places() {
    cat >d/datapackage.json <<END
{"name": "lista", "resources": [{"name": "lista", "path": "a.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "miejscowosc", "type": "string", "disclosure": {"role": "quasi-identifier"}},
   {"name": "powod", "type": "string", "disclosure": {"role": "sensitive"}}]},
  "disclosure": {"persons": "others", "unit": "row"$1}}]}
END
  }
  describe_places ''
  run -0 "$SITO" check --format concise d
  [[ "$output" == *"small-area: (ostrzeżenie) Kolumna „miejscowosc” podaje małe miejscowości"* ]]
  describe_places "$population"
  run -1 "$SITO" check --format concise d
  [[ "$output" == *"small-area: W kolumnie „miejscowosc” 1 miejsce ma mniej niż 500 mieszkańców (20 rekordów)"* ]]
  [[ "$output" == *"small-area: Nie wiadomo, ile osób mieszka w 1 miejscu"* ]]
  digest() { "$SITO" check --format json d | sed -n 's/^  "digest": //p'; }
  before=$(digest)
  printf 'nazwa;liczba\nWola;12 000\nBór;800\nNowe;900\n' >d/ludnosc.csv
  [ "$(digest)" != "$before" ]
  run -0 "$SITO" check --format concise d
  describe_places "${population/liczba/ilu}"
  run -3 "$SITO" check d
  [[ "$output" == *"nie ma kolumny ilu"* ]]
  describe_places "${population/ludnosc.csv/..\/x.csv}"
  run -2 "$SITO" check d
}
