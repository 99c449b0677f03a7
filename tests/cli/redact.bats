#!/usr/bin/env bats
# sito redact (checks/redact): a document is covered after a person decided about its places, or not at all.

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    unset SITO_CATALOGUE CI
    cat > pismo.txt <<'EOF'
Łódź, dnia 12 marca 2024 r.

Skargę złożyła Anna Nowak, PESEL 24471200015, zam. ul. Piotrkowska 104 m. 5, 90-926 Łódź.
Kontakt: anna.nowak@example.pl, tel. 601 602 603.
Znak: GK.0143.5.2024, uwagi na marginesie: Zygzak.
EOF
    sha256sum pismo.txt > before.sum
}

redact() {
    "$SITO" redact --lang en "$@"
}

write() {
    redact "$@" --by "Ewa Lis" --position inspektor --unit "Wydział Edukacji" --basis "art. 5 ust. 2"
}

# fill KEY-ROW DECISION REASON: fills the decision of row N of sheet.csv, as a spreadsheet would save it
fill() {
    python3 - "$@" <<'EOF'
import csv, sys
rows = list(csv.reader(open('sheet.csv', encoding='utf-8-sig'), delimiter=';'))
head = rows[0]
for place, decision, reason in zip(*[iter(sys.argv[1:])] * 3):
    row = rows[int(place)]
    row[head.index('decision')], row[head.index('reason of the decision')] = decision, reason
csv.writer(open('sheet.csv', 'w', encoding='cp1250', newline=''), delimiter=';').writerows(rows)
EOF
}

# A word that the engine leaves to a person.
with_doubt() {
    echo 'Skarżąca choruje na cukrzycę.' >> pismo.txt
    redact pismo.txt --format json | grep -q '"needs_decision": 1'
}

@test "the places are listed with line, column and paragraph, and never with their value" {
    run redact pismo.txt
    [ "$status" -eq 0 ]
    [[ "$output" == *"places: 5; waiting for a person's decision: 0"* ]]
    [[ "$output" == *"3     16      10          name of a person"*"§4.1.1"* ]]
    [[ "$output" != *Nowak* && "$output" != *24471200015* && "$output" != *Piotrkowska* ]]
    [ ! -e pismo-anonim ]
    sha256sum -c --quiet before.sum
}

@test "the document is covered, with the sentence of §5.2 below, and a record without a value" {
    run write pismo.txt
    [ "$status" -eq 0 ]
    diff pismo-anonim/pismo-anonim.txt - <<'EOF'
Łódź, dnia 12 marca 2024 r.

Skargę złożyła ███, PESEL ███, zam. ███.
Kontakt: ███, tel. ███.
Znak: GK.0143.5.2024, uwagi na marginesie: Zygzak.

Wyłączenia informacji niejawnych z dokumentu „pismo.txt” na podstawie art. 5 ust. 2 dokonał(a) Ewa Lis, inspektor, Wydział Edukacji.
EOF
    [[ "$output" == *"3. a person checked the document after it was covered: not recorded"* ]]
    ! grep -rqE 'Nowak|24471200015|Piotrkowska|601' pismo-anonim
    [ "$(sqlite3 -init /dev/null :memory: "SELECT json_extract(r, '\$.source_digest') || ' ' || json_extract(r, '\$.digest') || ' ' || json_array_length(r, '\$.places') || ' ' || json_extract(r, '\$.by') FROM (SELECT CAST(readfile('pismo-anonim/anonimizacja.json') AS TEXT) AS r)")" = \
        "$(sha256sum < pismo.txt | cut -d ' ' -f 1) $(sha256sum < pismo-anonim/pismo-anonim.txt | cut -d ' ' -f 1) 5 Ewa Lis" ]
    grep -q '<h2>The four steps (annex 1 §1.3)</h2>' pismo-anonim/anonimizacja.html
    ! grep -qE '(src|href)=' pismo-anonim/anonimizacja.html
    sha256sum -c --quiet before.sum
    # what was covered has nothing left, and is never written over
    run redact pismo-anonim/pismo-anonim.txt
    [ "$status" -eq 0 ]
    run write pismo.txt
    [ "$status" -eq 2 ]
    [[ "$output" == *"is there already"* ]]
    [ -z "$(ls -A | grep '^\.sito' || true)" ]
}

