# The table remote and its presets against a server on 127.0.0.1 (tests/http): formats, pages, presets. The
# answers of BDL, CKAN and dane.gov.pl in fixtures/http are invented in the shape of recorded ones.
bats_require_minimum_version 1.5.0

setup_file() {
    export LC_ALL=C.UTF-8
    unset SITO_PRESETS BDL_KEY
    "$BUILD/tests/http-server" --root "$FIXTURES/http" --root "$BATS_FILE_TMPDIR" --ready "$BATS_FILE_TMPDIR/ready" \
        --log "$BATS_FILE_TMPDIR/log" --seconds 120 3>&- &
    echo $! > "$BATS_FILE_TMPDIR/pid"
    for _ in $(seq 100); do
        [ -s "$BATS_FILE_TMPDIR/ready" ] && break
        sleep 0.05
    done
    HTTP=127.0.0.1:$(sed -n 's/^HTTP=//p' "$BATS_FILE_TMPDIR/ready")
    export HTTP
}

teardown_file() {
    kill "$(cat "$BATS_FILE_TMPDIR/pid")" 2> /dev/null || true
}

setup() {
    SITO_CACHE=$BATS_TEST_TMPDIR/cache
    export SITO_CACHE
    : > "$BATS_FILE_TMPDIR/log"
}

# Runs SQL in the plain shell with sito_remote.so; HTTP stands for the server.
sql() {
    printf '%s\n' "$1" | sed "s/HTTP/$HTTP/g" |
        sqlite3 -init /dev/null -batch -bail -cmd ".load $BUILD/sito_remote" -cmd '.mode quote' :memory: 2>&1
}

answers() { # EXPECTED SQL
    run sql "$2"
    [ "$output" = "$1" ] || {
        printf 'expected\n%s\ngot\n%s\n' "$1" "$output"
        return 1
    }
}

refuses() { # TEXT SQL
    run sql "$2"
    [ "$status" -ne 0 ] && [[ "$output" == *"$1"* ]] || {
        printf 'expected\n%s\ngot (%s)\n%s\n' "$1" "$status" "$output"
        return 1
    }
}

asked() { # a part of the target; prints how many requests had it
    grep -cF -- "$1" "$BATS_FILE_TMPDIR/log" || true
}

table() { # OPTIONS QUERY
    printf "CREATE VIRTUAL TABLE temp.t USING remote(allow_private=yes, %s);\n%s;" "$1" "${2:-SELECT * FROM t}"
}

@test "csv: read by the table csv from the cache, its format by the type of the answer" {
    answers "'0201','Bolesławiec',2,NULL
'1061','Łódź',3,NULL" "$(table "url='http://HTTP/table'" 'SELECT *, _line, _defect FROM t')"
    [ "$(asked 'GET /table ')" = 1 ]
    answers "2" "$(table "url='http://HTTP/table'" "SELECT count(*) FROM t AS a JOIN t AS b ON a.kod = b.kod")"
    [ "$(asked 'GET /table ')" = 1 ]
}

@test "csv: an error names the address and the line, not the file in the cache" {
    printf 'a;b\n1;2\n3\n' > "$BATS_FILE_TMPDIR/ragged.csv"
    run sql "$(table "url='http://HTTP/ragged.csv'")"
    [ "$status" -ne 0 ]
    [[ "$output" == *"csv: http://$HTTP/ragged.csv:3: 1 fields where 2 are expected"* ]]
    [[ "$output" != *"$SITO_CACHE"* ]]
}

@test "ndjson: a line after the other" {
    answers "2000,2001000,'wiersz 999',2000" "$(table "url='http://HTTP/lines.ndjson'" 'SELECT count(*), sum(n), max(s), max(_page) FROM t')"
}

@test "pages by number end with an empty one" {
    answers "1,1
2,1
3,2
4,2" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r'" 'SELECT n, _page FROM t')"
}

@test "pages by offset go on from the rows that were there" {
    answers "0
1
2
3
4" "$(table "url='http://HTTP/paging/offsets', page=offset, page_size=3, rows='$.r'")"
}

