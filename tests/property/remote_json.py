"""The table remote over JSON against Python's json module: random documents, spelled in random ways, give the
values that Python reads, none more and none less. The rules are those of ext/remote/json_rows.h.

    tests/property/remote_json.py [documents [seed]]
"""
import json
import os
import random
import sqlite3
import sys

KEYS = ["a", "Ł", "zażółć", "kod TERYT", "x.y", "b-c", "[0]", "$", "@", "value", "😀", "_id", "d,e", "'q'", "Ilość [t]"]
TEXTS = ["", "0201", "Łódź", "a\"b\\c/d", "\n\t\u001f", "😀", "null", "1e3", "\u2028", "{", "ą" * 50, "\x7f", "\ufeff"]
MOST = 2**63


class Number(str):
    """A number as it is spelled."""


def random_number(rng):
    digits = str(rng.choice([0, 1, -1, 7, MOST - 1, -MOST, MOST, -MOST - 1, 10**20, rng.randrange(10**rng.randrange(1, 30))]))
    return Number(rng.choice([digits, digits, digits + ".5", digits + "e2", "0.1", "-0", "1.50", "1e400", "2E-3"]))


def random_value(rng, depth=0):
    kind = rng.randrange(9 if depth < 2 else 7)
    if kind < 2:
        return random_number(rng)
    if kind < 4:
        return rng.choice(TEXTS)
    if kind < 7:
        return [None, True, False][kind - 4]
    if kind == 7:
        return [random_value(rng, depth + 1) for _ in range(rng.randrange(3))]
    return {key: random_value(rng, depth + 1) for key in rng.sample(KEYS, rng.randrange(3))}


def spell_text(rng, text):
    out = json.dumps(text, ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.3:
        out = out.replace("/", "\\/")
    if rng.random() < 0.3:  # escapes that nobody needs
        out = out.replace("a", "\\u0061").replace("Ł", "\\u0141")
    return out


def spell(rng, value):
    def blank():
        return rng.choice(["", "", " ", "\n", "\t "])

    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return spell_text(rng, value)
    if isinstance(value, list):
        return "[" + blank() + ("," + blank()).join(spell(rng, item) for item in value) + blank() + "]"
    if isinstance(value, dict):
        items = (spell_text(rng, key) + blank() + ":" + blank() + spell(rng, item) for key, item in value.items())
        return "{" + blank() + ("," + blank()).join(items) + blank() + "}"
    return json.dumps(value)


def expected(value):
    """What SQL gives; a container as a marker with what it means."""
    if isinstance(value, Number):
        if value.lstrip("-").isdigit():
            return int(value) if -MOST <= int(value) < MOST else str(value)
        return float(value) if abs(float(value)) != float("inf") else str(value)
    if isinstance(value, bool):
        return int(value)
    return value


def plain(value):
    """A container with its numbers as Python has them, to compare it with what Python reads of the answer."""
    if isinstance(value, Number):
        return ("number", str(value))
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def same(value, got):
    if isinstance(value, (list, dict)):
        number = {"parse_int": lambda text: ("number", text), "parse_float": lambda text: ("number", text)}
        return isinstance(got, str) and json.loads(got, **number) == plain(value)
    want = expected(value)
    return type(want) is type(got) and want == got


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def path_of(key):
    return '@."' + key + '"'


def check(db, rng):
    outer = [{"id": rng.choice(TEXTS), "in": [
        {key: random_value(rng) for key in rng.sample(KEYS, rng.randrange(1, len(KEYS)))} for _ in range(rng.randrange(4))]}
        for _ in range(rng.randrange(1, 4))]
    text = rng.choice(["", "\ufeff", " \n"]) + spell(rng, {"r": outer, "n": Number(len(outer))})
    columns = json.dumps([{"name": "id", "path": "$.r[*].id"}] +
                         [{"name": f"c{i}", "path": path_of(key)} for i, key in enumerate(KEYS)])
    db.execute(f"CREATE VIRTUAL TABLE temp.t USING remote(data={quoted(text)}, format=json, rows='$.r[*].in[*]', "
               f"columns={quoted(columns)}, total='$.n')")
    got = db.execute("SELECT * FROM t").fetchall()
    want = [(item["id"], *(row.get(key) for key in KEYS)) for item in outer for row in item["in"]]
    assert len(got) == len(want), (text, len(got), len(want))
    for one, other in zip(got, want):
        for cell, value in zip(one, other):
            assert same(value, cell), (text, value, cell)
    some = rng.randrange(len(KEYS))  # a column alone is what it is among all
    assert [row[0] for row in db.execute(f"SELECT c{some} FROM t")] == [row[some + 1] for row in got], text
    db.execute("DROP TABLE temp.t")
    return len(want) * len(KEYS)


TYPES = {"auto": "", "text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def value_of(rng, kind):
    if kind == "auto":
        return rng.choice([1, 2, 2.5, "1", "2.5", "01", "a", None, True])
    if kind == "text":
        return rng.choice(["1", "01", "1.0", "a", "A", "", None])
    return rng.choice({"integer": [1, 2, 0, None], "number": [1, 2.5, 2, None], "boolean": [True, False, None]}[kind])


def check_joins(db, rng):
    """As the inner table of a join, whose rows are kept, it gives what an ordinary table of its columns does."""
    kinds = [rng.choice(list(TYPES)) for _ in range(3)]
    rows = [{f"c{i}": value_of(rng, kind) for i, kind in enumerate(kinds)} for _ in range(rng.randrange(6))]
    columns = ", ".join(f"c{i} {kind}" for i, kind in enumerate(kinds))
    db.execute(f"CREATE VIRTUAL TABLE temp.t USING remote(data={quoted(json.dumps(rows))}, format=json, columns='{columns}')")
    db.execute("CREATE TEMP TABLE k(" + ", ".join(f"c{i} {TYPES[kind]}" for i, kind in enumerate(kinds)) + ")")
    db.execute("INSERT INTO k SELECT * FROM t")
    db.execute(f"CREATE TEMP TABLE v(x {rng.choice(['', 'TEXT', 'INTEGER', 'REAL', 'NUMERIC'])}, y)")
    db.executemany("INSERT INTO v VALUES (?, ?)", [(rng.choice([1, 2, 2.5, "1", "01", "1.0", "2.5", "a", "A", None, ""]),
                                                    rng.choice([1, "1", None, 2.5, "a"])) for _ in range(5)])
    for join in ("LEFT JOIN {0} AS i ON i.c0 = v.x", "JOIN {0} AS i ON i.c1 = v.y AND v.x = i.c0", "CROSS JOIN {0} AS i ON i.c2 > v.x",
                 "LEFT JOIN {0} AS i ON i.c1 IN (v.x, v.y)", "LEFT JOIN {0} AS i ON i.c0 = v.x COLLATE NOCASE",
                 "JOIN {0} AS j JOIN {0} AS i ON i.c0 = j.c0 AND j.c1 = v.x"):
        query = "SELECT v.rowid, i.* FROM v " + join
        got, want = (sorted(db.execute(query.format(name)), key=repr) for name in ("t", "k"))
        assert got == want, (kinds, rows, db.execute("SELECT * FROM v").fetchall(), query, got, want)
    for name in ("k", "v", "t"):
        db.execute(f"DROP TABLE temp.{name}")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(os.path.join(os.environ["BUILD"], "sito_remote"))
    cells = 0
    for i in range(count):
        cells += check(db, random.Random(f"{seed}/{i}"))
        check_joins(db, random.Random(f"{seed}/{i}/join"))
    print(f"{count} documents, {cells} cells")
    assert cells > count


if __name__ == "__main__":
    main()
