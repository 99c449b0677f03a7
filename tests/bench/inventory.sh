#!/bin/sh
# sito inventory over 200 CSV files, 2 GB together, against a plain byte count (wc -c reading every byte) of
# the same files in the same run. SITO=build/release/sito tests/bench/inventory.sh [MB]
set -eu
SITO=${SITO:-build/release/sito}
megabytes=${1:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/dane"

# One file of a two-hundredth of the size: twelve columns as an office has them, one of them an address.
awk -v bytes=$((megabytes * 5000)) 'BEGIN {
  srand(1); line = "lp;data;ulica;numer;gatunek;obwod;wysokosc;stan;uwagi;x;y;kwota"
  while (size < bytes) {
    print line; size += length(line) + 1
    line = sprintf("%d;2024-%02d-%02d;ul. Polna;%d;klon zwyczajny;%d;%d,5;dobry;bez uwag;%d.%d;%d.%d;%d,00",
      ++n, rand() * 12 + 1, rand() * 28 + 1, rand() * 200, rand() * 300, rand() * 30,
      51, rand() * 100000, 19, rand() * 100000, rand() * 9999)
  }
}' >"$work/dane/1.csv"
i=2
while [ $i -le 200 ]; do
  cp "$work/dane/1.csv" "$work/dane/$i.csv"
  i=$((i + 1))
done

seconds() { # COMMAND…: wall-clock seconds
  start=$(date +%s.%N)
  "$@" >"$work/out" 2>&1 || true
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" 'BEGIN { printf "%.2f", b - a }'
}
count() { cat "$work"/dane/*.csv | wc -c; }

count >/dev/null # into the page cache, for both
plain=$(seconds count)
bytes=$(count)
taken=$(seconds "$SITO" inventory --format csv -o "$work/i.csv" "$work/dane")
listed=$(grep -c '"csv"' "$work/i.csv")
awk -v n="$listed" -v bytes="$bytes" -v plain="$plain" -v taken="$taken" 'BEGIN {
  printf "%d files, %.0f MB: inventory %.1f s, %.0f MB/s; byte count %.2f s, %.0f MB/s; ratio %.0f\n",
    n, bytes / 1e6, taken, bytes / 1e6 / taken, plain, bytes / 1e6 / plain, taken / plain }'
