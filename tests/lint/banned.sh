# What STYLE bans from C: unbounded copies, hidden state, the locale, the heap beside SQLite's.
. "$(dirname "$0")/common.inc"

found=$(mktemp) code=$(mktemp)
trap 'rm -f "$found" "$code"' EXIT

# Code alone, as file:line:code: comments and the insides of strings are blanked.
awk '
  FNR == 1 { inside = 0 }
  {
    line = $0; out = ""
    while (line != "") {
      if (inside) {
        end = index(line, "*/")
        if (!end) break
        line = substr(line, end + 2); inside = 0
      } else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^\047([^\047\\]|\\.)*\047/)) {
        out = out "\"\""; line = substr(line, RLENGTH + 1)
      } else if (substr(line, 1, 2) == "/*") {
        inside = 1; line = substr(line, 3)
      } else if (substr(line, 1, 2) == "//") {
        break
      } else if (match(line, /^[^"\047\/]+/)) {
        out = out substr(line, 1, RLENGTH); line = substr(line, RLENGTH + 1)
      } else {
        out = out substr(line, 1, 1); line = substr(line, 2)
      }
    }
    print FILENAME ":" FNR ":" out
  }' $(files '*.c' '*.h') >"$code"
modules=$(files '*.c' '*.h' | grep '^ext/')

# ban FOLDERS REGEX REASON
ban() {
  grep -E "^($1)[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($2)" "$code" | cut -d : -f 1,2 >"$found" || true
  wrong_lines "$3" <"$found"
}

ban '' '(sprintf|vsprintf|strcpy|strncpy|strcat|strncat|strtok|gets|atoi|atol|atof|alloca|system|popen) *\(' \
  'a banned function'
ban '' '(is(alnum|alpha|digit|lower|upper|space|punct|xdigit|print|cntrl)|to(lower|upper)) *\(' \
  'a function of <ctype.h>, which follows the locale'
ban 'ext/|checks/' '(strtod|strtof|setlocale|localtime|ctime|rand|srand) *\(' \
  'follows the locale, or keeps hidden state'
ban ext/ '(malloc|calloc|realloc|free|strdup|strndup) *\(' \
  'memory comes from sito_malloc, so that tests can make it fail'
ban ext/ '(printf|puts|putchar|perror|exit|abort) *\(' \
  'an extension neither prints nor ends its host'
ban '' '# *if +0' 'code that is switched off'
grep -nE '# *include *[<"]sqlite3\.h' $modules /dev/null | cut -d : -f 1,2 >"$found" || true
wrong_lines 'sources of ext include sqlite3ext.h only' <"$found"
grep -nE '# *include *[<"]sqlite3' $(echo "$modules" | grep -E '_core\.[ch]$') /dev/null |
  cut -d : -f 1,2 >"$found" || true
wrong_lines 'a core knows nothing of SQLite' <"$found"
grep -nE '(^|[^A-Z])(TODO|FIXME|XXX)([^A-Z]|$)' $(files '*.c' '*.h' '*.sql' '*.sh' '*.md' '*.bats' '*.cmake') |
  grep -v '^tests/lint/banned.sh' | cut -d : -f 1,2 >"$found" || true
wrong_lines 'finish it, or open an issue' <"$found"
finish
