#!/usr/bin/python3
"""What anonymisation hands over, asked of others: the risk engine measures each release and finds its target met;
what was left out or made coarser stands nowhere in the output, and no cell of it tells more than its label;
a blanked cell is not told by the other rows; another key or another domain gives another pseudonym; a hierarchy
that does not cover a value stops the search.

Run: anonymise_outcome.py [sito.so].
"""
import json
import os
import random
import sqlite3
import sys
import tempfile
from collections import defaultdict

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
LOW = {'k_anonymity': 'k', 'l_diversity': 'l'}
HIGH = {'t_closeness': 't', 'alpha_k': 'alpha', 'beta_likeness': 'beta'}


def make_table(db, rnd):
    """Ages, postal codes, a tree of districts, a sensitive column; every value is a word of its own kind."""
    rows = [(rnd.randint(18, 60), f'9{rnd.randint(0, 3)}-{rnd.randint(100, 130)}', f'os{rnd.randint(0, 11)}',
             rnd.choice(['zasiłek', 'porada', 'skarga', None])) for _ in range(rnd.randint(5, 80))]
    db.execute('DROP TABLE IF EXISTS t')
    db.execute('CREATE TABLE t(wiek, kod, osiedle, powod)')
    db.executemany('INSERT INTO t VALUES (?, ?, ?, ?)', rows)
    return rows


def make_plan(rnd):
    plan = {'columns': [{'name': 'wiek', 'hierarchy': 'interval:5,20'}, {'name': 'kod', 'hierarchy': 'prefix:4,2'},
                        {'name': 'osiedle', 'hierarchy': 'h'}], 'k': rnd.randint(1, 6), 'maxSuppressed': rnd.choice([0, 0.1, 0.3])}
    asked = rnd.choice([{}, {'l': 2}, {'t': rnd.choice([0.2, 0.4])}, {'alpha': 0.7}, {'l': 2, 't': 0.5}, {'beta': 2}])
    return {**plan, **asked, **({'sensitive': 'powod'} if asked else {})}


def meets_by_the_risk_engine(db, plan, sql):
    db.execute('DROP TABLE IF EXISTS out')
    db.execute('CREATE TABLE out AS ' + sql)
    told = dict(db.execute("SELECT measure, min(value) FROM risk_summary('out', 'wiek, kod, osiedle', ?) GROUP BY measure",
                           (plan.get('sensitive'),)))
    for measure, key in LOW.items():
        assert key not in plan or told[measure] >= plan[key], (measure, told, plan)
    for measure, key in HIGH.items():
        assert key not in plan or told[measure] <= plan[key] + 1e-9, (measure, told, plan)


def tells_no_more(db, rows, levels):
    """A column at a level above 0 holds none of its values; a row that was left out cannot be put back."""
    out = db.execute('SELECT * FROM out').fetchall()
    for c, level in enumerate(map(int, levels.split(','))):
        if level > 0:
            values = {str(row[c]) for row in rows}
            assert not values & {str(row[c]) for row in out}, (c, level)
    assert len(out) <= len(rows)


def releases(db, rnd):
    made = 0
    for _ in range(120):
        rows, plan = make_table(db, rnd), make_plan(rnd)
        best = db.execute("SELECT levels, sql, suppressed FROM anon_release('t', ?) WHERE rank = 1",
                          (json.dumps(plan),)).fetchone()
        if best is None:
            continue
        made += 1
        meets_by_the_risk_engine(db, plan, best[1])
        tells_no_more(db, rows, best[0])
        assert db.execute('SELECT count(*) FROM out').fetchone()[0] == len(rows) - best[2]
    assert made > 60, made


def left_out_values_are_gone(db, rnd):
    """One row that no class has room for, with values that no other row has."""
    seen = 0
    for _ in range(30):
        make_table(db, rnd)
        db.execute("INSERT INTO t SELECT * FROM t")
        db.execute("INSERT INTO t SELECT * FROM t")
        db.execute("INSERT INTO t VALUES (97531, 'ZZ-864', 'os0', 'jedyny')")
        plan = {'columns': [{'name': 'wiek'}, {'name': 'kod'}], 'k': 2, 'maxSuppressed': 0.5}
        best = db.execute("SELECT sql, suppressed FROM anon_release('t', ?) WHERE rank = 1 AND suppressed > 0",
                          (json.dumps(plan),)).fetchone()
        if best is not None:
            seen += 1
            out = json.dumps(db.execute(best[0]).fetchall(), ensure_ascii=False)
            assert '97531' not in out and 'ZZ-864' not in out
    assert seen > 10, seen


