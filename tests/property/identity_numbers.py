#!/usr/bin/python3
"""Validators of numbers against second implementations, and the bounds of what random numbers give.

  - random digits: pesel_valid, nip_valid and regon_valid agree with the rules written again here;
  - 1,000 random PESELs: every single wrong digit is caught, so is every swap of neighbours that the weights can
    tell (those whose weighted difference is no multiple of 10);
  - columns of random digits, unix times, case marks, amounts: no column is found, at 200,000 values a kind;
  - columns of true numbers, also mixed with other values, are found.
Run: identity_numbers.py [sito.so].
"""
import datetime
import json
import os
import random
import sqlite3
import sys

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def pesel_ok(text):
    n = [int(c) for c in text]
    century = {4: 1800, 0: 1900, 1: 2000, 2: 2100, 3: 2200}[(n[2] * 10 + n[3]) // 20]
    try:
        datetime.date(century + int(text[:2]), int(text[2:4]) % 20, int(text[4:6]))
    except ValueError:
        return False
    return (sum(w * d for w, d in zip(WEIGHTS, n)) + n[10]) % 10 == 0


def nip_ok(text):
    total = sum(w * int(c) for w, c in zip((6, 5, 7, 2, 3, 4, 5, 6, 7), text))
    return text[0] != '0' and len(set(text)) > 1 and total % 11 == int(text[9])


def regon_ok(text):
    if text[:9] == '0' * 9:
        return False
    def check(weights, digits):
        return sum(w * int(c) for w, c in zip(weights, digits)) % 11 % 10 == int(digits[len(weights)])
    return check((8, 9, 2, 3, 4, 5, 6, 7), text) and (
        len(text) == 9 or check((2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8), text))


def digits(rng, size):
    return ''.join(rng.choice('0123456789') for _ in range(size))


def random_pesel(rng):
    """Born 2100 to 2299: nobody's."""
    day = datetime.date(2100, 1, 1) + datetime.timedelta(rng.randrange(73048))
    body = '%02d%02d%02d%s' % (day.year % 100, day.month + (40 if day.year < 2200 else 60), day.day, digits(rng, 4))
    return body + str(-sum(w * int(c) for w, c in zip(WEIGHTS, body)) % 10)


def valid(rng, size, ok):
    while True:
        text = digits(rng, size)
        if ok(text):
            return text


def verdicts(db, values, name='kolumna'):
    config = json.dumps({'fields': [{'name': name}]})
    text, = db.execute('SELECT profile_facts(?1, NULL, NULL, NULL, NULL, NULL, value) FROM json_each(?2)',
                       (config, json.dumps(values))).fetchone()
    return {item['kind']: item['verdict'] for item in json.loads(text)['personal']}


def check_validators(db, rng):
    for name, sizes, ok in (('pesel_valid', (11,), pesel_ok), ('nip_valid', (10,), nip_ok),
                            ('regon_valid', (9, 14), regon_ok)):
        for size in sizes:
            for _ in range(20000):
                text = digits(rng, size)
                got, = db.execute('SELECT %s(?)' % name, (text,)).fetchone()
                assert got == ok(text), (name, text)


def check_errors(db, rng):
    undetected = 0
    for _ in range(1000):
        pesel = random_pesel(rng)
        assert db.execute('SELECT pesel_valid(?)', (pesel,)).fetchone() == (1,)
        wrong = [pesel[:i] + d + pesel[i + 1:] for i in range(11) for d in '0123456789' if d != pesel[i]]
        assert db.execute('SELECT sum(pesel_valid(value)) FROM json_each(?)', (json.dumps(wrong),)).fetchone() == (0,)
        for i in range(10):
            swapped = pesel[:i] + pesel[i + 1] + pesel[i] + pesel[i + 2:]
            weights = WEIGHTS + (1,)
            visible = (weights[i] - weights[i + 1]) * (int(pesel[i]) - int(pesel[i + 1])) % 10 != 0
            got, = db.execute('SELECT pesel_valid(?)', (swapped,)).fetchone()
            assert not (visible and got), (pesel, i)
            undetected += got and swapped != pesel
    print('1,000 PESELs: no wrong digit passes; %d of 10,000 swaps pass, none that the weights can tell' % undetected)


def check_chance(db, rng):
    kinds = {'%d random digits' % size: (lambda size=size: digits(rng, size)) for size in (8, 9, 10, 11, 12, 14, 26)}
    kinds['unix times'] = lambda: str(rng.randrange(1500000000, 1750000000))
    kinds['unix milliseconds'] = lambda: str(rng.randrange(1500000000, 1750000000)) + '%03d' % rng.randrange(1000)
    kinds['case marks'] = lambda: 'OR.%04d.%d.%d.%s' % (rng.randrange(10000), rng.randrange(999),
                                                       rng.randrange(2015, 2026), rng.choice(['AK', 'JN', 'MW']))
    kinds['amounts'] = lambda: '{:,}'.format(rng.randrange(10**rng.randrange(3, 12))).replace(',', ' ') + ',00'
    kinds['whole amounts'] = lambda: '{:,}'.format(rng.randrange(10**rng.randrange(3, 12))).replace(',', ' ')
    kinds['dates'] = lambda: '%d-%02d-%02d %02d:%02d:%02d' % (rng.randrange(1990, 2026), rng.randrange(1, 13),
                                                            rng.randrange(1, 29), rng.randrange(24),
                                                            rng.randrange(60), rng.randrange(60))
    kinds['coordinates'] = lambda: '51.%05d, 19.%05d' % (rng.randrange(99999), rng.randrange(99999))
    kinds['BDL units'] = lambda: '%012d' % (rng.randrange(1, 8) * 10**10 + rng.randrange(10**10))
    kinds['bank accounts'] = lambda: 'PL' + digits(rng, 26)
    for name, draw in kinds.items():
        found = []
        for size in (20, 200, 2000) * 90:
            found += [k for k, v in verdicts(db, [draw() for _ in range(size)]).items() if v != 'chance']
        print('%-18s %d of 270 columns (199,800 values) found %s' % (name, len(found), sorted(set(found)) or ''))
        # Places are a kind of their own: every such column is one, and none is anything else.
        assert found == (['coordinates'] * 270 if name == 'coordinates' else []), name


def check_true(db, rng):
    for size in (12, 50, 3000):
        for kind, draw in (('pesel', lambda: random_pesel(rng)), ('nip', lambda: valid(rng, 10, nip_ok)),
                           ('regon', lambda: valid(rng, 9, regon_ok)), ('regon', lambda: valid(rng, 14, regon_ok))):
            values = [draw() for _ in range(size)]
            assert verdicts(db, values)[kind] == 'certain', (kind, size)
            mixed = values + ['brak', 'nie dotyczy', ''] + [digits(rng, 6) for _ in range(3 * size)]
            assert verdicts(db, mixed)[kind] == 'likely', (kind, size)
    lost = [str(int(p)) for p in (random_pesel(rng) for _ in range(4000)) if p[0] == '0']
    assert verdicts(db, lost)['pesel'] == 'likely'


def main():
    rng = random.Random(20240717)
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    check_validators(db, rng)
    check_errors(db, rng)
    check_true(db, rng)
    check_chance(db, rng)


if __name__ == '__main__':
    main()
