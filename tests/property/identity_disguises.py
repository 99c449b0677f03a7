#!/usr/bin/python3
"""Disguises of personal data times the carriers in which they come, and what must not be taken for any.

A PESEL, a NIP, a phone number and a bank account are written in twelve ways; each way stands in a cell, in a heading,
in free text and in the name of a file. Then the false positives of one value: random digits, unix times, case marks
and phone numbers of schools stay within the stated bounds. Run: identity_disguises.py [sito.so] [-v].
"""
import os
import random
import sqlite3
import sys

SITO = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith('-') else os.environ['SITO_SO']
VERBOSE = '-v' in sys.argv

FULL_WIDTH = {ord(str(d)): 0xFF10 + d for d in range(10)}
BOLD = {ord(str(d)): 0x1D7CE + d for d in range(10)}
CUT = {'pesel': (6, 11), 'nip': (3, 6, 8, 10), 'phone': (3, 6, 9), 'iban': (2, 6, 10, 14, 18, 22, 26)}
VALUES = {'pesel': '09222509560', 'nip': '8567346215', 'phone': '501234567', 'iban': '61109010140000071219812874'}
WORDS = {'pesel': 'PESEL', 'nip': 'NIP', 'phone': 'tel.', 'iban': 'konto'}


def joined(kind, mark):
    value, parts, start = VALUES[kind], [], 0
    for end in CUT[kind]:
        parts.append(value[start:end])
        start = end
    return mark.join(parts)


DISGUISES = {
    'plain': lambda k: VALUES[k],
    'blanks': lambda k: joined(k, ' '),
    'hyphens': lambda k: joined(k, '-'),
    'en dashes': lambda k: joined(k, '\u2013'),
    'no-break hyphens': lambda k: joined(k, '\u2011'),
    'minus signs': lambda k: joined(k, '\u2212'),
    'no-break spaces': lambda k: joined(k, '\u00a0'),
    'thin spaces': lambda k: joined(k, '\u2009'),
    'zero-width spaces': lambda k: '\u200b'.join(VALUES[k]),
    'soft hyphens': lambda k: joined(k, '\u00ad'),
    'full-width digits': lambda k: VALUES[k].translate(FULL_WIDTH),
    'mathematical digits': lambda k: VALUES[k].translate(BOLD),
}
CARRIERS = {
    'cell': None,
    'heading': lambda word, value: '%s %s' % (word, value),
    'free text': lambda word, value: 'W załączeniu przesyłam dane: %s %s, z poważaniem.' % (word, value),
    'file name': lambda word, value: 'skany/2024/%s %s.pdf' % (word, value),
}


def kinds_in(db, text):
    return {kind for kind, in db.execute('SELECT kind FROM personal_data_find(?) WHERE confidence >= 0.5', (text,))}


def check_disguises(db):
    missed = []
    for name, write in DISGUISES.items():
        for carrier, wrap in CARRIERS.items():
            for kind in VALUES:
                value = write(kind)
                if wrap is None:
                    got = {db.execute('SELECT personal_data_kind(?)', (value,)).fetchone()[0]}
                else:
                    got = kinds_in(db, wrap(WORDS[kind], value))
                if kind not in got:
                    missed.append((name, carrier, kind))
    for miss in missed:
        print('missed: %s in a %s, %s' % miss)
    print('%d disguises x %d carriers x %d kinds: %d missed' % (len(DISGUISES), len(CARRIERS), len(VALUES), len(missed)))
    return not missed


def digits(rng, size):
    return ''.join(rng.choice('0123456789') for _ in range(size))


def check_bounds(db):
    """One value alone: the share that passes by its check digit, as published; in prose next to nothing passes."""
    rng = random.Random(7)
    area = ('12', '22', '32', '42', '61', '71', '87', '89', '95')
    samples = {
        '9 random digits': ([digits(rng, 9) for _ in range(50000)], {'regon': 0.11}),
        '10 random digits': ([digits(rng, 10) for _ in range(50000)], {'nip': 0.1, 'phone': 0.001}),
        '11 random digits': ([digits(rng, 11) for _ in range(50000)], {'pesel': 0.022, 'phone': 0.02}),
        'unix times': ([str(rng.randrange(1400000000, 1750000000)) for _ in range(50000)], {'nip': 0.1}),
        'case marks': (['%s.%d.%d.%d.%s' % (rng.choice(('OR', 'GKM-I', 'DAR')), rng.randrange(1000, 9999),
                                            rng.randrange(1, 300), rng.randrange(2015, 2026), rng.choice(('AK', 'JN')))
                        for _ in range(20000)], {}),
        'school phones': ([rng.choice(area) + ' ' + digits(rng, 3) + ' ' + digits(rng, 2) + ' ' + digits(rng, 2)
                           for _ in range(20000)], {'phone': 1}),
    }
    good = True
    for name, (values, bounds) in samples.items():
        counts = {}
        for value in values:
            kind, = db.execute('SELECT personal_data_kind(?)', (value,)).fetchone()
            if kind:
                counts[kind] = counts.get(kind, 0) + 1
        for kind, count in counts.items():
            within = count / len(values) <= bounds.get(kind, 1 if kind == 'phone' and '9' in name else 0)
            good = good and within
            print('%-17s as %-6s %.4f%s' % (name, kind, count / len(values), '' if within else '  TOO MANY'))
    text = ' '.join('nr %s,' % digits(rng, rng.choice((8, 9, 10, 12, 14))) for _ in range(50000))
    found = kinds_in(db, text)
    print('50,000 random numbers in prose: found %s' % (sorted(found) or 'nothing'))
    return good and not found


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    disguised = check_disguises(db)
    return not (check_bounds(db) and disguised)


if __name__ == '__main__':
    sys.exit(main())
