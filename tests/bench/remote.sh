#!/bin/sh
# A CSV file of 240 MB over loopback: the table remote (fetched, kept in a cache, scanned) against `curl` to a
# file and a scan of the file with the table csv, in the same run. Wall time and peak memory of each.
# BUILD=build/release tests/bench/remote.sh [MB]
set -eu
BUILD=${BUILD:-build/release}
megabytes=${1:-240}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
mkdir "$work/www"

awk -v bytes=$((megabytes * 1000000)) 'BEGIN {
  srand(1); line = "lp;data;ulica;numer;gatunek;obwod;wysokosc;stan;uwagi;x;y;kwota"
  while (size < bytes) {
    print line; size += length(line) + 1
    line = sprintf("%d;2024-%02d-%02d;ul. Polna;%d;klon zwyczajny;%d;%d,5;dobry;bez uwag;%d.%d;%d.%d;%d,00",
      ++n, rand() * 12 + 1, rand() * 28 + 1, rand() * 200, rand() * 300, rand() * 30,
      51, rand() * 100000, 19, rand() * 100000, rand() * 9999)
  }
}' >"$work/www/drzewa.csv"
"$BUILD/tests/http-server" --root "$work/www" --ready "$work/ready" --seconds 600 &
server=$!
while [ ! -e "$work/ready" ]; do sleep 0.1; done
url=http://127.0.0.1:$(sed -n 's/^HTTP=//p' "$work/ready")/drzewa.csv

sql() { sqlite3 -init /dev/null -batch -bail :memory: "$@"; }
scan="SELECT count(*), count(gatunek), max(kwota) FROM t"

by_curl() {
  curl -s -o "$work/file.csv" "$url"
  sql ".load $BUILD/sito" "CREATE VIRTUAL TABLE temp.t USING csv(filename='$work/file.csv')" "$scan"
}
by_remote() {
  sql ".load $BUILD/sito_remote" \
    "CREATE VIRTUAL TABLE temp.t USING remote(url='$url', format='csv', cache='$work/cache', allow_private='yes', max_age='$1')" \
    "$scan"
}
now() { date +%s.%N; }
best() { sort -n "$1" | head -n 1; }

for _ in 1 2 3; do
  rm -rf "$work/cache" "$work/file.csv"
  start=$(now) && by_curl >"$work/rows.curl" && end=$(now)
  echo "$start $end" | awk '{ print $2 - $1 }' >>"$work/t.curl"
  start=$(now) && by_remote 0 >"$work/rows.remote" && end=$(now)
  echo "$start $end" | awk '{ print $2 - $1 }' >>"$work/t.remote"
  start=$(now) && by_remote 1d >"$work/rows.cached" && end=$(now)
  echo "$start $end" | awk '{ print $2 - $1 }' >>"$work/t.cached"
  cmp "$work/rows.curl" "$work/rows.remote"
  cmp "$work/rows.curl" "$work/rows.cached"
done
rm -rf "$work/cache"
peak=$(python3 - "$BUILD" "$url" "$work/cache" "$scan" <<'END'
import resource, subprocess, sys
build, url, cache, scan = sys.argv[1:]
table = ("CREATE VIRTUAL TABLE temp.t USING remote(url='%s', format='csv', cache='%s', allow_private='yes')"
         % (url, cache))
subprocess.run(['sqlite3', '-init', '/dev/null', '-batch', '-bail', ':memory:', '.load %s/sito_remote' % build,
                table, scan], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
)
echo "$(best "$work/t.curl") $(best "$work/t.remote") $(best "$work/t.cached") $peak" |
  awk -v mb="$megabytes" '{
    printf "%d MB, best of 3: curl and csv %.2f s; remote %.2f s, ratio %.2f; from the cache %.2f s; peak %.1f MB\n",
      mb, $1, $2, $2 / $1, $3, $4 / 1024 }'