@test "pages by the next address: relative, absolute, in the header Link" {
    answers "1
2
3" "$(table "url='http://HTTP/paging/links-1', page=next, next='$.next', rows='$.r'")"
    answers "1,'http://$HTTP/paging/header-1'
2,'http://$HTTP/paging/header-2'" "$(table "url='http://HTTP/paging/header-1', page=next" 'SELECT n, _url FROM t')"
}

@test "pages by cursor, which is escaped" {
    answers "1
2" "$(table "url='http://HTTP/paging/cursors', page=cursor, cursor='$.c', rows='$.r'")"
}

@test "pages are asked for when the scan comes to them, and once" {
    answers "1" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r'" 'SELECT n FROM t LIMIT 1')"
    [ "$(asked 'page=2 ')" = 0 ]
    answers "4" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r'" 'SELECT count(*) FROM t')"
    first=$(asked 'GET ')
    answers "4" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r'" 'SELECT count(*) FROM t')"
    [ "$(asked 'GET ')" = "$first" ]
    answers "4" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r', offline=yes" 'SELECT count(*) FROM t')"
    [ "$(asked 'GET ')" = "$first" ]
}

@test "pages of the inner table of a join are read once a statement, and a missing one is an error there too" {
    answers "40,100" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r', max_age=0, columns='n integer'" \
        'WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40) SELECT count(*), sum(n) FROM c LEFT JOIN t ON t.n = 1 + i % 4')"
    [ "$(asked 'page=2 ')" -le 2 ]
    refuses "status 500" "$(table "url='http://HTTP/paging/broken', page=number, rows='$.r', attempts=1, columns='n'" \
        'SELECT count(*) FROM (SELECT 1 AS x UNION ALL SELECT 2) LEFT JOIN t ON t.n = x')"
}

@test "a next address at another host or scheme is refused" {
    refuses "$HTTP/paging/elsewhere: the next page lies at another scheme, host or port" "$(table "url='http://HTTP/paging/elsewhere', page=next, next='$.next', rows='$.r'")"
    refuses "$HTTP/paging/scheme: the next page lies at another scheme, host or port" "$(table "url='http://HTTP/paging/scheme', page=next, next='$.next', rows='$.r'")"
    [ "$(grep -c '127.0.0.2' "$BATS_FILE_TMPDIR/log")" = 0 ]
}

@test "pages that go round, or a server that does not turn them" {
    refuses "the pages go round: page 2 leads back" "$(table "url='http://HTTP/paging/loop', page=next, next='$.next', rows='$.r'")"
    refuses "page 2 has the same rows as an earlier one" "$(table "url='http://HTTP/paging/deaf', page=number, rows='$.r'")"
    refuses "more than 1 pages; max_pages=" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r', max_pages=1")"
    refuses "url has the parameter page already" "$(table "url='http://HTTP/paging/numbers?page=1', page=number, rows='$.r'")"
}

@test "a total that changes, is not reached or is passed" {
    refuses "the total was 4 on the first page and is 5 on page 2" "$(table "url='http://HTTP/paging/total', page=number, rows='$.r', total='$.t'")"
    refuses "2 of 4 rows are there: the pages ended early" "$(table "url='http://HTTP/paging/short', page=number, rows='$.r', total='$.t'")"
    refuses "more rows (4 after page 2) than the total of 3" "$(table "url='http://HTTP/paging/long', page=number, rows='$.r', total='$.t'")"
}

@test "a source that changes while its pages are read is an error, one that does not is asked once more" {
    refuses "the source changed while its 2 pages were read" "$(table "url='http://HTTP/paging/changed', columns='n', page=number, rows='$.r', total='$.t'" 'SELECT count(*) FROM t')"
    answers "4" "$(table "url='http://HTTP/paging/same', columns='n', page=number, rows='$.r', total='$.t'" 'SELECT count(*) FROM t')"
    [ "$(asked 'paging/same?page=1 ')" = 2 ]
    grep -F 'paging/same?page=1 ' "$BATS_FILE_TMPDIR/log" | tail -1 | grep -qi 'if-none-match: "same-1"'
}

@test "an ETag that the pages have in common is that of the source: another one in the middle is an error" {
    refuses "versions?page=3: the source changed while its 3 pages were read" "$(table "url='http://HTTP/paging/versions', page=number, rows='\$.r', total='\$.t'" 'SELECT n FROM t')"
}

