# The sessions in docs/remote.md are what the sqlite3 shell answers, with a server on 127.0.0.1 in the place of
# the portals (tests/http).
set -eu
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT
"$BUILD/tests/http-server" --root "$FIXTURES/http" --ready "$work/ready" --seconds 60 &
server=$!
for _ in $(seq 100); do
  [ ! -s "$work/ready" ] || break
  sleep 0.05
done
http=127.0.0.1:$(sed -n 's/^HTTP=//p' "$work/ready")

# Prompts taken off are the commands, all else is the output; each session has files of its own.
awk -v work="$work" '
  /^```/ { inside = 0 }
  inside && /^(sqlite>|   \.\.\.>) / { sub(/^(sqlite>|   \.\.\.>) /, ""); print >(work "/commands." n); next }
  inside { print >(work "/expected." n) }
  $0 == "$ sqlite3" { inside = 1; n++ }' "$SOURCE/docs/remote.md"
[ -s "$work/commands.2" ] || {
  echo 'docs/remote.md: the sessions are not where they were'
  exit 1
}
mkdir "$work/build"
ln -s "$BUILD" "$work/build/release"
ln -s "$FIXTURES" "$work/fixtures"
cd "$work"
export SITO_CACHE="$work/cache"
for n in 1 2; do
  sed -e "s#USING bdl(#&base='http://$http/bdl', allow_private=yes, #" \
    -e "s#url='https://otwarte.example.pl#allow_private=yes, url='http://$http#" "commands.$n" |
    sqlite3 -init /dev/null -batch -bail >got 2>&1 || echo "exit status $?" >>got
  diff -u "expected.$n" got
done
