# docs/functions.md says what this build says of itself, and nothing that it does not have.
set -eu
cd "$SOURCE"
now=$(mktemp)
trap 'rm -f "$now"' EXIT
sqlite3 -init /dev/null -batch -bail :memory: ".load $SITO_SO" '.read docs/functions.sql' >"$now"
diff -u docs/functions.md "$now" || {
  echo 'docs/functions.md is not of today: ./dev docs writes it anew'
  exit 1
}
