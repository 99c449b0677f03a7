#!/usr/bin/python3
"""publish, withdraw and mark with a fault at every system call, one at a time (strace -e inject).

Killed before every call that changes a file (a kill before any other call leaves the same disk as one
before the next of these), and refused with an errno at every call on files, reading ones included (see
READING). After each fault

  - the folder of the data set is the old one or the new one, file by file, never half and never gone;
  - without a pending intent it is the one that the catalogue tells; with one it is either;
  - the catalogue is whole, its chain too; status 0 was given only for what is done;
  - where the fault left a picture that no earlier one left, the command is run again: it settles
    everything, verify finds no flaw, nothing is left over, and the state was recorded once.

Then: a write that lies (strace says it wrote and writes nothing) must be found by the reading back; and a
decision that is taken back while a publication is pending brings the old files back.
"""
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SITO = os.environ.get('SITO') or os.path.join(SOURCE, 'build', 'dev', 'sito')
WORKERS = 2
CHANGING = ('write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'mkdir', 'mkdirat', 'rename',
            'renameat', 'renameat2', 'unlink', 'unlinkat', 'fchmod', 'openat', 'link')
ERRORS = {'write': 'ENOSPC', 'pwrite64': 'ENOSPC', 'mkdir': 'EROFS', 'mkdirat': 'ENOSPC',
          'openat': 'ENOSPC', 'renameat': 'EROFS', 'renameat2': 'EINVAL', 'unlink': 'EROFS',
          'unlinkat': 'EROFS', 'ftruncate': 'EIO', 'fsync': 'EIO', 'fdatasync': 'EIO', 'fchmod': 'EROFS',
          'read': 'EIO', 'pread64': 'EIO', 'newfstatat': 'EIO', 'fcntl': 'EIO', 'flock': 'EIO',
          'getdents64': 'EIO', 'lseek': 'EIO', 'dup': 'EMFILE', 'close': 'EIO', 'rename': 'EROFS',
          'readlink': 'EIO', 'getcwd': 'EIO'}
PUBLISH = ['publish', 'drzewa', '--to', 'www', '--by', 'J. Lis', '--catalogue', 'sito.db',
           '--url', 'https://dane.example.pl/', '--publisher', 'Urząd Miasta Zmyślonego']
WITHDRAW = ['withdraw', 'drzewa', '--by', 'J. Lis', '--catalogue', 'sito.db', '--reason', 'błąd']
MARK = ['mark', 'drzewa', '--by', 'J. Lis', '--catalogue', 'sito.db']
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', SITO=SITO)
ENVIRONMENT.pop('SITO_CATALOGUE', None)


def office(folder, *steps):
    """Runs the functions of publish.inc."""
    script = '. "$0/tests/cli/publish.inc"; make_office; ' + '; '.join(steps)
    subprocess.run(['bash', '-e', '-c', script, SOURCE], cwd=folder, env=ENVIRONMENT, check=True,
                   stdout=subprocess.DEVNULL)


NEW_BYTES = ("printf '4;klon;80\\n' >> drzewa/drzewa.csv; "
             '"$SITO" check --catalogue sito.db drzewa > /dev/null; approve drzewa')
SCENES = {
    'publish': (PUBLISH, ['approve drzewa', 'mark']),
    'publish again': (PUBLISH, ['approve drzewa', 'mark', 'publish > /dev/null', NEW_BYTES, 'mark']),
    'withdraw': (WITHDRAW, ['approve drzewa', 'mark', 'publish > /dev/null']),
    'mark': (MARK, ['approve drzewa']),
}


# Whether reading calls fail there, too, from the first change on (before it nothing can be half): a first
# publication and a withdrawal read what a repeated publication reads. FAULTS=all asks for all of them,
# everywhere.
ALL = os.environ.get('FAULTS') == 'all'
READING = {'publish': ALL, 'publish again': True, 'withdraw': ALL, 'mark': True}