state() { # FIRST SECOND: the source /stale has these two pages now
    for page in 1 2; do
        printf 'HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: @LENGTH@\n\n{"r":[{"n":%s}],"t":2}' "$1" \
            > "$BATS_FILE_TMPDIR/stale?page=$page.reply"
        shift
    done
}

@test "a page older than the first one is asked for again" {
    state 1 2
    query=$(table "url='http://HTTP/stale', columns='n', page=number, rows='$.r', total='$.t', format=json" 'SELECT group_concat(n) FROM t')
    answers "'1,2'" "$query"
    sleep 0.1
    state 3 4
    answers "3" "$(table "url='http://HTTP/stale', columns='n', page=number, rows='$.r', format=json, max_age=0" 'SELECT n FROM t LIMIT 1')"
    answers "'3,4'" "$query"
}

@test "later pages: another member, an error, a login page" {
    refuses "paging/member?page=2: there is a member 'm' that was not there when the table was created" "$(table "url='http://HTTP/paging/member', page=number, rows='$.r', total='$.t'")"
    refuses "status 500" "$(table "url='http://HTTP/paging/broken', page=number, rows='$.r', total='$.t', attempts=1")"
    refuses "paging/login?page=2" "$(table "url='http://HTTP/paging/login', page=number, rows='$.r', total='$.t'")"
}

@test "a page larger than max_page is refused" {
    refuses "it is longer than the 2048 bytes of max_page" "$(table "url='http://HTTP/danegov/resources/12345/data?per_page=100&page=1', rows='$.data', max_page='2K'")"
}

@test "a quota is kept over pages" {
    start=$(date +%s%N)
    answers "4" "$(table "url='http://HTTP/paging/numbers', page=number, rows='$.r', quota='2/1s', columns='n'" 'SELECT count(*) FROM t')"
    [ $((($(date +%s%N) - start) / 1000000)) -ge 900 ]
}

@test "an address with a key in it is shown without it" {
    refuses "api_key=***" "$(table "url='http://HTTP/nothing?api_key=tajne123'")"
    [[ "$output" != *tajne123* ]]
}

@test "a secret by name: in a header with its word, or in a parameter that the next address repeats" {
    TAJNE=tajne-42 answers "1" "$(table "url='http://HTTP/paging/bearer', auth_env=TAJNE, auth_prefix='Bearer'")"
    printf 'tajne-42\n' > "$BATS_TEST_TMPDIR/klucz"
    chmod 600 "$BATS_TEST_TMPDIR/klucz"
    answers "1" "$(table "url='http://HTTP/paging/bearer', auth_file='$BATS_TEST_TMPDIR/klucz', auth_prefix='Bearer '")"
    TAJNE=tajne-42 answers "1,'http://$HTTP/paging/echo'
2,'http://$HTTP/paging/echo?page=2&api_key=***'" "$(table "url='http://HTTP/paging/echo', auth_env=TAJNE, auth_param='api_key', page=next, next='\$.next', rows='\$.r'" 'SELECT n, _url FROM t')"
}

# ---- presets ----

bdl() { printf "CREATE VIRTUAL TABLE temp.t USING bdl(base='http://HTTP/bdl', allow_private=yes, %s);\n%s;" "$1" "$2"; }

@test "bdl: values by unit and year; what is missing is NULL with its attribute, a true zero is 0" {
    answers "'011212161000','1261','Powiat m. Kraków',2023,'640.5',1
'011212161000','1261','Powiat m. Kraków',2024,NULL,91
'051011661000','1061','Powiat m. Łódź',2023,'0.0',94
'051011661000','1061','Powiat m. Łódź',2024,'652.5',9
'071412865000','1465','Powiat m. st. Warszawa',2023,NULL,4
'071412865000','1465','Powiat m. st. Warszawa',2024,'0.0',0
'030210101000','0201','Powiat bolesławiecki',2023,NULL,50
'030210101000','0201','Powiat bolesławiecki',2024,NULL,15" "$(bdl "variable=900001, level=5, years='2023-2024'" 'SELECT unit, teryt, name, year, CAST(value AS TEXT), attribute FROM t')"
    [ "$(asked 'page=0 ')" = 2 ] # once more at the end
    [ "$(asked 'page=1 ')" = 1 ]
    [ "$(asked 'page=2 ')" = 0 ]
}

