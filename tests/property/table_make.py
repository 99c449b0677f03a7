#!/usr/bin/python3
"""Tables made from records: totals and reasons against counting here; hidden cells against elimination over fractions
and a simplex of fractions; rounding; one result whatever the order of the records.

Run: table_make.py [sito.so] [tables].
"""
import itertools
import json
import os
import random
import sqlite3
import sys
from collections import defaultdict
from fractions import Fraction

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 40
TOTAL = 'Ogółem'


def chain(dimension, value):
    """The codes of a value, from its own up to the total."""
    return [value] + [t for t in dimension.get('above', {}).get(value, [])] + [TOTAL]


def rows_of(equations, hidden):
    """The equations over hidden cells alone."""
    number = {cell: i for i, cell in enumerate(hidden)}
    return [{number[c]: Fraction(s) for c, s in e.items() if c in number} for e in equations if any(c in number for c in e)]


def determined(equations, hidden):
    """Which hidden cells the equations give away: those alone in a row of the reduced matrix."""
    pivots = {}
    for row in rows_of(equations, hidden):
        for column, pivot in pivots.items():
            if column in row:
                factor = row[column]
                for c, v in pivot.items():
                    row[c] = row.get(c, 0) - factor * v
                    if row[c] == 0:
                        del row[c]
        if row:
            lead = min(row)
            factor = row[lead]
            row = {c: v / factor for c, v in row.items()}
            for other in pivots.values():
                if lead in other:
                    f = other[lead]
                    for c, v in row.items():
                        other[c] = other.get(c, 0) - f * v
                        if other[c] == 0:
                            del other[c]
            pivots[lead] = row
    return {hidden[c] for c, row in pivots.items() if len(row) == 1}


def extreme(equations, hidden, values, cell, sign):
    """The greatest sign * x of a hidden cell over all x >= 0 that satisfy the equations (Bland's rule); None: no bound."""
    # started from the true table: directions d with x + d >= 0
    rows = []
    for row in rows_of(equations, hidden):
        rows.append([row.get(i, Fraction(0)) for i in range(len(hidden))] + [sum(v * values[hidden[i]] for i, v in row.items())])
    basis = []
    matrix = []
    for row in rows:  # a feasible basis by phase one would be long: artificial variables with a large cost instead
        if row[-1] < 0:
            row = [-v for v in row]
        matrix.append(row)
    n, m = len(hidden), len(matrix)
    for i, row in enumerate(matrix):
        row[-1:-1] = [Fraction(int(i == j)) for j in range(m)]
        basis.append(n + i)
    cost = [(Fraction(0), Fraction(sign if hidden[j] == cell else 0)) for j in range(n)] + [(Fraction(-1), Fraction(0))] * m
    while True:
        duals = [cost[b] for b in basis]
        enter = None
        for j in range(n + m):
            reduced = tuple(cost[j][k] - sum(d[k] * row[j] for d, row in zip(duals, matrix) if row[j]) for k in (0, 1))
            if reduced > (0, 0) and j < n:
                enter = j
                break
        if enter is None:
            assert not any(b >= n and row[-1] != 0 for b, row in zip(basis, matrix))
            return sum(row[-1] * cost[b][1] for b, row in zip(basis, matrix))
        best = None
        for i, row in enumerate(matrix):
            if row[enter] > 0:
                ratio = (row[-1] / row[enter], basis[i])
                if best is None or ratio < best[0]:
                    best = (ratio, i)
        if best is None:
            return None
        i = best[1]
        pivot = matrix[i][enter]
        matrix[i] = [v / pivot for v in matrix[i]]
        for k in range(m):
            if k != i and matrix[k][enter]:
                f = matrix[k][enter]
                matrix[k] = [a - f * b for a, b in zip(matrix[k], matrix[i])]
        basis[i] = enter


