#!/usr/bin/python3
"""A record handed over as one value (_cells) gives the same facts as its columns one by one.

Random files, sound and damaged, in three encodings, are read twice in one SELECT: profile_facts and risk_facts get
the columns as arguments, and the column _cells. The JSON must agree byte for byte.
Run: csv_cells.py [sito.so] [files].
"""
import json
import os
import random
import sqlite3
import sys
import tempfile

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
FILES = int(sys.argv[2]) if len(sys.argv) > 2 else 300

WORDS = ['', '', ' ', 'Łódź', 'brak', 'tak', '007', '12', '1,5', '2024-02-29', '44051401359', 'Jan Kowalski',
         '500 600 700', 'x' * 300, '"a;b"', '"a""b"', '"wiersz\nwiersz"', '"', 'a"b', 'ul. Zgierska 12', '-', '1 234,50']
TYPES = ['string', 'integer', 'number', 'date', 'boolean', 'any']


def random_file(rng, columns):
    lines = [';'.join('k%d' % i for i in range(columns))]
    words = rng.sample(WORDS, rng.randrange(1, len(WORDS)))
    for _ in range(rng.randrange(60)):
        cells = columns if rng.random() < 0.93 else rng.randrange(1, columns + 3)
        lines.append(';'.join(rng.choice(words) if rng.random() < 0.9 else str(rng.randrange(1000))
                              for _ in range(cells)))
    return rng.choice(['\n', '\r\n']).join(lines) + rng.choice(['', '\n'])


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    path = os.path.join(tempfile.mkdtemp(), 'a.csv')
    damaged = 0
    for n in range(FILES):
        rng = random.Random(n)
        columns = rng.randrange(1, 9)
        encoding = rng.choice(['utf-8', 'windows-1250', 'utf-16le'])
        with open(path, 'w', encoding={'windows-1250': 'cp1250'}.get(encoding, encoding), newline='') as out:
            out.write(random_file(rng, columns))
        nulls = rng.choice(['', '', ", null='brak'", ", null='', null='-'"])
        db.execute("CREATE VIRTUAL TABLE temp.t USING csv(filename='%s', encoding='%s', delimiter=';', header='yes', skip=0,"
                   " on_error=keep, trim=%s%s)" % (path, encoding, rng.choice(['yes', 'no']), nulls))
        names = ['k%d' % i for i in range(columns)]
        profile = {'fields': [{'name': name, 'type': rng.choice(TYPES), 'required': rng.random() < 0.3,
                               'unique': rng.random() < 0.3} for name in names],
                   'defects': True, 'witnesses': 3}
        roles = [rng.choice(['quasi-identifier', 'sensitive', 'other', None]) for _ in names]
        risky = [(i + 1, name, role) for i, (name, role) in enumerate(zip(names, roles)) if role]
        risk = {'columns': [{'name': name, 'role': role, 'position': i, 't': 'ordered'} for i, name, role in risky]
                + [{'role': 'record'}, {'role': 'line'}, {'role': 'byte'}], 'k': 3, 'doubts': True}
        place = 'rowid, _line, _byte'
        note = "coalesce(_defect, _warning), CASE WHEN _defect IS NOT NULL THEN _record END"
        arguments = ''.join(name + ', ' for _, name, _ in risky)
        row = db.execute('SELECT profile_facts(?1, %s, %s, %s), profile_facts(?2, %s, %s, _cells),'
                         ' risk_facts(?3, %s%s), risk_facts(?4, _cells, %s), count(_defect) FROM temp.t'
                         % (place, note, ', '.join(names), place, note, arguments, place, place),
                         (json.dumps(profile), json.dumps(dict(profile, cells=True)),
                          json.dumps(risk), json.dumps(dict(risk, cells=True)))).fetchone()
        if row[0] != row[1] or row[2] != row[3]:
            print('file %d differs (seed %d)\n%s\n%s\n%s\n%s' % (n, n, *row[:4]))
            sys.exit(1)
        damaged += row[4]
        db.execute('DROP TABLE temp.t')
    assert FILES < 100 or damaged > 100, damaged
    print('%d files, %d damaged records' % (FILES, damaged))


main()