@test "bdl: TERYT codes of every level, NULL where a unit has none" {
    answers "'000000000000',NULL
'010000000000',NULL
'011200000000','12'
'011210000000',NULL
'011212000000',NULL
'011212001000','1201'
'011212001022','1201022'" "$(bdl "variable=900002" 'SELECT unit, teryt FROM t')"
}

@test "bdl: units, variables, subjects and attributes" {
    answers "'011212001011','1201011','Bochnia',6,'1','011212001000'
'011212001022','1201022','Bochnia',6,'2','011212001000'" "$(bdl "read=units, level=6, unit='011212001000'" 'SELECT * FROM t')"
    answers "900001,'ogółem',NULL,'osoba'
900002,'ogółem','24 lata i mniej','osoba'" "$(bdl "read=variables, subject='P9001'" 'SELECT variable, n1, n2, measure FROM t')"
    answers "'K15','CENY',0,'[\"G186\",\"G187\"]'" "$(bdl "read=subjects" 'SELECT subject, name, has_variables, children FROM t')"
    answers "91,'. lub 0','x'
94,'0','z'" "$(bdl "read=attributes" 'SELECT attribute, name, symbol FROM t')"
}

@test "bdl: the key goes into X-ClientId by the name of a variable, and is kept nowhere" {
    BDL_KEY=klucz-7890 answers "4" "$(bdl "variable=900001, level=5, years='2023,2024', auth_env='BDL_KEY'" 'SELECT count(DISTINCT unit) FROM t')"
    grep -qi 'x-clientid: klucz-7890' "$BATS_FILE_TMPDIR/log"
    run ! grep -rq 'klucz-7890' "$SITO_CACHE"
    refuses "BDL_KEY" "$(bdl "variable=900001, auth_env='BDL_KEY'" 'SELECT 1 FROM t')"
}

