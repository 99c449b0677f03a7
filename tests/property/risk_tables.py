"""The table functions against brute force, on random small tables.

Run: risk_tables.py [sito.so] [tables].
"""
import itertools
import json
import math
import os
import random
import sqlite3
import sys
from collections import Counter, defaultdict

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 400


def cell(value):
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return int(value)
    return (type(value).__name__, value) if not isinstance(value, (int, float)) else value


def close(a, b):
    if a is None or b is None:
        return a is b
    return a == b or (math.isfinite(a) and math.isfinite(b) and abs(a - b) <= 1e-9 * max(1, abs(b)))


def check(name, got, want, rows):
    if got != want:
        sys.exit("%s\n sito   %r\n oracle %r\n%s" % (name, got, want, rows))


def check_real(name, got, want, rows):
    if not close(got, want):
        sys.exit("%s\n sito   %r\n oracle %r\n%s" % (name, got, want, rows))


def classes_of(rows, columns):
    classes = defaultdict(list)
    for i, row in enumerate(rows):
        classes[tuple(cell(row[c]) for c in columns)].append(i)
    return classes


def shown(real):
    """A real in a key: an integer where it is one of 64 bits, else 15 digits."""
    whole = math.isfinite(real) and abs(real) < 2 ** 63 and real == int(real)
    return int(real) if whole else float("%.15g" % real)


def classes_and_rows(db, rows):
    """Columns: 0 and 1 quasi-identifiers, 2 a unit, 3 a sensitive value."""
    classes = classes_of(rows, (0, 1))
    for unit in (None, "c2"):
        size = {}
        for key, members in classes.items():
            persons = {cell(rows[i][2]) for i in members if rows[i][2] is not None}
            size[key] = len(members) if unit is None else max(1, len(persons))
        got = db.execute("SELECT class, size, rows, first_row, key FROM risk_classes('t', 'c0,c1', ?)",
                         [unit]).fetchall()
        want = [(n + 1, size[k], len(m), m[0] + 1) for n, (k, m) in enumerate(classes.items())]
        check("risk_classes", [row[:4] for row in got], want, rows)
        keys = [json.loads(row[4]) for row in got]
        first = [[v.hex() if isinstance(v, bytes) else
                  shown(v) if isinstance(v, float) else v for v in rows[m[0]][:2]]
                 for m in classes.values()]
        check("risk_classes.key", keys, first, rows)
        got = db.execute("SELECT row, class, size, risk FROM risk_rows('t', 'c0,c1', ?)",
                         [unit]).fetchall()
        order = list(classes)
        want = [(i + 1, order.index(k) + 1, size[k], 1 / size[k]) for k in classes for i in classes[k]]
        check("risk_rows", got, sorted(want), rows)
        histogram = defaultdict(lambda: [0, 0])
        for key, members in classes.items():
            histogram[size[key]][0] += 1
            histogram[size[key]][1] += len(members)
        got = db.execute("SELECT * FROM risk_histogram('t', 'c0,c1', ?)", [unit]).fetchall()
        check("risk_histogram", got, [(s, *histogram[s]) for s in sorted(histogram)], rows)


def wildcard(db, rows):
    def compatible(a, b):
        return all(x is None or y is None or cell(x) == cell(y) for x, y in zip(a, b))
    k = min(sum(compatible(a[:3], b[:3]) for b in rows) for a in rows)
    got = db.execute("SELECT value FROM risk_summary('t', 'c0,c1,c2')"
                     " WHERE measure = 'k_anonymity_wildcard'").fetchone()[0]
    check("k_anonymity_wildcard", got, k, rows)


def hierarchical(db, rows, rng):
    """EMD over a tree is the sum over its edges of their length times the flow through them."""
    values = {cell(row[3]) for row in rows}
    group = {v: rng.randint(0, 2) for v in values}
    chapter = {g: rng.randint(0, 1) for g in range(3)}
    db.execute("DROP TABLE IF EXISTS h")
    db.execute("CREATE TABLE h AS SELECT *, 0 AS g, 0 AS ch FROM t")
    for i, row in enumerate(rows):
        g = group[cell(row[3])]
        db.execute("UPDATE h SET g = ?, ch = ? WHERE rowid = ?", [g, chapter[g], i + 1])
    worst = 0
    for members in classes_of(rows, (0, 1)).values():
        total = 0
        for name in (lambda v: v, lambda v: ("g", group[v]), lambda v: ("ch", chapter[group[v]])):
            p = Counter(name(cell(row[3])) for row in rows)
            q = Counter(name(cell(rows[i][3])) for i in members)
            total += sum(abs(q[n] / len(members) - p[n] / len(rows)) for n in p) / (2 * 3)
        worst = max(worst, total)
    got = db.execute("SELECT value FROM risk_summary('h', 'c0,c1', 'c3', NULL, 'g,ch')"
                     " WHERE measure = 't_closeness_hierarchical'").fetchone()[0]
    check_real("t_closeness_hierarchical", got, worst, rows)


