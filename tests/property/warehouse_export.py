#!/usr/bin/python3
"""What goes into the warehouse comes out of it: random tables through fetch and export, read by Python's csv.

  - every value is the one that Python put in (numbers as the same double, texts byte for byte, NULL as missing);
  - the order of the rows in the source changes no byte of the export;
  - a real number has as few digits as Python's repr of it.

ROUNDS (default 6) tables of ROWS (default 300) rows.
"""
import csv
import json
import os
import random
import sqlite3
import struct
import subprocess
import sys
import tempfile

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SITO = os.environ.get('SITO') or os.path.join(SOURCE, 'build', 'dev', 'sito')
ROUNDS, ROWS = int(os.environ.get('ROUNDS', '6')), int(os.environ.get('ROWS', '300'))
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8')
for name in ('SITO_CATALOGUE', 'SITO_WAREHOUSE', 'SOURCE_DATE_EPOCH'):
    ENVIRONMENT.pop(name, None)
LETTERS = 'aąbcćłŁóż ;,"\'\n\r\t|=+-@0,5€🌳\\%'


def sito(folder, *words):
    result = subprocess.run([SITO, *words], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        sys.exit(f'sito {words}: {result.returncode} {result.stdout}{result.stderr}')


def real(chance):
    kind = chance.random()
    if kind < 0.3:
        value = struct.unpack('<d', chance.randbytes(8))[0]
        return value if value == value and abs(value) < 1e308 else 0.1
    return chance.choice([chance.random(), round(chance.uniform(-1e7, 1e7), 2), chance.randrange(10**16) * 1.0,
                          chance.randrange(1, 99999) / chance.randrange(1, 99999), -0.0])


def text(chance):
    return ''.join(chance.choice(LETTERS) for _ in range(chance.randrange(1, 9)))


def row(chance, number):
    values = (real(chance), text(chance), chance.randrange(-2**63, 2**63))
    return (number // 3, *(None if chance.random() < 0.1 else value for value in values))


def digits(written):
    return len(written.lower().split('e')[0].replace('-', '').replace('.', '').replace(',', '').strip('0')) or 1


def comparable(values):
    return tuple(repr(value) for value in values)


def compare(rows, path, delimiter, decimal):
    with open(path, encoding='utf-8', newline='') as stream:
        found = list(csv.reader(stream, delimiter=delimiter))[1:]
    got = []
    for line in found:
        number = line[1].replace(decimal, '.') if line[1] != '' else None
        got.append((int(line[0]), None if number is None else float(number), line[2] or None,
                    None if line[3] == '' else int(line[3])))
        if number is not None and digits(number) > digits(repr(float(number))):
            sys.exit(f'{line[1]} is longer than {float(number)!r}')
    if sorted(map(comparable, got)) != sorted(map(comparable, rows)):
        sys.exit(f'{path}: other values')
    if [values[0] for values in got] != sorted(values[0] for values in got):
        sys.exit(f'{path}: another order')


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        os.mkdir(os.path.join(folder, 'dane'))
        os.mkdir(os.path.join(folder, 'zbior'))
        base = os.path.join(folder, 'dane', 'b.db')
        for turn in range(ROUNDS):
            chance = random.Random(turn)
            rows = [row(chance, number) for number in range(ROWS)]
            rows = [(a, 0.0 if b == 0 else b, c, d) for a, b, c, d in rows]  # -0 is written 0
            delimiter, decimal = chance.choice([(';', ','), (',', '.'), (',', ','), ('\t', '.')])
            written = []
            with open(os.path.join(folder, 'zbior', 'datapackage.json'), 'w', encoding='utf-8') as stream:
                json.dump({'name': 'z', 'resources': [{
                    'name': 'z', 'path': 'z.csv', 'dialect': {'delimiter': delimiter},
                    'warehouse': {'query': 'SELECT * FROM t ORDER BY a'},
                    'schema': {'fields': [{'name': 'a', 'type': 'integer'},
                                          {'name': 'b', 'type': 'number', 'decimalChar': decimal},
                                          {'name': 'c', 'type': 'string'},
                                          {'name': 'd', 'type': 'integer'}]}}]}, stream)
            for _ in range(2):
                db = sqlite3.connect(base)
                db.execute('DROP TABLE IF EXISTS t')
                db.execute('CREATE TABLE t (a, b, c, d)')
                db.executemany('INSERT INTO t VALUES (?, ?, ?, ?)', rows)
                db.commit()
                db.close()
                if turn == 0 and not written:
                    with open(os.path.join(folder, 's.csv'), 'w', encoding='utf-8') as stream:
                        stream.write(f'pozycja;kwalifikacja;uzasadnienie;nazwa\n{base}#t;wprost;x;t\n')
                    sito(folder, 'inventory', '--catalogue', 'sito.db', 'dane')
                    sito(folder, 'fetch', '--answers', 's.csv', '--by', 'x')
                    sito(folder, 'inventory', '--answers', 's.csv', '--by', 'x')
                sito(folder, 'fetch', '--accept', 't', '--by', 'x')
                sito(folder, 'export', 'zbior')
                path = os.path.join(folder, 'zbior', 'z.csv')
                compare(rows, path, delimiter, decimal)
                with open(path, 'rb') as stream:
                    written.append(stream.read())
                chance.shuffle(rows)
            if written[0] != written[1]:
                sys.exit(f'round {turn}: the order of the source shows')
    print(f'{ROUNDS} tables of {ROWS} rows, each twice')


if __name__ == '__main__':
    main()