def blanked_cells(db, rnd):
    """Whoever knows the other cells of its row still has two records or more to choose from."""
    for _ in range(100):
        k, width = rnd.randint(2, 4), rnd.randint(1, 4)
        rows = [[rnd.randint(0, 3) for _ in range(width)] for _ in range(rnd.randint(k, 40))]
        names = [f'q{i}' for i in range(width)]
        db.execute('DROP TABLE IF EXISTS c')
        db.execute(f'CREATE TABLE c({", ".join(names)})')
        db.executemany(f'INSERT INTO c VALUES ({", ".join("?" * width)})', rows)
        out = [list(row) for row in rows]
        for row, field in db.execute('SELECT row, field FROM anon_suppress_cells(?, ?, ?)', ('c', ', '.join(names), k)):
            out[row - 1][int(field[1:])] = None
        groups = defaultdict(int)
        for row in out:
            groups[tuple(row)] += 1
        assert min(groups.values()) >= k


def pseudonyms(db, rnd):
    told = {}
    for value in {''.join(rnd.choice('abcż1') for _ in range(rnd.randint(1, 8))) for _ in range(200)}:
        for key in ('jeden', 'drugi'):
            for domain in ('zgloszenia', 'wnioski'):
                pair = db.execute('SELECT anon_pseudonym(?1, ?2, ?3), anon_pseudonym(?1, ?2, ?3)', (value, key, domain)).fetchone()
                assert pair[0] == pair[1]
                assert pair[0] not in told, 'two of value, key and domain have one pseudonym'
                told[pair[0]] = (value, key, domain)


def wrong_hierarchies(db, rnd):
    """A leaf that is missing stops every function that would use it, and none says which value it was."""
    for _ in range(30):
        make_table(db, rnd)
        gone = db.execute('SELECT osiedle FROM t LIMIT 1').fetchone()[0]
        db.execute('CREATE TABLE wrong AS SELECT * FROM h WHERE leaf <> ?', (gone,))
        plan = json.dumps({'columns': [{'name': 'osiedle', 'hierarchy': 'wrong'}], 'k': 1})
        for sql, values in (("SELECT * FROM anon_release('t', ?)", (plan,)), ("SELECT * FROM anon_mondrian('t', ?)", (plan,)),
                            ("SELECT * FROM anon_frontier('t', ?)", (plan,)), ("SELECT anon_level(osiedle, 'wrong', 1) FROM t", ())):
            try:
                db.execute(sql, values).fetchall()
                raise SystemExit(f'{sql} went on without {gone}')
            except sqlite3.OperationalError as error:
                assert 'not in the hierarchy' in str(error) and gone not in str(error), error
        db.execute('DROP TABLE wrong')


def main():
    rnd = random.Random(354)
    with tempfile.TemporaryDirectory() as folder:
        os.environ['SITO_KEYS'] = os.path.join(folder, 'keys')
        with open(os.open(os.environ['SITO_KEYS'], os.O_CREAT | os.O_WRONLY, 0o600), 'w', encoding='ascii') as file:
            file.write(f'jeden {rnd.randbytes(32).hex()}\ndrugi {rnd.randbytes(32).hex()}\n')
        db = sqlite3.connect(':memory:', isolation_level=None)
        db.enable_load_extension(True)
        db.load_extension(SITO)
        db.execute('CREATE TABLE h(leaf, dzielnica, miasto)')
        db.executemany('INSERT INTO h VALUES (?, ?, ?)', [(f'os{i}', f'dzielnica {i // 4}', 'Łódź') for i in range(12)])
        releases(db, rnd)
        left_out_values_are_gone(db, rnd)
        blanked_cells(db, rnd)
        pseudonyms(db, rnd)
        wrong_hierarchies(db, rnd)
    return 0


if __name__ == '__main__':
    sys.exit(main())
