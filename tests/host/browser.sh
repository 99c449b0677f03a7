# The report in HTML, in a headless Chromium, checked by axe-core (tests/browser/report.js). What is
# not installed: skipped. SITO_AXE names the folder with node_modules/axe-core; ./dev puts it there.
set -eu
command -v node >/dev/null || {
  echo 'skipped: there is no node here'
  exit 77
}
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
  echo 'skipped: there is no chromium here'
  exit 77
}
AXE=${SITO_AXE:-${XDG_CACHE_HOME:-$HOME/.cache}/sito-tests}
export CHROMIUM AXE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
check() { # NAME ARGUMENT…
  name=$1
  shift
  "$SITO" check --format html -o "$name.html" "$@" >/dev/null || [ $? -ne 2 ]
}

check passes --lang pl --catalogue sito.db "$GENERATED/zgloszenia"
check again --lang en --catalogue sito.db "$GENERATED/zgloszenia"
check fails --lang pl "$GENERATED/zgloszenia-surowe"
check bare --lang en "$GENERATED/zgloszenia-surowe/zgloszenia.csv"
mkdir none
printf 'a;b\n' >none/a.csv
cat >none/datapackage.json <<'END'
{"name": "pusty", "resources": [{"name": "a", "path": "a.csv", "dialect": {"delimiter": ";"},
  "schema": {"fields": [{"name": "a", "type": "string"}, {"name": "brak", "type": "string"}]},
  "disclosure": {"persons": "none"}}]}
END
check none --lang pl none
node "$SOURCE/tests/browser/report.js" ./*.html
