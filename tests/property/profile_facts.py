#!/usr/bin/python3
"""profile_facts against a second implementation, on random tables.

The second implementation is written from docs/architecture.md and the Table Schema standard with Python's own
tools: decimal for numbers, datetime for dates, dictionaries for what was seen. Personal data is left out here
(tests/property/identity_numbers.py). Run: profile_facts.py [sito.so] [tables].
"""
import datetime
import decimal
import json
import os
import random
import re
import sqlite3
import sys
import unicodedata

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ['SITO_SO']
TABLES = int(sys.argv[2]) if len(sys.argv) > 2 else 600

WORDS = ['', ' ', '-', 'brak', 'Łódź', 'tak', 'true', '1', '0', '00', '007', '7', '-7', '+7', '12', '1.5', '1,5',
         '.5', '5.', '1e3', '-0', '0.0', '1 234', '1 234,5', '12 34', '1\u00a0234', '2024-02-29', '2023-02-29',
         '29.02.2024', '1.3.2024', '31.04.2024', '2024-13-01', '2024', '2024-05', '24', 'a\u0301', 'żółw\n', '9' * 20,
         '9' * 19 + '8', '"', "'", 'x' * 50, '٣', '=A1+1', '@x', '=', '-abc', '- abc', '+48 42', '-5(', ' a', 'a\t', 'a\u00a0b',
         'a\u200bb', 'a\u00adb', 'x\u0301', '1061011', '1061', '20101', '201012']
TYPES = [None, 'any', 'string', 'integer', 'number', 'boolean', 'date', 'year', 'yearmonth', 'geopoint']


def number(text, decimal_char, group, exponents):
    if exponents and text in ('INF', '-INF', '+INF', 'NaN', '-NaN', '+NaN'):
        return decimal.Decimal(text.replace('INF', 'Infinity'))
    blank = '[ \u00a0\u202f\u2009]' if group == ' ' else re.escape(group)
    whole = r'\d{1,3}(?:%s\d{3})+|\d+' % blank if group else r'\d+'
    mark = re.escape(decimal_char)
    pattern = r'([+-]?)(?:(%s)(?:(%s)(\d*))?|(%s)(\d+))((?:[eE][+-]?\d+)?)$' % (whole, mark, mark)
    found = re.match(pattern, text, re.ASCII)
    if not found or (found.group(7) and not exponents):
        return None
    digits = re.sub(r'\D', '', found.group(2) or '', flags=re.ASCII) or '0'
    fraction = found.group(4) or found.group(6) or ''
    value = decimal.Decimal(found.group(1) + digits + '.' + (fraction or '0') + found.group(7))
    is_whole = not (found.group(3) or found.group(5) or found.group(7))
    return value, is_whole


def real_date(year, month, day):
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def any_date(text):
    found = (re.match(r'(\d{4})([-./])(\d{1,2})\2(\d{1,2})$', text, re.ASCII)
             or re.match(r'(\d{1,2})([-./])(\d{1,2})\2(\d{4})$', text, re.ASCII))
    if not found or len(text) < 8:
        return None
    a, _, month, b = found.groups()
    return real_date(a, month, b) if len(a) == 4 else real_date(b, month, a)


def fits(field, text):
    """(does it fit, its place in the order of the type or None, its class or None)"""
    kind, fmt = field.get('type'), field.get('format')
    if kind in ('integer', 'number'):
        value = number(text, field.get('decimalChar', '.'), field.get('groupChar', ''), kind == 'number')
        if isinstance(value, decimal.Decimal):
            return True, None if value.is_nan() else value, 'numbers'
        if value is None or (kind == 'integer' and not value[1]):
            return False, None, None
        return True, value[0], 'integers' if value[1] else 'numbers'
    if kind == 'boolean':
        return text in ('true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'), text, None
    if kind == 'date':
        if fmt == '%d.%m.%Y':
            found = re.match(r'(\d{1,2})\.(\d{1,2})\.(\d{4})$', text, re.ASCII)
            day = real_date(found.group(3), found.group(2), found.group(1)) if found else None
        elif fmt == 'any':
            day = any_date(text)
        else:
            day = any_date(text) if re.match(r'\d{4}-\d\d-\d\d$', text, re.ASCII) else None
        return day is not None, day, 'dates'
    if kind == 'year':
        return bool(re.match(r'\d{4}$', text, re.ASCII)), text, None
    if kind == 'yearmonth':
        good = bool(re.match(r'\d{4}-(0[1-9]|1[0-2])$', text, re.ASCII))
        return good, text, 'dates'
    if kind == 'geopoint':
        degree = r'([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)'
        found = re.match(degree + ', ?' + degree + r'\Z', text, re.ASCII)
        good = bool(found) and abs(float(found.group(1))) <= 180 and abs(float(found.group(2))) <= 90
        return good, text, None
    return True, text, None


