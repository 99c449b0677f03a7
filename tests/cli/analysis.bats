#!/usr/bin/env bats
# sito analysis (checks/cli/analysis.c, checks/catalogue/analysis.c, analysis_card.c).

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 SITO_CATALOGUE="$BATS_TEST_TMPDIR/sito.db"
    mkdir drzewa
    { echo 'lp;gatunek;liczba'; for i in 1 2 3 4 5 6; do echo "$i;klon;$i"; done; } > drzewa/drzewa.csv
    cat > drzewa/datapackage.json << 'JSON'
{"name": "drzewa", "version": "2025.1", "contributors": [{"title": "Wydział Zieleni", "roles": ["custodian"]}],
 "resources": [{"name": "drzewa", "path": "drzewa.csv", "encoding": "utf-8", "dialect": {"delimiter": ";"},
  "schema": {"fields": [
   {"name": "lp", "type": "integer", "disclosure": {"role": "release-number"}},
   {"name": "gatunek", "type": "string", "disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz drzew"}},
   {"name": "liczba", "type": "integer", "disclosure": {"role": "public", "reason": "no-person", "basis": "wykaz drzew"}}]},
  "disclosure": {"persons": "none"}}]}
JSON
    "$SITO" check drzewa > /dev/null
    shell "INSERT INTO authorisation (person, role, from_day) VALUES
             ('A. Nowak', 'local-data-controller', '2024-01-01'),
             ('E. Zawada', 'data-protection-officer', '2024-01-01')"
    echo 'opinia' > opinia.pdf
}

shell() { sqlite3 -init /dev/null -batch -bail sito.db "$@"; }
analysis() { "$SITO" analysis --lang en drzewa "$@"; }
step() { analysis --step "$1" --outcome "$2" --by "${3:-A. Nowak}" --case GK.1431.7.2025 "${@:4}"; }

@test "what is missing is shown, and the status says so until nothing is" {
    run analysis
    [ "$status" -eq 1 ]
    [[ "$output" == *"drzewa 2025.1: verified"* ]]
    [ "$(grep -c 'MISSING' <<< "$output")" -eq 2 ]
    [[ "$output" == *"a check of the present files is recorded"* ]]
    step 1 no-persons
    step 2 16.1
    run analysis
    [ "$status" -eq 0 ]
    [[ "$output" == *"drzewa 2025.1: analysed"* ]]
    [[ "$output" == *"(A. Nowak, "*", GK.1431.7.2025)"* ]]
    [ "$(grep -c 'required$' <<< "$output")" -eq 4 ]
}

@test "an anonymised data set needs all sources of risk, the opinion and the assessment" {
    step 1 no-personal-data > /dev/null
    run step 2 16.4
    [[ "$output" == *"Sources of risk without an answer (Annex 3): 27 of 27"* ]]
    for risk in $(shell "SELECT risk FROM risk_source"); do
        analysis --risk "$risk" --outcome reduced --reason 'zob. karta' --by 'A. Nowak' > /dev/null
    done
    step 3 positive > /dev/null
    step 4 no-dpia 'E. Zawada' --document opinia.pdf > /dev/null
    run step 6 positive 'A. Nowak' --form risk-assessment --document opinia.pdf
    [ "$status" -eq 0 ]
    analysis
    [ "$(shell "SELECT document FROM step WHERE step = '4'")" = "$(sha256sum < opinia.pdf | cut -d' ' -f1)" ]
    run "$SITO" audit verify --lang en
    [[ "$output" == *"The chain of seals is whole."* ]]
}

@test "what the rules of the catalogue refuse is one line and status 1, and nothing is recorded" {
    before=$(shell "SELECT count(*) FROM event")
    run step 2 16.1
    [ "$status" -eq 1 ]
    [ "$output" = "sito: step 1 comes first, then step 2, and only then the others" ]
    run step 1 no-persons 'E. Zawada'
    [ "$status" -eq 1 ]
    [[ "$output" == *"not authorised"* ]]
    run step 1 maybe
    [ "$status" -eq 1 ]
    [[ "$output" == *"its outcomes: no-persons, no-personal-data, personal-data"* ]]
    run analysis --step 1 --outcome no-persons --by 'A. Nowak'
    [ "$status" -eq 1 ]
    [[ "$output" == *"needs a case mark"* ]]
    [ "$(shell "SELECT count(*) FROM event")" = "$before" ]
}

@test "wrong words are a usage error" {
    for words in '--step 7 --outcome x --by x' '--step 1 --risk P1 --outcome x --by x' '--outcome x' \
        '--step 1 --by x' '--step 1 --outcome no-persons' '--print --step 1 --outcome x --by x' '--by x'; do
        # shellcheck disable=SC2086  # words to be split
        run analysis $words
        [ "$status" -eq 2 ]
        [ "${#lines[@]}" -eq 1 ]
    done
    run analysis --step 4 --outcome no-dpia --by x --document brak.pdf
    [ "$status" -eq 3 ]
}

