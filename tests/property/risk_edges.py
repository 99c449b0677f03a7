"""What only a host can show: interrupts, UTF-16, wide tables, connections that close.

Run: risk_edges.py [sito.so].
"""
import json
import os
import sqlite3
import sys
import threading
import time

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]


def connect(*pragmas):
    db = sqlite3.connect(":memory:", check_same_thread=False)
    for pragma in pragmas:
        db.execute(pragma)
    db.enable_load_extension(True)
    db.load_extension(SITO)
    return db


def expect(got, want, what):
    if got != want:
        sys.exit("%s\n sito   %r\n wanted %r" % (what, got, want))


def fails(db, sql, text):
    try:
        db.execute(sql).fetchall()
    except sqlite3.Error as error:
        if text not in str(error):
            sys.exit("%s: %s" % (sql[:60], error))
    else:
        sys.exit("%s: no error" % sql[:60])


def wide(db):
    names = ["c%d" % i for i in range(126)]
    db.execute("CREATE TABLE wide(%s)" % ", ".join(names))
    for row in range(6):
        db.execute("INSERT INTO wide VALUES (%s)" % ",".join("?" * 126),
                   [row // 2 if i == 99 else i for i in range(126)])
    expect(db.execute("SELECT k_anonymity(%s) FROM wide" % ", ".join(names[:100])).fetchone()[0], 2,
           "100 columns")
    expect(db.execute("SELECT size, rows FROM risk_histogram('wide', '%s')" % ",".join(names[:100]))
           .fetchall(), [(2, 6)], "100 columns by name")
    config = json.dumps({"columns": [{"role": "quasi-identifier"}] * 125 + [{"role": "sensitive"}]})
    facts = db.execute("SELECT risk_facts(?, %s) FROM wide" % ", ".join(names), [config]).fetchone()[0]
    expect(json.loads(facts)["class"], [{"size": 2, "classes": 3, "rows": 6}], "126 columns of facts")
    fails(db, "SELECT * FROM risk_rows('wide', '%s')" % ",".join(names), "more than 125 columns")
    fails(db, "SELECT * FROM risk_suda('wide')", "more than 125 columns")


def utf16():
    db = connect("PRAGMA encoding = 'UTF-16le'")
    db.execute("CREATE TABLE t(a, s)")
    db.executemany("INSERT INTO t VALUES (?, ?)",
                   [("\u0141\u00f3d\u017a", "HIV"), ("\u0141\u00f3d\u017a", "hiv "), ("Lodz", "x")])
    expect(db.execute("SELECT k_anonymity(a), l_diversity(s, a), l_diversity(s, 1) FROM t").fetchone(),
           (1, 1, 2), "UTF-16")
    expect(db.execute("SELECT key FROM risk_classes('t', 'a')").fetchall(),
           [('["\u0141\u00f3d\u017a"]',), ('["Lodz"]',)], "UTF-16 keys")
    db.close()


def interrupted(sql, prepare):
    """Long enough to be in the middle; the error must come within two seconds of the interrupt."""
    db = connect()
    for statement in prepare:
        db.execute(statement)
    asked = []

    def stop():
        while not asked or time.time() - asked[0] < 20:
            time.sleep(0.3)
            if not asked:
                asked.append(time.time())
            db.interrupt()
            if done:
                return
    done = []
    thread = threading.Thread(target=stop)
    thread.start()
    try:
        db.execute(sql).fetchall()
        result = "finished"
    except sqlite3.OperationalError as error:
        result = str(error)
    done.append(1)
    late = time.time() - asked[0] if asked else 0
    thread.join()
    if "interrupted" not in result or late > 2:
        sys.exit("%s: %s, %.1f s after the interrupt" % (sql, result, late))
    db.close()


def main():
    db = connect()
    wide(db)
    utf16()
    rows = ("CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE"
            " i < 200000) SELECT i % 97 AS a, i % 89 AS b, i % 83 AS c, i % 79 AS d, i % 73 AS e,"
            " i % 71 AS f, i % 67 AS g, i % 61 AS h, i % 59 AS j, i % 53 AS k FROM n")
    interrupted("SELECT * FROM risk_unique_sets('big', NULL, 8)", [rows])
    digest = "CREATE TABLE d AS SELECT hex(zeroblob(31)) || '01' AS x"
    interrupted("SELECT * FROM risk_reversal('d', 'x', 10000000000)", [digest])
    fails(db, "SELECT * FROM risk_rows('wide', 'c0, nothere')", "no such column")
    expect(db.execute("SELECT l_diversity(column1, 1) FROM (VALUES ('NaN'), ('nan'), ('Inf'), (1e999))")
           .fetchone()[0], 1, "NaN-like text")
    db.close()
    print("every edge holds")


main()
