#!/usr/bin/python3
"""Values made coarser, against Python: ranges contain their numbers, dates follow the calendar, pseudonyms
are the HMAC that keyed.c describes, masks tell no length, hierarchies are trees over what they cover.

Run: anonymise_values.py [sito.so].
"""
import datetime
import decimal
import hashlib
import hmac
import os
import random
import re
import sqlite3
import struct
import sys
import tempfile

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
D = decimal.Decimal


def number(text):
    return D(text.replace(',', '.'))


def bounds(text):
    """The half-open interval that a range says in words."""
    whole = re.fullmatch(r'(\d+)–(\d+)', text) or re.fullmatch(r'(?:od )?(-?\d+) (?:do|to) (-?\d+)', text)
    if whole:
        return D(whole[1]), D(whole[2]) + 1
    real = re.fullmatch(r'(?:od )?(-?[\d,.]+) (?:do poniżej|to under) (-?[\d,.]+)', text)
    if real:
        return number(real[1]), number(real[2])
    return D(text), D(text) + 1


def ranges(db, rnd):
    for _ in range(4000):
        width = rnd.choice([1, 2, 3, 5, 10, 100, 10 ** rnd.randint(0, 9)])
        origin = rnd.choice([0, 0, 1, -3, 18])
        value = rnd.randint(-10 ** rnd.randint(1, 14), 10 ** rnd.randint(1, 14))
        for language in ('pl', 'en'):
            low, high = bounds(db.execute('SELECT anon_range(?, ?, ?, ?)', (value, width, origin, language)).fetchone()[0])
            assert low <= value < high and high - low == width and (low - origin) % width == 0, (value, width)
        scale = rnd.randint(0, 4)
        real = D(rnd.randint(-10 ** 9, 10 ** 9)).scaleb(-scale)
        step = D(rnd.choice(['0.5', '2.5', '0.25', '10.0']))
        written = f'{real:f}'.replace('.', ',')
        low, high = bounds(db.execute('SELECT anon_range(?, ?)', (written, float(step))).fetchone()[0])
        assert low <= real < high and high - low == step and low % step == 0, (written, step)
        base = rnd.choice([3, 5, 10, 50, 100])
        rounded = db.execute('SELECT anon_round(?, ?)', (value, base)).fetchone()[0]
        assert rounded % base == 0 and abs(rounded - value) * 2 <= base, (value, base)


def dates(db, rnd):
    for _ in range(4000):
        day = datetime.date(1, 1, 1) + datetime.timedelta(days=rnd.randrange(3_652_058))
        year, week, _ = day.isocalendar()
        expected = {'day': day.isoformat(), 'week': f'{year:04}-W{week:02}', 'month': f'{day.year:04}-{day.month:02}',
                    'quarter': f'{day.year:04}-Q{(day.month + 2) // 3}', 'half-year': f'{day.year:04}-H{1 + (day.month > 6)}',
                    'year': f'{day.year:04}', 'decade': f'{day.year // 10 * 10:04}–{day.year // 10 * 10 + 9:04}'}
        written = rnd.choice([day.isoformat(), f'{day.day:02}.{day.month:02}.{day.year:04}', f'{day.isoformat()} 07:30'])
        for unit, text in expected.items():
            got = db.execute('SELECT anon_date(?, ?)', (written, unit)).fetchone()[0]
            assert got == text, (written, unit, got, text)
        path = [db.execute('SELECT anon_level(?, ?, ?)', (written, 'date:day,month,quarter,half-year,year,decade', level)).fetchone()[0]
                for level in range(1, 7)]
        assert path == [expected[u] for u in ('day', 'month', 'quarter', 'half-year', 'year', 'decade')]


def texts(db, rnd):
    signs = 'abcXYZ 0123ąęłŹ-/😀'
    for _ in range(3000):
        text = ''.join(rnd.choice(signs) for _ in range(rnd.randint(0, 12)))
        n, m = rnd.randint(0, 5), rnd.randint(0, 5)
        masked = db.execute('SELECT anon_mask(?, ?, ?)', (text, n, m)).fetchone()[0]
        hidden = len(text) - n - m
        assert masked == (text[:n] + '***' + (text[len(text) - m:] if m else '') if hidden > 0 else '***'), (text, n, m)
        assert db.execute('SELECT anon_prefix(?, ?)', (text, n + 1)).fetchone()[0] == text[:n + 1]


