#!/usr/bin/python3
"""anon_redact_spans and anon_redact on invented official texts (fixtures/redact) with their exact spans.

The first line of a text says what it is, which trap it holds, and after a last semicolon how it is written (crlf,
nfd); a JSON object at its end is the configuration. In the text ⟦kind|…⟧ is masked, ⟦kind?|…⟧ is masked and asks for
a decision, ⟦kind+reason|…⟧ stays. Of what stays, patrons of streets may go unmarked. For every text: the spans are
exactly these; the result has a mark for each and is otherwise the text; redacting it again changes nothing; nothing
that was masked is in it; personal_data_find finds nothing in it but what stays. Run: redact.py [sito.so] [NAME…].
"""
import json
import os
import re
import sqlite3
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ARGS = sys.argv[1:]
SITO = ARGS.pop(0) if ARGS and ARGS[0].endswith('.so') else os.environ['SITO_SO']
FOLDER = os.path.join(os.environ.get('FIXTURES', os.path.join(HERE, '../../fixtures')), 'redact')
MARK = '███'
SURE = 0.5


def read(name):
    with open(os.path.join(FOLDER, name), encoding='utf-8', newline='') as file:
        head, body = file.read().split('\n', 1)
    config = re.search(r'\{.*\}$', head)
    ways = head.rsplit(';', 1)[-1].split() if ';' in head else []
    if 'nfd' in ways:
        body = unicodedata.normalize('NFD', body)
    if 'crlf' in ways:
        body = body.replace('\n', '\r\n')
    return body, config.group(0) if config else None


def parse(marked):
    """The plain text, and its marks as (start, end, kind, sign, reason), from 1."""
    text, marks = '', []
    for part in re.split(r'(⟦[^⟧]*⟧)', marked):
        if part.startswith('⟦'):
            word, inside = part[1:-1].split('|', 1)
            kind, sign, reason = re.fullmatch(r'([a-z_]+)(?:(\?)|\+([a-z-]+))?', word).groups()
            marks.append((len(text) + 1, len(text) + len(inside), kind, 'keep' if reason else sign or 'mask', reason))
            part = inside
        text += part
    return text, marks


def spans_of(db, text, config):
    rows = db.execute('SELECT start, "end", kind, action, needs_decision, reason FROM anon_redact_spans(?, ?)',
                      (text, config)).fetchall()
    found = []
    for start, end, kind, action, asks, reason in rows:
        sign = 'keep' if action == 'keep' else '?' if asks else 'mask'
        found.append((start, end, kind, sign, reason if sign == 'keep' else None))
    return found


def expected_result(text, marks):
    out, done = '', 0
    for start, end, _, sign, _ in marks:
        if sign != 'keep':
            out += text[done:start - 1] + MARK
            done = end
    return out + text[done:]


def check(db, name):
    marked, config = read(name)
    text, marks = parse(marked)
    found = spans_of(db, text, config)
    wrong = []
    for span in sorted(set(found) ^ set(marks)):
        if span[3] == 'keep' and span[4] == 'patron' and span in found:
            continue
        wrong.append('%s %s: %r' % ('found' if span in found else 'missed', span[2:], text[span[0] - 1:span[1]]))
    result = db.execute('SELECT anon_redact(?, ?)', (text, config)).fetchone()[0]
    hidden = [s for s in found if s[3] != 'keep']
    if result != expected_result(text, hidden):
        wrong.append('the result is not the text with a mark for each span')
    if db.execute('SELECT anon_redact(?, ?)', (result, config)).fetchone()[0] != result:
        wrong.append('a second redaction changes the result')
    again = [s for s in spans_of(db, result, config) if s[3] != 'keep' and result[s[0] - 1:s[1]].strip('█')]
    wrong += ['in the result: %r' % (s,) for s in again]
    kept = [s for s in spans_of(db, result, config) if s[3] == 'keep']
    for start, end, kind in db.execute(
            'SELECT start, "end", kind FROM personal_data_find(?) WHERE confidence >= ?', (result, SURE)):
        if not any(s[0] <= end and start <= s[1] for s in kept):
            wrong.append('personal_data_find in the result: %s %r' % (kind, result[start - 1:end]))
    return wrong


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    names = sorted(n for n in os.listdir(FOLDER) if n.endswith('.txt') and (not ARGS or n[:-4] in ARGS))
    failed = 0
    for name in names:
        wrong = check(db, name)
        failed += bool(wrong)
        if wrong:
            print('%s\n  %s' % (name, '\n  '.join(wrong)))
    print('%d texts, %d wrong' % (len(names), failed))
    return 1 if failed or len(names) < (1 if ARGS else 60) else 0


if __name__ == '__main__':
    sys.exit(main())
