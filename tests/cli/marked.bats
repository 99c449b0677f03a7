# Thirty marked values, in cells, headings, the name of the file and the descriptor: no output of any
# command holds one of them, on stdout or stderr, whatever the form.

bats_require_minimum_version 1.5.0

# PESELs with births from 2100 on, and other invented values that have a form of their own.
cells=(
  '44651401357' '02470803620' '26521112343' '31461598702' # numbers of people, the last with a wrong check digit
  'zofia.zmyslona@example.pl' 'j.przykladowy+praca@example.org' 'bip_kontakt@example.com'
  '601 702 803' '+48 602-703-804' '42 638 44 44'
  'PL61109010140000071219812874' '5260250995' '123-456-32-18' '000331501' 'ABA300000' 'LD1M/00012345/6'
  'AE:PL-12345-67890-ABCDE-12' 'Zofia Wymyślona-Nieznana' 'dr Hieronim Niebywalski' 'ul. Nieistniejąca 17/4'
  '11.09.2104' '51.759248, 19.455983' 'EL 7XY21' '91-065 Łódź' 'Ogórkożerstwo' 'b.d. – zob. Alojzy Przezroczysty'
)
in_heading='05421912341'
in_name='44461512346'
in_title='kierowniczka.zmyslona@example.net'
in_key='50502098768'

setup() {
  [ -x "$SITO" ] || skip "the program is not built"
  cd "$BATS_TEST_TMPDIR"
  export LC_ALL=C.UTF-8
  unset CI GITHUB_STEP_SUMMARY
  file="wykaz_$in_name.csv"
  mkdir d out
  {
    echo "lp;numer;$in_heading;opis;wiek"
    for i in "${!cells[@]}"; do
      echo "$i;${cells[i]};${cells[(i + 1) % ${#cells[@]}]};Notatka: ${cells[i]}, dalej nic;${cells[(i + 7) % 26]}"
    done
    echo "99;${cells[0]};uszkodzony;${cells[4]}"
    echo "\"100;${cells[1]};nie domknięty;x;7"
  } > "d/$file"
}

# describe FIELDS MORE
describe() {
  cat > d/datapackage.json <<EOF
{"name": "wykaz", "title": "Wykaz, prowadzi $in_title", "version": "2025-$in_name",
  "contributors": [{"title": "$in_title", "roles": ["custodian"]}],
  "resources": [{"name": "wykaz-$in_name", "path": "$file", "dialect": {"delimiter": ";"},
    "schema": {"fields": [{"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
      {"name": "numer", "type": "integer", "constraints": {"required": true, "unique": true}, "disclosure": {"role": "quasi-identifier"}},
      {"name": "$in_heading", "type": "string", "disclosure": {"role": "sensitive"}},
      {"name": "opis", "type": "string", "disclosure": {"role": "free-text"}},
      {"name": "wiek", "type": "integer", "disclosure": {"role": "public", "reason": "statute",
         "basis": "pismo $in_title"}}$1]},
    "disclosure": {"persons": "others", "unit": "row"$2},
    "quality": [{"id": "q-$in_key", "metric": "rowCount", "mustBeGreaterThan": 1000, "severity": "error"}]}]}
EOF
}

number=0
keep() { # COMMAND…: what it says, to files
  number=$((number + 1))
  "$SITO" "$@" > "out/$number.stdout" 2> "out/$number.stderr" || true
  [ -s "out/$number.stdout" ] || [ -s "out/$number.stderr" ] || [ -n "${quiet:-}" ]
}

# Nothing kept holds a mark.
no_marks() {
  local found=0 mark
  for mark in "${cells[@]}" "$in_heading" "$in_name" "$in_title" "$in_key"; do
    if grep -rnF -e "$mark" out; then
      echo "is held: $mark"
      found=1
    fi
  done
  [ "$(find out -type f | wc -l)" -gt 2 ]
  [ "$found" -eq 0 ]
}

every_form() { # PATH LANGUAGE
  local results=() form
  for form in text concise json junit sarif github markdown html; do
    results+=(--format "$form" -o "out/$number.$form")
  done
  GITHUB_STEP_SUMMARY=$PWD/out/$number.summary quiet=1 keep check --lang "$2" "${results[@]}" "$1"
}

@test "there are thirty of them, and the file has every one" {
  [ $((${#cells[@]} + 4)) -eq 30 ]
  for mark in "${cells[@]}"; do grep -qF -e "$mark" "d/$file"; done
}

@test "check, every form, with a descriptor" {
  describe '' ''
  every_form d pl
  every_form d en
  [ -s "out/1.html" ]
  no_marks
}

@test "check, every form, without a descriptor" {
  every_form "d/$file" pl
  every_form "d/$file" en
  no_marks
}

@test "a descriptor that is wrong: lint and check name the place, not the text" {
  describe ", {\"name\": \"x\", \"type\": \"string\", \"disclosure\": {\"role\": \"$in_key\"}}" ", \"$in_key\": 1"
  keep lint d
  keep check d
  keep check --lang en d
  [[ $(cat out/1.stdout out/2.stderr) == *disclosure* ]]
  no_marks
}

@test "files and folders that are not there, or cannot be read" {
  keep check "nie-ma-$in_name.csv"
  keep check --policy "polityka_$in_name.json" "d/$file"
  keep check --rules "reguly-$in_name" "d/$file"
  keep init "nie ma $in_name.csv"
  keep explain "$in_name"
  keep check --format "$in_title" d
  keep "$in_name"
  no_marks
}

@test "init, mark, analysis, audit, rules of one's own" {
  keep init "d/$file"
  describe '' ''
  mkdir -p rules/structure
  cat > rules/structure/curious.sql <<'EOF'
-- id:       curious
-- title.en: Curious
-- title.pl: Ciekawa
-- severity: error
-- basis:    none
-- message.en: {value} {count}
-- message.pl: {value} {count}
-- why.en:   w
-- why.pl:   w
-- fix.en:   f
-- fix.pl:   f
-- since:    0.1
SELECT NULL AS field, NULL AS line, 1 AS count, numer || opis AS value FROM data
EOF
  keep check --rules rules --catalogue c.db d
  keep mark --catalogue c.db d
  keep analysis --catalogue c.db d
  keep audit --catalogue c.db
  keep lint d
  no_marks
}
