# C is laid out as .clang-format has it. To mend: clang-format -i FILE
. "$(dirname "$0")/common.inc"

command -v clang-format >/dev/null || skip 'there is no clang-format'
case $(clang-format --version) in
*'version 14.'*) ;;
*) skip 'another clang-format than 14 lays out differently' ;;
esac
found=$(mktemp)
trap 'rm -f "$found"' EXIT
clang-format --dry-run $(files '*.c' '*.h') 2>&1 |
  sed -n 's/^\([^ :]*\):[0-9]*:[0-9]*: warning.*/\1/p' | sort -u >"$found"
wrong_lines 'run clang-format -i on it' <"$found"
# A comment that was broken in the middle: a line that begins with one star and a word.
grep -nE '^ ?\*[A-Za-z(]' $(files '*.c' '*.h') | cut -d : -f 1,2 >"$found" || true
wrong_lines 'a broken comment' <"$found"
finish
