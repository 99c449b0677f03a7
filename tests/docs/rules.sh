# docs/rules.md is what `sito rules` writes; run that command to mend it.
[ -x "$SITO" ] || { echo "skipped: the program is not built"; exit 77; }
"$SITO" rules --format markdown --lang en | diff -u "$SOURCE/docs/rules.md" - || {
  echo "docs/rules.md is out of date: sito rules --format markdown --lang en -o docs/rules.md"
  exit 1
}
