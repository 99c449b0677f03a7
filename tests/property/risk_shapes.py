"""Every function and table of risk over tables of every shape: the answer is that of the plain table.

A view, a WITHOUT ROWID table, a temporary table, another schema, a virtual table of text, headings with
quotes, semicolons, commas and blanks, 100 columns; and tables of no row and of one row, where each must
give a stated answer.

Run: risk_shapes.py [sito.so].
"""
import os
import sqlite3
import sys
import tempfile

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]
KEY = "rejestr"

# %s: the table; {0} … {4}: its columns as SQL, [0] … [4]: its columns in a list.
AGGREGATES = ["k_anonymity({0}, {1})", "l_diversity({3}, {0}, {1})", "l_diversity_entropy({3}, {0}, {1})",
              "l_diversity_recursive(2, {3}, {0}, {1})", "alpha_k({3}, {0}, {1})", "t_closeness({3}, {0}, {1})",
              "t_closeness_ordered({3}, {0}, {1})", "beta_likeness({3}, {0}, {1})",
              "delta_disclosure({3}, {0}, {1})", "risk_measures({3}, {0}, {1})",
              "risk_facts('{{\"columns\":[{{\"role\":\"quasi-identifier\"}},{{\"role\":\"unit\"}}]}}', {0}, {2})"]
TABLES = ["risk_histogram(%s, '[0], [1]', '[2]')", "risk_classes(%s, '[0], [1]', '[2]')",
          "risk_rows(%s, '[0], [1]', '[2]')", "risk_summary(%s, '[0], [1]', '[3]', '[2]')",
          "risk_unique_sets(%s, '[0], [1], [3]', 2)", "risk_unique_sets(%s, '[0], [1], [3]', 2, '[2]')",
          "risk_suda(%s, '[0], [1], [3]', 2, 0.1)", "risk_quasi_identifiers(%s, '[0], [1], [3]', 2)",
          "risk_dependencies(%s, '[0], [1], [3]', 2)", "risk_linkage(%s, %s, '[0], [1]')",
          "risk_links(%s, %s, '[0], [1]')", "risk_presence(%s, %s, '[0], [1]')",
          "risk_difference(%s, %s, '[0], [1]')", "risk_inference(%s, '[0], [1]', '[3]')",
          "risk_frequency(%s, '[2]', %s, '[3]')", "risk_population(%s, '[0], [1]', 1000)",
          "risk_individual(%s, '[0], [1]', '[4]')", "risk_registry(%s, '[0], [1]', '" + KEY + "')",
          "risk_reversal(%s, '[3]', 1000)"]