def loose_class(text):
    if re.match(r'[+-]?\d+$', text, re.ASCII):
        return 'integers'
    if any_date(text) or re.match(r'\d{4}-(0[1-9]|1[0-2])$', text, re.ASCII):
        return 'dates'
    for mark in '.,':
        value = number(text, mark, ' ', False)
        if value:
            return 'integers' if value[1] else 'numbers'
    return 'texts'


def printed(field, value):
    if value is None:
        return None
    if isinstance(value, decimal.Decimal):
        if value.is_infinite():
            return '-INF' if value < 0 else 'INF'
        text = format(value, 'f')
        text = text.rstrip('0').rstrip('.') if '.' in text else text
        return '0' if text in ('-0', '') else text
    return value.isoformat() if isinstance(value, datetime.date) else value


def shape(text):
    def sign(c):
        if c < '\x80':
            return 'a' if c.isalpha() else '9' if c.isdigit() else c if ' ' <= c <= '~' else 'x'
        group = unicodedata.category(c)
        return 'a' if group.startswith('L') else '9' if group == 'Nd' else 'x'
    return ''.join(sign(c) for c in text[:40])


INVISIBLE = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f'
                       '\u3000\ufeff]')


def odd(text, good):
    kinds = []
    if text[0] in '=@\t\r' and len(text) > 1:
        kinds.append('formula')
    elif text[0] in '+-' and re.search('[A-Za-z=@(!|*/]', text[1:]) and text[1] not in ' \t':
        kinds.append('signed-formula')
    if good and (text[0] in ' \t' or text[-1] in ' \t'):
        kinds.append('outer-blanks')
    if good and INVISIBLE.search(text):
        kinds.append('invisible')
    if good and any('\u0300' <= b <= '\u036f' and len(unicodedata.normalize('NFC', a + b)) == 1
                    for a, b in zip(text, text[1:])):
        kinds.append('decomposed')
    return kinds


def broken(field, text, good, key, kind):
    """The words of what a value breaks: what was declared (the first alone), then its characters."""
    kinds = []
    asked = field.get('constraints', {})
    numeric = field.get('type') in ('integer', 'number')
    if good and 'enum' in asked:
        listed = [fits(field, str(v))[1] for v in asked['enum']] if numeric else asked['enum']
        kinds += ['not-listed'] if (key if numeric else text) not in listed else []
    if good and not kinds and 'pattern' in asked and not re.fullmatch(asked['pattern'], text, re.ASCII):
        kinds.append('pattern')
    if good and not kinds and not asked.get('minLength', 0) <= len(text) <= asked.get('maxLength', 10**9):
        kinds.append('length')
    if good and not kinds and numeric and key is not None:
        value = lambda name: decimal.Decimal(asked[name])
        if ('minimum' in asked and key < value('minimum') or 'maximum' in asked and key > value('maximum')
                or 'exclusiveMinimum' in asked and key <= value('exclusiveMinimum')):
            kinds.append('range')
    return kinds + (odd(text, good) if kind == 'texts' and text else [])


BROKEN = ['range', 'length', 'pattern', 'not-listed', 'formula', 'signed-formula', 'outer-blanks', 'invisible',
          'decomposed']


