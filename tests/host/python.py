"""The system's Python loads sito.so as any extension, and its functions, collations and tables work."""

import os
import sqlite3
import sys
import unittest

SO = os.environ["SITO_SO"]


def connect(entry=None):
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    if entry is None:
        db.load_extension(SO)
    else:
        db.execute("SELECT load_extension(?, ?)", (SO, entry))
    db.enable_load_extension(False)
    return db


class Python(unittest.TestCase):
    def test_k_anonymity_is_the_smallest_class(self):
        db = connect()
        db.execute("CREATE TABLE t(plec, wiek)")
        db.executemany("INSERT INTO t VALUES (?, ?)", [("K", "18-39")] * 3 + [("M", "60+")] * 2)
        (smallest,) = db.execute(
            "SELECT min(n) FROM (SELECT count(*) AS n FROM t GROUP BY plec, wiek)"
        ).fetchone()
        self.assertEqual(db.execute("SELECT k_anonymity(plec, wiek) FROM t").fetchone(), (smallest,))

    def test_polish_order(self):
        db = connect()
        db.execute("CREATE TABLE n(nazwa)")
        names = ["Żary", "Łódź", "Zawiercie", "Lublin", "Ćmielów", "Cieszyn", "Ząbki", "Źródła"]
        db.executemany("INSERT INTO n VALUES (?)", [(name,) for name in names])
        ordered = [row[0] for row in db.execute("SELECT nazwa FROM n ORDER BY nazwa COLLATE polish")]
        # The Polish alphabet: a ą b c ć … l ł … z ź ż
        self.assertEqual(
            ordered, ["Cieszyn", "Ćmielów", "Lublin", "Łódź", "Zawiercie", "Ząbki", "Źródła", "Żary"]
        )

    def test_two_connections_close_cleanly(self):
        first, second = connect(), connect()
        first.execute("SELECT count(*) FROM sito_help").fetchone()
        first.close()
        self.assertEqual(second.execute("SELECT sito_version()").fetchone()[0].count("."), 2)
        second.close()

    def test_the_pure_entry_has_no_function_that_touches_files(self):
        db = connect("sqlite3_sitopure_init")
        self.assertIsNotNone(db.execute("SELECT sito_version()").fetchone())
        with self.assertRaises(sqlite3.OperationalError):
            db.execute("CREATE VIRTUAL TABLE temp.t USING csv(filename='/dev/null')")

    def test_an_unknown_entry_is_refused(self):
        with self.assertRaises(sqlite3.OperationalError):
            connect("sqlite3_nothing_init")


if __name__ == "__main__":
    if not hasattr(sqlite3.Connection, "enable_load_extension"):
        print("skipped: this Python was built without loadable extensions")
        sys.exit(77)
    unittest.main(verbosity=2)
