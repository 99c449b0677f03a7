#!/usr/bin/env bats
# sito check beside what was published before: planted leaks are found, and their safe twins pass.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    export SITO_KEYS=$PWD/keys
    mkdir d
    published='[{"path": "old.csv"}]'
}

# describe NAME:ROLE...: a descriptor of d/a.csv, with $published
describe() {
    local fields= column role
    for column; do
        role="\"role\": \"${column#*:}\""
        [ "${column#*:}" != public ] || role+=', "reason": "no-person", "basis": "wykaz ulic"'
        fields+="${fields:+, }{\"name\": \"${column%:*}\", \"type\": \"string\", \"disclosure\": {$role}}"
    done
    cat > d/datapackage.json <<END
{"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8",
  "dialect": {"delimiter": ";"}, "schema": {"fields": [$fields]},
  "disclosure": {"persons": "others", "presence": {"answer": "harmless", "basis": "x"}, "unit": "row", "published": $published}}]}
END
}

# write FILE HEADING PYTHON [ROWS]: rows that the expression gives for i
write() {
    /usr/bin/python3 - "$2" "$3" "${4:-400}" > "d/$1" <<'END'
import sys
print(sys.argv[1])
for i in range(int(sys.argv[3])):
    print(";".join(str(value) for value in eval(sys.argv[2])))
END
}

ask() {
    sqlite3 -init /dev/null -batch :memory: "$1"
}

# check STATUS CODE...: these rules and no others have findings
check() {
    run --separate-stderr "$SITO" check --lang en --format json ${policy:+--policy "$policy"} d
    echo "$output" > out.json
    echo "$stderr" > err.txt
    [ "$status" -eq "$1" ] || { cat err.txt; head -c 1500 out.json; false; }
    [ -z "$stderr" ]
    [ "$(ask "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT f.value ->> '\$.code' AS code
              FROM json_each(readfile('out.json'), '\$.findings') AS f ORDER BY 1)")" = "${*:2}" ]
}

# says CODE TEXT: the finding's message is this
says() {
    [ "$(ask "SELECT group_concat(f.value ->> '\$.message', '|')
               FROM json_each(readfile('out.json'), '\$.findings') AS f
              WHERE f.value ->> '\$.code' = '$1'")" = "$2" ]
}

not_covered() {
    [ "$(ask "SELECT count(*) FROM json_each(readfile('out.json'), '\$.not_covered')
               WHERE value = '$1'")" = 1 ]
}

@test "a release that can be linked with one that is published" {
    # each file by itself is within all thresholds; day and hour together tell every record
    describe osiedle:quasi-identifier dzien:public godz:public powod:sensitive
    write a.csv 'osiedle;dzien;godz;powod' '("AB"[i % 2], i // 20, i // 2 % 10, ["glod", "chlod"][i // 2 % 2])'
    write old.csv 'wiek;dzien;godz;osiedle' '(20 + i % 7, i // 20, i // 2 % 10, "AB"[i % 2])'
    check 1 linkable-release
    says linkable-release 'By osiedle, dzien, godz 400 records can be linked with exactly one record each of "old.csv" (without "osiedle": 0)'
    not_covered 'Of what is published already, only these were compared: old.csv.'
    # two records to each hour
    write a.csv 'osiedle;dzien;godz;powod' '("AB"[i % 2], i // 20, i // 2 % 10 // 2, ["glod", "chlod"][i // 2 % 2])'
    check 0
    # the same columns: whoever joins them learns nothing
    write a.csv 'osiedle;dzien;godz;powod' '("AB"[i % 2], i // 20, i // 2 % 10, ["glod", "chlod"][i // 2 % 2])'
    cp d/a.csv d/old.csv
    check 0
    # nor does a number drawn for one release link anything
    describe osiedle:quasi-identifier dzien:public godz:release-number powod:sensitive
    write old.csv 'wiek;dzien;godz;osiedle' '(20 + i % 7, i // 20, i // 2 % 10, "AB"[i % 2])'
    check 0
}

@test "headings in other letters, other encodings, and fields that limit the comparison" {
    describe osiedle:quasi-identifier dzien:public godz:public
    write a.csv 'osiedle;dzien;godz' '("AB"[i % 2], i // 20, i // 2 % 10)'
    write old.csv 'DZIEN,wiek,Osiedle,Godz' '("%d,%d,%s,%d" % (i // 20, 20 + i % 7, "AB"[i % 2], i // 2 % 10),)'
    check 1 linkable-release
    published='[{"path": "old.csv", "fields": ["osiedle"]}]'
    describe osiedle:quasi-identifier dzien:public godz:public
    check 0
    published='[{"path": "old.csv", "fields": ["osiedl"]}]'
    describe osiedle:quasi-identifier dzien:public godz:public
    run -2 --separate-stderr "$SITO" check --lang en d
    [[ "$stderr" == *"resources[0].disclosure.published[0].fields: the descriptor has no column 'osiedl'"* ]]
    published='[{"path": "old.csv", "relacja": "other"}]'
    describe osiedle:quasi-identifier dzien:public godz:public
    run -2 --separate-stderr "$SITO" check --lang en d
    [[ "$stderr" == *"relacja"* ]]
    published='[{"path": "../old.csv"}]'
    describe osiedle:quasi-identifier dzien:public godz:public
    run -2 --separate-stderr "$SITO" check --lang en d
    [[ "$stderr" == *"must lead to a file in the folder"* ]]
    published='[{"path": "brak.csv"}]'
    describe osiedle:quasi-identifier dzien:public godz:public
    run -3 --separate-stderr "$SITO" check --lang en d
    [[ "$stderr" == *"brak.csv"* ]]
}

