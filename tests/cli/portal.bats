#!/usr/bin/env bats
# sito check --profile dane.gov.pl: what the portal will say, with the lines of the file.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8
    mkdir d
    cat > d/datapackage.json <<'END'
{"name": "d", "title": "Zgłoszenia", "description": "Zgłoszenia mieszkańców", "keywords": ["zgłoszenia"],
 "licenses": [{"name": "CC-BY-4.0"}],
 "dcat": {"dct:accrualPeriodicity": "http://publications.europa.eu/resource/authority/frequency/UNKNOWN",
          "dcat:theme": ["http://publications.europa.eu/resource/authority/data-theme/GOVE"]},
 "resources": [{"name": "a", "path": "a.csv", "encoding": "windows-1250", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "nazwa", "description": "Nazwa sprawy"}, {"name": "liczba", "type": "integer", "title": "Ile"}]},
  "disclosure": {"persons": "none"}}]}
END
}

codes() {
    "$SITO" check --lang pl --format concise "$@" d | grep -o 'portal-[a-z]*:.*' || true
}

@test "codes of the portal's validator, exact totals, our lines; nothing without the profile" {
    printf 'nazwa;liczba\nżółć;1\nb;x\nc;3;4\n;\n' | iconv -t windows-1250 > d/a.csv
    [ -z "$(codes)" ]
    run codes --profile dane.gov.pl
    [ "$output" = "portal-encoding: (uwaga) Portal dane.gov.pl odgadnie kodowanie windows-1250 po sześciu literach (ą ś ź Ą Ś Ź)
portal-validation: dane.gov.pl zgłosi missing-value, extra-value: 1 rekord
portal-validation: dane.gov.pl zgłosi type-or-format-error: 1 wartość" ]
}

@test "a clean UTF-8 file with a full description leaves nothing to say" {
    printf 'nazwa;liczba\nżółć;1\n' > d/a.csv
    sed -i 's/windows-1250/utf-8/' d/datapackage.json
    run codes --profile dane.gov.pl
    [ -z "$output" ]
}
