# sqlite-utils loads sito.so by path:entry.
set -eu
command -v sqlite-utils >/dev/null || {
  echo 'skipped: there is no sqlite-utils here'
  exit 77
}
got=$(sqlite-utils memory --load-extension="$SITO_SO:sqlite3_sito_init" --csv --no-headers \
  "SELECT k_anonymity(c) FROM (SELECT 'x' AS c UNION ALL SELECT 'x' UNION ALL SELECT 'y' UNION ALL SELECT 'y')" | tr -d '\r')
[ "$got" = 2 ] || {
  echo "k_anonymity gave '$got', not 2"
  exit 1
}