class Table:
    """Records drawn, their cells counted here, and the equations between them."""

    def __init__(self, db, rnd):
        self.db, self.rnd = db, rnd
        self.dimensions = []
        for d in range(rnd.randint(1, 3)):
            size = rnd.randint(1, 5 if d < 2 else 3)
            dimension = {'name': f'd{d}', 'values': [f'w{d}{i}' for i in range(size)]}
            if rnd.random() < 0.35:
                dimension['above'] = {v: [f'g{d}{i % 2}'] for i, v in enumerate(dimension['values'])}
            self.dimensions.append(dimension)
        self.sums = rnd.random() < 0.4
        self.people = rnd.random() < 0.5
        self.negative = self.sums and rnd.random() < 0.2
        n = rnd.choice([1, 5, 20, 60, 150])
        self.records = []
        for _ in range(n):
            codes = [d['values'][min(int(rnd.random() ** 2 * len(d['values'])), len(d['values']) - 1)] for d in self.dimensions]
            amount = rnd.randint(-20 if self.negative else 0, 60) * rnd.choice([1, 1, 10])
            self.records.append((*codes, f'{amount // 4},{amount % 4 * 25:02}' if amount >= 0 else -amount, rnd.randint(1, max(1, n // 2)), Fraction(amount, 4) if amount >= 0 else Fraction(-amount)))
        if self.negative:
            self.records = [(*r[:-3], -int(r[-1]), r[-2], -Fraction(int(r[-1]))) if rnd.random() < 0.4 else r for r in self.records]
        self.count()
        self.equate()

    def store(self, records):
        names = [d['name'] for d in self.dimensions]
        self.db.execute('DROP TABLE IF EXISTS r')
        self.db.execute(f'CREATE TABLE r({", ".join(names)}, amount, person)')
        self.db.executemany(f'INSERT INTO r VALUES ({", ".join("?" * (len(names) + 2))})', [r[:-1] for r in records])
        for d in self.dimensions:
            if 'above' in d:
                self.db.execute(f'DROP TABLE IF EXISTS h_{d["name"]}')
                self.db.execute(f'CREATE TABLE h_{d["name"]}(a, b, c)')
                self.db.executemany(f'INSERT INTO h_{d["name"]} VALUES (?, ?, ?)', [(v, *up, '*') for v, up in d['above'].items()])

    def plan(self, **more):
        dimensions = [{'name': d['name'], **({'hierarchy': f'h_{d["name"]}'} if 'above' in d else {})} for d in self.dimensions]
        return json.dumps({'dimensions': dimensions, **({'measure': 'amount'} if self.sums else {}), **({'contributors': 'person'} if self.people else {}), **more})

    def count(self):
        self.value, self.persons = defaultdict(Fraction), defaultdict(lambda: defaultdict(Fraction))
        for number, record in enumerate(self.records):
            chains = [chain(d, v) for d, v in zip(self.dimensions, record)]
            for cell in itertools.product(*chains):
                amount = record[-1] if self.sums else 1
                self.value[cell] += amount
                self.persons[cell][record[-2] if self.people else number] += amount

    def equate(self):
        """Each total and its parts, along each dimension, wherever there is anybody."""
        self.equations = []
        for cell in self.value:
            for d, dimension in enumerate(self.dimensions):
                codes = {c for v in dimension['values'] for c in chain(dimension, v)}
                below = [c for c in codes if c != cell[d] and any(cell[d] in chain(dimension, v) and chain(dimension, v).index(c) + 1 == chain(dimension, v).index(cell[d])
                                                                  for v in dimension['values'] if c in chain(dimension, v))]
                parts = [(*cell[:d], c, *cell[d + 1:]) for c in below]
                parts = [p for p in parts if p in self.value]
                if parts:
                    self.equations.append({cell: -1, **{p: 1 for p in parts}})

    def make(self, plan):
        got = {}
        for text, value, status, reason, sign in self.db.execute('SELECT dimensions, value, status, reason, sign FROM anon_table(?, ?)', ('r', plan)):
            codes = json.loads(text)
            cell = tuple(codes[d['name']] for d in self.dimensions)
            assert cell not in got
            got[cell] = (value, status, reason, sign)
        return got


def reasons(people, least, article, p):
    shares = sorted((abs(v) for v in people.values()), reverse=True)
    whole = sum(shares)
    if len(people) == 0:
        return False
    return (len(people) < least or (article and (len(people) < 3 or 4 * shares[0] > 3 * whole))
            or (p and whole - sum(shares[:2]) < Fraction(p, 100) * shares[0]))


def suppressed(table):
    least = table.rnd.choice([2, 3, 5])
    article, p = table.rnd.random() < 0.3, table.rnd.choice([0, 0, 10])
    rules = {'least': least, **({'article38': True} if article else {}), **({'p': p} if p else {})}
    protection = table.rnd.choice([1, 3, 5])
    plan = table.plan(rules=rules, protection=protection, loss=table.rnd.choice(['cells', 'values', 'contributors']))
    table.store(table.records)
    got = table.make(plan)
    for cell in table.value:
        value, status, reason, sign = got[cell]
        primary = reasons(table.persons[cell], least, article, p)
        assert (status == 'primary') == primary, (cell, status, rules)
        assert (value is None) == (status != 'published') == (sign is not None) == (reason is not None)
        assert value is None or Fraction(str(value)) == table.value[cell], (cell, value, table.value[cell])
    assert all(got[cell][:2] == (0, 'published') for cell in got if cell not in table.value)
    hidden = [cell for cell in table.value if got[cell][0] is None]
    first = [cell for cell in hidden if got[cell][1] == 'primary']
    open_cells = determined(table.equations, hidden)
    assert not open_cells & set(first), (plan, open_cells)
    # whoever stands alone in cells knows them, and nothing more of others
    alone = defaultdict(set)
    for cell in first:
        if len(table.persons[cell]) == 1:
            alone[next(iter(table.persons[cell]))].add(cell)
    for own in alone.values():
        rest = [cell for cell in hidden if cell not in own]
        assert not (determined(table.equations, rest) - open_cells) & set(first), (plan, own)
    units = 1
    while any((v * units).denominator != 1 for v in table.value.values()):
        units *= 10
    audited(table, got, protection, units)
    if not table.negative and len(hidden) <= 40:
        for cell in first[:6]:
            low = -extreme(table.equations, hidden, table.value, cell, -1)
            high = extreme(table.equations, hidden, table.value, cell, 1)
            assert high is None or (high - low) * units >= protection, (plan, cell, low, high)
    shuffled = table.records[:]
    if not table.people:
        table.rnd.shuffle(shuffled)
    table.store(shuffled)
    assert table.make(plan) == got
    return len(first), len(hidden) - len(first)


def audited(table, got, protection, units):
    """The exact audit of the module, over what is published, finds nothing."""
    names = [d['name'] for d in table.dimensions]
    table.db.execute('DROP TABLE IF EXISTS shown')
    table.db.execute(f'CREATE TABLE shown({", ".join(names)}, value, status)')
    table.db.executemany(f'INSERT INTO shown VALUES ({", ".join("?" * (len(names) + 2))})',
                         [(*cell, str(float(table.value[cell])) if table.sums else int(table.value[cell]), 'published' if got[cell][1] == 'published' else 'primary')
                          for cell in table.value])
    plan = {'dimensions': [{'name': d['name'], 'total': TOTAL, **({'hierarchy': {v: up[0] for v, up in d['above'].items()}} if 'above' in d else {})} for d in table.dimensions],
            'measure': 'value', 'status': 'status', 'negative': table.negative, 'protection': protection / units, 'whole': units == 1, 'bounds': 'verdict'}
    for row, verdict, width in table.db.execute('SELECT cell, verdict, width FROM risk_table_audit(?, ?)', ('shown', json.dumps(plan))):
        assert verdict == 'protected', (plan, row, verdict, width)


def from_cells(table):
    """The same cells as a table of another system, some of them published before: no hidden one follows."""
    rnd, names = table.rnd, [d['name'] for d in table.dimensions]
    if table.sums or any('above' in d for d in table.dimensions):
        return 0
    few = {cell for cell, value in table.value.items() if value < 3}
    share = rnd.choice([0, 0.1, 0.3])
    before = [cell for cell in table.value if cell not in few and TOTAL not in cell and rnd.random() < share]
    for name, cells in (('now', table.value), ('before', before)):
        table.db.execute(f'DROP TABLE IF EXISTS "{name}"')
        table.db.execute(f'CREATE TABLE "{name}"({", ".join(names)}, value)')
        table.db.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * (len(names) + 1))})', [(*cell, int(table.value[cell])) for cell in cells])
    dimensions = [{'name': n, 'total': TOTAL} for n in names]
    plan = {'cells': True, 'dimensions': dimensions, 'measure': 'value', 'rules': {'least': 3}, 'protection': 1,
            **({'earlier': [{'table': 'before', 'absent': 'unknown', 'dimensions': [{'name': n} for n in names]}]} if before else {})}
    try:
        got = {}
        for text, value, status, reason, sign in table.db.execute('SELECT * FROM anon_table(?, ?)', ('now', json.dumps(plan))):
            codes = json.loads(text)
            got[tuple(codes[n] for n in names)] = (value, status)
    except sqlite3.OperationalError as error:
        assert before and 'cannot be protected' in str(error), error
        return 0
    assert set(got) == set(table.value)
    hidden = [cell for cell in got if got[cell][0] is None and cell not in before]
    assert all((got[cell][1] == 'primary') == (cell in few) for cell in got)
    assert not determined(table.equations, hidden) & few, (plan, before)
    assert all(got[cell][1] == 'published' for cell in before)
    return 1


def rounded(table):
    base = table.rnd.choice([3, 5])
    table.store(table.records)
    try:
        got = table.make(table.plan(method='round', base=base))
    except sqlite3.OperationalError as error:
        assert len(table.dimensions) > 2 and 'no rounding to base' in str(error), error
        return 0
    units = 1
    while any((Fraction(str(r[-3]).replace(',', '.')) * units).denominator != 1 for r in table.records) and table.sums:
        units *= 10
    for cell in table.value:
        value = Fraction(str(got[cell][0]))
        assert got[cell][1] == 'rounded' and (value * units).denominator == 1 and value * units % base == 0
        assert abs(value - table.value[cell]) * units < base, (cell, value, table.value[cell])
    for equation in table.equations:
        assert sum(sign * Fraction(str(got[cell][0])) for cell, sign in equation.items()) == 0
    return 1


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    first = second = rounds = again = 0
    for number in range(TABLES):
        table = Table(db, random.Random(number))
        try:
            a, b = suppressed(table)
            rounds += rounded(table)
            again += from_cells(table)
        except Exception:
            print('table', number, table.records[:40])
            raise
        first, second = first + a, second + b
    assert rounds > TABLES * 3 // 4 and again > TABLES // 8, (rounds, again)
    print(f'{TABLES} tables: {first} primary, {second} secondary cells, {rounds} rounded, {again} made from cells')


main()