def lost_zeros(values):
    """How many different values are one or two digits shorter than all others."""
    sizes = [len(v) for v in values]
    usual = max(sizes, default=0)
    short = [n for n in sizes if n < usual]
    if (usual < 5 or usual > 26 or any(not re.match(r'[0-9]+$', v) or (v[0] == '0' and v != '0') for v in values)
            or any(n < usual - 2 for n in short)):
        return 0
    return len(short) if len(short) * 2 < len(sizes) else 0


def oracle(config, rows):
    result = {'profile': [], 'defect': [], 'witness': []}
    late = []
    missing = config.get('missingValues', [''])
    places = [(line, record, byte) for record, line, byte, *_ in rows]
    whole = [i for i, row in enumerate(rows) if row[3] is None]

    def defect(kind, field, at, shapes):
        if at:
            result['defect'].append((kind, field, len(at), places[at[0]][0]))
            result['witness'] += [(kind, field) + places[i] + (s,) for i, s in
                                  list(zip(at, shapes))[:config['witnesses']]]

    if config['defects']:
        kinds = []
        for kind in dict.fromkeys(row[3] for row in rows if row[3] is not None):
            at = [i for i, row in enumerate(rows) if row[3] == kind]
            kinds.append((at[0], kind, at))
        blank = [i for i in whole if len(config['fields']) > 1
                 and all(v is None or v in missing for v in rows[i][5:])]
        kinds += [(blank[0], 'blank', blank)] if blank else []
        for _, kind, at in sorted(kinds):
            defect(kind, None, at, [None] * len(at))
    for n, field in enumerate(config['fields']):
        cells = [(i, rows[i][5 + n]) for i in whole]
        values = [(i, v) for i, v in cells if v is not None and v not in missing]
        judged = [(i, v) + fits(field, v) for i, v in values]
        classes = [(c if good and c else loose_class(v)) for _, v, good, _, c in judged]
        order = [(key, v) for _, v, good, key, _ in judged if good and key is not None]
        numeric = field.get('type') in ('integer', 'number', 'date')
        keys = [k for k, _ in order] if numeric else [v.encode() for _, v in order]
        low, high = (min(keys), max(keys)) if keys else (None, None)
        if not numeric and keys:
            low, high = low.decode(), high.decode()
        result['profile'].append((field['name'], len(cells), len(cells) - len(values),
                                  len({v for _, v in values}), printed(field, low), printed(field, high),
                                  max([len(v) for _, v in values], default=0),
                                  classes.count('integers'), classes.count('numbers'), classes.count('dates'),
                                  classes.count('texts'),
                                  sum(bool(re.match(r'0\d+$', v, re.ASCII)) for _, v in values)))
        bad = [(i, v) for i, v, good, _, _ in judged if not good]
        defect('type-mismatch', field['name'], [i for i, _ in bad], [shape(v) for _, v in bad])
        if field.get('required'):
            gaps = [i for i, v in cells if v is None or v in missing]
            defect('required-missing', field['name'], gaps, [None] * len(gaps))
        if field.get('unique'):
            seen, repeats = set(), []
            for i, v in values:
                repeats += [(i, v)] if v in seen else []
                seen.add(v)
            defect('unique-violated', field['name'], [i for i, _ in repeats], [shape(v) for _, v in repeats])
        breaches = [(i, v, broken(field, v, good, key, kind))
                    for (i, v, good, key, _), kind in zip(judged, classes)]
        for word in BROKEN:
            at = [(i, v) for i, v, kinds in breaches if word in kinds]
            defect(word, field['name'], [i for i, _ in at], [shape(v) for _, v in at])
        fewer = lost_zeros(list(dict.fromkeys(v for _, v in values)))
        if fewer:
            late.append(('lost-zeros', field['name'], fewer))
    result['late'] = late
    return result