def unique_sets(db, rows):
    width = len(rows[0])
    most = random.Random(len(rows)).randint(1, width)
    minimal = {}
    for i in range(len(rows)):
        found = []
        for size in range(1, width + 1):
            for columns in itertools.combinations(range(width), size):
                if any(set(f) <= set(columns) for f in found):
                    continue
                mine = [cell(rows[i][c]) for c in columns]
                if sum([cell(r[c]) for c in columns] == mine for r in rows) == 1:
                    found.append(columns)
        minimal[i] = [f for f in found if len(f) <= most]
    sets = Counter(f for found in minimal.values() for f in found)
    got = db.execute("SELECT columns, size, rows, first_row FROM risk_unique_sets('t', NULL, ?)",
                     [most]).fetchall()
    want = [(", ".join("c%d" % c for c in f), len(f), n, min(i for i in minimal if f in minimal[i]) + 1)
            for f, n in sets.items()]
    check("risk_unique_sets", sorted(got), sorted(want), rows)
    check("order of sets", [(s, -n) for _, s, n, _ in got], sorted((s, -n) for _, s, n, _ in got), rows)
    score = {i: sum(math.factorial(width - len(f)) for f in found)
             for i, found in minimal.items() if found}
    sizes = Counter(tuple(cell(v) for v in row) for row in rows)
    uniques = sum(n == 1 for n in sizes.values())
    pairs = 2 * sum(n == 2 for n in sizes.values())
    f, q = 0.2, 1 + (8 - width) / 20
    dis = uniques * f / (uniques * f + pairs * (1 - f)) if uniques else None
    for row, count, smallest, s, risk in db.execute("SELECT * FROM risk_suda('t', NULL, ?, 0.2)", [most]):
        found = minimal[row - 1]
        check("risk_suda", (count, smallest, s), (len(found), min(map(len, found)), score[row - 1]), rows)
        inverse = sum(x ** -q for x in score.values())
        check_real("dis", risk, 1 / (1 + (len(score) / dis - len(score)) / (s ** q * inverse)), rows)
    check("rows of risk_suda", db.execute("SELECT count(*) FROM risk_suda('t', NULL, ?)",
                                          [most]).fetchone()[0], len(score), rows)


def unique_sets_of_units(db, rows):
    """Columns 0 to 2, the unit in column 3; NULL is nobody."""
    def alone(i, columns):
        mine = [cell(rows[i][c]) for c in columns]
        like = [r for r in rows if [cell(r[c]) for c in columns] == mine]
        return len({cell(r[3]) for r in like if r[3] is not None}) <= 1
    sets = defaultdict(list)
    for i in range(len(rows)):
        found = []
        for size in (1, 2, 3):
            for columns in itertools.combinations(range(3), size):
                if not any(set(f) <= set(columns) for f in found) and alone(i, columns):
                    found.append(columns)
                    sets[columns].append(i)
    want = []
    for columns, members in sets.items():
        persons = {cell(rows[i][3]) for i in members if rows[i][3] is not None}
        nobody = sum(rows[i][3] is None for i in members)
        want.append((", ".join("c%d" % c for c in columns), len(columns), len(members), members[0] + 1,
                     len(persons) + nobody))
    for quasi in (None, "c0, c1, c2"):
        got = db.execute("SELECT columns, size, rows, first_row, units"
                         " FROM risk_unique_sets('t', ?, 3, 'c3')", [quasi]).fetchall()
        check("risk_unique_sets of units", sorted(got), sorted(want), rows)


