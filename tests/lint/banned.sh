# What STYLE bans from C: unbounded copies, hidden state, the locale, the heap beside SQLite's.
. "$(dirname "$0")/common.inc"

# Code alone: comments and the insides of strings are blanked, lines keep their numbers.
code_of() {
  awk '
    {
      line = $0; out = ""
      while (line != "") {
        if (inside) {
          end = index(line, "*/")
          if (!end) { line = ""; break }
          line = substr(line, end + 2); inside = 0
        } else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^\047([^\047\\]|\\.)*\047/)) {
          out = out "\"\""; line = substr(line, RLENGTH + 1)
        } else if (substr(line, 1, 2) == "/*") {
          inside = 1; line = substr(line, 3)
        } else if (substr(line, 1, 2) == "//") {
          line = ""
        } else {
          out = out substr(line, 1, 1); line = substr(line, 2)
        }
      }
      print FILENAME ":" FNR ":" out
    }' "$1"
}

# ban FILES REGEX REASON
ban() {
  for file in $1; do
    code_of "$file" | grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_])?($2)" | cut -d : -f 1,2
  done >"$found"
  wrong_lines "$3" <"$found"
}

found=$(mktemp)
trap 'rm -f "$found"' EXIT
everything=$(files '*.c' '*.h')
product=$(echo "$everything" | grep -E '^(ext|checks)/' || true)
modules=$(echo "$everything" | grep -E '^ext/' || true)

ban "$everything" '(sprintf|vsprintf|strcpy|strncpy|strcat|strncat|strtok|gets|atoi|atol|atof|alloca|system|popen) *\(' \
  'a banned function'
ban "$everything" '(is(alnum|alpha|digit|lower|upper|space|punct|xdigit|print|cntrl)|to(lower|upper)) *\(' \
  'a function of <ctype.h>, which follows the locale'
ban "$product" '(strtod|strtof|setlocale|localtime|ctime|rand|srand) *\(' \
  'follows the locale, or keeps hidden state'
ban "$modules" '(malloc|calloc|realloc|free|strdup|strndup) *\(' \
  'memory comes from sito_malloc, so that tests can make it fail'
ban "$modules" '(printf|puts|putchar|perror|exit|abort) *\(' \
  'an extension neither prints nor ends its host'
ban "$everything" '# *if +0' 'code that is switched off'
grep -nE '# *include *[<"]sqlite3\.h' $modules /dev/null | cut -d : -f 1,2 >"$found" || true
wrong_lines 'sources of ext include sqlite3ext.h only' <"$found"
grep -nE '# *include *[<"]sqlite3' $(echo "$modules" | grep -E '_core\.[ch]$') /dev/null |
  cut -d : -f 1,2 >"$found" || true
wrong_lines 'a core knows nothing of SQLite' <"$found"
grep -nE '(^|[^A-Z])(TODO|FIXME|XXX)([^A-Z]|$)' $(files '*.c' '*.h' '*.sql' '*.sh' '*.md' '*.bats' '*.cmake') |
  grep -v '^tests/lint/banned.sh' | cut -d : -f 1,2 >"$found" || true
wrong_lines 'finish it, or open an issue' <"$found"
finish