@test "the legal basis is asked for (§5.1); without position and unit there is no sentence" {
    run redact pismo.txt --by "Ewa Lis"
    [ "$status" -eq 2 ]
    [[ "$output" == *"§5.1"* ]]
    [ ! -e pismo-anonim ]
    run redact pismo.txt --by "Ewa Lis" --basis "art. 5"
    [ "$status" -eq 0 ]
    [[ "$output" == *"not added"* ]]
    ! grep -q Wyłączenia pismo-anonim/pismo-anonim.txt
}

@test "a person's decisions: a place stays with its reason, and one that was not found is covered" {
    redact pismo.txt --review -o sheet.csv
    [ "$(head -c 3 sheet.csv | xxd -p)" = efbbbf ]
    ! grep -qE 'Nowak|24471200015|Piotrkowska|601' sheet.csv
    fill 1 Keep "public function"
    iconv -f cp1250 -t utf-8 sheet.csv > s.csv
    echo ';;5;44;6;;;;;;;mask;' >> s.csv
    run write pismo.txt --answers s.csv
    [ "$status" -eq 0 ]
    grep -qx 'Skargę złożyła Anna Nowak, PESEL ███, zam. ███.' pismo-anonim/pismo-anonim.txt
    grep -qx 'Znak: GK.0143.5.2024, uwagi na marginesie: ███.' pismo-anonim/pismo-anonim.txt
    [[ "$output" == *"left: 1; decided by a person: 2"* ]]
    grep -q '"decided_by":"person"' pismo-anonim/anonimizacja.json
}

@test "nothing is written while a place waits for a decision" {
    with_doubt || skip "the engine leaves nothing to a person here"
    run write pismo.txt
    [ "$status" -eq 1 ]
    [[ "$output" == *"wait for a person's decision (annex 1 §3.1)"* ]]
    [[ "$output" == *"decide"* && "$output" != *" cover "* ]] # those alone that wait
    [ ! -e pismo-anonim ]
    run redact pismo.txt
    [ "$status" -eq 1 ]
}

@test "a sheet is of exactly this document, whole, and says what is allowed" {
    redact pismo.txt --review -o sheet.csv
    cp sheet.csv whole.csv
    fill 1 perhaps ''
    run write pismo.txt --answers sheet.csv
    [ "$status" -eq 3 ]
    [[ "$output" == *'sheet.csv, line 2: a decision is "mask" or "keep"'* ]]
    cp whole.csv sheet.csv && fill 2 keep ''
    run write pismo.txt --answers sheet.csv
    [[ "$output" == *"line 3: to keep a place needs a reason of the list: consent"* ]]
    sed 3d whole.csv > sheet.csv
    run write pismo.txt --answers sheet.csv
    [[ "$output" == *"not whole, place number 2 is missing"* ]]
    sed 3p whole.csv > sheet.csv
    run write pismo.txt --answers sheet.csv
    [[ "$output" == *"line 4: this place is in the sheet twice"* ]]
    { cat whole.csv; echo ';;77;1;2;;;;;;;mask;'; } > sheet.csv
    run write pismo.txt --answers sheet.csv
    [[ "$output" == *"line 7: a place that was added"* ]]
    cp whole.csv sheet.csv && echo >> pismo.txt
    run write pismo.txt --answers sheet.csv
    [[ "$output" == *"line 2: the key is not of this document"* ]]
    run write pismo.txt --answers pismo.txt
    [ "$status" -ne 0 ]
    [ ! -e pismo-anonim ]
}

@test "values stand in a sheet only where they are asked for, for its owner alone" {
    run redact pismo.txt --review --show-values
    [ "$status" -eq 2 ]
    CI=1 run redact pismo.txt --review --show-values -o v.csv
    [ "$status" -eq 2 ]
    [ ! -e v.csv ]
    run redact pismo.txt --review --show-values -o v.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"holds personal data"* && "$output" != *Nowak* ]]
    grep -q '"Anna Nowak"' v.csv
    [ "$(stat -c %a v.csv)" = 600 ]
    run write pismo.txt --answers v.csv
    [ "$status" -eq 0 ]
}

