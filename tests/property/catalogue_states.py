#!/usr/bin/python3
"""The catalogue under a fuzzed plain shell (sql/catalogue).

A "gate" in this test records bytes and verdicts as `sito check` does, and an "office" records people,
analyses and decisions, well or badly. Between their steps random statements run as anybody could type
them in the sqlite3 shell: INSERT, REPLACE, UPDATE OR REPLACE, DELETE, UPSERT, changed ids, NULL, BLOB
and other odd values, pragmas, transactions. Left out are DDL and invented verdicts of PASS, which no
catalogue of plain SQLite can tell from true ones.

After every statement
  - the history begins with the whole earlier history, unchanged, and its ids run 1, 2, 3 …;
  - every PASS in it was recorded by the gate;
  - no event is there that the second implementation (model/catalogue.py) would have refused, above
    all no state without what the requirements ask, and dataset.state is what that model gives.
Last, each guard is taken away in turn and the same fuzz must notice: it is no blind test.
"""
import glob
import os
import random
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'model'))
from catalogue import RISKS, Breach, Model  # noqa: E402

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(__file__), '..', '..')
STATEMENTS = int(os.environ.get('STATEMENTS', '1000'))
SEEDS = range(int(os.environ.get('SEEDS', '2')))
NOTICED = {'step_event': 11, 'risk_event': 4, 'permission_event': 3}  # seeds that see them missing
GUARDS = ('history.sql', 'people.sql', 'analysis.sql', 'life.sql', 'seal.sql', 'calendar.sql',
          'requests.sql', 'updates.sql', 'inventory.sql')


def schema():
    folder = os.path.join(SOURCE, 'sql', 'catalogue')
    tables = sorted(glob.glob(os.path.join(folder, 'tables-*.sql')),
                    key=lambda path: int(re.search(r'(\d+)\.sql$', path).group(1)))
    texts = []
    for path in tables + [os.path.join(folder, name) for name in GUARDS]:
        with open(path, encoding='utf-8') as file:
            texts.append(file.read())
    return '\n'.join(texts)


SCHEMA = schema()
DIGESTS = [digit * 64 for digit in '0123']
NAMES = ['rejestr-drzew', 'zgloszenia', 'nieznany']
PEOPLE = ['A. Nowak', 'J. Lis', 'M. Wrona']
ROLES = ['local-data-controller', 'open-data-officer', 'data-protection-officer', 'unit-coordinator',
         'custodian', 'request-coordinator']
OUTCOMES = {'1': ['no-persons', 'no-personal-data', 'personal-data'],
            '2': ['15.2.1', '15.2.2', '15.2.3', '15.2.4', '16.1', '16.3', '16.4', 'statute'],
            '3': ['positive', 'positive', 'negative'], '4': ['dpia', 'no-dpia'],
            '5': ['positive', 'positive', 'negative'], '6': ['positive', 'positive', 'negative'],
            '7': ['positive']}
COLUMNS = ['id', 'at', 'kind', 'dataset', 'digest', 'outcome', 'actor', 'role', 'reason', 'case_mark',
           'document', 'subject', 'form', 'person', 'unit', 'from_day', 'until_day', 'number',
           'location', 'bundle', 'day', 'source', 'rhythm']
HISTORY = f'SELECT {", ".join(COLUMNS)} FROM event ORDER BY id'
FILES = 'SELECT rowid, event, kind, path, sha256 FROM input ORDER BY rowid'