def subsets(db, rows):
    width, n = len(rows[0]), len(rows)
    most = random.Random(n).randint(1, width)

    def tuples(columns):
        return [tuple(cell(row[c]) for c in columns) for row in rows]
    sets = [c for size in range(width + 1) for c in itertools.combinations(range(width), size)]
    classes = {c: len(set(tuples(c))) for c in sets}
    want = []
    for c in sets[1:]:
        if len(c) > most:
            continue
        values = tuples(c)
        pairs = sum(a != b for a in range(n) for b in range(n) if values[a] != values[b])
        separation = pairs / (n * (n - 1)) if n > 1 else None
        key = classes[c] == n and all(classes[s] < n for s in sets if set(s) < set(c))
        alone = sum(k == 1 for k in Counter(values).values())
        want.append((", ".join("c%d" % i for i in c), len(c), classes[c] / n, separation, alone, int(key)))
    got = db.execute("SELECT * FROM risk_quasi_identifiers('t', NULL, ?)", [most]).fetchall()
    check("order", [(r[1], -r[2]) for r in got], sorted((r[1], -r[2]) for r in got), rows)
    for a, b in zip(sorted(got), sorted(want)):
        check("risk_quasi_identifiers", a[:3] + a[4:], b[:3] + b[4:], rows)
        check_real("separation", a[3], b[3], rows)
    check("risk_quasi_identifiers", len(got), len(want), rows)

    def determines(c, d):
        seen = {}
        return all(seen.setdefault(k, v) == v for k, v in zip(tuples(c), tuples((d,))))
    want = [(", ".join("c%d" % i for i in c), "c%d" % d, int(classes[c] == n))
            for c in sets if len(c) <= most for d in range(width) if d not in c and determines(c, d)
            and not any(determines(s, d) for s in sets if set(s) < set(c))]
    got = db.execute("SELECT * FROM risk_dependencies('t', NULL, ?)", [most]).fetchall()
    check("risk_dependencies", sorted(got), sorted(want), rows)


def two_tables(db, rows):
    rng = random.Random(len(rows))
    other = [rng.choice(rows) if rng.random() < 0.8 else tuple(rng.choice(rows)[c] for c in range(4))
             for _ in range(rng.randint(1, 12))]
    load(db, "p", other)
    ours, theirs = classes_of(rows, (0, 1)), classes_of(other, (0, 1))
    shared = [k for k in ours if k in theirs]
    sizes = [(len(ours[k]), len(theirs[k])) for k in shared]
    want = {"rows": len(rows), "published_rows": len(other), "classes": len(ours),
            "published_classes": len(theirs), "shared_classes": len(shared),
            "linked_rows": sum(a for a, _ in sizes), "certain_links": sizes.count((1, 1)),
            "expected_links": sum(min(s) / max(s) for s in sizes),
            "highest_link_risk": max((1 / max(s) for s in sizes), default=0), "revealed_columns": ""}
    got = dict(db.execute("SELECT * FROM risk_linkage('t', 'p', 'c0,c1')").fetchall())
    check("words", list(got), list(want), rows)
    for word in want:
        (check if isinstance(want[word], str) else check_real)(word, got[word], want[word], rows)
    links = sorted((ours[k][0] + 1, theirs[k][0] + 1) for k in shared
                   if len(ours[k]) == len(theirs[k]) == 1)
    check("risk_links", sorted(db.execute("SELECT * FROM risk_links('t', 'p', 'c0,c1')")), links, rows)
    changed = sorted((len(ours.get(k, ())), len(theirs.get(k, ()))) for k in set(ours) | set(theirs)
                     if len(ours.get(k, ())) != len(theirs.get(k, ())))
    got = db.execute("SELECT earlier, later, change FROM risk_difference('t', 'p', 'c0,c1')").fetchall()
    check("risk_difference", sorted(got), [(a, b, b - a) for a, b in changed], rows)
    load(db, "w", rows + other)
    whole = classes_of(rows + other, (0, 1))
    ratios = [len(ours.get(k, ())) / len(whole[k]) for k in whole]
    k_map = min(len(whole[k]) for k in ours)
    want = {"rows": len(rows), "population": len(rows + other), "outside_population": 0, "k_map": k_map,
            "journalist_risk": 1 / k_map, "marketer_risk": sum(ratios) / len(rows),
            "delta_presence_min": min(ratios), "delta_presence_max": max(ratios)}
    got = dict(db.execute("SELECT * FROM risk_presence('t', 'w', 'c0,c1')").fetchall())
    check("words", list(got), list(want), rows)
    for word in want:
        check_real(word, got[word], want[word], rows)


def wilson(s, n, z=1.959963984540054):
    low_high = [(s + z * z / 2 + sign * z * math.sqrt(s * (n - s) / n + z * z / 4)) / (n + z * z)
                for sign in (-1, 1)]
    return low_high[0], low_high[1], (s + z * z / 2) / (n + z * z)


def half(row):
    x = (row + 0x9E3779B97F4A7C15) % 2**64
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    x = (x ^ x >> 27) * 0x94D049BB133111EB % 2**64
    return (x ^ x >> 31) & 1