def random_field(rng, n):
    field = {'name': rng.choice(['pole', 'żółć', 'a"b', 'x']) + str(n)}
    kind = rng.choice(TYPES)
    if kind:
        field['type'] = kind
    if kind == 'date':
        field['format'] = rng.choice(['default', '%d.%m.%Y', 'any'])
    if kind in ('integer', 'number') and rng.random() < 0.5:
        field.update(rng.choice([{'decimalChar': ','}, {'groupChar': ' ', 'decimalChar': ','}, {'groupChar': ','}]))
    for key in ('required', 'unique'):
        if rng.random() < 0.3:
            field[key] = True
    if rng.random() < 0.6:
        field['constraints'] = random_constraints(rng, kind)
    return field


def random_constraints(rng, kind):
    choices = {'minLength': rng.randrange(6), 'maxLength': rng.randrange(9), 'pattern': rng.choice(['[0-9]+', '.*a.*', '[^ ]*'])}
    if kind in ('integer', 'number'):
        choices.update({'minimum': rng.randrange(-9, 99), 'maximum': rng.randrange(9, 9999), 'enum': [1, 7, 12, 0, 1234]})
        choices.update({'exclusiveMinimum': 7} if rng.random() < 0.5 else {})
        if 'exclusiveMinimum' in choices:
            del choices['minimum']
    elif kind == 'geopoint':
        choices['enum'] = ['1,5', '21,52']
    elif kind != 'boolean' and kind not in ('date', 'year', 'yearmonth'):
        choices['enum'] = ['tak', '7', 'Łódź', '=', 'brak']
    return {key: choices[key] for key in sorted(choices) if rng.random() < 0.4}


def random_value(rng, words):
    if rng.random() < 0.05:
        return None
    return rng.choice(words) if rng.random() < 0.9 else str(rng.randrange(10**rng.randrange(1, 7)))


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    for table in range(TABLES):
        rng = random.Random(table)
        fields = [random_field(rng, n) for n in range(rng.randrange(1, 5))]
        config = {'fields': fields, 'defects': rng.random() < 0.7, 'witnesses': rng.randrange(4)}
        if rng.random() < 0.5:
            config['missingValues'] = rng.sample(['', '-', 'brak', '0'], rng.randrange(4))
        words = rng.sample(WORDS, rng.randrange(1, len(WORDS)))
        rows = [(i + 1, i * 2 + 2, i * 40, rng.choice([None] * 8 + ['ragged', 'quote']), 'a;b')
                + tuple(random_value(rng, words) for _ in fields) for i in range(rng.randrange(1, 60))]
        db.execute('DROP TABLE IF EXISTS t')
        columns = ['c%d' % n for n in range(len(fields))]
        db.execute('CREATE TABLE t(record, line, byte, defect, raw, %s)' % ', '.join(columns))
        db.executemany('INSERT INTO t VALUES (%s)' % ', '.join('?' * len(rows[0])), rows)
        text, = db.execute('SELECT profile_facts(?, record, line, byte, defect, raw, %s) FROM t'
                           % ', '.join(columns), (json.dumps(config),)).fetchone()
        got = json.loads(text)
        keys = {'profile': ('field', 'rows', 'missing', 'distinct_values', 'min', 'max', 'longest', 'integers',
                            'numbers', 'dates', 'texts', 'leading_zeros'),
                'defect': ('kind', 'field', 'count', 'first_line'),
                'witness': ('kind', 'field', 'line', 'record', 'byte', 'shape')}
        want = oracle(config, rows)
        late = [(item['kind'], item['field'], item['count']) for item in got['defect'] if item['kind'] == 'lost-zeros']
        got['defect'] = [item for item in got['defect'] if item['kind'] not in ('lost-zeros', 'outlier')]
        if late != want.pop('late'):
            print('table %d: %r\n%s' % (table, late, json.dumps(config, ensure_ascii=False)))
            return 1
        for part, names in keys.items():
            have = [tuple(item[name] for name in names) for item in got[part]]
            if have != want[part]:
                for a, b in zip(have + [None] * 9, want[part] + [None] * 9):
                    if a != b:
                        print('table %d, %s: sito %r, oracle %r' % (table, part, a, b))
                print(json.dumps(config, ensure_ascii=False))
                return 1
    print('%d tables agree' % TABLES)
    return 0


if __name__ == '__main__':
    sys.exit(main())
