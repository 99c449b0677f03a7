"""Holds risk_table_audit against exhaustive search: every table of whole numbers that a reader has to reckon
with is written down, and the least and greatest value of each suppressed cell among them must be what the
audit says. Random tables of two dimensions up to 4 x 4 with totals, small ones of three dimensions, tables
with hierarchies, pairs of linked tables, and tables with an earlier version.

    table_audit.py [tables [seed]]        default: 300 of all kinds together
"""
import itertools
import json
import os
import random
import sqlite3
import sys
import threading
import time

TOTAL = "Ogółem"
MOST_STEPS = 60000  # of an exhaustive search; larger tables are drawn anew


def connect():
    db = sqlite3.connect(":memory:", check_same_thread=False)
    db.enable_load_extension(True)
    db.load_extension(os.environ["SITO_SO"])
    return db


class Table:
    """codes of each dimension with the parts of each total; cells: {codes: value}."""

    def __init__(self, name, names, trees, values):
        self.name, self.names, self.trees = name, names, trees
        self.cells = {}
        for key in itertools.product(*[tree.keys() for tree in trees]):
            self.cells[key] = sum(values[leaf] for leaf in itertools.product(
                *[leaves(tree, code) for tree, code in zip(trees, key)]))
        self.hidden = set()

    def key(self, codes):
        """The same for the same cell of another table."""
        return frozenset((n, c) for n, c in zip(self.names, codes) if c != TOTAL)


def leaves(tree, code):
    """The codes without parts under a code."""
    return [code] if not tree[code] else [leaf for part in tree[code] for leaf in leaves(tree, part)]


def equations(table):
    for codes in table.cells:
        for d, tree in enumerate(table.trees):
            if tree[codes[d]]:
                yield codes, [codes[:d] + (part,) + codes[d + 1:] for part in tree[codes[d]]]


def exhaustive(tables):
    """The ends of the interval of each hidden cell, by writing down all tables; None: too many."""
    known, rows = {}, []
    for table in tables:
        for codes, value in table.cells.items():
            if codes not in table.hidden:
                known[table.key(codes)] = value
    for table in tables:
        for total, parts in equations(table):
            rows.append((table.key(total), [table.key(part) for part in parts]))
    unknown = sorted({table.key(c) for table in tables for c in table.hidden} - set(known), key=sorted)
    place = {key: i for i, key in enumerate(unknown)}
    reduced = []
    for total, parts in rows:
        constant = known.get(total, 0) - sum(known.get(part, 0) for part in parts)
        signs = {}
        if total in place:
            signs[place[total]] = -1
        for part in parts:
            if part in place:
                signs[place[part]] = signs.get(place[part], 0) + 1
        if signs:
            reduced.append((signs, constant))
    greatest = max(max(t.cells.values()) for t in tables)
    low, high = [None] * len(unknown), [None] * len(unknown)
    by = [[r for r in reduced if max(r[0]) == i] for i in range(len(unknown))]
    rest = [[r for r in reduced if i in r[0] and max(r[0]) != i and -1 not in r[0].values()]
            for i in range(len(unknown))]
    values, steps = [0] * len(unknown), [0]

    def fill(i):
        steps[0] += 1
        if steps[0] > MOST_STEPS:
            return False
        if i == len(unknown):
            for j, value in enumerate(values):
                low[j] = value if low[j] is None else min(low[j], value)
                high[j] = value if high[j] is None else max(high[j], value)
            return True
        candidates = range(greatest + 1)
        for signs, constant in by[i]:
            left = constant - sum(s * values[j] for j, s in signs.items() if j != i)
            candidates = [left * signs[i]] if left * signs[i] in candidates else []
        for value in candidates:
            if any(value + sum(values[j] for j in signs if j < i) > constant
                   for signs, constant in rest[i]):
                continue
            values[i] = value
            if not fill(i + 1):
                return False
        return True

    if not fill(0):
        return None
    ends = {key: (value, value) for key, value in known.items()}
    ends.update({key: (low[i], high[i]) for i, key in enumerate(unknown)})
    return ends


def flat(codes):
    tree = {TOTAL: list(codes)}
    tree.update({code: [] for code in codes})
    return tree


def deep(codes):
    """Two groups under the total."""
    middle = len(codes) // 2
    tree = {TOTAL: ["g1", "g2"], "g1": list(codes[:middle]), "g2": list(codes[middle:])}
    tree.update({code: [] for code in codes})
    return tree


