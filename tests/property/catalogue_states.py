#!/usr/bin/python3
"""The catalogue under a fuzzed plain shell (sql/catalogue/schema.sql, R1 to R6).

A "gate" in this test records bytes and verdicts as `sito check` does. Between its steps random
statements run as anybody could type them in the sqlite3 shell: INSERT, REPLACE, UPDATE OR REPLACE,
DELETE, UPSERT, changed ids, NULL, BLOB and other odd values, pragmas, transactions. Left out are
DDL and invented verdicts of PASS, which no catalogue of plain SQLite can tell from true ones.

After every statement
  - the history begins with the whole earlier history, unchanged, and its ids run 1, 2, 3 …;
  - every PASS in it was recorded by the gate;
  - dataset.state is what a second implementation, the fold below, gives for that history.
Last, each guard is taken away in turn and the same fuzz must notice: it is no blind test.
"""
import glob
import os
import random
import re
import sqlite3
import sys

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(__file__), '..', '..')
STATEMENTS = int(os.environ.get('STATEMENTS', '1500'))
SEEDS = range(int(os.environ.get('SEEDS', '4')))


class Breach(Exception):
    pass


def schema():
    folder = os.path.join(SOURCE, 'sql', 'catalogue')
    upgrades = sorted(glob.glob(os.path.join(folder, 'upgrade-*.sql')),
                      key=lambda path: int(re.search(r'(\d+)\.sql$', path).group(1)))
    texts = []
    for path in [os.path.join(folder, 'schema.sql')] + upgrades:
        with open(path, encoding='utf-8') as file:
            texts.append(file.read())
    return '\n'.join(texts)


SCHEMA = schema()
DIGESTS = [digit * 64 for digit in '0123']
NAMES = ['rejestr-drzew', 'zgloszenia', 'nieznany']
HISTORY = 'SELECT id, kind, dataset, digest, outcome, actor, document FROM event ORDER BY id'
FILES = 'SELECT rowid, event, kind, path, sha256 FROM input ORDER BY rowid'


def fold(history):
    """States by name, from the events alone: written without a look at the views."""
    states = {}
    for _id, kind, name, digest, outcome, *_ in history:
        if kind == 'registered':
            if name in states:
                raise Breach(f'event {_id} registers {name} again')
            states[name] = {'bytes': None, 'verdicts': {}, 'marked': False}
            continue
        if name not in states:
            raise Breach(f'event {_id} is of a data set that is not registered')
        known = states[name]
        if kind == 'bytes':
            if known['bytes'] != digest:
                known['marked'] = False
            known['bytes'] = digest
        elif kind == 'verdict':
            known['verdicts'][digest] = outcome
            if outcome != 'PASS':
                known['marked'] = False
        elif kind == 'state':
            if known['bytes'] is None or known['verdicts'].get(known['bytes']) != 'PASS':
                raise Breach(f'event {_id} marks {name} without a passing verdict of its bytes')
            if digest != known['bytes']:
                raise Breach(f'event {_id} marks other bytes than the present ones of {name}')
            known['marked'] = True
    result = {}
    for name, known in states.items():
        if known['marked']:
            result[name] = 'publishable'
        elif known['bytes'] is not None and known['verdicts'].get(known['bytes']) == 'PASS':
            result[name] = 'verified'
        else:
            result[name] = 'registered' if known['bytes'] is None else 'collected'
    return result


