"""risk_registry against Python's hmac, and linkage through it against risk_linkage.

Run: risk_registry.py [sito.so].
"""
import hmac
import os
import sqlite3
import struct
import sys
import tempfile
from collections import Counter

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]
KEY = bytes(range(7, 39))


def cell(value):
    """Type, then value: cell.h."""
    if value is None:
        return b"\0"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if isinstance(value, int):
        return b"\1" + struct.pack("=q", value)
    if isinstance(value, float):
        return b"\2" + struct.pack("=d", value)
    data = value.encode() if isinstance(value, str) else value
    return (b"\3" if isinstance(value, str) else b"\4") + struct.pack("=I", len(data)) + data


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    path = "rejestr"  # the name of a key
    os.environ["SITO_KEYS"] = os.path.join(tempfile.mkdtemp(), "keys")
    with open(os.open(os.environ["SITO_KEYS"], os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write("%s %s\n" % (path, KEY.hex()))
    rows = [(1980, "K"), (1980.0, "K"), (1990, None), (0.5, b"x"), (None, ""), (7, "\u0141\u00f3d\u017a")]
    db.execute("CREATE TABLE t(Rok, plec)")
    db.executemany("INSERT INTO t VALUES (?, ?)", rows)
    want = Counter(hmac.new(KEY, b"plec\0rok\0" + cell(p) + cell(r), "sha256").hexdigest()[:32]
                   for r, p in rows)
    mark = hmac.new(KEY, b"sito registry", "sha256").hexdigest()[:16]
    for columns in ("rok, plec", "PLEC, Rok"):
        got = db.execute("SELECT * FROM risk_registry('t', ?, ?)", [columns, path]).fetchall()
        if {row[:2] for row in got} != {('["plec","rok"]', mark)}:
            sys.exit("risk_registry: %r" % got[0][:2])
        got = [row[2:] for row in got]
        if got != sorted(want.items()):
            sys.exit("risk_registry: %r, wanted %r" % (got, sorted(want.items())))
    db.execute("CREATE TABLE registry AS SELECT * FROM risk_registry('t', 'rok,plec', ?)", [path])
    db.execute("CREATE TABLE new AS SELECT * FROM t WHERE rok < 1990 UNION ALL SELECT 7, 'M'")
    links = db.execute("SELECT count(*) FROM risk_registry('new', 'rok,plec', ?) AS n JOIN registry AS r"
                       " ON r.hash = n.hash WHERE n.rows = 1 AND r.rows = 1", [path]).fetchone()[0]
    sure = db.execute("SELECT value FROM risk_linkage('new', 't', 'rok,plec')"
                      " WHERE measure = 'certain_links'").fetchone()[0]
    if links != sure or sure != 2:
        sys.exit("certain links: %r through the registry, %r without" % (links, sure))
    print("hashes and links agree")


main()