def draw_values(chance, trees):
    shape = [leaves(tree, TOTAL) for tree in trees]
    return {leaf: int(chance.random() ** 2 * 7) for leaf in itertools.product(*shape)}


def hide(chance, table, share):
    """Hides some cells, not the total of all: it bounds every other one, so that the search ends."""
    for codes in table.cells:
        if set(codes) != {TOTAL} and chance.random() < share:
            table.hidden.add(codes)
    return table


def letters(prefix, count):
    return ["%s%d" % (prefix, i) for i in range(count)]


def two(chance):
    trees = [flat(letters("a", chance.randint(1, 4))), flat(letters("b", chance.randint(1, 4)))]
    return [hide(chance, Table("t", ["a", "b"], trees, draw_values(chance, trees)),
                 chance.choice([0.4, 0.6, 0.8, 0.9]))]


def three(chance):
    trees = [flat(letters(d, chance.randint(2, 3))) for d in "abc"]
    values = {leaf: chance.choice([0, 0, 1, 1, 2]) for leaf in itertools.product(
        *[leaves(tree, TOTAL) for tree in trees])}
    return [hide(chance, Table("t", list("abc"), trees, values), chance.choice([0.3, 0.5, 0.7]))]


def hierarchical(chance):
    trees = [deep(letters("a", chance.randint(2, 4))), flat(letters("b", chance.randint(1, 3)))]
    return [hide(chance, Table("t", ["a", "b"], trees, draw_values(chance, trees)), 0.4)]


def linked(chance):
    """Two tables over the same records: they share dimension a."""
    trees = [flat(letters(d, chance.randint(2, 3))) for d in "abc"]
    values = draw_values(chance, trees)
    first, second = {}, {}
    for (a, b, c), value in values.items():
        first[a, b] = first.get((a, b), 0) + value
        second[a, c] = second.get((a, c), 0) + value
    return [hide(chance, Table("t", ["a", "b"], trees[:2], first), 0.5),
            hide(chance, Table("u", ["a", "c"], [trees[0], trees[2]], second), 0.5)]


def earlier(chance):
    """The same table, published before with other cells hidden."""
    trees = [flat(letters("a", chance.randint(2, 3))), flat(letters("b", chance.randint(2, 3)))]
    values = draw_values(chance, trees)
    return [hide(chance, Table("t", ["a", "b"], trees, values), 0.6),
            hide(chance, Table("u", ["a", "b"], trees, values), 0.8)]


def config_of(table):
    dimensions = []
    for name, tree in zip(table.names, table.trees):
        dimension = {"name": name, "total": TOTAL}
        above = {part: code for code, parts in tree.items() for part in parts if code != TOTAL}
        if above:
            dimension["hierarchy"] = above
        dimensions.append(dimension)
    return dimensions


def write(db, table, with_values, chance):
    db.execute("DROP TABLE IF EXISTS %s" % table.name)
    db.execute("CREATE TABLE %s(%s, n, state)" % (table.name, ", ".join(table.names)))
    rows = [codes + ((value if with_values or codes not in table.hidden else "#"),
                     "primary" if codes in table.hidden else "published")
            for codes, value in table.cells.items()]
    chance.shuffle(rows)
    db.executemany("INSERT INTO %s VALUES (%s)" % (table.name, ", ".join("?" * len(rows[0]))), rows)


def audit(db, tables, relation, with_values, bounds):
    config = {"dimensions": config_of(tables[0]), "measure": "n", "whole": True, "bounds": bounds,
              "protection": 2}
    if with_values:
        config["status"] = "state"
    if len(tables) > 1:
        config[relation] = [{"table": tables[1].name, "dimensions": config_of(tables[1])}]
    return db.execute("SELECT cell, lo, hi, verdict, exact FROM risk_table_audit('t', ?)",
                      [json.dumps(config)]).fetchall()


def real_bounds(db, kind, tables, ends):
    """Real numbers reach at least as far; in two dimensions no further, since the corners are whole."""
    config = {"dimensions": config_of(tables[0]), "measure": "n", "whole": False, "status": "state"}
    for cell, lo, hi, exact in db.execute("SELECT cell, lo, hi, exact FROM risk_table_audit('t', ?)",
                                          [json.dumps(config)]):
        low, high = ends[tables[0].key(tuple(json.loads(cell)[n] for n in tables[0].names))]
        if not exact or lo > low or hi < high or (kind is two and (lo, hi) != (low, high)):
            sys.exit("%s: real %s to %s, whole %s to %s" % (kind.__name__, lo, hi, low, high))


