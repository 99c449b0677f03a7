# Each rule has its test and its section in docs/rules.md, each identifier its test; none is left
# over on the other side.
. "$(dirname "$0")/common.inc"

rules=$(files '*.sql' | sed -n 's|^checks/rules/[^/]*/\([^/]*\)\.sql$|\1|p')
for rule in $rules; do
  [ -f "tests/rules/$rule.test" ] || wrong "rule $rule has no tests/rules/$rule.test"
  grep -qE "^#+ .*$rule" docs/rules.md 2>/dev/null || wrong "rule $rule has no section in docs/rules.md"
done
for test in $(files '*.test' | sed -n 's|^tests/rules/\(.*\)\.test$|\1|p'); do
  echo "$rules" | grep -qxF "$test" || wrong "tests/rules/$test.test has no rule"
done

# A file of ext/identity whose glue declares NAME_valid is about one identifier.
for file in $(files '*.c' | sed -n 's|^ext/identity/\(.*\)\.c$|\1|p'); do
  grep -q "\"${file}_valid\"" ext/identity/*.c || continue
  [ -f "tests/sql/$file.test" ] || wrong "ext/identity/$file.c has no tests/sql/$file.test"
done
for test in $(files '*.test' | sed -n 's|^tests/sql/\(.*\)\.test$|\1|p'); do
  if grep -q "\"${test}_valid\"" ext/identity/*.c 2>/dev/null; then
    [ -f "ext/identity/$test.c" ] || wrong "tests/sql/$test.test has no ext/identity/$test.c"
  fi
done
finish
