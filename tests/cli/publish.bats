#!/usr/bin/env bats
# sito publish and verify (checks/publish): what goes out, and what is refused.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    . "$SOURCE/tests/cli/publish.inc"
    make_office
}

ready() { approve drzewa && mark; }

json() { # FILE PATH
    sqlite3 -init /dev/null -batch :memory: "SELECT readfile('$1') ->> '$2'"
}

@test "without what the requirements ask nothing is published, and the refusal names all of it" {
    run mark
    run publish --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"seven-step analysis"* && "$output" == *"decision of the local data controller"* ]]
    [ ! -e www ]
    ready
    shell "INSERT INTO decision (dataset, outcome, actor, case_mark, document)
           VALUES ('drzewa', 'negative', 'A. Nowak', 'GK.1', '$document')"
    run publish
    [ "$status" -eq 1 ]
    [ ! -e www ]
    [ "$(settled)" = "analysed; 0; 0" ]
}

@test "only the plenipotentiary publishes; actor, role and folder are recorded apart from the decision" {
    ready
    run publish --lang en --by "A. Nowak"
    [ "$status" -eq 2 ]    # given twice
    run "$SITO" publish drzewa --to www --by "A. Nowak" --catalogue sito.db --lang en \
        --url https://dane.example.pl/ --publisher Urząd
    [ "$status" -eq 1 ]
    [[ "$output" == *"not authorised"* ]]
    [ "$(settled)" = "publishable; 0; 0" ]
    [ -z "$(ls -A www)" ]
    publish --case GK.1431.9.2025
    [ "$(settled)" = "published; 1; 0" ]
    [ "$(shell "SELECT actor, role, case_mark, location FROM publication")" = \
      "J. Lis|open-data-officer|GK.1431.9.2025|$PWD/www" ]
    [ "$(shell "SELECT actor, case_mark FROM decision")" = "A. Nowak|GK.1431.8.2025" ]
}

@test "every resource is published with the checked bytes, and what describes it" {
    ready
    run publish
    [ "$status" -eq 0 ]
    [[ "$output" == *"Opublikowano zbiór drzewa: www/drzewa"* ]]
    [[ "$output" == *"https://dane.example.pl/otwarte/drzewa/"* ]]
    cmp drzewa/drzewa.csv www/drzewa/drzewa.csv
    cmp drzewa/dane/gatunki.csv www/drzewa/dane/gatunki.csv
    for f in datapackage.json dcat.jsonld dane-gov-pl.xml dane-gov-pl.md5 index.html publication.json; do
        [ -s "www/drzewa/$f" ]
    done
    for f in index.html index.json dcat.jsonld dane-gov-pl.xml dane-gov-pl.md5; do [ -s "www/$f" ]; done
    [ "$(cat www/dane-gov-pl.md5)" = "$(md5sum < www/dane-gov-pl.xml | cut -d' ' -f1)" ]
    [ "$(cat www/drzewa/dane-gov-pl.md5)" = "$(md5sum < www/drzewa/dane-gov-pl.xml | cut -d' ' -f1)" ]
    [ "$(json www/drzewa/datapackage.json '$.resources[1].hash')" = \
      "sha256:$(sha256sum < drzewa/dane/gatunki.csv | cut -d' ' -f1)" ]
    [ "$(json www/drzewa/datapackage.json '$.resources[0].bytes')" = "$(stat -c %s drzewa/drzewa.csv)" ]
    [ "$(json www/index.json '$.datasets[0].files[1].rows')" = 3 ]
    [ -z "$(find www -name '.sito-*')" ]
}

@test "no name of staff, role of a column, companion or other key goes out" {
    ready
    publish > /dev/null
    run ! grep -rqE 'Zmyślon(a|ą)|example\.pl.*@|b\.zmyslona|J\. Lis|A\. Nowak|B\. Kos' www
    run ! grep -rqE 'disclosure|"role"|notatka|"example"|companion|no-person' www
    [ "$(json www/drzewa/datapackage.json '$.contributors[0].title')" = "Urząd Miasta Zmyślonego" ]
    [ "$(json www/drzewa/datapackage.json '$.resources[0].schema.fields[2].title')" = "obwód w cm" ]
    [ "$(json www/drzewa/datapackage.json '$.resources[0].schema.primaryKey[0]')" = lp ]
    grep -q 'Pomniki przyrody &lt;i &quot;inne&quot;&gt; &amp; drzewa' www/index.html
}

@test "the note tells thresholds, method, versions, hashes, and the head of the chain" {
    ready
    publish > /dev/null
    head=$(json www/drzewa/publication.json '$.head')
    [ "$(shell "SELECT count(*) FROM seal WHERE chain = '$head'")" = 1 ]
    "$SITO" audit verify --catalogue sito.db --head "$head"
    [ "$(json www/drzewa/publication.json '$.digest')" = "$(shell "SELECT digest FROM dataset")" ]
    [ "$(json www/drzewa/publication.json '$.program')" = "$("$SITO" --version)" ]
    [ "$(json www/drzewa/publication.json '$.thresholds[0].name')" = k ]
    grep -q "$head" www/drzewa/index.html
    grep -q 'O udostępnieniu decyduje lokalny administrator danych' www/drzewa/index.html
    run ! grep -qiE 'bezpieczn|anonimow|zgodne z RODO' www/drzewa/index.html
}

