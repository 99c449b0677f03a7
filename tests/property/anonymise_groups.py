#!/usr/bin/python3
"""Mondrian, microaggregation and blanked cells: whatever comes out meets its target, measured here; every range
covers its values; the grouping of one column is the optimum of a brute force.

Run: anonymise_groups.py [sito.so].
"""
import json
import os
import random
import sqlite3
import sys
from collections import Counter, defaultdict

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']


def covers(label, value):
    if label == '*':
        return True
    if label is None or value is None:
        return label is None and value is None
    text = str(label)
    if '–' in text or text.startswith('od '):
        low, high = text.removeprefix('od ').replace(' do ', '–').split('–')
        return float(low.replace(',', '.')) <= float(str(value).replace(',', '.')) <= float(high.replace(',', '.'))
    return str(value) == text or str(value).startswith(text)


def mondrian(db, rnd):
    for number in range(150):
        rows = rnd.randint(1, 200)
        kinds = [rnd.choice(['number', 'prefix', 'word']) for _ in range(rnd.randint(1, 4))]
        make = {'number': lambda: rnd.choice([rnd.randint(-20, 60), rnd.randint(0, 5)]),
                'prefix': lambda: f'9{rnd.randint(0, 2)}-{rnd.randint(0, 12):03}', 'word': lambda: rnd.choice('KM')}
        table = [[None if rnd.random() < 0.05 else make[kind]() for kind in kinds] + [rnd.choice('aabcd')] for _ in range(rows)]
        names = [f'q{i}' for i in range(len(kinds))]
        db.execute('DROP TABLE IF EXISTS t')
        db.execute(f'CREATE TABLE t({", ".join(names)}, s)')
        db.executemany(f'INSERT INTO t VALUES ({", ".join("?" * (len(names) + 1))})', table)
        plan = {'columns': [{'name': n, **({'hierarchy': 'prefix:4,2'} if k == 'prefix' else {})} for n, k in zip(names, kinds)],
                'k': rnd.choice([1, 2, 5, 10])}
        if rnd.random() < 0.5:
            plan |= {'sensitive': 's', **rnd.choice([{'l': 2}, {'t': 0.4}, {'alpha': 0.7, 'l': 2}])}
        got = db.execute('SELECT row, class, size, "values" FROM anon_mondrian(?, ?) ORDER BY row', ('t', json.dumps(plan))).fetchall()
        counts = Counter(r[-1] for r in table)
        whole = rows >= plan['k'] and len(counts) >= plan.get('l', 0) and max(counts.values()) / rows <= plan.get('alpha', 1)
        assert bool(got) == whole, (number, plan, rows)
        classes, labels = defaultdict(list), {}
        for (row, cls, size, values), record in zip(got, table):
            classes[cls].append(record)
            assert labels.setdefault(cls, values) == values
            for label, value in zip(json.loads(values), record):
                assert covers(label, value), (number, label, value)
        for row, cls, size, _ in got:
            assert size == len(classes[cls]) >= plan['k']
        merged = defaultdict(list)
        for cls, records in classes.items():
            merged[labels[cls]] += records
        for records in merged.values():
            q = Counter(r[-1] for r in records)
            n = len(records)
            assert n >= plan['k'] and len(q) >= plan.get('l', 0)
            assert max(q.values()) / n <= plan.get('alpha', 1) + 1e-12
            assert sum(abs(q[v] / n - counts[v] / rows) for v in counts) / 2 <= plan.get('t', 1) + 1e-12


def squared(group):
    mean = sum(group) / len(group)
    return sum((v - mean) ** 2 for v in group)


def best_line(values, k):
    values, n = sorted(values), len(values)
    cost = [0] + [float('inf')] * n
    for end in range(1, n + 1):
        for start in range(0, end - k + 1):
            cost[end] = min(cost[end], cost[start] + squared(values[start:end]))
    return cost[n]


def microaggregate(db, rnd):
    for _ in range(120):
        rows, k, width = rnd.randint(2, 40), rnd.randint(2, 5), rnd.randint(1, 3)
        rows = max(rows, k)
        table = [[rnd.choice([rnd.randint(0, 30), round(rnd.uniform(0, 30), 2)]) for _ in range(width)] for _ in range(rows)]
        names = [f'q{i}' for i in range(width)]
        db.execute('DROP TABLE IF EXISTS t')
        db.execute(f'CREATE TABLE t({", ".join(names)})')
        db.executemany(f'INSERT INTO t VALUES ({", ".join("?" * width)})', table)
        got = db.execute('SELECT row, class, size, means FROM anon_microaggregate(?, ?, ?) ORDER BY row', ('t', ', '.join(names), k)).fetchall()
        classes = defaultdict(list)
        for (row, cls, size, means), record in zip(got, table):
            classes[cls].append(record)
        for (row, cls, size, means), record in zip(got, table):
            group = classes[cls]
            assert k <= size == len(group) <= 2 * k - 1, (k, size)
            for mean, values in zip(json.loads(means), zip(*group)):
                assert abs(mean - sum(values) / len(values)) < 1e-9
        if width == 1:
            error = sum(squared([r[0] for r in group]) for group in classes.values())
            assert abs(error - best_line([r[0] for r in table], k)) < 1e-6


def cells(db, rnd):
    for number in range(200):
        rows, width, k = rnd.randint(1, 60), rnd.randint(1, 5), rnd.randint(1, 6)
        table = [[rnd.choice([None, 1, 2, 3, 'x', '*']) for _ in range(width)] for _ in range(rows)]
        names = [f'q{i}' for i in range(width)]
        db.execute('DROP TABLE IF EXISTS t')
        db.execute(f'CREATE TABLE t({", ".join(names)})')
        db.executemany(f'INSERT INTO t VALUES ({", ".join("?" * width)})', table)
        try:
            got = db.execute('SELECT row, field FROM anon_suppress_cells(?, ?, ?)', ('t', ', '.join(names), k)).fetchall()
        except sqlite3.OperationalError:
            assert rows < k, (number, rows, k)
            continue
        out = [list(map(repr, record)) for record in table]
        for row, field in got:
            out[row - 1][int(field[1:])] = 'blanked'
        assert min(Counter(map(tuple, out)).values()) >= k, (number, k)
        if min(Counter(map(tuple, (map(repr, r) for r in table))).values()) >= k:
            assert not got, (number, 'cells were blanked in a table that needs none')


def main():
    rnd = random.Random(12)
    db = sqlite3.connect(':memory:', isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(SITO)
    mondrian(db, rnd)
    microaggregate(db, rnd)
    cells(db, rnd)
    return 0


if __name__ == '__main__':
    sys.exit(main())