def single(db, table, chance):
    """Whoever stands alone in a cell knows it: the same as publishing it, for all others."""
    alone = chance.choice(sorted(table.hidden))
    db.execute("ALTER TABLE t ADD COLUMN people")
    db.execute("UPDATE t SET people = 1 WHERE %s" % " AND ".join("%s = ?" % n for n in table.names), alone)
    config = {"dimensions": config_of(table), "measure": "n", "whole": True, "status": "state",
              "contributors": "people", "singles": True, "protection": 2}
    got = {tuple(json.loads(cell)[n] for n in table.names): verdict for cell, verdict in db.execute(
        "SELECT cell, verdict FROM risk_table_audit('t', ?)", [json.dumps(config)])}
    table.hidden.discard(alone)
    ends = exhaustive([table])
    table.hidden.add(alone)
    if ends is None:
        return
    for codes in table.hidden - {alone}:
        if got[codes] != verdict_of(*ends[table.key(codes)]):
            sys.exit("%s alone in %s of %s, hidden %s: %s is %s, to him %s"
                     % (alone, table.name, table.cells, sorted(table.hidden), codes, got[codes],
                        ends[table.key(codes)]))


def verdict_of(low, high):
    return "disclosed" if low == high else "narrow" if high - low < 2 else "protected"


def compare(db, kind, tables, ends, chance):
    relation = "earlier" if kind is earlier else "linked"
    for with_values in (True, False):
        for table in tables:
            write(db, table, with_values, chance)
        answer = audit(db, tables, relation, with_values, "exact")
        got = {tuple(json.loads(cell)[n] for n in tables[0].names): (lo, hi, verdict, exact)
               for cell, lo, hi, verdict, exact in answer}
        expected = {codes: ends[tables[0].key(codes)] for codes in tables[0].hidden}
        expected = {codes: (lo, hi, verdict_of(lo, hi), 1) for codes, (lo, hi) in expected.items()}
        if got != expected:
            sys.exit("%s, values %s: %s\nhidden %s\ngot      %s\nexpected %s"
                     % (kind.__name__, with_values, [t.cells for t in tables],
                        [sorted(t.hidden) for t in tables], sorted(got.items()),
                        sorted(expected.items())))
        quick = {cell: verdict for cell, _, _, verdict, _ in
                 audit(db, tables, relation, with_values, "verdict")}
        if quick != {cell: verdict for cell, _, _, verdict, _ in answer}:
            sys.exit("%s: verdicts alone differ: %s" % (kind.__name__, quick))
        if with_values and len(tables) == 1 and tables[0].hidden:
            real_bounds(db, kind, tables, ends)
            single(db, tables[0], chance)


def interrupted():
    """A table that takes long: the interrupt ends the audit, soon."""
    db = connect()
    chance = random.Random(1)
    trees = [flat(letters(d, 12)) for d in "abc"]
    values = {leaf: chance.choice([0, 1, 1, 2, 5, 9]) for leaf in itertools.product(
        *[leaves(tree, TOTAL) for tree in trees])}
    table = hide(chance, Table("t", list("abc"), trees, values), 0.6)
    write(db, table, True, chance)
    asked = []

    def stop():
        while not done.wait(0.3):
            asked.append(time.time())
            db.interrupt()
    done = threading.Event()
    thread = threading.Thread(target=stop)
    thread.start()
    try:
        audit(db, [table], "linked", True, "exact")
        sys.exit("interrupted: it finished")
    except sqlite3.OperationalError as error:
        late = time.time() - asked[0] if asked else 0
        if "interrupted" not in str(error) or late > 10:
            sys.exit("interrupted: %s, after %.1f s" % (error, late))
    finally:
        done.set()
        thread.join()
    db.close()


def main():
    interrupted()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 9)
    db = connect()
    kinds = [two, two, two, three, hierarchical, linked, earlier]
    done, cells, open_ends = {kind.__name__: 0 for kind in kinds}, 0, 0
    for i in range(count):
        kind = kinds[i % len(kinds)] if count < 2000 else chance.choice(kinds)
        ends = None
        while ends is None:
            tables = kind(chance)
            ends = exhaustive(tables)
        compare(db, kind, tables, ends, chance)
        done[kind.__name__] += 1
        cells += len(tables[0].hidden)
        open_ends += sum(1 for c in tables[0].hidden if len(set(ends[tables[0].key(c)])) > 1)
    print("%d tables (%s), %d suppressed cells, %d of them not disclosed"
          % (count, ", ".join("%s %d" % pair for pair in done.items()), cells, open_ends))


main()