class Fuzz:
    def __init__(self, seed, without=None):
        self.random = random.Random(seed)
        self.db = sqlite3.connect(':memory:', isolation_level=None)
        self.db.executescript(SCHEMA)
        self.db.execute('PRAGMA trusted_schema = OFF')
        if without:
            self.db.execute(f'DROP TRIGGER {without}')
        self.passes = set()       # the verdicts of PASS that the gate recorded
        self.before = []          # the history at the last look
        self.files = set()        # the lists of files at the last look
        self.saved = None         # both at BEGIN
        self.queue = []           # what the office does next
        self.reached = set()      # states that were seen, so that the fuzz is known to get there

    def pick(self, values):
        return self.random.choice(values)

    # ---- anybody ----

    def value(self):
        r = self.random
        return r.choice([
            'NULL', '0', '1', '-1', '3', '2.0', "'1'", "'2 '", '9223372036854775807', '1e300',
            "x''", "x'50415353'", "CAST('publishable' AS BLOB)", "'publishable'", "'PUBLISHABLE'",
            "'publishable' || char(0)", "'verified'", "'published'", "'PASS'", "'FAIL'", "'state'",
            "'bytes'", "'registered'", "'step'", "'decision'", "'positive'", "'withdrawn'", "''",
            "'a' || char(0) || 'b'", "(SELECT max(id) FROM event)", f"'{r.choice(DIGESTS)}'",
            f"'{r.choice(NAMES)}'", f"CAST('{r.choice(DIGESTS)}' AS BLOB)", f"'{r.choice(PEOPLE)}'",
            "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')", "'2019-05-05T10:00:00Z'",
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
        name, digest, person = self.pick(NAMES), self.pick(DIGESTS), self.pick(PEOPLE)
        state = self.pick(['publishable', 'published', 'withdrawn'])
        upsert = self.pick(['', '', ' ON CONFLICT DO NOTHING',
                            " ON CONFLICT (id) DO UPDATE SET outcome = 'PASS'",
                            f" ON CONFLICT (id) DO UPDATE SET digest = '{digest}'"])
        verb = self.pick(['REPLACE', self.conflict('INSERT')])
        kind = self.random.randrange(24)
        if kind == 0 and self.random.random() < 0.5:    # about to publish or to withdraw
            outcome = self.pick([state, 'published', 'withdrawn', 'abandoned'])
            return (f"{verb} INTO event (kind, dataset, digest, outcome, actor, location, bundle) "
                    f"VALUES ('intent', '{name}', '{digest}', '{outcome}', '{person}', "
                    f"{self.pick(['NULL', repr('/www')])}, '{self.pick(DIGESTS)}')")
        if kind < 3:     # a state, straight into the history
            return (f"{verb} INTO event (kind, dataset, digest, outcome, actor) "
                    f"VALUES ('state', '{name}', '{digest}', '{state}', '{person}')" + upsert)
        if kind < 6:     # over an older row, or at a strange place
            row = self.pick([f"'bytes', '{name}', '{digest}', NULL",
                             f"'state', '{name}', '{digest}', '{state}'",
                             f"'verdict', '{name}', '{digest}', 'FAIL'",
                             "'registered', 'nowy', NULL, NULL"])
            return (f'{verb} INTO event ({self.pick(["id", "rowid", "oid"])}, kind, dataset, digest, '
                    f'outcome) VALUES ({self.id()}, {row})' + upsert)
        if kind == 6 and self.random.random() < 0.5:    # anybody may say so
            return self.pick([
                f"{verb} INTO event (kind, dataset, digest) VALUES ('bytes', '{name}', '{digest}')",
                f"{verb} INTO event (kind, dataset, digest, outcome) "
                f"VALUES ('verdict', '{name}', '{digest}', '{self.pick(['FAIL', 'ERROR'])}')"])
        if kind < 8:     # any values at all, but no PASS
            picked = self.random.sample(COLUMNS, self.random.randrange(1, 8))
            values = [self.value().replace('PASS', 'FAIL').replace('50415353', '4641494c')
                      for _ in picked]
            return f"{verb} INTO event ({', '.join(picked)}) VALUES ({', '.join(values)})"
        if kind == 8:    # the history copied onto itself, shifted
            return (f"{verb} INTO event (id, kind, dataset, digest, outcome) SELECT id + "
                    f"{self.pick([0, 1, -1, 100])}, kind, dataset, digest, outcome FROM event "
                    f"WHERE outcome IS NOT 'PASS'{self.pick(['', ' LIMIT 1'])}")
        if kind < 11:
            return (f'{self.conflict("UPDATE")} event SET '
                    f'{self.pick(COLUMNS + ["rowid", "_rowid_"])} = {self.value()}' + self.where())
        if kind == 11:
            return f'UPDATE OR REPLACE event SET id = id {self.pick(["+", "-"])} 1' + self.where()
        if kind == 12:
            return 'DELETE FROM event' + self.where()
        if kind < 17:    # the proper way, right and wrong
            state = self.pick([f"'{state}'", "'publishable'", "'published'", self.value()])
            more = self.pick(['', f", actor = '{person}'", f", actor = '{person}'",
                              f', name = {self.value()}', f", digest = '{digest}'",
                              f', marked_at = {self.value()}'])
            return (f'{self.conflict("UPDATE")} dataset SET state = {state}{more}'
                    + self.pick(['', f" WHERE name = '{name}'"]))
        if kind == 17:
            return (f'{verb} INTO dataset (name, state, digest) '
                    f"VALUES ({self.pick([self.value(), repr(name)])}, {self.value()}, '{digest}')")
        if kind == 18:
            return self.pick(['DELETE FROM ' + self.pick(['dataset', 'present', 'mark', 'missing',
                                                          'requirement', 'risk_source', 'step_list',
                                                          'default_requirement', 'seal']),
                              f"INSERT INTO passing VALUES ('{name}', '{digest}')",
                              "INSERT INTO legal_path VALUES ('no-persons', '16.3')",
                              f"UPDATE present SET digest = '{digest}'",
                              "UPDATE verdict SET verdict = 'PASS'",
                              "UPDATE requirement SET scope = 'off'"])
        if kind == 19:
            return self.pick([f'PRAGMA {pragma} = {self.pick(["ON", "OFF"])}' for pragma in (
                'recursive_triggers', 'foreign_keys', 'ignore_check_constraints',
                'defer_foreign_keys', 'reverse_unordered_selects', 'case_sensitive_like',
                'cell_size_check', 'automatic_index', 'legacy_alter_table')])
        if kind < 22:    # the files behind a digest, and seals
            return self.pick([
                f"{verb} INTO input (event, kind, path, sha256) "
                f"VALUES ({self.id()}, 'data', 'x.csv', '{digest}')",
                f"{verb} INTO input (rowid, event, kind, path, sha256) "
                f"VALUES ({self.id()}, {self.id()}, 'data', 'y.csv', '{digest}')",
                f'{self.conflict("UPDATE")} input SET '
                f'{self.pick(["rowid", "event", "path", "sha256"])} = {self.value()}',
                'DELETE FROM input' + self.pick(['', f' WHERE event = {self.id()}']),
                f"{verb} INTO seal VALUES ({self.id()}, '{digest}')"])
        if kind == 22:   # the office's own words, by anybody
            return self.office()
        return self.pick(['BEGIN', 'COMMIT', 'ROLLBACK', 'BEGIN IMMEDIATE'])

    # ---- the office ----

    def step(self, name, person, step, outcome, form='risk-assessment'):
        document = f"'{self.pick(DIGESTS)}'" if self.random.random() < 0.97 else 'NULL'
        number = self.pick([1, 19, 19, 20, 'NULL'])
        return ('INSERT INTO step (dataset, step, outcome, form, actor, case_mark, document, number) '
                f"VALUES ('{name}', '{step}', '{outcome}', '{form}', '{person}', 'GK.1431.7.2025', "
                f'{document}, {number})')

    def risk(self, name, person, risk):
        return ('INSERT INTO risk_answer (dataset, risk, outcome, actor, reason) '
                f"VALUES ('{name}', '{risk}', '{self.pick(['absent', 'reduced', 'remains'])}', "
                f"'{person}', 'nie dotyczy')")

    def decide(self, name, person):
        outcome = self.pick(['positive', 'positive', 'positive', 'negative'])
        return ('INSERT INTO decision (dataset, outcome, actor, case_mark, document) '
                f"VALUES ('{name}', '{outcome}', '{person}', 'GK.1431.7.2025', '{self.pick(DIGESTS)}')")

    def office(self):
        """One statement of people's work, right or wrong."""
        name, person = self.pick(NAMES), self.pick(PEOPLE)
        step = self.pick(list(OUTCOMES))
        until = self.pick(['NULL', 'NULL', "'2020-12-31'"])
        topic = self.pick(['custodian', 'opinia-radcy'])
        scope = self.pick(['bytes', 'dataset', 'off', 'off'])
        return self.pick([
            self.step(name, person, step, self.pick(OUTCOMES[step]), self.pick(['dpia', 'x'])),
            self.risk(name, person, self.pick(RISKS + ['P9'])),
            self.decide(name, person),
            'INSERT INTO record (dataset, topic, outcome, person) '
            f"VALUES ('{name}', '{topic}', '{self.pick(['positive', 'negative'])}', '{person}')",
            'INSERT INTO requirement (state, need, scope) VALUES ('
            f"'{self.pick(['publishable', 'published', 'registered'])}', "
            f"'{self.pick(['analysis', 'decision', 'custodian', 'person', 'opinia-radcy'])}', "
            f"'{scope}')",
            'INSERT INTO permission (role, act, allowed) VALUES ('
            f"'{self.pick(ROLES)}', '{self.pick(['decision', 'published', 'ruling'])}', "
            f"{self.pick([1, 1, 0])})",
            'INSERT INTO authorisation (person, role, from_day, until_day) '
            f"VALUES ('{person}', '{self.pick(ROLES)}', '2020-01-01', {until})",
            f"INSERT INTO rhythm (dataset, rhythm) VALUES ('{name}', '{self.pick(['ANNUAL', 'CO ROK'])}')",
            'INSERT INTO delivery (dataset, period, outcome, digest) VALUES ('
            f"'{name}', '{self.pick(['2024', '2024-Q5', '2024-07', 'lipiec'])}', "
            f"'{self.pick(['accepted', 'returned', 'PASS'])}', '{self.pick(DIGESTS)}')",
            'INSERT INTO remark (dataset, remark, outcome, form, day, reason) VALUES ('
            f"'{name}', '1', 'received', '{self.pick(['error', 'x'])}', '2024-01-01', "
            f"{self.pick(['NULL', repr('błąd')])})",
            'INSERT INTO event (kind, subject, outcome, digest) VALUES ('
            f"'found', '{self.pick(['/a.csv', '/b.csv'])}', "
            f"'{self.pick(['none-found', 'directly', 'gone', 'not-assessed'])}', '{self.pick(DIGESTS)}')",
            'INSERT INTO assessment (item, qualification, reason, actor) VALUES ('
            f"'{self.pick(['/a.csv', '/b.csv', '/c.csv'])}', "
            f"'{self.pick(['directly', 'none-found', 'no'])}', {self.pick(['NULL', repr('wykaz')])}, "
            f"'{person}')",
        ])

    def campaign(self):
        """People, a whole analysis, a decision, a mark and a publication: mostly in good order."""
        name = self.pick(NAMES[:2])
        controller, officer, protection = PEOPLE
        content = self.pick(OUTCOMES['1'])
        path = {'no-persons': '16.1', 'no-personal-data': self.pick(['16.4', '15.2.4']),
                'personal-data': self.pick(['16.3', '15.2.2'])}[content]
        work = [f"INSERT INTO authorisation (person, role, from_day) VALUES ('{person}', '{role}', "
                "'2020-01-01')" for person, role in ((controller, ROLES[0]), (officer, ROLES[1]),
                                                     (protection, ROLES[2]))]
        work += [self.step(name, controller, '1', content), self.step(name, controller, '2', path)]
        work += [self.risk(name, controller, risk) for risk in RISKS]
        work += [self.step(name, controller, '3', 'positive'),
                 self.step(name, protection, '4', 'no-dpia'),
                 self.step(name, controller, '5', 'positive'),
                 self.step(name, controller, '6', self.pick(['positive'] * 9 + ['negative'])),
                 ('gate', name), self.decide(name, controller),
                 f"UPDATE dataset SET state = 'publishable' WHERE name = '{name}'",
                 'INSERT INTO event (kind, dataset, digest, outcome, actor, location, bundle) '
                 f"SELECT 'intent', '{name}', digest, 'published', '{officer}', '/www', digest "
                 f"FROM present WHERE dataset = '{name}'",
                 f"UPDATE dataset SET state = 'published', actor = '{officer}' WHERE name = '{name}'"]
        if self.random.random() < 0.05:
            work.append(f"UPDATE dataset SET state = 'withdrawn', actor = '{officer}' "
                        f"WHERE name = '{name}'")
        return [item for item in work if self.random.random() > 0.004]

    # ---- the gate ----

    def gate(self, name, digest, outcome):
        """What `sito check` records: register, bytes, files, verdict."""
        if self.db.execute("SELECT 1 FROM event WHERE dataset = ? AND outcome = 'withdrawn'",
                           (name,)).fetchone():
            return
        if not self.db.execute('SELECT 1 FROM event WHERE dataset = ?', (name,)).fetchone():
            self.db.execute("INSERT INTO event (kind, dataset) VALUES ('registered', ?)", (name,))
        self.db.execute("INSERT INTO event (kind, dataset, digest) VALUES ('bytes', ?, ?)",
                        (name, digest))
        self.db.execute("INSERT INTO input (event, kind, path, sha256) "
                        "SELECT max(id), 'data', 'x.csv', ? FROM event", (digest,))
        try:    # somebody else, into the open list, at a place of his choice
            self.db.execute('INSERT INTO input (rowid, event, kind, path, sha256) '
                            "SELECT ?, max(id), 'data', 'z.csv', ? FROM event",
                            (self.pick([1, 7000, -1, 0]), digest))
        except sqlite3.Error:
            pass
        row = self.db.execute("INSERT INTO event (kind, dataset, digest, outcome) "
                              "VALUES ('verdict', ?, ?, ?)", (name, digest, outcome))
        if outcome == 'PASS':
            self.passes.add((row.lastrowid, name, digest))

    # ---- the look ----

    def look_back(self, statement, history):
        if 'ROLLBACK' in statement and not self.db.in_transaction and self.saved is not None:
            if self.saved[0] == history[:len(self.saved[0])]:
                self.before, self.files = self.saved
        if history[:len(self.before)] != self.before:
            raise Breach('the earlier history changed')
        if [row[0] for row in history] != list(range(1, len(history) + 1)):
            raise Breach('the ids have a gap')

    def look_at_files(self, history):
        files = set(self.db.execute(FILES))
        newest = len(self.before)
        if not self.files <= files or any(row[1] < newest for row in files - self.files):
            raise Breach('a closed list of files changed')
        if sorted(row[0] for row in files) != list(range(1, len(files) + 1)):
            raise Breach('the lists of files have a gap')
        if any(row[1] > len(history) or history[row[1] - 1][2] not in ('bytes', 'intent')
               for row in files):
            raise Breach('a list of files without its event')
        return files

    def look(self, statement):
        history = self.db.execute(HISTORY).fetchall()
        if history == self.before and 'input' not in statement and 'ROLLBACK' not in statement:
            return
        self.look_back(statement, history)
        for row in history[len(self.before):]:
            if row[5] == 'PASS' and row[2] == 'verdict' and (row[0], row[3], row[4]) not in self.passes:
                raise Breach('a verdict that no gate gave')
        files = self.look_at_files(history)
        self.before, self.files = history, files
        if not self.db.in_transaction:
            self.saved = None
        states = dict(self.db.execute('SELECT name, state FROM dataset'))
        model = Model([dict(zip(COLUMNS, row)) for row in history])
        if states != model.states():
            raise Breach(f'states {states}, by the events {model.states()}')
        self.reached.update(states.values())

    # ---- the run ----

    def next(self):
        if self.queue and self.random.random() < 0.8:
            return self.queue.pop(0)
        if not self.queue and self.random.random() < 0.03:
            self.queue = self.campaign()
        if self.random.random() < 0.05:
            return ('gate', self.pick(NAMES[:2]))
        return self.statement()

    def run(self, count):
        for _ in range(count):
            statement = self.next()
            try:
                if isinstance(statement, tuple):
                    if self.db.in_transaction:
                        self.db.execute('COMMIT')
                    outcome = self.pick(['PASS', 'PASS', 'FAIL', 'ERROR']) if not self.queue else 'PASS'
                    self.gate(statement[1], self.pick(DIGESTS[:2]), outcome)
                    statement = 'gate'
                else:
                    if statement.startswith('BEGIN') and not self.db.in_transaction:
                        self.saved = (self.before, self.files)
                    self.db.execute(statement)
            except sqlite3.Error as refusal:
                if isinstance(statement, tuple):
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
              f'states {sorted(fuzz.reached)}', flush=True)
    missed = {'registered', 'collected', 'verified', 'analysed', 'publishable', 'published',
              'withdrawn'} - reached
    if missed:
        sys.exit(f'the fuzz never reached {sorted(missed)}')
    for guard in ('event_insert', 'event_inserted', 'event_update', 'event_delete', 'state_event',
                  'input_insert', 'input_inserted', 'input_update', 'input_delete', 'step_event',
                  'risk_event', 'decision_event', 'permission_event'):
        first = NOTICED.get(guard, 0)  # the others follow, should the fuzz have changed
        for seed in [*range(first, 20), *range(first)]:
            try:
                Fuzz(seed, without=guard).run(STATEMENTS // 2)
            except (Breach, LookupError, ValueError, TypeError) as noticed:
                print(f'without {guard}: noticed with seed {seed} ({str(noticed)[:150]})', flush=True)
                break
        else:
            sys.exit(f'without {guard} nothing was noticed: the fuzz is blind to it')


if __name__ == '__main__':
    main()
