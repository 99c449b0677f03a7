#!/bin/sh
# DuckDB's SQL for the answers of tests/bench/risk.c, where its npm package is there:
#
#   npm install --prefix /tmp/duckdb @duckdb/node-api
#   tests/bench/risk_duckdb.sh build/release /tmp/duckdb [rows]
#
# The same table (about 0.65 classes a row), loaded into a table of DuckDB; one thread; processor time,
# median of 9. Compare with the milliseconds of the bare scan that bench_risk prints in the same hour.
set -eu

build=${1:?the build folder} packages=${2:-/tmp/duckdb} rows=${3:-1000000}
if ! [ -d "$packages/node_modules/@duckdb/node-api" ]; then
    echo "no DuckDB in $packages: npm install --prefix $packages @duckdb/node-api" >&2
    exit 77
fi
table=$(mktemp --suffix .csv)
trap 'rm -f "$table" "$packages/bench.mjs"' EXIT
"$build/tests/bench_risk" "$rows" "$table"
cat > "$packages/bench.mjs" <<'END'
import { DuckDBInstance } from "@duckdb/node-api";
const db = await (await DuckDBInstance.create(":memory:")).connect();
const quasi = "rok, plec, kod, wyksztalcenie, stan";
await db.run("SET threads = 1");
await db.run(`CREATE TABLE t AS SELECT * FROM read_csv('${process.argv[2]}', types = {'rok': 'INTEGER', 'plec': 'VARCHAR', 'kod': 'VARCHAR'})`);
const queries = {
  "k": `SELECT min(c) FROM (SELECT count(*) AS c FROM t GROUP BY ${quasi})`,
  "distinct l": `SELECT min(l) FROM (SELECT count(DISTINCT powod) AS l FROM t GROUP BY ${quasi})`,
  "t, equal": `WITH p AS (SELECT powod, count(*) / sum(count(*)) OVER () AS p FROM t GROUP BY powod),
    g AS (SELECT ${quasi}, powod, count(*) AS n FROM t GROUP BY ALL),
    q AS (SELECT ${quasi}, powod, n / sum(n) OVER (PARTITION BY ${quasi}) AS q FROM g)
    SELECT max(d) FROM (SELECT sum(abs(q - p) - p) / 2 + 0.5 AS d FROM q JOIN p USING (powod) GROUP BY ${quasi})`,
};
for (const [name, sql] of Object.entries(queries)) {
  const times = [];
  let answer;
  for (let i = 0; i < 9; i++) {
    const start = process.cpuUsage();
    answer = (await (await db.runAndReadAll(sql)).getRows())[0][0];
    const used = process.cpuUsage(start);
    times.push((used.user + used.system) / 1000);
  }
  times.sort((a, b) => a - b);
  console.log(`DuckDB ${name}: ${times[4].toFixed(0)} ms (${answer})`);
}
END
(cd "$packages" && node bench.mjs "$table")
