#!/usr/bin/python3
"""The search for a release against a brute force over every node of the lattice, on random small tables: the
optimum of each utility, the rows left out, the frontier; and what comes out measured in Python.

Run: anonymise_release.py [sito.so].
"""
import itertools
import json
import math
import os
import random
import sqlite3
import sys
from collections import Counter, defaultdict

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']


def interval(width):
    return lambda v: f'{v // width * width}–{v // width * width + width - 1}' if width > 1 else str(v)


def random_column(rnd, name, rows, db):
    """The spec, the values, and a function of each level; None stands for NULL. `leaves`: those of the hierarchy."""
    kind = rnd.choice(['interval', 'prefix', 'table', 'suppress'])
    if kind == 'interval':
        widths = rnd.choice([[5], [2, 4], [5, 10, 20], [3, 6]])
        values = [rnd.randint(0, 30) for _ in range(rows)]
        levels = [str] + [interval(w) for w in widths]
        spec, listed = 'interval:' + ','.join(map(str, widths)), []
    elif kind == 'prefix':
        values = [f'{rnd.randint(90, 93)}-{rnd.randint(0, 9):03}' for _ in range(rows)]
        levels = [str, lambda v: v[:4], lambda v: v[:2]]
        spec, listed = 'prefix:4,2', []
    elif kind == 'table':
        count = rnd.randint(2, 9)
        tree = [(f'w{i}', f'x{i // 2}', f'y{i // 4}') for i in range(count)]
        db.execute(f'CREATE TABLE h_{name}(a, b, c)')
        db.executemany(f'INSERT INTO h_{name} VALUES (?, ?, ?)', tree)
        values = [rnd.choice(tree)[0] for _ in range(rows)]
        up = {row[0]: row for row in tree}
        top = len({row[2] for row in tree}) > 1
        levels = [str, lambda v: up[v][1]] + ([lambda v: up[v][2]] if top else [])
        spec, listed = f'h_{name}', [row[0] for row in tree]
    else:
        values = [rnd.choice('KMX') for _ in range(rows)]
        levels, spec, listed = [str], 'suppress', []
    if rnd.random() < 0.3:
        values = [None if rnd.random() < 0.2 else v for v in values]
    chain = [(lambda v, f=f: None if v is None else f(v)) for f in levels] + [lambda v: '*']
    return spec, values, chain, listed


class Oracle:
    def __init__(self, columns, secret, plan):
        self.columns, self.secret, self.plan = columns, secret, plan
        self.n = len(columns[0]['values'])

    def alone(self, classes):
        """Classes that fail by themselves, whatever the others hold."""
        out = set()
        for key, rows in classes.items():
            bad = len(rows) < self.plan['k']
            if self.secret:
                q = Counter(self.secret[i] for i in rows)
                known = len(rows) - q[None]
                bad |= len(set(q) - {None}) < self.plan.get('l', 0)
                alpha = max([q[v] / known for v in q if v is not None] + [q[None] / len(rows)])
                bad |= alpha > self.plan.get('alpha', 2) + 1e-12
            if bad:
                out.add(key)
        return out

    def failing(self, classes, kept):
        plan = self.plan
        p = Counter(self.secret[i] for rows in kept for i in classes[rows]) if self.secret else {}
        total = sum(p.values())
        out = set()
        for key in kept:
            rows = classes[key]
            bad = False
            if self.secret:
                q = Counter(self.secret[i] for i in rows)
                if total:
                    shares = {v: (q[v] / len(rows), p[v] / total) for v in q}
                    t = sum(abs(q.get(v, 0) / len(rows) - p[v] / total) for v in p) / 2
                    bad |= t > plan.get('t', 2) + 1e-12
                    bad |= max((a - b) / b for a, b in shares.values()) > plan.get('beta', 1e9) + 1e-9
            if bad:
                out.add(key)
        return out

    def node(self, levels):
        made = [[c['chain'][level](v) for v in c['values']] for c, level in zip(self.columns, levels)]
        classes = defaultdict(list)
        for i, key in enumerate(zip(*made)):
            classes[key].append(i)
        kept = set(classes)
        kept -= self.alone(classes)
        while kept:
            bad = self.failing(classes, kept)
            if not bad:
                break
            kept -= bad
        left_out = {i for key in set(classes) - kept for i in classes[key]}
        return classes, kept, left_out, self.loss(levels, left_out), made

    def loss(self, levels, left_out):
        total = weights = 0
        for c, level in zip(self.columns, levels):
            leaves = {v for v in c['values']} | set(c['listed'])
            leaves = {None if v is None else str(v) for v in leaves}
            original = {None if v is None else str(v): v for v in c['values']}
            under = Counter(c['chain'][level](original.get(v, v)) for v in leaves)
            shares = sum(1 if i in left_out else under[c['chain'][level](v)] / len(leaves) for i, v in enumerate(c['values']))
            best = self.n / len(leaves)
            weights += c['weight']
            total += c['weight'] * (shares - best) / (self.n - best) if len(leaves) > 1 else 0
        return total / weights if weights else 0

    def utility(self, levels, classes, kept, left_out, made):
        sizes = [len(classes[key]) for key in kept]
        bits = most = 0
        for c, column in zip(self.columns, made):
            before, after = Counter(c['values']), Counter(column)
            for i, v in enumerate(c['values']):
                bits += c['weight'] * math.log2((self.n if i in left_out else after[column[i]]) / before[v])
                most += c['weight'] * math.log2(self.n / before[v])
        return {'discernibility': sum(s * s for s in sizes) + self.n * len(left_out),
                'average': self.n / (len(sizes) + bool(left_out)), 'entropy': bits / most if most else 0}


