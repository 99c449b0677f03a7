#!/bin/sh
# docs/sources.md: 63 numbered rows, none left out, none twice; the views, commands and rules it names exist.
set -eu
cd "$SOURCE"
for n in $(seq 63); do
  [ "$(grep -c "^| $n |" docs/sources.md)" -eq 1 ] || { echo "row $n"; exit 1; }
done
[ "$(sed -n '/^## What is easily forgotten/,$p' docs/sources.md | grep -c '^| ')" -ge 17 ]
commands=$(mktemp)
trap 'rm -f "$commands"' EXIT
"$SITO" --help | sed -n 's/^  sito \([a-z]*\).*/\1/p' >"$commands"
# shellcheck disable=SC2016  # names between backticks, no commands
grep -o '`sito [a-z]*' docs/sources.md | sed 's/.*sito //' | sort -u | while read -r word; do
  grep -qx "$word" "$commands" || { echo "no command $word"; exit 1; }
done
# shellcheck disable=SC2016
grep -oE '(views?|table) `[a-z_]+`' docs/sources.md | grep -o '`[a-z_]*`' | tr -d '`' | sort -u | while read -r name; do
  grep -qE "CREATE (VIEW|TABLE) $name\b" sql/catalogue/*.sql || [ "$name" = csv ] || { echo "no view $name"; exit 1; }
done