@test "what is no text is refused by its name, with the reason and a way out" {
    for name in a.pdf a.docx a.odt a.rtf a.html a.png a.csv a.eml a.dat bez; do
        cp pismo.txt "$name"
        run redact "$name"
        [ "$status" -eq 2 ]
        [ ! -e "${name%.*}-anonim" ]
    done
    run redact a.pdf
    [[ "$output" == *"a black box in such a file only lies over the text"* ]]
    run "$SITO" redact --lang pl a.docx
    [[ "$output" == *"zmiany, komentarze"*"Zwykły tekst"* ]]
}

@test "what is no text is refused by its bytes, whatever its name" {
    printf '%%PDF-1.7\n' > a.txt
    run redact a.txt
    [ "$status" -eq 3 ]
    [[ "$output" == *"PDF is not taken"* ]]
    printf 'PK\003\004rest' > a.txt
    run redact a.txt
    [[ "$output" == *"DOCX, ODT"* ]]
    printf '\n <!DOCTYPE HTML><p>x' > a.md
    run redact a.md
    [[ "$output" == *HTML* ]]
    printf 'jeden\ndwa\0trzy\n' > a.txt
    run redact a.txt
    [ "$status" -eq 3 ]
    [[ "$output" == *"a.txt, line 2: a zero byte"* ]]
    printf 'jeden\ndwa\ntrzy \377\376 za\305\274\303\263\305\202\304\207 \305\274\n' > a.txt
    run redact a.txt
    [ "$status" -eq 3 ]
    [[ "$output" == *"line 3"* ]]
    printf 'jeden\n\033[31mdwa\n' > a.txt
    run redact a.txt
    [[ "$output" == *"line 2: a control character"* ]]
    head -c 17000000 /dev/zero | tr '\0' x > a.txt
    run redact a.txt
    [ "$status" -eq 3 ]
    [[ "$output" == *"16 MiB; split the document"* ]]
    ln -s pismo.txt link.txt
    run redact link.txt
    [ "$status" -eq 3 ]
    run redact nie-ma.txt
    [ "$status" -eq 3 ]
}

@test "the encodings of an office become UTF-8 with a mark, letter by letter" {
    for encoding in windows-1250 ISO-8859-2 UTF-16; do
        iconv -t "$encoding" pismo.txt > kopia.txt
        write kopia.txt > /dev/null
        sed -i '/Wyłączenia/d' kopia-anonim/kopia-anonim.txt
        { printf '\357\273\277'; sed 's/Anna Nowak/███/; s/24471200015/███/; s/ul\..*Łódź/███/; s/[a-z.]*@example.pl/███/; s/601 602 603/███/' pismo.txt; echo; } |
            cmp - kopia-anonim/kopia-anonim.txt
        rm -r kopia-anonim
    done
    sed 's/$/\r/' pismo.txt > kopia.txt
    write kopia.txt > /dev/null
    [ "$(grep -c $'\r$' kopia-anonim/kopia-anonim.txt)" = 7 ]
}

@test "an empty document, one without places, a name that tells somebody's name" {
    : > pusty.txt
    run redact pusty.txt
    [ "$status" -eq 0 ]
    [[ "$output" == *"does not mean that nothing is there"* ]]
    echo 'Zarządzenie w sprawie zieleni.' > czysty.md
    run redact czysty.md --by "Ewa Lis"
    [ "$status" -eq 0 ]
    cmp czysty.md czysty-anonim/czysty-anonim.md
    cp pismo.txt 'skarga_24471200015.txt'
    run write 'skarga_24471200015.txt'
    [ "$status" -eq 2 ]
    [[ "$output" == *"--to DIR"* && "$output" != *24471200015* ]]
    run write 'skarga_24471200015.txt' --to nowy
    [ "$status" -eq 0 ]
    [[ "$output" != *24471200015* ]]
    ! grep -rq 24471200015 nowy
    [ -f nowy/nowy.txt ]
}

@test "paragraphs stand in the list as they are, also beside a date of birth" {
    echo 'Anna Nowak, ur. 5.05.1975 r. w Zgierzu.' > d.txt
    run "$SITO" redact --lang pl d.txt
    [[ "$output" == *"data urodzenia"*"§4.1.1"* && "$output" != *"§9"* ]]
}

