#!/usr/bin/python3
"""An index built under another collator: PRAGMA integrity_check finds it, REINDEX polish mends it.

An older version of the rules is played by a collation of the same name that sorts by code points.
Run: polish_reindex.py [sito.so].
"""
import os
import sqlite3
import sys
import tempfile

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
NAMES = ['Zebra', 'Ćma', 'Łódź', 'Lublin', 'Ale', 'Świt', 'Żaba']


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'names.db')
        db = sqlite3.connect(path)
        db.create_collation('polish', lambda a, b: (a > b) - (a < b))
        db.execute('CREATE TABLE t(name)')
        db.executemany('INSERT INTO t VALUES (?)', [(name,) for name in NAMES])
        db.execute('CREATE INDEX i ON t(name COLLATE polish)')
        db.commit()
        db.close()
        db = sqlite3.connect(path)
        db.enable_load_extension(True)
        db.load_extension(SITO)
        assert db.execute('PRAGMA integrity_check').fetchall() != [('ok',)], 'a stale index was not noticed'
        db.execute('REINDEX polish')
        assert db.execute('PRAGMA integrity_check').fetchall() == [('ok',)]
        ordered = [row[0] for row in db.execute('SELECT name FROM t INDEXED BY i ORDER BY name COLLATE polish')]
        assert ordered == ['Ale', 'Ćma', 'Lublin', 'Łódź', 'Świt', 'Zebra', 'Żaba'], ordered
        db.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