@test "bdl: a city's file joined with statistics in one SELECT" {
    answers "'1061',1305,652.5,2.0
'1261',1606,NULL,NULL
'1465',9,0.0,NULL" "$(bdl "variable=900001, level=5, years='2023-2024'" "
CREATE VIRTUAL TABLE temp.m USING remote(data='powiat;zgloszenia
1261;1606
1061;1305
1465;9
', columns='powiat, zgloszenia integer');
SELECT m.powiat, m.zgloszenia, t.value, m.zgloszenia / nullif(t.value, 0) FROM m JOIN t ON t.teryt = m.powiat AND t.year = 2024 ORDER BY 1")"
}

ckan() { printf "CREATE VIRTUAL TABLE temp.t USING ckan(portal='http://HTTP/ckan/', allow_private=yes, %s);\n%s;" "$1" "$2"; }

@test "ckan: the rows of the datastore, by their declared types, page after page" {
    answers "'Śródmieście',12.5,7,1,'2124-01-01T00:00:00'
'Bałuty',3.25,14,0,'2124-01-02T00:00:00'
NULL,NULL,NULL,NULL,'2124-01-03T00:00:00'
'Górna',0.0,1,1,'2124-01-04T00:00:00'
'Widzew',100000.0,0,0,'2124-01-05T00:00:00'" "$(ckan "resource=odpady" 'SELECT * FROM t')"
    answers "'Sektor,Ilość [t],Dni,Czynny,Data'" "$(ckan "resource=odpady" "SELECT group_concat(name) FROM pragma_table_info('t')")"
    refuses "status 404" "$(ckan "resource=nie-ma" 'SELECT * FROM t')"
}

@test "ckan: the file of a resource; a secret does not follow it to another host" {
    answers "'Śródmieście','12,50'
'Bałuty','3,25'" "$(ckan "resource=odpady, read=file" 'SELECT * FROM t')"
    CKAN_KEY=klucz answers "'Śródmieście','12,50'
'Bałuty','3,25'" "$(ckan "resource='gdzie-indziej', read=file, auth_env=CKAN_KEY" 'SELECT * FROM t')"
    refuses "the answer names no file to read" "$(ckan "resource='bez-pliku', read=file" 'SELECT * FROM t')"
}

@test "ckan: data sets and their resources" {
    answers "'odpady','Odpady według sektorów','r1',1
'odpady','Odpady według sektorów','r2',0" "$(ckan "read=packages" 'SELECT package, title, resource, datastore FROM t')"
}

danegov() { printf "CREATE VIRTUAL TABLE temp.t USING danegov(base='http://HTTP/danegov', allow_private=yes, %s);\n%s;" "$1" "$2"; }

@test "danegov: 100 rows a page, headings as names, special signs NULL with the sign kept" {
    answers "'2124-02',1,0.25,'m1',NULL
'2124-03',NULL,NULL,NULL,'{\"Liczba zgłoszeń\":\"-\",\"Średni czas\":\".\"}'
'2124-04',NULL,0,'x','{\"Liczba zgłoszeń\":\"#\"}'" "$(danegov "resource=12345" 'SELECT *, _signs FROM t LIMIT 3')"
    answers "103,3,2" "$(danegov "resource=12345" "SELECT count(*), sum(\"Liczba zgłoszeń\" IS NULL), count(DISTINCT _page) FROM t")"
    answers "'-,#,X'" "$(danegov "resource=12345" "SELECT group_concat(_signs ->> '\$.\"Liczba zgłoszeń\"') FROM t WHERE _signs IS NOT NULL")"
    answers "'Miesiąc,Liczba zgłoszeń,Średni czas,Miesiąc_2'" "$(danegov "resource=12345" "SELECT group_concat(name) FROM pragma_table_info('t')")"
}

@test "danegov: the CSV that was made of a spreadsheet, or the file itself; the resources of a set" {
    answers "'2124-01','5'
'2124-02','7'" "$(danegov "resource=100, read=file" 'SELECT * FROM t')"
    answers "'2124-01','5'
'2124-02','7'" "$(danegov "resource=101, read=file" 'SELECT * FROM t')"
    answers "100,'Zgłoszenia','xlsx'" "$(danegov "dataset=77, read=resources" 'SELECT resource, title, format FROM t')"
}

@test "an office's own preset, from the folder that SITO_PRESETS names" {
    mkdir "$BATS_TEST_TMPDIR/presety"
    cat > "$BATS_TEST_TMPDIR/presety/moj.json" << 'EOF'
{"base": "{portal}", "parameters": {"portal": {"type": "address"}, "plik": {"type": "word"}},
 "read": {"wiersze": {"needs": ["plik"], "path": "/paging/{plik}", "options": {"rows": "$.r", "page": "number"},
          "columns": [{"name": "liczba", "path": "@.n", "type": "integer"}]}}}
EOF
    query="CREATE VIRTUAL TABLE temp.t USING remote(preset=moj, portal='http://HTTP', plik=numbers, allow_private=yes); SELECT sum(liczba) FROM t;"
    SITO_PRESETS=$BATS_TEST_TMPDIR/presety answers 10 "$query"
    refuses "there is no preset 'moj'" "$query"
    echo '{"base": "x", "read": {}, "opcje": {}}' > "$BATS_TEST_TMPDIR/presety/moj.json"
    SITO_PRESETS=$BATS_TEST_TMPDIR/presety refuses "unknown key 'opcje'" "$query"
    echo '{"base": ' > "$BATS_TEST_TMPDIR/presety/moj.json"
    SITO_PRESETS=$BATS_TEST_TMPDIR/presety refuses "is no JSON object with base and read" "$query"
}

@test "python: sito_remote.so beside sito.so" {
    run /usr/bin/python3 - << EOF
import sqlite3
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension("$BUILD/sito")
db.load_extension("$BUILD/sito_remote")
db.execute("CREATE VIRTUAL TABLE temp.t USING remote(url='http://$HTTP/paging/numbers', page=number, rows='\$.r', allow_private=yes)")
print(db.execute("SELECT sum(n) FROM t").fetchone()[0])
EOF
    [ "$output" = 10 ]
}