@test "the office's policy: consents in writing, and patterns of its own" {
    cat > policy.json <<'EOF'
{"redaction": {"allow": [{"name": "Anna Nowak", "reason": "consent", "basis": "art. 4 ust. 3 ustawy o petycjach"}],
  "patterns": [{"name": "znak sprawy", "pattern": "GK\\.[0-9.]+[0-9]", "basis": "§4.2"}]}}
EOF
    sed -i '/^Kontakt/d' pismo.txt
    run write pismo.txt --policy policy.json
    [ "$status" -eq 0 ]
    grep -qx 'Skargę złożyła Anna Nowak, PESEL ███, zam. ███.' pismo-anonim/pismo-anonim.txt
    grep -qx 'Znak: ███, uwagi na marginesie: Zygzak.' pismo-anonim/pismo-anonim.txt
    grep -q "\"policy\":\"$(sha256sum < policy.json | cut -d ' ' -f 1)\"" pismo-anonim/anonimizacja.json
    echo '{"redaction": {"alow": []}}' > policy.json
    run redact pismo.txt --policy policy.json
    [ "$status" -eq 2 ]
    [[ "$output" == *allow* ]]
    echo '{"redaction": {"allow": [{"name": "Anna Nowak", "reason": "sympatia"}]}}' > policy.json
    run redact pismo.txt --policy policy.json
    [ "$status" -ne 0 ]
    [[ "$output" == *consent* && "$output" != *Nowak* ]]
}

@test "what is found when the covered text is searched again stops everything" {
    echo '{"redaction": {"patterns": [{"name": "znak", "pattern": "█+"}]}}' > policy.json
    run write pismo.txt
    [ "$status" -eq 3 ]
    [[ "$output" == *"still has places to cover"*"the first in line 3"* ]]
    [ ! -e pismo-anonim ]
    [ -z "$(ls -A | grep '^\.sito' || true)" ]
}

@test "options that do not go together, Polish throughout" {
    run redact pismo.txt --review --by "Ewa Lis"
    [ "$status" -eq 2 ]
    run redact pismo.txt --basis "art. 5"
    [ "$status" -eq 2 ]
    ln pismo.txt inna-nazwa.csv
    for output in pismo.txt ./pismo.txt inna-nazwa.csv; do
        run redact pismo.txt --review -o "$output"
        [ "$status" -eq 2 ]
        [[ "$output" == *"document itself"* ]]
    done
    sha256sum -c --quiet before.sum
    run redact
    [ "$status" -eq 2 ]
    run "$SITO" redact --lang pl pismo.txt
    [[ "$output" == *"czekają na decyzję człowieka: 0"*"imię i nazwisko"*"zasłonić"* ]]
    run "$SITO" redact --lang pl pismo.txt --by "Ewa Lis" --basis "art. 5"
    [ "$status" -eq 0 ]
    [[ "$output" == *"Zapisano zanonimizowany dokument"*"Cztery kroki"* ]]
    (ulimit -f 0 && "$SITO" redact pismo.txt --by "Ewa Lis" --basis "art. 5" --to pelny) > /dev/null 2>&1 && false
    [ ! -e pelny ]
    [ -z "$(ls -A | grep '^\.sito' || true)" ]
}

step() {
    redact pismo.txt --step "$1" --outcome "$2" --by "$3" --unit "Wydział Edukacji" --catalogue sito.db "${@:4}"
}

