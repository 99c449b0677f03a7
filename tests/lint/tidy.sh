# clang-tidy has nothing to say (.clang-tidy lists what it looks at). The path-sensitive analyzer,
# fifty times slower, is left to a run by hand: clang-tidy -p build/dev FILE.
. "$(dirname "$0")/common.inc"

command -v clang-tidy >/dev/null || skip 'there is no clang-tidy'
found=$(mktemp)
trap 'rm -f "$found"' EXIT
for file in $(files '*.c' | grep -E '^(ext|checks|fixtures|tests/runner)/'); do
  grep -q "/$file\"" "$BUILD/compile_commands.json" || continue # not of this build
  clang-tidy -p "$BUILD" --quiet '--checks=-clang-analyzer-*' "$file" 2>/dev/null || true
done | sed "s|^$SOURCE/||" >"$found"
grep -E ': (warning|error): ' "$found" | sort -u >"$found.lines" || true
wrong_lines 'clang-tidy' <"$found.lines"
rm -f "$found.lines"
finish
