#!/usr/bin/env bats
# sito check: planted leaks are found, and their safe twins pass.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    mkdir d
}

# describe NAME:ROLE...: a descriptor of d/a.csv
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
  "disclosure": {"persons": "others", "presence": {"answer": "harmless", "basis": "x"}, "unit": ${unit:-\"row\"}}}]}
END
}

# check STATUS CODE...: these rules and no others have findings
check() {
    run --separate-stderr "$SITO" check --lang en --format json d
    [ "$status" -eq "$1" ]
    [ -z "$stderr" ]
    echo "$output" > out.json
    [ "$(ask "SELECT group_concat(code, ' ') FROM (SELECT DISTINCT f.value ->> '\$.code' AS code
              FROM json_each(readfile('out.json'), '\$.findings') AS f ORDER BY 1)")" = "${*:2}" ]
}

ask() {
    sqlite3 -init /dev/null -batch :memory: "$1"
}

# message CODE TEXT: the finding says so
message() {
    [[ "$(ask "SELECT f.value ->> '\$.message' FROM json_each(readfile('out.json'), '\$.findings')
               AS f WHERE f.value ->> '\$.code' = '$1'")" == *"$2"* ]]
}

# write HEADING PYTHON: d/a.csv of the rows that the expression gives for i in 0..399
write() {
    /usr/bin/python3 - "$1" "$2" > d/a.csv <<'END'
import hashlib, hmac, sys
def pesel(i):  # invented: people born in the seventies, one a day
    digits = "%02d%02d%02d%04d" % (70 + i % 10, 1 + i % 12, 1 + i % 28, (i * 7919) % 10000)
    return digits + str(-sum(int(d) * w for d, w in zip(digits, (1, 3, 7, 9) * 3)) % 10)
def digest(i, key=None):
    text = pesel(i).encode()
    return (hashlib.sha256(text) if key is None else hmac.new(key, text, "sha256")).hexdigest()
print(sys.argv[1])
for i in range(400):
    print(";".join(str(value) for value in eval(sys.argv[2])))
END
}

@test "a district in which all have the same sensitive value" {
    describe osiedle:quasi-identifier powod:sensitive
    write 'osiedle;powod' '(["Górna", "Widzew"][i % 2], ["głód", "chłód"][i // 2 % 2])'
    check 0
    write 'osiedle;powod' '(["Górna", "Widzew"][i < 40], ["głód", "chłód"][i // 2 % 2 if i >= 40 else 0])'
    check 1 alpha-k inference l-diversity t-closeness
}

@test "a combination of columns that singles records out" {
    describe osiedle:quasi-identifier wiek:quasi-identifier plec:quasi-identifier
    write 'osiedle;wiek;plec' '("AB"[i % 2], i // 2 % 4, "KM"[i // 8 % 2])'
    check 0
    # eight ages that one record each has, all of one estate and sex
    write 'osiedle;wiek;plec' '("AB"[i % 2], i // 2 % 4, "KM"[i // 8 % 2]) if i >= 8 else ("C", 4 + i, "K")'
    check 1 k-anonymity unique-combination
    message unique-combination 'The column wiek alone singles out 8 records; without "wiek" no record would stay in classes that are too small, instead of 8'
    write 'osiedle;wiek;plec' '("ABCDEFGHIJKLMNOPQRST"[i % 20], i // 20 % 20, "KM"[i % 2])'
    check 1 k-anonymity unique-combination
    message unique-combination 'The columns osiedle, wiek together single out 400 records; without "osiedle" no record would stay in classes that are too small, instead of 400'
}

@test "records of one person are one: what is left out is counted in persons" {
    unit='{"companion": "osoby.csv"}'
    describe osiedle:quasi-identifier wiek:quasi-identifier
    write 'osiedle;wiek' '("AB"[i % 2], i // 4 % 5)'
    { echo osoba; for i in $(seq 400); do echo "o$i"; done; } > d/osoby.csv
    check 0
    { echo osoba; for i in $(seq 400); do echo "o$((i % 8))"; done; } > d/osoby.csv
    check 1 k-anonymity # no record is alone
}

@test "a column from which a quasi-identifier follows" {
    describe wiek:quasi-identifier rok:public
    write 'wiek;rok' '(i % 80 // 20, 2100 + i * 7 % 80)' # nothing to do with one another
    check 0
    write 'wiek;rok' '(i % 200 // 50, 2100 + i % 200)'
    check 1 derived-column
    message derived-column 'From the column "rok" always follows wiek; counted as a quasi-identifier, it brings 400 more records'
    write 'wiek;rok' '(i % 80 // 20, 2100 + i % 80)' # five records each: nobody is easier to find
    check 0
    write 'wiek;rok' '(i % 4, "abcd"[i % 4])' # the same in other words
    check 0
}

@test "a column that follows up to record 5000 only, and odd headings" {
    /usr/bin/python3 - <<'END'
import json
fields = [{"name": "wiek, \"x\"; --", "type": "string", "disclosure": {"role": "quasi-identifier"}},
          {"name": "rok'", "type": "string", "disclosure": {"role": "public", "reason": "no-person", "basis": "x"}}]
document = {"name": "d", "resources": [{"name": "a", "path": "a.csv", "encoding": "utf-8",
    "dialect": {"delimiter": ";"}, "schema": {"fields": fields},
    "disclosure": {"persons": "others", "presence": {"answer": "harmless", "basis": "x"}, "unit": "row"}}]}
json.dump(document, open("d/datapackage.json", "w"))
for name, contradiction in (("b.csv", 0), ("c.csv", 1)):
    with open("d/" + name, "w") as out:
        out.write("\"wiek, \"\"x\"\"; --\";rok'\n")
        for i in range(6000):
            age = (i % 3000 // 750 + (contradiction if i == 5999 else 0)) % 4
            out.write("%d;%d\n" % (age, i % 3000))
END
    mv d/b.csv d/a.csv
    check 1 derived-column
    mv d/c.csv d/a.csv
    check 1 role-doubtful # nothing follows any more, but two records a value are few
}

@test "digests of PESEL numbers, and digests under a secret key" {
    describe osiedle:quasi-identifier skrot:release-number
    write 'osiedle;skrot' '("AB"[i % 2], digest(i))'
    check 1 reversible-digest
    message reversible-digest 'The column "skrot" holds digests (sha256) of PESEL numbers: '
    run -1 grep -E '[^0-9a-f][0-9]{11}[^0-9a-f]' out.json # no number is shown
    write 'osiedle;skrot' '("AB"[i % 2], digest(i, b"klucz, ktorego nikt nie zgadnie"))'
    check 0
    describe osiedle:quasi-identifier skrot:direct-identifier
    write 'osiedle;skrot' '("AB"[i % 2], digest(i))'
    check 1 direct-identifier # one cause, one finding
}
