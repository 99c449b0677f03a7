#!/usr/bin/python3
"""fetch killed, and refused by the disk, at a call that changes a file, one at a time (strace -e inject).

After each fault

  - the table is that of the old load or of the new one, whole, and the list of loads says the same;
  - what was kept before is still there; the file passes integrity_check;
  - status 0 was given only for what is done;
  - the next fetch ends with status 0, the new table stands, the catalogue has each load once, in its order,
    and its chain is whole.

SAMPLE (default 45) faults are taken evenly from all of them; SAMPLE=all takes each. ROWS=20000 makes SQLite write
the file itself before the COMMIT.
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SITO = os.environ.get('SITO') or os.path.join(SOURCE, 'build', 'dev', 'sito')
SAMPLE = os.environ.get('SAMPLE', '45')
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', SITO=SITO)
for name in ('SITO_CATALOGUE', 'SITO_WAREHOUSE', 'SOURCE_DATE_EPOCH'):
    ENVIRONMENT.pop(name, None)
# what changes a file, and the errno of a disk that refuses it
CHANGING = {'write': 'ENOSPC', 'pwrite64': 'ENOSPC', 'fsync': 'EIO', 'fdatasync': 'EIO',
            'ftruncate': 'EIO', 'unlink': 'EROFS'}
ROWS = int(os.environ.get('ROWS', '300'))


def rows(offset):
    return 'rok;liczba\n' + ''.join(f'{n};{n + offset} szt. {"x" * 300}\n' for n in range(ROWS))


class Office:
    def __init__(self, root):
        self.folder = os.path.join(root, 'urzad')
        self.kept = self.folder + '.kept'
        os.mkdir(self.folder)
        self.shell('make_city')
        self.write(0)
        self.shell("sed -i 's/;rok, drzewa;/;rok;/' zrodla.csv; "
                   '"$SITO" inventory --catalogue sito.db dane > inventory.txt; declare_sources; '
                   'assess_items; "$SITO" fetch > first.txt')
        self.write(1)
        shutil.copytree(self.folder, self.kept)

    def shell(self, script):
        subprocess.run(['bash', '-e', '-c', '. "$0/tests/cli/warehouse.inc"; ' + script, SOURCE],
                       cwd=self.folder, env=ENVIRONMENT, check=True)

    def write(self, offset):
        with open(os.path.join(self.folder, 'dane', 'drzewa.csv'), 'w', encoding='utf-8') as stream:
            stream.write(rows(offset))

    def restore(self):
        # the same place: the items of the inventory are absolute paths
        for name in os.listdir(self.folder):
            if name.endswith(('.db', '-journal', '-lock')):
                os.remove(os.path.join(self.folder, name))
        for name in ('sito.db', 'hurtownia.db'):
            shutil.copy(os.path.join(self.kept, name), self.folder)

    def run(self, *words, strace=()):
        return subprocess.run([*strace, SITO, *words], cwd=self.folder, env=ENVIRONMENT, text=True,
                              capture_output=True, check=False)

    def calls(self):
        log = self.folder + '.log'
        result = self.run('fetch', strace=('strace', '-f', '-qq', '-o', log))
        if result.returncode != 0:
            sys.exit(f'fetch: {result.stderr}')
        count, found = {}, []
        with open(log, encoding='utf-8', errors='replace') as lines:
            for line in lines:
                name = line.split(' ', 1)[1].strip().split('(')[0]
                count[name] = count.get(name, 0) + 1
                if name in CHANGING:
                    found.append((name, count[name]))
        return found

    def look(self):
        """'old' or 'new', or what is wrong with the warehouse."""
        db = sqlite3.connect(os.path.join(self.folder, 'hurtownia.db'))
        try:
            if db.execute('PRAGMA integrity_check').fetchone()[0] != 'ok':
                return 'integrity_check'
            first, count = db.execute('SELECT (SELECT liczba FROM drzewa WHERE rok = 0), count(*) '
                                      'FROM drzewa').fetchone()
            versions = db.execute("SELECT group_concat(stored_in, ' ') FROM (SELECT stored_in FROM "
                                  "sito_version WHERE source = 'drzewa' ORDER BY load)").fetchone()[0]
            loads = db.execute("SELECT count(*) FROM sito_load WHERE source = 'drzewa' AND "
                               "outcome = 'loaded'").fetchone()[0]
            others = db.execute("SELECT (SELECT count(*) FROM ludnosc), (SELECT count(*) FROM dochody)").fetchone()
        finally:
            db.close()
        if count != ROWS or others != (3, 2):
            return f'{count} rows, others {others}'
        if (first[0], versions, loads) == ('0', 'drzewa', 1):
            return 'old'
        if (first[0], versions, loads) == ('1', 'drzewa_v2 drzewa', 2):
            return 'new'
        return f'{first[:20]}, {versions}, {loads} loads'

    def settled(self):
        result = self.run('fetch')
        if result.returncode != 0:
            return f'run again: {result.returncode} {result.stderr}'
        if self.look() != 'new':
            return f'run again: {self.look()}'
        db = sqlite3.connect(os.path.join(self.folder, 'sito.db'))
        try:
            loads = [row[0] for row in db.execute(
                "SELECT CAST(substr(version, 18) AS INTEGER) FROM event WHERE kind = 'load' AND "
                "outcome = 'loaded' ORDER BY id")]
        finally:
            db.close()
        if len(loads) != 4 or loads != sorted(set(loads)):
            return f'the catalogue has the loads {loads}'
        audit = self.run('audit', 'verify', '--lang', 'en')
        return None if audit.returncode == 0 else f'audit: {audit.stdout}{audit.stderr}'


def judge(office, fault):
    office.restore()
    result = office.run('fetch', strace=('strace', '-f', '-qq', '-o', '/dev/null', '-e', f'inject={fault}'))
    if 'signal=KILL' in fault and result.returncode == 0:
        return 'not killed'
    now = office.look()
    if now not in ('old', 'new'):
        return now
    if result.returncode == 0 and now == 'old':
        return 'status 0 for what was not done'
    return office.settled()


def main():
    if shutil.which('strace') is None:
        print('strace is not installed')
        return 77
    with tempfile.TemporaryDirectory() as root:
        office = Office(root)
        if office.look() != 'old':
            sys.exit(f'before: {office.look()}')
        faults = [f'{name}:signal=KILL:when={when}' for name, when in office.calls()]
        if office.look() != 'new':
            sys.exit(f'after: {office.look()}')
        faults += [fault.replace('signal=KILL', f'error={CHANGING[fault.split(":")[0]]}') for fault in faults]
        step = 1 if SAMPLE == 'all' else max(1, len(faults) // int(SAMPLE))
        taken = faults[::step]
        wrong = [(fault, reason) for fault in taken if (reason := judge(office, fault)) is not None]
    for fault, reason in wrong[:20]:
        print(f'{fault}: {reason}')
    print(f'{len(taken)} faults of {len(faults)}, {len(wrong)} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