class Scene:
    def __init__(self, name, root, share):
        self.name, (self.command, steps) = name, SCENES[name]
        self.share = share
        self.folder = os.path.join(root, name.replace(' ', '-'))
        os.mkdir(self.folder)
        office(self.folder, *steps)
        self.kept = self.folder + '.kept'
        shutil.copytree(self.folder, self.kept)
        self.states = {}
        self.before = self.look()
        self.seen = set()
        self.wrong, self.missed = [], []

    # ---- what is there ----

    def listing(self, path):
        found = []
        for folder, _, files in os.walk(path):
            for file in files:
                full = os.path.join(folder, file)
                with open(full, 'rb') as stream:
                    digest = hashlib.sha256(stream.read()).hexdigest()
                found.append((os.path.relpath(full, path), digest))
        return sorted(found)

    def bundle(self):
        path = os.path.join(self.folder, 'www', 'drzewa')
        if not os.path.isdir(path):
            return None
        lines = ''.join(f'{name}\t{digest}\n' for name, digest in self.listing(path))
        return hashlib.sha256(lines.encode()).hexdigest()

    def look(self):
        """One connection; the state, which follows from the events and takes long to ask for, is asked
        for once for each history."""
        db = sqlite3.connect(os.path.join(self.folder, 'sito.db'))
        try:
            history = tuple(db.execute('SELECT kind, outcome, bundle, dataset, subject, digest, actor, '
                                       'location FROM event ORDER BY id'))
            if history not in self.states:
                pending = db.execute('SELECT bundle FROM pending').fetchone()
                self.states[history] = (
                    db.execute("SELECT state FROM dataset WHERE name = 'drzewa'").fetchone()[0],
                    pending[0] if pending else None)
        finally:
            db.close()
        events = tuple(row[:3] for row in history)
        settled = [bundle for kind, _, bundle in events if kind == 'state' and bundle is not None]
        state, pending = self.states[history]
        return {'state': state, 'settled': settled[-1] if settled else None, 'pending': pending,
                'events': events, 'bundle': self.bundle()}

    def left(self):
        path = os.path.join(self.folder, 'www')
        names = sorted(os.listdir(path)) if os.path.isdir(path) else []
        return [name for name in names if name.startswith('.sito-')]

    # ---- running ----

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def run(self, *words):
        return subprocess.run([SITO, *words], cwd=self.folder, env=ENVIRONMENT, text=True,
                              capture_output=True, check=False)

    def under_strace(self, *options):
        return subprocess.run(['strace', '-f', '-qq', *options, SITO, *self.command], cwd=self.folder,
                              env=ENVIRONMENT, text=True, capture_output=True, check=False)

    def inject(self, fault):
        """Runs the command with one fault, and makes sure that it came to pass. (strace 6.1 loses signals
        under --seccomp-bpf, which is what makes the rest fast.)"""
        log = self.folder + '.fault'
        quick = [] if 'signal=' in fault else ['--seccomp-bpf']
        result = self.under_strace(*quick, '-o', log, '-e', f'trace={fault.split(":")[0]}', '-e',
                                   f'inject={fault}')
        with open(log, encoding='utf-8', errors='replace') as lines:
            happened = '(INJECTED)' in lines.read()
        if result.returncode != -9 if 'signal=KILL' in fault else not happened:
            self.missed.append(fault)    # SQLite writes a page more or less from run to run
        return result

    def calls(self):
        """Every call from the first look at the data set on, as (name, how many before it, opens)."""
        log = self.folder + '.log'
        result = self.under_strace('-o', log)
        if result.returncode != 0:
            sys.exit(f'{self.name}: {result.stderr}')
        self.after = self.look()
        count, calls, begun = {}, [], False
        with open(log, encoding='utf-8', errors='replace') as lines:
            for line in lines:
                name = line.split(' ', 1)[1].strip().split('(')[0]
                count[name] = count.get(name, 0) + 1
                begun = begun or '"drzewa' in line and name == 'newfstatat'
                if begun and name in ERRORS:
                    calls.append((name, count[name], name != 'openat' or 'O_CREAT' in line))
        return calls

    def faults(self):
        changed = ALL
        for name, when, changing in self.calls():
            changed = changed or (name in CHANGING and changing)
            if name in CHANGING and changing:
                yield f'{name}:signal=KILL:when={when}'
            if (name in CHANGING and changing) or (changed and READING[self.name]):
                error = ERRORS[name] if changing else 'EIO'
                yield f'{name}:error={error}:when={when}'

    # ---- judging ----

    def check(self, fault, status):
        now = self.look()
        old, new = self.before, self.after
        if now['events'][:len(old['events'])] != old['events']:
            return 'the history changed'
        if now['pending'] is None and now['bundle'] != now['settled']:
            return f'the folder is not what the catalogue tells: {now}'
        if now['pending'] is not None and now['bundle'] not in (now['settled'], now['pending']):
            return f'the folder is neither old nor new: {now}'
        if now['state'] not in (old['state'], new['state']):
            return f'the state is {now["state"]}'
        if status == 0 and (now['state'] != new['state'] or now['pending'] is not None):
            return 'status 0 for what was not done'
        picture = (now['state'], now['pending'] is not None, now['bundle'] == old['bundle'],
                   now['events'][len(old['events']):] == (), tuple(len(self.left()) * ['x']),
                   tuple(name for name, _ in self.listing(os.path.join(self.folder, 'www'))
                         if not name.startswith('.sito-')),
                   tuple((kind, outcome) for kind, outcome, _ in now['events'][len(old['events']):]))
        if picture in self.seen:
            return None
        self.seen.add(picture)
        return self.settle(now)

    def settle(self, now):
        done = self.name == 'withdraw' and now['state'] == 'withdrawn' and now['pending'] is None
        result = self.run(*self.command)
        if result.returncode != (1 if done else 0):
            return f'run again: {result.returncode} {result.stderr}'
        last = self.look()
        if last['state'] != self.after['state'] or last['pending'] is not None:
            return f'run again: {last}'
        outcome = {'mark': 'publishable', 'withdraw': 'withdrawn'}.get(self.name, 'published')
        times = [event for event in last['events'][len(self.before['events']):]
                 if event[:2] == ('state', outcome)]
        if len(times) != 1 and self.name != 'mark':
            return f'recorded {len(times)} times'
        if self.left():
            return f'left over: {self.left()}'
        checks = [('audit', 'verify', '--catalogue', 'sito.db')]
        if self.name != 'mark':
            checks.append(('verify', 'www', '--catalogue', 'sito.db'))
        for words in checks:
            result = self.run(*words)
            if result.returncode != 0:
                return f'{words[0]}: {result.stdout} {result.stderr}'
        return None

    def sweep(self):
        number = 0
        for fault in list(self.faults())[self.share::WORKERS]:
            self.restore()
            number += 1
            result = self.inject(fault)
            reason = self.check(fault, result.returncode)
            if reason:
                self.wrong.append(f'{self.name}, {fault}: {reason}')
        if 20 * len(self.missed) > number:
            self.wrong.append(f'{self.name}: did not come to pass: {self.missed}')
        print(f'{self.name}: {number} faults ({len(self.missed)} did not come to pass), {len(self.seen)} pictures, {len(self.wrong)} wrong',
              flush=True)

    def lies(self):
        """Writes that say they wrote: what is read back is not what was to be written."""
        if not self.name.startswith('publish'):
            return
        found = 0
        writes = [when for name, when, _ in self.calls() if name == 'write']
        for when in writes[:-1][self.share::WORKERS]:    # the last is the sentence on the terminal
            self.restore()
            result = self.inject(f'write:retval=7:when={when}')
            reason = self.check('a lie', result.returncode)
            if reason:
                self.wrong.append(f'{self.name}, write {when} lies: {reason}')
            found += 'odczytany z dysku' in result.stderr
        if found == 0:
            self.wrong.append(f'{self.name}: no lie was found by reading back')


    def revoked(self):
        """Stopped between the folder and the state, and then the decision is taken back: what stood
        there before comes back, too, and the intent came to nothing."""
        if self.share != 0 or not self.name.startswith('publish'):
            return
        names = [(name, when) for name, when, _ in self.calls()]
        when = next(when for (before, _), (name, when) in zip(names, names[1:])
                    if before == 'renameat2' and name == 'fsync')
        self.restore()
        self.inject(f'fsync:signal=KILL:when={when}')
        now = self.look()
        if now['pending'] is None or now['bundle'] != now['pending']:
            self.wrong.append(f'{self.name}: not stopped between folder and state: {now}')
        db = sqlite3.connect(os.path.join(self.folder, 'sito.db'))
        db.execute('INSERT INTO decision (dataset, outcome, actor, case_mark, document) VALUES '
                   "('drzewa', 'negative', 'A. Nowak', 'GK.2', ?)", ('e' * 64,))
        db.commit()
        db.close()
        status = self.run(*self.command).returncode
        last = self.look()
        if (status != 1 or last['pending'] is not None or last['bundle'] != self.before['bundle']
                or last['settled'] != self.before['settled'] or last['events'][-1][:2] != (
                    'intent', 'abandoned') or self.left()):
            self.wrong.append(f'{self.name}, then revoked: {status} {last}')


def work(root, share, names, wrong):
    for name in names:
        try:
            os.makedirs(os.path.join(root, str(share)), exist_ok=True)
            scene = Scene(name, os.path.join(root, str(share)), share)
            scene.sweep()
            scene.lies()
            scene.revoked()
            wrong += scene.wrong
        except BaseException as problem:    # a thread that dies must not look like one that passed
            wrong.append(f'{name}: {problem!r}')


def main():
    try:
        probe = subprocess.run(['strace', '--seccomp-bpf', '-f', '-qq', '-o', '/dev/null', '-e',
                                'trace=getpid', '-e', 'inject=getpid:error=EIO:when=1', 'true'],
                               capture_output=True, text=True, check=False)
    except FileNotFoundError:
        print('skipped: strace is not installed')
        sys.exit(77)
    if probe.returncode != 0:
        print(f'skipped: strace may not trace here: {probe.stderr.strip()}')
        sys.exit(77)
    wrong = []
    chosen = sys.argv[1:] or list(SCENES)
    memory = '/dev/shm'    # a fault is injected at the call; waiting for a disk would add nothing
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as root:
        threads = [threading.Thread(target=work, args=(root, share, chosen, wrong))
                   for share in range(WORKERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
