#!/usr/bin/python3
"""anonymise and redact with a fault at every call that changes a file, one at a time (strace -e inject): killed
before it, refused with an errno, and ended by SIGTERM before it. After each fault

  - the data set (the document) that was read is the same, byte for byte;
  - the new folder is there whole, as without a fault, or not at all; status 0 and 1 only where it is;
  - after an end by SIGTERM or a refusal nothing else is left either;
  - the next run makes the new folder and leaves nothing over, whatever a kill left.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get('SOURCE') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
SITO = os.environ.get('SITO') or os.path.join(SOURCE, 'build', 'dev', 'sito')
ERRORS = {'mkdirat': 'ENOSPC', 'openat': 'ENOSPC', 'write': 'ENOSPC', 'fchmod': 'EROFS', 'fsync': 'EIO',
          'renameat2': 'EIO', 'unlinkat': 'EIO', 'read': 'EIO', 'lseek': 'EIO'}
KILLED = ('mkdirat', 'write', 'fsync', 'renameat2', 'unlinkat')    # before openat: as before the last
ENDED = ('mkdirat', 'fsync', 'renameat2', 'unlinkat')
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', SOURCE_DATE_EPOCH='1700000000')
DESCRIPTOR = '''{"name": "pomoc", "version": "1", "resources": [{"name": "pomoc", "path": "dane/pomoc.csv",
 "encoding": "utf-8", "dialect": {"delimiter": ";"}, "schema": {"fields": [
 {"name": "wiek", "type": "integer", "disclosure": {"role": "quasi-identifier", "hierarchy": "interval:5,20"}},
 {"name": "osiedle", "disclosure": {"role": "quasi-identifier"}},
 {"name": "powod", "disclosure": {"role": "sensitive"}}]}, "disclosure": {"persons": "others"}}]}'''


def make(folder):
    os.makedirs(os.path.join(folder, 'raw', 'dane'))
    with open(os.path.join(folder, 'raw', 'dane', 'pomoc.csv'), 'w', encoding='utf-8') as csv:
        csv.write('wiek;osiedle;powod\n')
        for i in range(200):
            csv.write(f'{20 + i % 40};os. {i % 3};{("zasiłek", "porada")[i * 7 % 5 < 2]}\n')
    with open(os.path.join(folder, 'raw', 'datapackage.json'), 'w', encoding='utf-8') as descriptor:
        descriptor.write(DESCRIPTOR)
    with open(os.path.join(folder, 'raw', 'pismo.txt'), 'w', encoding='utf-8') as letter:
        letter.write('Skargę złożyła Anna Nowak, PESEL 24471200015.\n')


def listing(path):
    found = {}
    for folder, _, files in os.walk(path):
        for name in files:
            full = os.path.join(folder, name)
            with open(full, 'rb') as stream:
                found[os.path.relpath(full, path)] = hashlib.sha256(stream.read()).hexdigest()
    return found if os.path.isdir(path) else None


COMMANDS = {'anonymise': ['anonymise', 'raw'],
            'redact': ['redact', 'raw/pismo.txt', '--by', 'Ewa Lis', '--basis', 'art. 5', '--to', 'raw-anonim']}


class Scene:
    def __init__(self, name, folder):
        self.folder, self.command = folder, COMMANDS[name]
        make(folder)
        self.raw = listing(os.path.join(folder, 'raw'))
        self.wrong, self.seen, self.number = [], set(), 0

    def run(self, *strace):
        return subprocess.run([*strace, SITO, *self.command], cwd=self.folder, env=ENVIRONMENT,
                              text=True, capture_output=True, check=False)

    def made(self):
        return listing(os.path.join(self.folder, 'raw-anonim'))

    def clear(self):
        for name in os.listdir(self.folder):
            if name != 'raw':
                shutil.rmtree(os.path.join(self.folder, name))

    def calls(self):
        """(name, how many before it) of the calls from the making of the stage on."""
        log = self.folder + '.log'
        result = self.run('strace', '-f', '-qq', '-y', '-o', log)
        if result.returncode not in (0, 1):
            sys.exit(result.stderr)
        self.whole = self.made()
        count, calls, begun = {}, [], False
        with open(log, encoding='utf-8', errors='replace') as lines:
            for line in lines:
                name = line.split(' ', 1)[1].strip().split('(')[0]
                count[name] = count.get(name, 0) + 1
                begun = begun or (name == 'mkdirat' and '.sito-' in line)
                staged = '.sito-' in line or name in ('renameat2', 'unlinkat', 'fsync')
                staged = staged and (name not in ('read', 'lseek') or count[name] % 4 == 0)
                if begun and name in ERRORS and staged and (name != 'openat' or 'O_CREAT' in line):
                    calls.append((name, count[name]))
        return calls

    def check(self, fault, status):
        left = sorted(name for name in os.listdir(self.folder) if name not in ('raw', 'raw-anonim'))
        made = self.made()
        if listing(os.path.join(self.folder, 'raw')) != self.raw:
            return 'the source changed'
        if made not in (None, self.whole):
            return f'half a folder: {sorted(made)}'
        if status in (0, 1) and made is None:
            return f'status {status} for what was not made'
        if left and 'KILL' not in fault and 'unlinkat' not in fault:
            return f'left over: {left}'
        picture = (made is None, len(left))
        if picture in self.seen:
            return None
        self.seen.add(picture)
        result = self.run()
        if result.returncode not in ((0, 1) if made is None else (2,)):
            return f'run again: {result.returncode} {result.stderr}'
        left = sorted(os.listdir(self.folder))
        return None if made is not None or left == ['raw', 'raw-anonim'] else f'run again left {left}'

    def inject(self, fault):
        self.clear()
        self.number += 1
        log = self.folder + '.fault'
        result = self.run('strace', '-f', '-qq', '-o', log, '-e', f'trace={fault.split(":")[0]}', '-e',
                          f'inject={fault}')
        with open(log, encoding='utf-8', errors='replace') as lines:
            happened = ('(INJECTED)' in lines.read() or result.returncode == -9 or
                        (result.returncode == 3 and 'przerwano' in result.stderr))
            if not happened:
                self.wrong.append(f'{fault}: did not come to pass')
        reason = self.check(fault, result.returncode)
        if reason:
            self.wrong.append(f'{fault}: {reason}')

    def sweep(self):
        for name, when in self.calls():
            self.inject(f'{name}:error={ERRORS[name]}:when={when}')
            if name in KILLED:
                self.inject(f'{name}:signal=KILL:when={when}')
            if name in ENDED:
                self.inject(f'{name}:signal=TERM:when={when}')


def main():
    try:
        probe = subprocess.run(['strace', '-qq', '-o', '/dev/null', '-e', 'inject=getpid:error=EIO', 'true'],
                               capture_output=True, text=True, check=False)
    except FileNotFoundError:
        print('skipped: strace is not installed')
        sys.exit(77)
    if probe.returncode != 0:
        print(f'skipped: strace may not trace here: {probe.stderr.strip()}')
        sys.exit(77)
    memory = '/dev/shm'
    wrong = 0
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as root:
        for name in COMMANDS:
            scene = Scene(name, os.path.join(root, name))
            scene.sweep()
            print(f'{name}: {scene.number} faults, {len(scene.seen)} pictures, {len(scene.wrong)} wrong')
            for line in scene.wrong:
                print(line)
            wrong += len(scene.wrong) + (scene.number < 30)
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