ROWS = [(i % 3, "AB"[i % 2], "o%d" % (i // 2), ["głód", "chłód", "inny"][i % 5 % 3], 1.5 + i % 2)
        for i in range(40)]
PLAIN = ["a", "b", "u", "s", "w"]
ODD = ["od d", "x;y", "q\"u\"o", "a, b", "WHERE'"]


def in_list(name):
    return '"%s"' % name.replace('"', '""')


def written(call, table, names):
    call = call.replace("%s", "'%s'" % table.replace("'", "''"))
    for i, name in enumerate(names):
        call = call.replace("[%d]" % i, in_list(name).replace("'", "''"))
    return call


def answers(db, table, names):
    out = []
    for call in AGGREGATES:
        sql = call.format(*(in_list(n) for n in names))
        out.append((call, db.execute("SELECT %s FROM %s" % (sql, table)).fetchall()))
    for call in TABLES:
        sql = "SELECT * FROM " + written(call, table, names)
        try:
            out.append((call, db.execute(sql).fetchall()))
        except sqlite3.Error as error:
            sys.exit("%s: %s" % (sql, error))
    return out


def plainly(answer, names):
    """The answer with the odd names said plainly, and without what names a column or hashes it."""
    call, rows = answer
    if call.startswith("risk_registry"):
        return call, sorted(row[3] for row in rows)
    if call.startswith("risk_linkage"):
        rows = [row for row in rows if row[0] != "revealed_columns"]
    text = repr(rows)
    for odd, plain in sorted(zip(names, PLAIN), key=lambda pair: -len(pair[0])):
        text = text.replace(repr(in_list(odd))[1:-1], plain).replace(repr(odd)[1:-1], plain)
    return call, text


def compare(db, what, table, names, want):
    got = [plainly(one, names) for one in answers(db, table, names)]
    for mine, other in zip(got, want):
        if mine != other:
            sys.exit("%s, %s\n got    %s\n wanted %s" % (what, mine[0], mine[1], other[1]))


def shapes(db):
    db.execute("CREATE TABLE plain(a, b, u, s, w)")
    db.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?)", ROWS)
    want = [plainly(one, PLAIN) for one in answers(db, "plain", PLAIN)]
    db.execute("CREATE VIEW seen AS SELECT * FROM plain")
    compare(db, "a view", "seen", PLAIN, want)
    db.execute("CREATE TABLE bare(n INTEGER PRIMARY KEY, a, b, u, s, w) WITHOUT ROWID")
    db.execute("INSERT INTO bare SELECT rowid, * FROM plain")
    compare(db, "a table WITHOUT ROWID", "bare", PLAIN, want)
    db.execute("CREATE TEMP TABLE passing AS SELECT * FROM plain")
    compare(db, "a temporary table", "temp.passing", PLAIN, want)
    db.execute("ATTACH ':memory:' AS \"other one\"")
    db.execute("CREATE TABLE \"other one\".\"t;\" AS SELECT * FROM main.plain")
    compare(db, "an attached table", "\"other one\".\"t;\"", PLAIN, want)
    db.execute("CREATE TABLE odd(%s)" % ", ".join(in_list(n) for n in ODD))
    db.execute("INSERT INTO odd SELECT * FROM plain")
    compare(db, "odd headings", "odd", ODD, want)
    db.execute("CREATE TABLE folded(a COLLATE NOCASE, b TEXT COLLATE NOCASE, u, s COLLATE NOCASE, w)")
    db.execute("INSERT INTO folded SELECT * FROM plain")
    compare(db, "a collation", "folded", PLAIN, want)
    columns = ["c%d" % i for i in range(95)]
    db.execute("CREATE TABLE wide(%s, a, b, u, s, w)" % ", ".join(columns))
    db.execute("INSERT INTO wide SELECT %s, * FROM plain" % ", ".join("0" for _ in columns))
    compare(db, "100 columns", "wide", PLAIN, [w for w in want])
    every = ", ".join(columns + PLAIN)
    for call in ("risk_histogram('wide', ?)", "risk_classes('wide', ?)", "risk_rows('wide', ?)",
                 "risk_summary('wide', ?)", "risk_linkage('wide', 'wide', ?)",
                 "risk_population('wide', ?, 1000)", "risk_presence('wide', 'wide', ?)"):
        if not db.execute("SELECT * FROM " + call, [every]).fetchall():
            sys.exit("%s over 100 columns gives nothing" % call)
    for call in ("risk_unique_sets", "risk_suda", "risk_quasi_identifiers", "risk_dependencies"):
        try:
            db.execute("SELECT * FROM %s('wide')" % call).fetchall()
            sys.exit("%s of 100 columns: no error" % call)
        except sqlite3.Error as error:
            if "at most 20 columns; name those to look at" not in str(error):
                sys.exit("%s of 100 columns: %s" % (call, error))


# Over no rows: NULL from an aggregate, no row from a table, or the rows that say so.
NOTHING = {"risk_facts": 1, "risk_summary": 17, "risk_linkage": 10, "risk_presence": 7, "risk_frequency": 5,
           "risk_reversal": 1}


def emptiness(db):
    db.execute("CREATE TABLE empty(a, b, u, s, w)")
    for call, rows in answers(db, "empty", PLAIN):
        name = call.split("(")[0]
        if name in NOTHING or name == "risk_population":
            values = [row[-1] for row in rows if name != "risk_summary"]
            if name in ("risk_linkage", "risk_presence", "risk_frequency", "risk_population"):
                if any(v not in (None, 0, 1000, "") for v in values):
                    sys.exit("%s over no rows: %r" % (name, rows))
            continue
        if call in AGGREGATES and rows != [(None,)] or call in TABLES and rows:
            sys.exit("%s over no rows: %r" % (call, rows))
    measures = dict(db.execute("SELECT measure, value FROM risk_summary('empty', 'a, b')"))
    if measures["rows"] != 0 or measures["k_anonymity"] is not None:
        sys.exit("risk_summary over no rows: %r" % measures)


def one_row(db):
    """Whoever is alone is alone in every column, however many columns a set may have."""
    db.execute("CREATE TABLE one AS SELECT 1 AS a, NULL AS b, 'x' AS u, 's' AS s, 2.0 AS w")
    answers(db, "one", PLAIN)
    for most in (1, 2, 3):
        for unit in (None, "u"):
            got = db.execute("SELECT columns, size, rows, units FROM risk_unique_sets('one', 'a, b', ?, ?)",
                             [most, unit]).fetchall()
            if got != [("a", 1, 1, 1), ("b", 1, 1, 1)]:
                sys.exit("risk_unique_sets of one row, up to %d: %r" % (most, got))
    if db.execute("SELECT k_anonymity(a, b) FROM one").fetchone() != (1,):
        sys.exit("k of one row")


def main():
    os.environ["SITO_KEYS"] = os.path.join(tempfile.mkdtemp(), "keys")
    with open(os.open(os.environ["SITO_KEYS"], os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write("%s %s\n" % (KEY, "5e" * 32))
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    shapes(db)
    emptiness(db)
    one_row(db)
    print("every shape agrees")


main()