@test "no column in common is said, and makes no pass of itself" {
    describe osiedle:quasi-identifier
    write a.csv osiedle '("AB"[i % 2],)'
    write old.csv 'wiek' '(i,)'
    check 0
    not_covered 'Not compared, since they have no column in common: old.csv.'
    not_covered 'The data set was not compared with earlier releases or other registers but those that the descriptor (disclosure.published) or the policy (registry) names.'
    : > d/old.csv # empty: not even a heading
    run -3 --separate-stderr "$SITO" check --lang en d
    [[ "$stderr" == *"old.csv is empty"* ]]
}

@test "the published file belongs to the verdict" {
    describe osiedle:quasi-identifier
    write a.csv osiedle '("AB"[i % 2],)'
    write old.csv 'osiedle;wiek' '("AB"[i % 2], i % 3)'
    check 0
    digest=$(ask "SELECT readfile('out.json') ->> '$.digest'")
    "$SITO" check --catalogue c.db --lang en d > /dev/null
    run -1 "$SITO" mark --catalogue c.db --lang en d
    [[ "$output" != *"passing verdict"* ]] # only people's part is missing
    write old.csv 'osiedle;wiek' '("AB"[i % 2], i % 4)'
    run -1 "$SITO" mark --catalogue c.db --lang en d
    [[ "$output" == *"a passing verdict of exactly these bytes"* ]]
    check 0
    [ -n "$digest" ]
    [ "$digest" != "$(ask "SELECT readfile('out.json') ->> '$.digest'")" ]
}

@test "two releases of one register that differ by few people" {
    published='[{"path": "old.csv", "relation": "earlier-release"}]'
    describe osiedle:quasi-identifier powod:sensitive
    write a.csv 'osiedle;powod' '("AB"[i % 2], ["glod", "chlod"][i // 2 % 2])' 402
    write old.csv 'osiedle;powod' '("AB"[i % 2], ["glod", "chlod"][i // 2 % 2])'
    check 1 release-difference
    says release-difference 'Since the release "old.csv" 2 records came to or went from 2 classes of osiedle, fewer than 5 each; their powod can be read from the difference'
    # many at once
    write a.csv 'osiedle;powod' '("AB"[i % 2], ["glod", "chlod"][i // 2 % 2])' 440
    check 0
    # one goes, another comes: sizes are the same, the values are not
    write a.csv 'osiedle;powod' '("AB"[i % 2], ["glod", "chlod"][i // 2 % 2 if i else 1])'
    check 1 release-difference
    # no sensitive column in the earlier release: only that somebody came
    write a.csv 'osiedle;powod' '("AB"[i % 2], ["glod", "chlod"][i // 2 % 2])' 401
    write old.csv 'osiedle' '("AB"[i % 2],)'
    check 0 release-difference
    says release-difference 'Since the release "old.csv" 1 record came to or went from 1 class of osiedle, fewer than 5 each'
    # nothing changed
    write old.csv 'osiedle' '("AB"[i % 2],)' 401
    check 0
}

@test "pseudonyms that a published list of frequencies gives away" {
    describe osiedle:quasi-identifier szkola:release-number
    # school n has n pupils, the last one 22: 1 + … + 27 - 22 are in schools of a size of their own
    write a.csv 'osiedle;szkola' '("AB"[i % 2], "x%02d" % (int(((8 * i + 1) ** .5 - 1) / 2) * 7 % 29))'
    write old.csv 'nazwa' '("SP nr %d" % int(((8 * i + 1) ** .5 - 1) / 2),)'
    check 1 frequency-attack
    says frequency-attack 'The codes in "szkola" occur as often as the values of "nazwa" in "old.csv": 26 codes of 28 can be told by that, with 356 records'
    # every school as large as the next: nothing to tell them by
    write a.csv 'osiedle;szkola' '("AB"[i % 2], "x%02d" % (i % 20))'
    write old.csv 'nazwa' '("SP nr %d" % (i % 20),)'
    check 0
    # other frequencies
    write a.csv 'osiedle;szkola' '("AB"[i % 2], "x%02d" % (int(((8 * i + 1) ** .5 - 1) / 2) * 7 % 29))'
    write old.csv 'nazwa' '("SP nr %d" % (i % 3),)'
    check 0
}

