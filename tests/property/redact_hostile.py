#!/usr/bin/python3
"""anon_redact on random and on hostile texts.

Random texts have identifiers planted among words, separators and broken bytes: none of their digits may stand in the
result, in their order, and the spans of anon_redact_spans are those places, cut at no character, in order, apart from
each other; a second redaction changes nothing. Hostile texts repeat what looks like the beginning of something: the
time must stay below a bound that grows with the length alone. Run: redact_hostile.py [sito.so] [texts].
"""
import os
import random
import sqlite3
import sys
import time

ARGS = sys.argv[1:]
SITO = ARGS.pop(0) if ARGS and ARGS[0].endswith('.so') else os.environ['SITO_SO']
TEXTS = int(ARGS[0]) if ARGS else 400
SIZE = 100000
SECONDS = 4.0  # for 100 kB without optimisation on a busy machine; below 1 measured with it

WORDS = ('Pan Pani Kowalski Nowak Anna Jan J. K. zam. ul. al. w z i oraz dnia ur. Prezydent Miasta dyrektor Urząd Łódź '
         'Zgierz wydany przez PESEL NIP tel. e-mail nr dowodu osobistego sp. z o.o. skarga wnosi 2024 r. 12 5/7 90-926 '
         '███ – | ** „cytat” (zob. s. 5) Żółć Ça va nazwisko: imię choruje zasiłek syn żona radny były').split()
GAPS = [' ', '  ', '\n', '\r\n', '\t', '\u00a0', ', ', '. ', '; ', ': ', ' – ', '\n\n', '\u200b', '-\n', '\ufeff', '\0']
PATTERNS = ['A ', 'A. ', 'A-', 'Ann ', 'Nowak ', 'Anna Nowak ', 'Pan Nowak ', 'Jan Kowalski, ', 'im. ', 'ul. A ', 'ul. 1 ',
            'zam. A ', 'zam. Łódź, ', 'adres: ', '90-926 A ', '1 ', '1-', '12.03.1975 ', 'ur. 1 ', 'ur. w ', 'NIP ', 'PESEL ',
            'dowód ', 'dowód wydany ', 'wydany przez A ', 'prezydent ', 'Prezydent Miasta ', 'radni: ', 'w składzie: ',
            'zob. ', 'J. Kowalski, ', '| a ', '|\n', '| Imię |\n', 'a@', '@', '(', '\n', '\u0301', 'e\u0301', '\u200b', '█',
            '***', '_', 'dochód ', 'alimenty, ', 'syn ', 'i ', 'z up. ', 'Kowalski-', 'A.B.', '1.1.1.1 ', 'S.A. ', 'sp. z ',
            'Urząd ', 'jest ', 'legitymacja nr ', '&nbsp;', 'Jan Paweł II ', 'ulic: Jana Nowaka, ']


def check_digit(digits, weights):
    return (10 - sum(int(d) * w for d, w in zip(digits, weights)) % 10) % 10


def pesel(rng):
    body = '%02d%02d%02d%04d' % (rng.randrange(100), rng.randrange(1, 13) + 40, rng.randrange(1, 29), rng.randrange(10000))
    return body + str(check_digit(body, (1, 3, 7, 9) * 2 + (1, 3)))


def planted(rng):
    """A text that holds an identifier, and its digits."""
    digits = pesel(rng)
    kind = rng.randrange(5)
    if kind == 0:
        return 'PESEL: ' + digits, digits
    if kind == 1:
        return digits, digits
    phone = '5%08d' % rng.randrange(10 ** 8)
    if kind == 2:
        return 'tel. %s %s %s' % (phone[:3], phone[3:6], phone[6:]), phone
    if kind == 3:
        return '+48 %s-%s-%s' % (phone[:3], phone[3:6], phone[6:]), phone
    account = '%026d' % rng.randrange(10 ** 26)
    return 'rachunek nr ' + account, account


def random_text(rng):
    parts, secrets = [], []
    for _ in range(rng.randrange(1, 40)):
        word = rng.choice(WORDS)
        if rng.random() < 0.15:
            word, digits = planted(rng)
            secrets.append(digits)
            word = ' ' + word + ' '
        parts.append(word)
        parts.append(rng.choice(GAPS))
    return ''.join(parts), secrets


def digits_of(text):
    return ''.join(c if c.isdigit() else '' if c in ' -./()\u00a0' else '|' for c in text)


def check_text(db, text, secrets):
    result = db.execute('SELECT anon_redact(?)', (text,)).fetchone()[0]
    spans = db.execute('SELECT start, "end", action FROM anon_redact_spans(?)', (text,)).fetchall()
    kept = ''.join(text[s - 1:e] for s, e, action in spans if action == 'keep')
    for digits in secrets:
        assert digits not in digits_of(result) or digits in digits_of(kept), 'a planted number stays'
    out, done = '', 0
    for start, end, action in spans:
        assert done < start <= end <= len(text), 'spans out of order'
        if action != 'keep':
            out += text[done:start - 1] + ('' if done == start - 1 and out.endswith('███') else '███')
            done = end
    if '\0' not in text:  # substr() counts on, Python's text as well; sqlite's length() does not
        assert out + text[done:] == result or '██████' in out + text[done:], 'the result is another than the spans say'
    assert db.execute('SELECT anon_redact(?)', (result,)).fetchone()[0] == result, 'a second redaction changes it'


def check_bytes(db, rng):
    """Broken UTF-8 neither fails nor leaves a planted number."""
    digits = pesel(rng)
    noise = bytes(rng.randrange(1, 256) for _ in range(rng.randrange(60)))
    text = noise + b' PESEL ' + digits.encode() + b' ' + noise[::-1]
    out = db.execute('SELECT CAST(anon_redact(CAST(? AS TEXT)) AS BLOB)', (text,)).fetchone()[0]
    assert digits.encode() not in out, 'a planted number stays among broken bytes'


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    failed = 0
    for seed in range(TEXTS):
        rng = random.Random(seed)
        text, secrets = random_text(rng)
        try:
            check_text(db, text, secrets)
            check_bytes(db, rng)
        except AssertionError as error:
            failed += 1
            print('seed %d: %s\n  %r' % (seed, error, text))
    slowest = (0, '')
    for pattern in PATTERNS:
        text = pattern * (SIZE // len(pattern.encode()))
        start = time.process_time()
        db.execute('SELECT length(anon_redact(?))', (text,)).fetchone()
        took = time.process_time() - start
        slowest = max(slowest, (took, pattern))
        if took > SECONDS:
            failed += 1
            print('%r: %.2f s for %d bytes' % (pattern, took, SIZE))
    print('%d random texts, %d hostile ones; slowest %r, %.2f s; %d wrong'
          % (TEXTS, len(PATTERNS), slowest[1], slowest[0], failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
