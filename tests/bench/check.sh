#!/bin/sh
# The whole gate against SQLite's own import of the same file, in one run, as a ratio of CPU time
# (user + system; median of 3 alternating runs).
#
#   tests/bench/check.sh BUILD [MEGABYTES]
#
# BUILD is a release build with its generated fixtures (cmake --build --preset release). The file is
# the fixture `zgloszenia`, its records repeated and numbered anew; the descriptor asks for types,
# required and unique columns, the personal-data scan, and k, l, t, alpha, beta over four
# quasi-identifiers.
set -eu

build=$(cd "$1" && pwd)
megabytes=${2:-200}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

source=$build/fixtures/zgloszenia
awk -v limit="${megabytes}000000" '
  NR == 1 { print; next }
  { rest[NR - 1] = substr($0, index($0, ";")) }
  END {
    for (n = 0; size < limit; n++) {
      record = (n + 1) rest[n % (NR - 1) + 1]
      print record
      size += length(record) + 1
    }
  }' "$source/zgloszenia.csv" > "$folder/zgloszenia.csv"
sed 's/"unit": {[^}]*}/"unit": "row"/' "$source/datapackage.json" > "$folder/datapackage.json"

# cpu COMMAND...: user + system seconds of the command.
cpu() {
    /usr/bin/env bash -c 'TIMEFORMAT="%U %S"; { time "$@" > /dev/null 2> /dev/null; } 2>&1 || :' - "$@" |
        awk '{ print $1 + $2 }'
}

import() {
    rm -f "$folder/import.db"
    cpu sqlite3 -init /dev/null -batch "$folder/import.db" -separator ';' \
        ".import --csv $folder/zgloszenia.csv t"
}

middle() { printf '%s\n' "$@" | sort -n | sed -n 2p; }

i1=$(import); c1=$(cpu "$build/sito" check "$folder")
i2=$(import); c2=$(cpu "$build/sito" check "$folder")
i3=$(import); c3=$(cpu "$build/sito" check "$folder")

records=$(($(wc -l < "$folder/zgloszenia.csv") - 1))
printf 'file: %s MB, %s records\n' "$megabytes" "$records"
awk -v c="$(middle "$c1" "$c2" "$c3")" -v i="$(middle "$i1" "$i2" "$i3")" \
    'BEGIN { printf "sito check / sqlite3 .import: %.2f\n", c / i }'
if command -v /usr/bin/time > /dev/null; then
    /usr/bin/time -f 'memory of sito check: %M KiB' "$build/sito" check "$folder" > /dev/null || :
fi
