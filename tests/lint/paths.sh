# Nothing names a folder of the machine it was written on.
. "$(dirname "$0")/common.inc"

grep -nIE '(^|[^A-Za-z0-9_.}])/(work|root|home/[a-z]+|Users|mnt)(/|[^A-Za-z0-9_/]|$)' \
  $(files '*.c' '*.h' '*.sql' '*.sh' '*.md' '*.bats' '*.cmake' '*.txt' '*.py' '*.test' '*.json' \
    '*.inc' run dev | grep -v '^tests/lint/paths.sh') | cut -d : -f 1,2 |
  { wrong_lines 'an absolute path of one machine'; finish; }
