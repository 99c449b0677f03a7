"""Every measure against a brute-force oracle, on random small tables of all types.

The oracle is written from the definitions alone: classes are dictionaries, distances are full sums,
nothing is rewritten for speed. Run: risk_measures.py [sito.so] [tables].
"""
import json
import math
import os
import random
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 1500
INFINITY = float("inf")
NO_VALUE = {"brak danych", "n/d", "null", "nan", "brak"}


def cell(value):
    """R1-R3 of cell.h: only 1 and 1.0 meet."""
    if isinstance(value, float) and value == int(value):
        return ("number", int(value))
    if isinstance(value, (int, float)):
        return ("number", value)
    return (type(value).__name__, value)


def coarse(value):
    """The coarse reading: None is no value."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return ("blob", value)
    if isinstance(value, (int, float)):
        number = cell(value)[1]
        return ("text", "%d" % number if isinstance(number, int) else repr(number))
    folded = unicodedata.normalize("NFKC", value).casefold().strip()
    if folded in NO_VALUE or not any(c.isalnum() for c in folded):
        return None
    return ("text", folded)


def classes_of(rows, units):
    classes = defaultdict(list)
    for quasi, value, unit in rows:
        classes[tuple(cell(q) for q in quasi)].append((cell(unit) if units else None, value))
    return classes


def items(members, read, units):
    """What counts in a class: values of rows, or of distinct pairs of unit and value."""
    if not units:
        return [read(value) for _, value in members]
    pairs = {(unit, cell(value)): value for unit, value in members}
    return [read(value) for value in pairs.values()]


def summary(rows, units):
    classes = classes_of(rows, units)
    size = {}
    for key, members in classes.items():
        persons = {unit for unit, _ in members if unit != ("NoneType", None)}
        size[key] = max(1, len(persons)) if units else len(members)
    n = len(rows)
    persons = {cell(unit) for _, _, unit in rows if unit is not None}
    result = {
        "rows": n,
        "units": len(persons) if units else n,
        "classes": len(classes),
        "uniques": sum(s == 1 for s in size.values()),
        "k_anonymity": min(size.values()),
        "prosecutor_risk": max(1 / s for s in size.values()),
        "marketer_risk": len(classes) / sum(size.values()),
        "discernibility": sum(s * s for s in size.values()),
        "average_class_size": sum(size.values()) / len(classes),
        "distinction": len(classes) / n,
        "separation": None,
    }
    for bound in (2, 3, 5, 10, 20):
        result["rows_below_%d" % bound] = sum(len(classes[c]) for c in classes if size[c] < bound)
    if n > 1:
        pairs = [(a, b) for a in range(n) for b in range(a)]
        quasi = [tuple(cell(q) for q in row[0]) for row in rows]
        result["separation"] = sum(quasi[a] != quasi[b] for a, b in pairs) / len(pairs)
    histogram = Counter()
    for key, s in size.items():
        histogram[s] += len(classes[key])
    return result, sorted(histogram.items()), size, classes


NUMBER = re.compile(r"[+-]?([0-9]+( [0-9]+)*)?([.,][0-9]*)?(e[+-]?[0-9]{1,3})?", re.ASCII | re.I)


def number_of(text):
    if not NUMBER.fullmatch(text) or not re.search("[0-9]", text.lower().split("e")[0]):
        return None
    return float(text.replace(",", ".").replace(" ", ""))


def order_key(value, numbers):
    """R1, R2 of order.h."""
    if coarse(value) is None:
        return (0, 0, b"") if value is None else (0, 1, value.encode())
    if isinstance(value, (int, float)):
        return (1, value, b"")
    if isinstance(value, bytes):
        return (3, 0, value)
    return (2, number_of(value) if numbers else 0, value.encode())


def ordered(groups, everything, key_of):
    """max over classes of 1/(m-1) sum |cumulated q - cumulated p|, values named by their sort keys."""
    ranks = sorted(set(key_of(v) for v in everything))
    worst = 0
    for members in groups:
        if not members or len(ranks) < 2:
            continue
        q, p = Counter(map(key_of, members)), Counter(map(key_of, everything))
        total, so_far_q, so_far_p = 0, 0, 0
        for rank in ranks:
            so_far_q += q[rank] / len(members)
            so_far_p += p[rank] / len(everything)
            total += abs(so_far_q - so_far_p)
        worst = max(worst, total / (len(ranks) - 1))
    return worst


def entropy(counts):
    n = sum(counts)
    return -sum(c / n * math.log(c / n) for c in counts)


def sensitive(rows, units, l):
    classes = classes_of(rows, units)
    whole = [(cell(unit) if units else None, value) for _, value, unit in rows]
    table = Counter(items(whole, cell, units))
    total = sum(table.values())
    r = dict(l_diversity=INFINITY, l_diversity_entropy=INFINITY, l_diversity_recursive=0, alpha_k=0,
             t_closeness=0, beta_likeness=-INFINITY, beta_enhanced_violations=0, delta_disclosure=0)
    strict = 0
    for members in classes.values():
        fine = Counter(items(members, cell, units))
        size = sum(fine.values())
        t = 0
        for value in table:
            q, p = fine[value] / size, table[value] / total
            t += abs(q - p) / 2
            if q == 0:
                strict = INFINITY
                continue
            r["beta_likeness"] = max(r["beta_likeness"], (q - p) / p)
            r["delta_disclosure"] = max(r["delta_disclosure"], abs(math.log(q / p)))
            r["beta_enhanced_violations"] += q > p * (1 + 1e-12) and (q - p) / p > -math.log(p)
        r["t_closeness"] = max(r["t_closeness"], t)
        known = Counter(v for v in items(members, coarse, units) if v is not None)
        missing = sum(v is None for v in items(members, coarse, units))
        r["l_diversity"] = min(r["l_diversity"], len(known))
        readings = [list(known.values())]
        if missing:
            readings.append(list(known.values()) + [missing])
        for counts in readings:
            ranked = sorted(counts, reverse=True)
            r["l_diversity_entropy"] = min(r["l_diversity_entropy"],
                                           math.exp(entropy(ranked)) if known else 0)
            rest = sum(ranked[l - 1:])
            c = ranked[0] / rest if rest else INFINITY
            r["l_diversity_recursive"] = max(r["l_diversity_recursive"], c)
            if ranked:
                r["alpha_k"] = max(r["alpha_k"], ranked[0] / sum(ranked))
    r["delta_disclosure_strict"] = max(strict, r["delta_disclosure"])
    r["beta_likeness_enhanced"] = (INFINITY if r["beta_enhanced_violations"] else r["beta_likeness"])
    groups = [items(m, lambda v: v, units) for m in classes.values()]
    every = items(whole, lambda v: v, units)
    texts = [v for v in every if isinstance(v, str) and coarse(v) is not None]
    numbers = all(number_of(v) is not None for v in texts)
    fine_t = ordered(groups, every, lambda v: order_key(v, numbers))
    folded = [[coarse(v) for v in g if coarse(v) is not None] for g in groups]
    folded_every = [coarse(v) for v in every if coarse(v) is not None]
    plain = lambda v: v[1] if v[0] == "text" else v[1]
    texts = [v[1] for v in folded_every if v[0] == "text"]
    numbers = all(number_of(v) is not None for v in texts)
    key = lambda v: order_key(plain(v), numbers)
    r["t_closeness_ordered"] = max(fine_t, ordered(folded, folded_every, key))
    return r


def same(a, b):
    if a is None or b is None:
        return a is b
    return a == b or (math.isfinite(a) and math.isfinite(b) and abs(a - b) <= 1e-9 * max(1, abs(b)))


POOLS = [
    [None, 1, 1.0, "1", 2, b"1", "a", "A"],
    [0, 1, 2],
    ["x", "y", None, ""],
    [2**53, 2**53 + 1, float(2**53), -0.0, 0, 0.5, "0.5"],
    ["HIV", "hiv ", "HIV\u00a0", "grypa", "brak danych", "-", None, "GRYPA", "NaN"],
    ["12", "3", "100", "-4", "2,5"],
    [1, 10, 9, 2.5, 1e300],
    [None],
    ["\u0105b", "ab", "\uff21\uff22", "n/d", b"\xff", 7, "7"],
]


def random_table(rng):
    width = rng.randint(1, 3)
    pools = [rng.choice(POOLS) for _ in range(width)]
    pool, units = rng.choice(POOLS), rng.choice([[1, 2, 3], [1, None, "1", 1.0], list(range(20))])
    return width, [([rng.choice(p) for p in pools], rng.choice(pool), rng.choice(units))
                   for _ in range(rng.randint(1, 14))]


def check(name, got, want, rows):
    if not same(got, want):
        sys.exit("%s: sito %r, oracle %r\n%s" % (name, got, want, rows))


def compare(db, width, rows, l):
    quasi = ["q%d" % i for i in range(width)]
    db.execute("DROP TABLE IF EXISTS t")
    db.execute("CREATE TABLE t(s, u, %s)" % ", ".join(quasi))
    db.executemany("INSERT INTO t VALUES (%s)" % ",".join("?" * (width + 2)),
                   [[s, u] + q for q, s, u in rows])
    columns = ", ".join(quasi)
    for units in (False, True):
        roles = [{"role": "quasi-identifier", "name": q} for q in quasi]
        roles += [{"role": "sensitive", "name": "s", "t": "ordered"}]
        roles += [{"role": "unit"}] * units
        sql = "SELECT risk_facts(?, %s, s %s) FROM t" % (columns, ", u" * units)
        facts = json.loads(db.execute(sql, [json.dumps({"columns": roles, "k": 3})]).fetchone()[0])
        got = {r["measure"]: r["value"] for r in facts["risk"]}
        want, histogram, size, classes = summary(rows, units)
        want.update(sensitive(rows, units, 2))
        for name in want:
            check(name + (" by units" if units else ""), got[name], want[name], rows)
        if set(got) != set(want):
            sys.exit("other words: %s" % (set(got) ^ set(want)))
        check("histogram", [(c["size"], c["rows"]) for c in facts["class"]] == histogram, True, rows)
        small = [(size[tuple(map(cell, q))], i + 1) for i, (q, _, _) in enumerate(rows)]
        small = [record for s, record in sorted(small) if s < 3][:20]
        check("witness", [w["record"] for w in facts["witness"]] == small, True, rows)
        if not units:
            all_in_one = json.loads(
                db.execute("SELECT risk_measures(s, %s) FROM t" % columns).fetchone()[0])
            for name in want:
                check("risk_measures " + name, all_in_one[name], want[name], rows)
            alone = [n for n in want if n in FUNCTIONS]
            for name in alone:
                args = columns if name == "k_anonymity" else "s, " + columns
                args = "%d, %s" % (l, args) if name == "l_diversity_recursive" else args
                value = sensitive(rows, units, l)[name] if l != 2 and "recursive" in name else want[name]
                got_alone = db.execute("SELECT %s(%s) FROM t" % (name, args)).fetchone()[0]
                check(name + " alone", got_alone, value, rows)


FUNCTIONS = {"k_anonymity", "l_diversity", "l_diversity_entropy", "l_diversity_recursive", "alpha_k",
             "t_closeness", "t_closeness_ordered", "beta_likeness", "delta_disclosure"}


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    rng = random.Random(20)
    for _ in range(TABLES):
        width, rows = random_table(rng)
        compare(db, width, rows, rng.randint(1, 4))
    print("%d tables agree" % TABLES)


main()
