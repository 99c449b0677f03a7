# Who includes whom: the table of rooms in docs/architecture.md is the law. A room takes another's
# public header, ROOM/ROOM.h (of base: sito.h, register.h, table.h and what that includes), and nothing else of it.
. "$(dirname "$0")/common.inc"

# Prints "room: allowed rooms" for every room that the table gives.
rooms() {
  awk -F ' *\\| *' '$2 ~ /^(ext|checks)\// { print $2 ": " $4 }' docs/architecture.md
}

# may_use ROOM OTHER
may_use() {
  rooms | awk -v room="$1" -v other="$2" -F ': ' '
    $1 == room { found = 1
                 n = split($2, word, /[ ,;]+/)
                 for (i = 1; i <= n; i++)
                   if (word[i] == other || word[i] == "ext/" other || word[i] == "checks/" other ||
                       $2 == "all of ext" || $2 ~ /all rooms of checks/)
                     ok = 1 }
    END { exit !ok }'
}

check_include() { # FILE ROOM HEADER
  case $3 in
  */*) other=${3%/*} ;;
  *) return 0 ;; # of its own folder
  esac
  other=${other#ext/}
  [ "$other" != "${2#*/}" ] || return 0
  name=${3##*/}
  may_use "$2" "${other#checks/}" || wrong "$1 includes $3: docs/architecture.md has no such edge"
  case $other/$name in
  base/sito.h | base/register.h | base/table.h | base/watch.h | base/columns.h | base/key.h | base/option.h | checks/* | common/* | runner/* | report/* | catalogue/* | cli/*) ;;
  *) [ "$name" = "$other.h" ] || wrong "$1 includes $3, which is not the public header of $other" ;;
  esac
}

headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
[ "$(rooms | wc -l)" -ge 8 ] || wrong 'docs/architecture.md: the table of rooms is not where it was'
for file in $(files '*.c' '*.h' | grep -E '^(ext|checks)/'); do
  case $file in
  ext/sito.c | ext/sito_remote.c) room=$file ;;
  *) room=$(echo "$file" | cut -d / -f 1,2) ;;
  esac
  sed -n 's/^# *include *"\([^"]*\)".*/\1/p' "$file" >"$headers"
  while IFS= read -r header; do
    check_include "$file" "$room" "$header"
  done <"$headers"
done
finish