@test "the sentence of annex 1 §5.2 is there where it is asked for, whole" {
    ready
    run publish --bip-document "wykaz drzew" --lang en
    [ "$status" -eq 2 ]
    publish --bip-document "wykaz drzew" --bip-basis "art. 5 ust. 2 ustawy" \
        --bip-person "Jan Zmyślony, inspektor, Wydział Zieleni" > /dev/null
    grep -qF 'Wyłączenia informacji niejawnych z wykaz drzew na podstawie art. 5 ust. 2 ustawy dokonał(a) Jan Zmyślony, inspektor, Wydział Zieleni.' \
        www/drzewa/index.html
}

@test "published again unchanged nothing happens; another address or version is another publication" {
    ready
    publish > /dev/null
    find www -type f -exec sha256sum {} + | sort > before
    events=$(shell "SELECT count(*) FROM event")
    run "$SITO" publish drzewa --to www --by "J. Lis" --catalogue sito.db
    [ "$status" -eq 0 ]
    [[ "$output" == *"już opublikowany bez zmian"* ]]
    find www -type f -exec sha256sum {} + | sort | diff before -
    [ "$(shell "SELECT count(*) FROM event")" = "$events" ]
    "$SITO" publish drzewa --to www --by "J. Lis" --catalogue sito.db --harvester 1.10 > /dev/null
    [ "$(settled)" = "published; 2; 0" ]
    grep -q 'xmlns="urn:otwarte-dane:harvester:1.10"' www/dane-gov-pl.xml
    run ! grep -q 'CC0' www/dane-gov-pl.xml
}

@test "a damaged publication is found, and mended by publishing again" {
    ready
    publish > /dev/null
    run "$SITO" verify www --catalogue sito.db
    [ "$status" -eq 0 ]
    printf 'x' >> www/drzewa/drzewa.csv
    rm www/drzewa/dane/gatunki.csv
    echo y > www/drzewa/dodatek.csv
    ln -s /etc/passwd www/drzewa/link
    echo z > www/obcy.txt
    echo '<html>' > www/index.html
    rm www/dcat.jsonld
    run "$SITO" verify www --catalogue sito.db --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"drzewa/drzewa.csv: not the file that was checked"* ]]
    [[ "$output" == *"drzewa/dane/gatunki.csv: missing"* ]]
    [[ "$output" == *"drzewa/dodatek.csv: this file was not published"* ]]
    [[ "$output" == *"drzewa/link: no regular file"* ]]
    [[ "$output" == *"obcy.txt: this was not published"* ]]
    [[ "$output" == *"index.html: not the page"* && "$output" == *"dcat.jsonld: missing"* ]]
    [ "$(grep -c ': ' <<< "$output")" -eq 8 ]
    publish > /dev/null
    rm www/obcy.txt
    "$SITO" verify www --catalogue sito.db
    rm -r www/drzewa
    run "$SITO" verify www --catalogue sito.db --lang en
    [ "$status" -eq 1 ]
    [[ "$output" == *"drzewa: missing"* ]]
}

@test "files changed after the mark are refused, whichever they are" {
    ready
    cp -r drzewa kept
    for file in drzewa/drzewa.csv drzewa/dane/gatunki.csv drzewa/datapackage.json; do
        printf ' ' >> $file
        run publish --lang en
        [ "$status" -eq 1 ]
        [[ "$output" == *"not those that were checked"* ]]
        rm -r drzewa
        cp -r kept drzewa
    done
    [ ! -e www ]
}

@test "names that are no address of a page are refused" {
    sed -i 's/"name": "drzewa", "title"/"name": "drzewa\/..", "title"/' drzewa/datapackage.json
    "$SITO" check --catalogue sito.db drzewa > /dev/null
    approve drzewa/..
    "$SITO" mark --catalogue sito.db drzewa > /dev/null
    run publish --lang en
    [ "$status" -eq 2 ]
    [[ "$output" == *"cannot be that of a published folder"* ]]
    [ ! -e www ]
}

@test "an address, an office and a version of XML that will not do are refused" {
    ready
    for url in http://dane.example.pl/ dane.example.pl 'https://x y.pl/' 'https://' 'https://x.pl/?a' 'https://x.pl/"'; do
        run "$SITO" publish drzewa --to www --by "J. Lis" --catalogue sito.db --publisher Urząd --url "$url"
        [ "$status" -eq 2 ]
    done
    run "$SITO" publish drzewa --to www --by "J. Lis" --catalogue sito.db --publisher Urząd
    [ "$status" -eq 2 ]
    [[ "$output" == *"--url"* ]]
    run "$SITO" publish drzewa --to www --by "J. Lis" --catalogue sito.db --url https://x.pl/
    [ "$status" -eq 2 ]
    [[ "$output" == *"--publisher"* ]]
    run publish --harvester 1.14
    [ "$status" -eq 2 ]
    run "$SITO" publish drzewa --catalogue sito.db
    [ "$status" -eq 2 ]
    [ "$(settled)" = "publishable; 0; 0" ]
}

@test "each command tells the head of the chain" {
    ready
    run --separate-stderr "$SITO" check --catalogue sito.db drzewa
    [[ "$stderr" == *"$(shell "SELECT chain FROM seal ORDER BY event DESC LIMIT 1")"* ]]
    for command in mark publish withdraw; do
        run "$command"
        [ "$status" -eq 0 ]
        [[ "$(cat mark.txt)$output" == *"$(shell "SELECT chain FROM seal ORDER BY event DESC LIMIT 1")"* ]]
        [ "$(shell "SELECT max(event) FROM seal")" = "$(shell "SELECT max(id) FROM event")" ]
    done
}
