#!/usr/bin/python3
"""personal_data_find on text made to be slow: what looks like the beginning of something at every step.

The time must grow with the length of the text, no faster, and stay below a bound that leaves room for a busy machine
and a build without optimisation. Texts of 10 MB for a few patterns, of 1 MB for the others. Run:
identity_hostile.py [sito.so] [-v].
"""
import os
import sqlite3
import sys
import time

SITO = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith('-') else os.environ['SITO_SO']
VERBOSE = '-v' in sys.argv
SECONDS_PER_MB = 4.0  # 0.1 to 0.3 measured with optimisation, below 1 without

PATTERNS = ['A ', 'A. ', 'A-', 'Ab ', 'Abc ', 'Ann ', 'Nowak ', 'Pan ', 'im. ', 'ul. A ', 'ul. 1 ', '90-926 A ',
            '1 ', '1-', '12.', '12 345 ', '9999999 ', '+1 ', '(', 'NIP ', 'AB1 ', 'AB 12 ', 'PL61 ', 'ZZ/', 'AE:',
            'ur. ', 'ur. 1', 'a@', 'a.b@', '@', 'ą', '\u200b', '1\u200b', '\U0001d7ce', '\0', '1.2.', '51.7777, ',
            'kod ', 'IP ', 'fe80:', ':']
LONG = ['A ', 'a.b@']


def seconds(db, text):
    start = time.process_time()
    count = db.execute('SELECT count(*) FROM personal_data_find(?)', (text,)).fetchone()[0]
    return time.process_time() - start, count


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    failed = 0
    tests = [(p, 1000000) for p in PATTERNS] + [(p, 10000000) for p in LONG]
    for pattern, size in tests:
        took, count = seconds(db, pattern * (size // len(pattern.encode())))
        bound = SECONDS_PER_MB * size / 1e6
        bad = took > bound
        failed += bad
        if bad or VERBOSE:
            print(f'{pattern!r} {size // 1000000} MB: {took:.2f} s, {took * 1e6 / size:.3f} s/MB, {count} hits'
                  + (f' – more than {bound:.0f} s' if bad else ''))
    print(f'{len(tests)} texts, {failed} too slow')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