def inference(db, rows):
    def secret(row):
        known = row[3] is not None and str(row[3]).strip() != ""
        return str(cell(row[3]) if not isinstance(row[3], (str, bytes)) else row[3]).casefold() if known else None
    n = len(rows)
    values = Counter(secret(r) for r in rows if secret(r) is not None)

    def guesses(columns):
        right, control, worst = 0, 0, None
        for members in classes_of(rows, columns).values():
            mine = Counter(secret(rows[i]) for i in members if secret(rows[i]) is not None)
            top = max(mine.values(), default=0)
            right += top
            for i in members:
                others = Counter(secret(rows[j]) for j in members
                                 if half(j) != half(i) and secret(rows[j]) is not None)
                best = [v for v in others if others[v] == max(others.values())]
                known = secret(rows[i]) is not None
                likeliest = max(values, key=values.get) if values else None  # the first of those that tie
                control += (secret(rows[i]) in best) / len(best) if best else known and secret(rows[i]) == likeliest
            if mine:
                p = min(values[v] for v in mine if mine[v] == top) / n
                low = wilson(top, len(members))[0]
                worst = max(worst or 0, (low - p) / (1 - p) if p < 1 else 0, 0)
        return right, control, worst
    got = db.execute("SELECT * FROM risk_inference('t', 'c0,c1,c2', 'c3')").fetchall()
    right, control, _ = guesses((0, 1, 2))
    check("right", (got[0][2], got[0][3]), (n, right), rows)
    low, high, _ = wilson(right, n)
    for a, b in zip(got[0][4:7], (right / n, low, high)):
        check_real("share", a, b, rows)
    check_real("control", got[0][7], control / n, rows)
    main, other = wilson(right, n)[2], wilson(control, n)[2]
    check_real("risk", got[0][8], max(0, (main - other) / (1 - other)), rows)
    want = {}
    for columns in [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]:
        want[", ".join("c%d" % c for c in columns)] = guesses(columns)[2]
    found = {row[0]: row[8] for row in got[1:]}
    check("sets", sorted(found), sorted(k for k in want if want[k] is not None), rows)
    for name in found:
        check_real("worst of " + name, found[name], want[name], rows)
    check("order", [-r[8] for r in got[1:]], sorted(-r[8] for r in got[1:]), rows)


def frequency(db, rows):
    ours = sorted(Counter(cell(r[0]) for r in rows if r[0] is not None).values(), reverse=True)
    theirs = sorted(Counter(cell(r[1]) for r in rows if r[1] is not None).values(), reverse=True)
    got = dict(db.execute("SELECT * FROM risk_frequency('t', 'c0', 't', 'c1')").fetchall())
    alone = [c for c in ours if ours.count(c) == 1]
    distance = None
    if ours and theirs:
        pairs = itertools.zip_longest(ours, theirs, fillvalue=0)
        distance = sum(abs(a / sum(ours) - b / sum(theirs)) for a, b in pairs) / 2
    check_real("distance", got["distance"], distance, rows)
    check("risk_frequency", (got["values"], got["reference_values"], got["recognisable"],
                             got["recognisable_rows"]), (len(ours), len(theirs), len(alone), sum(alone)), rows)


POOLS = [[None, 1, 1.0, "1", b"1"], [0, 1, 2], ["x", "y", None], ["\u0142\"\n", "a"], [1.5, -0.0, 0]]


def random_rows(rng, width):
    pools = [rng.choice(POOLS) for _ in range(width)]
    return [tuple(rng.choice(p) for p in pools) for _ in range(rng.randint(1, 12))]


def load(db, name, rows):
    width = len(rows[0])
    db.execute("DROP TABLE IF EXISTS %s" % name)
    db.execute("CREATE TABLE %s(%s)" % (name, ", ".join("c%d" % i for i in range(width))))
    db.executemany("INSERT INTO %s VALUES (%s)" % (name, ",".join("?" * width)), rows)


CHECKS = [classes_and_rows, wildcard, unique_sets, unique_sets_of_units, subsets, two_tables, inference, frequency]


BIG = 2 ** 53
SPECIAL = [
    [(1, "x", None, 2.5)],
    [(None,) * 4],
    [(None,) * 4] * 5,
    [("x", 1, 1.0, "1")] * 6,
    [(i, "v%d" % i, i + 0.5, b"%d" % i) for i in range(9)],
    [(BIG, float(BIG), BIG + 1, -BIG), (BIG + 1, float(BIG), BIG, -BIG - 1), (float(BIG), BIG, BIG, 0),
     (str(BIG), BIG + 2, float(BIG + 2), -0.0), (2 ** 63 - 1, 2.0 ** 63, -2 ** 63, -2.0 ** 63)],
    [("NaN", "nan", "Inf", float("inf")), ("nan", "NaN", "-Inf", float("-inf")),
     ("NULL", "", "0x10", 0), (None, "1e5", "1e5", 1e5), ("1e400", " ", "\u0141", "100000")],
]


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    rng = random.Random(4)
    for rows in SPECIAL + [random_rows(rng, 4) for _ in range(TABLES)]:
        load(db, "t", rows)
        for one in CHECKS:
            one(db, rows)
        hierarchical(db, rows, rng)
    print("%d tables agree" % (len(SPECIAL) + TABLES))


main()
