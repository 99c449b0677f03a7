# node with better-sqlite3 loads sito.so; its SQLite is its own, newer, and refuses "text" in quotes.
set -eu
command -v node >/dev/null || {
  echo 'skipped: there is no node here'
  exit 77
}
node -e 'new (require("better-sqlite3"))(":memory:")' 2>/dev/null || {
  echo 'skipped: node has no module better-sqlite3 (npm install better-sqlite3, then NODE_PATH)'
  exit 77
}
node -e '
  const db = new (require("better-sqlite3"))(":memory:");
  db.loadExtension(process.env.SITO_SO);
  db.exec("CREATE TABLE t(a, b); INSERT INTO t VALUES (1, 2), (1, 2), (3, 4), (3, 4), (3, 4)");
  const k = db.prepare("SELECT k_anonymity(a, b) AS k FROM t").get().k;
  const order = db.prepare("SELECT group_concat(n, \x27\x27) AS s FROM (SELECT column1 AS n FROM" +
    " (VALUES (\x27ż\x27), (\x27ą\x27), (\x27b\x27), (\x27a\x27)) ORDER BY n COLLATE polish)").get().s;
  if (k !== 2 || order !== "aąbż") { console.log({ k, order }); process.exit(1); }
  db.close();'