@test "the four steps of §1.3 are kept in the catalogue, in their order and about exactly these bytes" {
    run step 2 positive "Ewa Lis"
    [ "$status" -eq 1 ]
    [[ "$output" == *"first step 1"* ]]
    step 1 positive "Ewa Lis" > /dev/null
    step 2 positive "Ewa Lis" > /dev/null
    run step 3 positive "Jan Kos"
    [ "$status" -eq 3 ]
    run write pismo.txt --catalogue sito.db --case GK.1431.7.2024
    [ "$status" -eq 0 ]
    [[ "$output" == *"2. it was settled whether it may be shared (classification, business secret, privacy): yes (Ewa Lis, "* ]]
    [[ "$output" == *"3. a person checked the document after it was covered: not recorded"* ]]
    run step 4 positive "Ewa Lis"
    [ "$status" -eq 1 ]
    [[ "$output" == *"after a positive outcome of the steps 1, 2 and 3"* ]]
    cp pismo-anonim/pismo-anonim.txt kopia
    echo dopisek >> pismo-anonim/pismo-anonim.txt
    run step 3 positive "Jan Kos"
    [ "$status" -eq 1 ]
    [[ "$output" == *"exactly those bytes are checked"* ]]
    cp kopia pismo-anonim/pismo-anonim.txt
    step 3 positive "Jan Kos" > /dev/null
    run step 4 positive "Ewa Lis" --format json
    [ "$status" -eq 0 ]
    [ "$(sqlite3 -init /dev/null :memory: "SELECT group_concat(json_extract(value, '\$.outcome') || ' ' || json_extract(value, '\$.by'), ', ') FROM json_each('$output', '\$.steps')")" = \
        "positive Ewa Lis, positive Ewa Lis, positive Jan Kos, positive Ewa Lis" ]
    [ "$(sqlite3 -init /dev/null sito.db "SELECT state || ' ' || unit || ' ' || case_mark FROM redaction WHERE source = '$(sha256sum < pismo.txt | cut -d ' ' -f 1)'")" = \
        "prepared Wydział Edukacji GK.1431.7.2024" ]
    ! sqlite3 -init /dev/null sito.db .dump | grep -qE 'Nowak|24471200015|Piotrkowska'
    "$SITO" audit verify --catalogue sito.db > /dev/null
    "$SITO" catalogue redactions --catalogue sito.db --lang en | grep -q '^prepared  GK.1431.7.2024  Wydział Edukacji'
    # covered again, it has to be checked again
    write pismo.txt --catalogue sito.db --to drugi > /dev/null
    [ "$(sqlite3 -init /dev/null sito.db "SELECT state FROM redaction")" = covered ]
}

@test "a document of another unit, one that may not be shared, a business secret that was marked too late" {
    step 1 positive "Ewa Lis" > /dev/null
    run redact pismo.txt --step 2 --outcome positive --by "Jan Kos" --unit "Wydział Finansów" --catalogue sito.db
    [ "$status" -eq 1 ]
    [[ "$output" == *"§2.1"* ]]
    run step 2 negative "Ewa Lis" --reason "zastrzeżenie oferenta" --form business-secret --from 2024-03-01 --day 2024-03-01
    [ "$status" -eq 1 ]
    [[ "$output" == *"§1.4"* ]]
    run step 2 negative "Ewa Lis" --form privacy
    [[ "$output" == *"needs a reason"* ]]
    run step 2 negative "Ewa Lis" --form privacy --reason "sprzeciw Anny Nowak, tel. 501 222 333"
    [ "$status" -eq 1 ]
    [[ "$output" == *"events cannot be erased"* ]]
    step 2 negative "Ewa Lis" --reason "zastrzeżenie oferenta" --form business-secret --from 2024-02-29 --day 2024-03-01 > /dev/null
    run write pismo.txt --catalogue sito.db
    [ "$status" -eq 3 ]
    [[ "$output" == *"the document is not shared"* ]]
    [ ! -e pismo-anonim ]
    [ -z "$(ls -A | grep '^\.sito' || true)" ]
    [ "$(sqlite3 -init /dev/null sito.db "SELECT state FROM redaction")" = refused ]
    # somebody who works in other units alone
    "$SITO" people add --person "Z. Obcy" --role custodian --unit "Wydział Finansów" --from 2020-01-01 --by "A. Nowak" --catalogue sito.db > /dev/null 2>&1 ||
        sqlite3 -init /dev/null sito.db "INSERT INTO authorisation (person, role, unit, from_day) VALUES ('Z. Obcy', 'custodian', 'Wydział Finansów', '2020-01-01')"
    run step 1 positive "Z. Obcy"
    [ "$status" -eq 1 ]
    [[ "$output" == *"recorded in other units alone"* ]]
    # wrong words
    run step 5 positive "Ewa Lis"
    [ "$status" -eq 2 ]
    run step 1 maybe "Ewa Lis"
    [ "$status" -eq 1 ]
    run redact pismo.txt --step 1 --by "Ewa Lis" --catalogue sito.db
    [ "$status" -eq 2 ]
}

@test "without a catalogue the command says which steps nobody recorded" {
    run write pismo.txt
    [ "$status" -eq 0 ]
    [[ "$output" == *"are not recorded in any catalogue"* ]]
    touch sito.db
    run redact pismo.txt --by "Ewa Lis" --basis "art. 5" --to drugi
    [ "$status" -eq 2 ]
    [[ "$output" == *"--unit"* ]]
}