@test "a data set that the catalogue does not know, and a missing catalogue, are named" {
    sed -i 's/"name": "drzewa", "version"/"name": "inne", "version"/' drzewa/datapackage.json
    run analysis
    [ "$status" -eq 3 ]
    [[ "$output" == *"has no data set inne"* ]]
    run analysis --catalogue brak.db
    [ "$status" -eq 3 ]
    [ ! -e brak.db ]
}

@test "the card has all steps and sources of risk, open answers as ruled lines, and escapes what people wrote" {
    run analysis --print -o karta.html
    [ "$status" -eq 1 ]
    [ "$(grep -c '^<tr><td>[1-7]</td>' karta.html)" -eq 7 ]
    [ "$(grep -c '^<tr><td>[PNDUK][1-8]</td>' karta.html)" -eq 27 ]
    open=$(grep -o 'class="open"' karta.html | wc -l)
    step 1 no-personal-data > /dev/null
    step 2 16.4 > /dev/null
    analysis --risk N1 --outcome absent --reason '<b>&"brak"' --by 'A. Nowak' > /dev/null
    run analysis --print -o karta.html
    [ "$(grep -o 'class="open"' karta.html | wc -l)" -lt "$open" ]
    grep -q 'nie występuje: &lt;b&gt;&amp;&quot;brak&quot;' karta.html
    grep -q 'GK.1431.7.2025' karta.html
    grep -q 'spełnia ustalone progi kontroli' karta.html
    grep -q 'O udostępnieniu decyduje lokalny administrator danych' karta.html
    ! grep -qi 'bezpieczn\|anonimowe dane\|zgodne z RODO' karta.html
    if command -v xmllint; then
        [ -z "$(xmllint --html --noout karta.html 2>&1)" ]
    fi
}

@test "the sheet of questions, filled in an office program, is recorded whole or not at all" {
    step 1 no-personal-data > /dev/null
    run analysis --questions -o pytania.csv
    [ "$status" -eq 0 ]
    head -c 3 pytania.csv | grep -q $'\xEF\xBB\xBF'
    [ "$(wc -l < pytania.csv)" -eq 34 ] # heading, steps 2 to 6, 27 sources of risk, the changes
    echo opinia > iod.txt
    {
        echo 'pozycja;wynik;uzasadnienie;dokument;forma;osoba'
        echo '6;ryzyko dopuszczalne, ujawnienie proporcjonalne i niezbędne;;iod.txt;risk-assessment;'
        echo '2;anonimizacja po wyniku negatywnym;;;;'
        for risk in $(shell "SELECT risk FROM risk_source"); do echo "$risk;ograniczono;zob. ocena;;;"; done
        echo '3;wykaz aktualny i kompletny;;;;'
        echo '4;opinia IOD zapisana; ocena skutków nie jest wymagana;;iod.txt;;E. Zawada' | sed 's/;\(opinia.*wymagana\);/;"\1";/'
        echo 'zmiany;nie zmieniono;dane są takie jak w rejestrze;;;'
        echo '5;;;;;'
    } > wpisane.csv
    iconv -t windows-1250 wpisane.csv > odpowiedzi.csv
    sed 's/^K4;.*/K4;może;x;;;/' wpisane.csv | iconv -t windows-1250 > zle.csv
    before=$(shell "SELECT count(*) FROM event")
    run analysis --answers zle.csv --by 'A. Nowak' --case GK.1
    [ "$status" -eq 1 ]
    [[ "$output" == *"zle.csv, line 30: item K4 has no outcome"* ]]
    [ "$(shell "SELECT count(*) FROM event")" = "$before" ]
    run analysis --answers odpowiedzi.csv --by 'A. Nowak' --case GK.1
    [ "$status" -eq 0 ]
    [[ "$output" == *"answers recorded: 32"* ]]
    [ "$(shell "SELECT count(*) FROM analysis_missing")" = 0 ]
    [ "$(shell "SELECT document FROM step WHERE step = '4'")" = "$(sha256sum < iod.txt | cut -d' ' -f1)" ]
    run analysis --print -o karta.html
    grep -q 'dane są takie jak w rejestrze' karta.html
    ! grep -q 'czynność [1-7]:' karta.html
    for words in '--questions --by x' '--answers x.csv --step 1' '--questions --answers x.csv'; do
        # shellcheck disable=SC2086  # words to be split
        run analysis $words
        [ "$status" -eq 2 ]
    done
    run analysis --answers brak.csv --by x
    [ "$status" -eq 3 ]
}

@test "the card says first what is missing, and quotes what the rules said about a source of risk" {
    analysis --print -o karta.html || true
    grep -q 'Czego jeszcze brakuje' karta.html
    grep -q 'decyzja lokalnego administratora danych o dokładnie tych plikach' karta.html
    grep -q 'P1, P2, P3, P4, P5, P6, P7, N1' karta.html
    grep -q 'kontrola: .*required-missing – spełniona' karta.html
    if command -v chromium && command -v pdftotext; then
        chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=karta.pdf karta.html
        [ "$(pdfinfo karta.pdf | sed -n 's/^Page size: *\([0-9]*\).*x \([0-9]*\).*/\1 \2/p')" = "594 841" ] ||
            [ "$(pdfinfo karta.pdf | grep -c A4)" -eq 1 ]
        pdftotext karta.pdf - | grep -q 'Podpisy'
    fi
}
