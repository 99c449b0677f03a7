#!/bin/sh
# The whole gate against SQLite's own import of the same file, in one run, as ratios of CPU time
# (user + system; medians of alternating runs), and the peak memory of both.
#
#   tests/bench/check.sh BUILD [RECORDS [RUNS]]        default: 1500000 records, 5 runs
#
# BUILD is a release build (cmake --build --preset release). The file is made by generate_swiadczenia:
# 12 typed columns, about 133 bytes a record, 200 MB at 1.5 million; the descriptor beside this script
# (check.json) asks for types, 4 required columns, 2 patterns, 1 unique key, the personal-data scan and
# k, l, t, alpha, beta over four quasi-identifiers.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
records=${2:-1500000}
runs=${3:-5}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# make NAME RECORDS: the data set NAME.
make() {
    mkdir -p "$folder/$1"
    "$build/fixtures/generate/generate_swiadczenia" "$2" > "$folder/$1/swiadczenia.csv"
    cp "$here/check.json" "$folder/$1/"
}

# variant NAME OF SED: the data set NAME is OF, its descriptor changed.
variant() {
    mkdir -p "$folder/$1"
    ln "$folder/$2/swiadczenia.csv" "$folder/$1/"
    sed "$3" "$here/check.json" > "$folder/$1/datapackage.json"
}

# cost COMMAND...: CPU seconds and peak KiB of the command. A verdict other than PASS is no failure here.
cost() {
    python3 -c '
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(status > 1)' "$@"
}

import() {
    rm -f "$folder/import.db"
    cost sqlite3 -init /dev/null -batch -bail "$folder/import.db" '.mode csv' '.separator ;' \
        ".import $folder/all/swiadczenia.csv t"
}

# middle FILE COLUMN: the median.
middle() { cut -d ' ' -f "$2" "$1" | sort -g | sed -n "$(((runs + 1) / 2))p"; }

no_key='s/, "unique": true//'
no_risk='s/"role": "\(quasi-identifier\|sensitive\)"/"role": "public", "reason": "no-person", "basis": "-"/
    s/"persons": "others"/"persons": "none"/'
make data "$records"
make quarter "$((records / 4))"
variant all data ''
variant no-risk data "$no_risk"
variant neither data "$no_key; $no_risk"
variant quarter-all quarter ''
variant quarter-no-risk quarter "$no_risk"
variant quarter-neither quarter "$no_key; $no_risk"

for _ in $(seq "$runs"); do
    import >> "$folder/import"
    for name in all no-risk neither; do
        cost "$build/sito" check "$folder/$name" >> "$folder/cost-$name"
    done
    cost "$build/sito" check "$folder/data/swiadczenia.csv" >> "$folder/cost-file"
    for name in all no-risk neither; do
        cost "$build/sito" check "$folder/quarter-$name" >> "$folder/quarter-cost-$name"
    done
done

[ "$(sqlite3 "$folder/import.db" 'SELECT count(opis) FROM t')" = "$records" ] # what was imported is the same

# line TEXT NAME: one row of the table.
line() {
    awk -v text="$1" -v i="$(middle "$folder/import" 1)" -v c="$(middle "$folder/$2" 1)" \
        -v small="$(middle "$folder/quarter-$2" 2 2> /dev/null)" -v m="$(middle "$folder/$2" 2)" '
        BEGIN { printf "%-46s %5.2f %9.0f MB %9s MB\n", text, c / i, m / 1024,
                small ? sprintf("%.0f", small / 1024) : "-" }'
}

size=$(($(wc -c < "$folder/data/swiadczenia.csv") / 1000000))
printf '%s MB, %s records; memory also of a quarter of them\n' "$size" "$records"
line 'sqlite3 .import' import
line 'sito check, all of it' cost-all
line '… without declared risk' cost-no-risk
line '… without declared risk and unique key' cost-neither
line '… of the file alone, without a descriptor' cost-file