@test "a subgroup in which the sensitive value is certain" {
    published='[]'
    policy=lax.json # what t, alpha and beta say of it is another matter
    echo '{"t": 1, "alpha": 1, "beta": 1000}' > lax.json
    describe osiedle:quasi-identifier plec:quasi-identifier powod:sensitive
    # sixty women of C: all but one have the same
    write a.csv 'osiedle;plec;powod' '("C", "K", "nalog" if i else "glod") if i < 60 else ("AB"[i % 2], "KM"[i // 2 % 2], ["glod", "chlod", "inny"][i // 4 % 3])'
    check 1 inference
    says inference 'Who knows osiedle guesses "powod" in one subgroup of 60 records and is right in at least 91.1% of them; in the whole file 14.8% have that value. Over all records guesses are right in 43.8%, in a control group in 39.4%'
    write a.csv 'osiedle;plec;powod' '("ABC"[i % 3], "KM"[i // 3 % 2], ["glod", "chlod", "inny"][i // 6 % 3])'
    check 0
    # nine in ten have it everywhere: a subgroup tells nothing
    write a.csv 'osiedle;plec;powod' '("AB"[i % 2], "KM"[i // 2 % 2], "glod" if i % 37 % 10 else "chlod")'
    check 0
}

@test "the registry of what was published, without the data" {
    "$SITO" key new rejestr > /dev/null
    write old.csv 'osiedle;dzien;godz;wiek' '("AB"[i % 2], i // 20, i // 2 % 10, i % 7)'
    "$SITO" --version > /dev/null
    sqlite3 -init /dev/null -batch -csv -header :memory: ".load $SITO_SO" \
        "CREATE VIRTUAL TABLE temp.old USING csv(filename='d/old.csv')" \
        "SELECT 'stary zbior' AS dataset, * FROM risk_registry('temp.old', 'osiedle, dzien, godz', 'rejestr')" > registry.csv
    rm d/old.csv
    echo '{"registry": "registry.csv", "registryKey": "rejestr"}' > policy.json
    policy=policy.json
    published='[]'
    describe osiedle:quasi-identifier dzien:public godz:public
    write a.csv 'osiedle;Dzien;godz' '("AB"[i % 2], i // 20, i // 2 % 10)'
    sed -i 's/dzien/Dzien/' d/datapackage.json
    check 1 linkable-release
    says linkable-release 'By dzien, godz, osiedle 400 records can be linked with exactly one record each of the data set "stary zbior" in the registry'
    run -1 grep -F 'AB' registry.csv # no value is there
    write a.csv 'osiedle;Dzien;godz' '("AB"[i % 2], i // 20, i // 2 % 10 // 2)'
    check 0
    not_covered 'Of what is published already, only these were compared: stary zbior.'
    # the key is missing, is another one, or the file is no registry: never a pass
    echo '{"registry": "registry.csv"}' > policy.json
    run -3 --separate-stderr "$SITO" check --lang en --policy policy.json d
    [[ "$stderr" == *'add "registryKey"'* ]]
    echo '{"registry": "registry.csv", "registryKey": "inny"}' > policy.json
    run -3 --separate-stderr "$SITO" check --lang en --policy policy.json d
    [[ "$stderr" == *inny* ]]
    "$SITO" key new inny > /dev/null
    run -3 --separate-stderr "$SITO" check --lang pl --policy policy.json d
    [[ "$stderr" == *"zapisano innym kluczem niż inny"* ]]
    echo '{"registry": "registry.csv", "registryKey": "rejestr"}' > policy.json
    echo 'a;b' > registry.csv
    run -3 --separate-stderr "$SITO" check --lang en --policy policy.json d
    [[ "$stderr" == *"must have the columns dataset, columns, key, hash, rows"* ]]
    rm registry.csv
    run --separate-stderr "$SITO" check --lang en --policy policy.json d
    [ "$status" -eq 2 ] || [ "$status" -eq 3 ]
    [[ "$stderr" == *"registry.csv"* ]]
}

@test "an earlier version of the same data set in the registry is no stranger" {
    "$SITO" key new rejestr > /dev/null
    write a.csv 'osiedle;dzien;godz' '("AB"[i % 2], i // 20, i // 2 % 10)'
    sqlite3 -init /dev/null -batch -csv -header :memory: ".load $SITO_SO" \
        "CREATE VIRTUAL TABLE temp.a USING csv(filename='d/a.csv')" \
        "SELECT 'd' AS dataset, * FROM risk_registry('temp.a', 'osiedle, dzien, godz', 'rejestr')" > registry.csv
    echo '{"registry": "registry.csv", "registryKey": "rejestr"}' > policy.json
    policy=policy.json
    published='[]'
    describe osiedle:quasi-identifier dzien:public godz:public
    check 0
}