def check(rnd, db, number):
    rows = rnd.randint(1, 80)
    db.execute('BEGIN')
    count = rnd.randint(1, 4)
    columns = []
    for c in range(count):
        spec, values, chain, listed = random_column(rnd, f'q{c}', rows, db)
        columns.append({'name': f'q{c}', 'spec': spec, 'values': values, 'chain': chain, 'listed': listed,
                        'weight': rnd.choice([1, 1, 2, 0.5])})
    secret = [rnd.choice(['a', 'b', 'c', 'd', None]) for _ in range(rows)] if rnd.random() < 0.6 else None
    plan = {'columns': [{'name': c['name'], 'hierarchy': c['spec'], 'weight': c['weight']} for c in columns],
            'k': rnd.choice([1, 2, 3, 5]), 'maxSuppressed': rnd.choice([0, 0.05, 0.2, 0.5]),
            'utility': rnd.choice(['loss', 'loss', 'discernibility', 'entropy', 'average'])}
    if secret:
        plan['sensitive'] = 's'
        plan |= rnd.choice([{'l': 2}, {'t': 0.4}, {'l': 2, 't': 0.5, 'alpha': 0.8}, {'alpha': 0.7, 'beta': 3}])
    for c in columns:
        if rnd.random() < 0.2:
            c['most'] = rnd.randint(0, len(c['chain']) - 1)
            plan['columns'][columns.index(c)]['most'] = c['most']
    db.execute(f'CREATE TABLE t({", ".join(c["name"] for c in columns)}, s)')
    for i in range(rows):
        db.execute(f'INSERT INTO t VALUES ({", ".join("?" * (count + 1))})',
                   [c['values'][i] for c in columns] + [secret[i] if secret else None])
    oracle = Oracle(columns, secret, plan)
    best, frontier = None, defaultdict(list)
    limit = math.floor(plan['maxSuppressed'] * rows + 1e-6)
    for levels in itertools.product(*(range(c.get('most', len(c['chain']) - 1) + 1) for c in columns)):
        classes, kept, left_out, loss, made = oracle.node(levels)
        if kept and len(left_out) <= limit:
            utility = loss if plan['utility'] == 'loss' else oracle.utility(levels, classes, kept, left_out, made)[plan['utility']]
            key = (round(utility, 10), len(left_out), levels)
            best = key if best is None or key < best else best
        for k in (2, 3, 5, 10):
            out = {i for group in classes.values() if len(group) < k for i in group}
            if len(out) <= limit and len(out) < rows:
                frontier[k].append((len(out), round(oracle.loss(levels, out), 9)))
    text = json.dumps(plan)
    column = {'loss': 'loss', 'discernibility': 'discernibility', 'entropy': 'entropy', 'average': 'average_class_size'}[plan['utility']]
    got = db.execute(f'SELECT {column}, suppressed, levels, proven, verified, sql FROM anon_release(?, ?) WHERE rank = 1',
                     ('t', text)).fetchone()
    if best is None:
        assert got is None, (number, got, plan)
    else:
        assert got is not None, (number, best, plan)
        assert abs(got[0] - best[0]) < 1e-8 and got[1] == best[1] and got[3] == got[4] == 1, (number, got, best, plan)
        measure(db, got[5], oracle, columns, got[2])
    points = db.execute('SELECT k, suppressed, loss FROM anon_frontier(?, ?) WHERE k IN (2, 3, 5, 10)', ('t', text)).fetchall()
    for k, nodes in frontier.items():
        expected = sorted({p for p in nodes if not any(o != p and o[0] <= p[0] and o[1] <= p[1] for o in nodes)})
        assert sorted({(s, round(x, 9)) for kk, s, x in points if kk == k}) == expected, (number, k, points, expected)
    db.execute('ROLLBACK')


def measure(db, sql, oracle, columns, levels):
    """What the SELECT of the release gives: the values of that node, of the rows that stay, in classes that meet
    the target."""
    classes, kept, left_out, _, made = oracle.node(tuple(map(int, levels.split(','))))
    rows = db.execute(sql).fetchall()
    expected = [key + ((oracle.secret[i],) if oracle.secret else ()) for i, key in enumerate(zip(*made)) if i not in left_out]
    assert sorted(map(repr, rows)) == sorted(map(repr, expected)), (rows[:3], expected[:3])
    assert min(Counter(row[:len(columns)] for row in rows).values()) >= oracle.plan['k']


def large(db):
    """Beyond the exhaustive search the same optimum is proven by bounds, or it says that it is not."""
    db.execute('CREATE TABLE w AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300) SELECT ' +
               ', '.join(f'i * {p} % 64 AS c{j}' for j, p in enumerate([7, 11, 13, 17, 19, 23, 29])) + ' FROM c')
    plan = {'columns': [{'name': f'c{j}', 'hierarchy': 'interval:2,4,8,16,32'} for j in range(7)], 'k': 2}
    row = db.execute("SELECT levels, verified, proven, looked_at, smallest FROM anon_release('w', ?) WHERE rank = 1",
                     (json.dumps(plan),)).fetchone()
    assert row is not None and row[1] == 1 and row[4] >= 2 and (row[2] == 1 or row[3] >= 20000), row


def main():
    rnd = random.Random(2026)
    db = sqlite3.connect(':memory:', isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(SITO)
    for number in range(250):
        check(rnd, db, number)
    large(db)
    return 0


if __name__ == '__main__':
    sys.exit(main())