class Fuzz:
    def __init__(self, seed, without=None):
        self.random = random.Random(seed)
        self.db = sqlite3.connect(':memory:', isolation_level=None)
        self.db.executescript(SCHEMA)
        self.db.execute('PRAGMA trusted_schema = OFF')
        if without:
            self.db.execute(f'DROP TRIGGER {without}')
        self.passes = set()       # ids of the verdicts of PASS that the gate recorded
        self.before = []          # the history at the last look
        self.saved = None         # the history at BEGIN
        self.files = set()        # the lists of files at the last look
        self.reached = set()      # states that were seen, so that the fuzz is known to get there

    def pick(self, values):
        return self.random.choice(values)

    def value(self):
        r = self.random
        return r.choice([
            'NULL', '0', '1', '-1', '3', '2.0', "'1'", "'2 '", '9223372036854775807', '1e300',
            "x''", "x'50415353'", "CAST('publishable' AS BLOB)", "'publishable'", "'PUBLISHABLE'",
            "'publishable' || char(0)", "'verified'", "'published'", "'PASS'", "'FAIL'", "'state'",
            "'bytes'", "'registered'", "'{}'", "'{'", "''", "'a' || char(0) || 'b'",
            "(SELECT max(id) FROM event)", f"'{r.choice(DIGESTS)}'", f"'{r.choice(NAMES)}'",
            f"CAST('{r.choice(DIGESTS)}' AS BLOB)", "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
        ])

    def conflict(self, verb):
        return verb + self.pick(['', '', '', ' OR REPLACE', ' OR IGNORE', ' OR FAIL', ' OR ABORT',
                                 ' OR ROLLBACK'])

    def id(self):
        top = len(self.before)
        return self.pick([1, top, top + 1, top + 2, max(1, top // 2), -1, 0, 7000, 'NULL', "'2'",
                          '2.0', "x'32'"])

    def where(self):
        return self.pick(['', f" WHERE dataset = '{self.pick(NAMES)}'", f' WHERE id = {self.id()}',
                          " WHERE kind = 'verdict'", " WHERE kind = 'state'",
                          " WHERE outcome = 'FAIL'", ' WHERE id = (SELECT max(id) FROM event)'])

    def statement(self):
        columns = ['id', 'at', 'kind', 'dataset', 'digest', 'outcome', 'actor', 'role', 'reason',
                   'case_mark', 'document', 'program', 'detail', 'rowid', '_rowid_']
        name, digest = self.pick(NAMES), self.pick(DIGESTS)
        upsert = self.pick(['', '', ' ON CONFLICT DO NOTHING',
                            " ON CONFLICT (id) DO UPDATE SET outcome = 'PASS'",
                            f" ON CONFLICT (id) DO UPDATE SET digest = '{digest}'"])
        verb = self.pick(['REPLACE', self.conflict('INSERT')])
        kind = self.random.randrange(22)
        if kind < 3:     # a mark, straight into the history
            return (f"{verb} INTO event (kind, dataset, digest, outcome) "
                    f"VALUES ('state', '{name}', '{digest}', 'publishable')" + upsert)
        if kind < 6:     # over an older row, or at a strange place
            row = self.pick([f"'bytes', '{name}', '{digest}', NULL",
                             f"'state', '{name}', '{digest}', 'publishable'",
                             f"'verdict', '{name}', '{digest}', 'FAIL'",
                             "'registered', 'nowy', NULL, NULL"])
            return (f'{verb} INTO event ({self.pick(["id", "rowid", "oid"])}, kind, dataset, digest, '
                    f'outcome) VALUES ({self.id()}, {row})' + upsert)
        if kind == 6:    # other bytes, or a bad verdict: anybody may say so
            return self.pick([
                f"{verb} INTO event (kind, dataset, digest) VALUES ('bytes', '{name}', '{digest}')",
                f"{verb} INTO event (kind, dataset, digest, outcome) "
                f"VALUES ('verdict', '{name}', '{digest}', '{self.pick(['FAIL', 'ERROR'])}')"])
        if kind == 7:    # any values at all, but no PASS
            picked = self.random.sample(columns[:13], self.random.randrange(1, 8))
            values = [self.value().replace('PASS', 'FAIL').replace('50415353', '4641494c')
                      for _ in picked]
            return f"{verb} INTO event ({', '.join(picked)}) VALUES ({', '.join(values)})"
        if kind == 8:    # the history copied onto itself, shifted
            return (f"{verb} INTO event (id, kind, dataset, digest, outcome) SELECT id + "
                    f"{self.pick([0, 1, -1, 100])}, kind, dataset, digest, outcome FROM event "
                    f"WHERE outcome IS NOT 'PASS'{self.pick(['', ' LIMIT 1'])}")
        if kind < 11:
            return (f'{self.conflict("UPDATE")} event SET {self.pick(columns)} = {self.value()}'
                    + self.where())
        if kind == 11:
            return f'UPDATE OR REPLACE event SET id = id {self.pick(["+", "-"])} 1' + self.where()
        if kind == 12:
            return 'DELETE FROM event' + self.where()
        if kind < 16:    # the proper way, right and wrong
            state = self.pick(["'publishable'", "'publishable'", "'publishable'", self.value()])
            more = self.pick(['', '', ", actor = 'x'", f', name = {self.value()}',
                              f", digest = '{digest}'", f', marked_at = {self.value()}'])
            return (f'{self.conflict("UPDATE")} dataset SET state = {state}{more}'
                    + self.pick(['', f" WHERE name = '{name}'"]))
        if kind == 16:
            return (f'{verb} INTO dataset (name, state, digest) '
                    f"VALUES ({self.pick([self.value(), repr(name)])}, {self.value()}, '{digest}')")
        if kind == 17:
            return self.pick(['DELETE FROM dataset', 'DELETE FROM present', 'DELETE FROM mark',
                              f"INSERT INTO passing VALUES ('{name}', '{digest}')",
                              f"UPDATE present SET digest = '{digest}'",
                              f"UPDATE verdict SET verdict = 'PASS'"])
        if kind == 18:
            return self.pick([f'PRAGMA {pragma} = {self.pick(["ON", "OFF"])}' for pragma in (
                'recursive_triggers', 'foreign_keys', 'ignore_check_constraints',
                'defer_foreign_keys', 'reverse_unordered_selects', 'case_sensitive_like',
                'cell_size_check', 'automatic_index', 'legacy_alter_table')])
        if kind < 21:    # the files behind a digest
            return self.pick([
                f"{verb} INTO input (event, kind, path, sha256) "
                f"VALUES ({self.id()}, 'data', 'x.csv', '{digest}')",
                f"{verb} INTO input (rowid, event, kind, path, sha256) "
                f"VALUES ({self.id()}, {self.id()}, 'data', 'y.csv', '{digest}')",
                f'{self.conflict("UPDATE")} input SET '
                f'{self.pick(["rowid", "event", "path", "sha256"])} = {self.value()}',
                'DELETE FROM input' + self.pick(['', f' WHERE event = {self.id()}'])])
        return self.pick(['BEGIN', 'COMMIT', 'ROLLBACK', 'BEGIN IMMEDIATE'])

    def gate(self):
        """What `sito check` records: register, bytes, verdict."""
        name, digest = self.pick(NAMES[:2]), self.pick(DIGESTS[:2])
        outcome = self.pick(['PASS', 'PASS', 'FAIL', 'ERROR'])
        if not self.db.execute('SELECT 1 FROM event WHERE dataset = ?', (name,)).fetchone():
            self.db.execute("INSERT INTO event (kind, dataset) VALUES ('registered', ?)", (name,))
        self.db.execute("INSERT INTO event (kind, dataset, digest) VALUES ('bytes', ?, ?)",
                        (name, digest))
        self.db.execute("INSERT INTO input (event, kind, path, sha256) "
                        "SELECT max(id), 'data', 'x.csv', ? FROM event", (digest,))
        row = self.db.execute("INSERT INTO event (kind, dataset, digest, outcome) "
                              "VALUES ('verdict', ?, ?, ?)", (name, digest, outcome))
        if outcome == 'PASS':
            self.passes.add((row.lastrowid, name, digest))

    def look(self, statement):
        history = self.db.execute(HISTORY).fetchall()
        if statement == 'ROLLBACK' or ('ROLLBACK' in statement and not self.db.in_transaction):
            if self.saved is not None and self.saved[0] == history[:len(self.saved[0])]:
                self.before, self.files = self.saved
        if history[:len(self.before)] != self.before:
            raise Breach('the earlier history changed')
        if [row[0] for row in history] != list(range(1, len(history) + 1)):
            raise Breach('the ids have a gap')
        for row in history[len(self.before):]:
            if row[4] == 'PASS' and (row[0], row[2], row[3]) not in self.passes:
                raise Breach('a verdict that no gate gave')
        files = set(self.db.execute(FILES))
        newest = len(self.before)
        if not self.files <= files or any(row[1] < newest for row in files - self.files):
            raise Breach('a closed list of files changed')
        if sorted(row[0] for row in files) != list(range(1, len(files) + 1)):
            raise Breach('the lists of files have a gap')
        if any(row[1] > len(history) or history[row[1] - 1][1] != 'bytes' for row in files):
            raise Breach('a list of files without its event')
        self.before, self.files = history, files
        if not self.db.in_transaction:
            self.saved = None
        states = dict(self.db.execute('SELECT name, state FROM dataset'))
        if states != fold(history):
            raise Breach(f'states {states}, by the events {fold(history)}')
        self.reached.update(states.values())

    def run(self, count):
        for _ in range(count):
            statement = 'gate' if self.random.random() < 0.06 else self.statement()
            if statement == 'gate' and self.db.in_transaction:
                self.db.execute('COMMIT')
            if statement.startswith('BEGIN') and not self.db.in_transaction:
                self.saved = (self.before, self.files)
            try:
                if statement == 'gate':
                    self.gate()
                else:
                    self.db.execute(statement)
            except sqlite3.Error as refusal:
                if statement == 'gate':
                    raise Breach(f'the gate was refused: {refusal}') from None
            try:
                self.look(statement)
            except Breach as breach:
                raise Breach(f'{breach}, after: {statement}') from None


def main():
    reached = set()
    for seed in SEEDS:
        fuzz = Fuzz(seed)
        fuzz.run(STATEMENTS)
        reached |= fuzz.reached
        print(f'seed {seed}: {STATEMENTS} statements, {len(fuzz.before)} events, '
              f'states {sorted(fuzz.reached)}')
    if reached != {'registered', 'collected', 'verified', 'publishable'}:
        sys.exit(f'the fuzz reached only {sorted(reached)}')
    for guard in ('event_insert', 'event_inserted', 'event_update', 'event_delete',
                  'input_insert', 'input_inserted', 'input_update', 'input_delete'):
        for seed in range(20):
            try:
                Fuzz(seed, without=guard).run(STATEMENTS)
            except Breach as noticed:
                print(f'without {guard}: noticed ({noticed})')
                break
        else:
            sys.exit(f'without {guard} nothing was noticed: the fuzz is blind to it')


if __name__ == '__main__':
    main()