def part(text):
    data = text.encode()
    return struct.pack('<Q', len(data)) + data


def keyed(db, rnd, key):
    for _ in range(500):
        domain = rnd.choice(['a', 'zbiór', 'a' * 99])
        value = ''.join(rnd.choice('ab\N{SNOWMAN}') for _ in range(rnd.randint(0, 9)))
        digest = hmac.new(key, part('sito pseudonym 1') + part(domain) + part(value), hashlib.sha256).hexdigest()
        assert db.execute('SELECT anon_pseudonym(?, ?, ?)', (value, 'k', domain)).fetchone()[0] == digest[:32]
    rows = db.execute('WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 20000) '
                      "SELECT anon_noise(0, 10, 'k', 'd', i) FROM c").fetchall()
    mean, spread = sum(r[0] for r in rows) / 20000, sum(abs(r[0]) for r in rows) / 20000
    assert abs(mean) < 0.5 and 9.7 < spread < 10.3, (mean, spread)  # Laplace: 0 and the scale; 5 standard errors
    again = db.execute("SELECT anon_noise(0, 10, 'k', 'd', 7), anon_noise(0, 10, 'k', 'e', 7)").fetchone()
    assert again[0] == rows[6][0] and again[0] != again[1]


def hierarchies(db, rnd):
    """A random tree is accepted and gives each leaf its path; one leaf that is missing or moved is told."""
    for _ in range(60):
        levels = rnd.randint(1, 4)
        rows = []
        for leaf in range(rnd.randint(2, 40)):
            path, node = [f'l{leaf}'], leaf
            for level in range(levels):
                node //= rnd.choice([2]) if level else 2
                path.append(f'{level}:{node}')
            rows.append(path)
        names = [f'c{i}' for i in range(levels + 1)]
        db.execute('DROP TABLE IF EXISTS h')
        db.execute(f'CREATE TABLE h({", ".join(names)})')
        db.executemany(f'INSERT INTO h VALUES ({", ".join("?" * len(names))})', rows)
        assert db.execute("SELECT count(*) FROM anon_hierarchy_check('h')").fetchone()[0] == 0
        top = len({row[-1] for row in rows}) > 1
        for row in rows:
            for level in range(levels + 1):
                got = db.execute("SELECT anon_level(?, 'h', ?)", (row[0], level)).fetchone()[0]
                assert got == (row[level] if level < levels or top else '*'), (row, level, got)
        gone = rnd.choice(rows)[0]
        db.execute('CREATE TEMP TABLE v AS SELECT c0 FROM h')
        db.execute('DELETE FROM h WHERE c0 = ?', (gone,))
        told = db.execute("SELECT problem, value FROM anon_hierarchy_check('h', 'temp.v', 'c0')").fetchall()
        assert told == [('uncovered', gone)], told
        try:
            db.execute("SELECT anon_level(c0, 'h', 0) FROM v").fetchall()
            raise SystemExit('a value outside the hierarchy was let through')
        except sqlite3.OperationalError as error:
            assert 'not in the hierarchy' in str(error) and gone not in str(error)
        db.execute('DROP TABLE v')


def main():
    rnd = random.Random(8)
    with tempfile.TemporaryDirectory() as folder:
        os.environ['SITO_KEYS'] = os.path.join(folder, 'keys')
        key = bytes(rnd.randrange(256) for _ in range(32))
        with open(os.open(os.environ['SITO_KEYS'], os.O_CREAT | os.O_WRONLY, 0o600), 'w', encoding='ascii') as file:
            file.write(f'# keys\n\nk {key.hex()}\n')
        db = sqlite3.connect(':memory:')
        db.enable_load_extension(True)
        db.load_extension(SITO)
        ranges(db, rnd)
        dates(db, rnd)
        texts(db, rnd)
        keyed(db, rnd, key)
        hierarchies(db, rnd)
    return 0


if __name__ == '__main__':
    sys.exit(main())
