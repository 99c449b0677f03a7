# The session in README.md is what the sqlite3 shell answers: its commands are run, its output compared.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The block behind "$ sqlite3": prompts taken off are the commands, all else is the output.
awk -v commands="$work/commands" -v expected="$work/expected" '
  /^```/ { inside = 0 }
  inside && /^(sqlite>|   \.\.\.>) / { sub(/^(sqlite>|   \.\.\.>) /, ""); print >commands; next }
  inside { print >expected }
  $0 == "$ sqlite3" { inside = 1 }' "$SOURCE/README.md"
[ "$(wc -l <"$work/commands")" -ge 10 ] || {
  echo 'README.md: the session is not where it was'
  exit 1
}

# Every command of the program stands in the table of commands, and no other does.
"$SITO" --help | sed -n 's/^  sito \([a-z]*\).*/\1/p' | sort >"$work/commands-there"
sed -n 's/^| `sito \([a-z]*\).*/\1/p' "$SOURCE/README.md" | sort >"$work/commands-told"
diff -u "$work/commands-there" "$work/commands-told"

# It names the release build; here the one under test answers.
mkdir -p "$work/build"
ln -s "$BUILD" "$work/build/release"
cd "$work"
sqlite3 -init /dev/null -batch -bail <commands >got 2>&1 || echo "exit status $?" >>got
diff -u expected got
