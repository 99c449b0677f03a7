# The test-runner itself: it must notice what is wrong, and say where.
. "$(dirname "$0")/common.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect STATUS PATTERN OPTIONS…: the file on standard input is run; the output must match.
expect() {
  want=$1 pattern=$2
  shift 2
  cat >"$work/t.test"
  got=0
  "$BUILD/tests/test-runner" "$@" "$work/t.test" >"$work/out" 2>&1 || got=$?
  [ "$got" -eq "$want" ] || wrong "exit status $got, not $want: $(cat "$work/t.test")"
  grep -qE "$pattern" "$work/out" || wrong "no line matches $pattern: $(cat "$work/out")"
}

expect 0 '1 records, 0 failed' <<'EOF'
query
SELECT 1, 'it''s', NULL, x'00ff', 0.5
----
1,'it''s',NULL,X'00ff',0.5
EOF
expect 1 't.test:2: another answer' <<'EOF'
# a comment
query
SELECT 1
----
2
EOF
expect 1 't.test:1: another answer' <<'EOF'
query
SELECT '1'
----
1
EOF
expect 1 't.test:1: another answer' <<'EOF'
query
SELECT 1
----
EOF
expect 1 'no such table: t' <<'EOF'
statement ok
SELECT * FROM t
EOF
expect 1 'another answer' <<'EOF'
statement error no such table
SELECT 1
EOF
expect 1 'another answer' <<'EOF'
statement error no such column
SELECT * FROM t
EOF
expect 3 't.test:1: not a record' <<'EOF'
querry
SELECT 1
----
1
EOF
expect 3 't.test:1: ---- and the rows are missing' <<'EOF'
query
SELECT 1
EOF
expect 3 'holds no record' <<'EOF'
# only a comment
EOF
expect 3 't.test:2: unknown variable' <<'EOF'
statement ok
SELECT '${HOME}'
EOF
expect 1 'no such column: text' <<'EOF'
statement ok
SELECT "text"
EOF
expect 1 't.test:4: another answer' --oom <<'EOF'
statement ok
CREATE TABLE t(a)

query
SELECT count(*) FROM t
----
1
EOF
expect 0 '[1-9][0-9]+ failures injected into [1-9][0-9]+ allocations' --oom <<'EOF'
statement ok
CREATE TABLE t(a); INSERT INTO t VALUES (1), (2)

query
SELECT group_concat(a) FROM t
----
'1,2'
EOF
finish
