#!/usr/bin/python3
"""A fetch into the cache with a fault at every system call, one at a time (strace -e inject).

Killed at every call that changes a file, and refused with an errno at every call on files, from the first
one that touches the cache on: in an empty cache, where the answer is unchanged, and where it is another
(reading calls in the last of them alone, which has all that the others have).
After each fault

  - what is served as stored is the old bytes or the new ones, whole, or there is nothing;
  - the next fetch gives the new bytes;
  - status 0 was given only with the right digest;
  - nothing is left in parts/ after the next clean-up.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get('BUILD') or os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..',
                                                'build', 'dev')
SERVER, FETCH = (os.path.join(BUILD, 'tests', name) for name in ('http-server', 'fetch-one'))
KILLED = ('openat', 'mkdir', 'mkdirat', 'write', 'fsync', 'fchmod', 'rename', 'renameat', 'unlinkat')
REFUSED = {'openat': 'ENOSPC', 'mkdir': 'EROFS', 'mkdirat': 'EROFS', 'write': 'ENOSPC', 'fsync': 'EIO',
           'fchmod': 'EROFS', 'rename': 'EROFS', 'renameat': 'EROFS', 'unlinkat': 'EROFS',
           'utimensat': 'EROFS', 'flock': 'ENOLCK', 'read': 'EIO', 'pread64': 'EIO',
           'newfstatat': 'EIO', 'getdents64': 'EIO'}
READING = ('read', 'pread64', 'newfstatat', 'getdents64', 'flock', 'utimensat')
OLD, NEW = b'kod;nazwa\n0201;stara\n', b'kod;nazwa\n0201;nowa wartosc\n' * 3000
DAY = '86400'


class Scene:
    def __init__(self, name, root, port, before, now):
        self.name, self.before, self.now = name, before, now
        self.file = os.path.join(root, 'www', name + '.csv')
        self.cache, self.kept = os.path.join(root, name), os.path.join(root, name + '.kept')
        self.url = 'http://127.0.0.1:%d/%s.csv' % (port, name)
        self.trace = os.path.join(root, name + '.trace')
        if before is not None:
            self.publish(before)
            assert self.fetch('0') == digest(before)
            os.utime(os.path.join(self.cache, 'cleaned'), (0, 0))  # so that cleaning is in it
        else:
            os.mkdir(self.cache, 0o700)
        shutil.copytree(self.cache, self.kept)
        self.publish(now)

    def publish(self, content):
        with open(self.file, 'wb') as file:
            file.write(content)

    def run(self, age, *strace):
        return subprocess.run([*strace, FETCH, self.url, self.cache, age], capture_output=True, timeout=20)

    def fetch(self, age):
        """The digest that a fetch gives, after seeing that it is no other than one of the two."""
        done = self.run(age)
        assert done.returncode == 0, (self.name, done.stderr)
        return done.stdout.split()[0].decode()

    def calls(self):
        """{call: (first, last)}: which calls of each kind touch the cache, counted from 1."""
        self.restore()
        done = self.run('0', 'strace', '-f', '-o', self.trace, '-e',
                        'trace=' + ','.join(sorted(set(KILLED) | set(REFUSED))))
        assert done.returncode == 0, done.stderr
        counts, first, started = {}, {}, False
        with open(self.trace, encoding='utf-8', errors='replace') as lines:
            for line in lines:
                match = re.match(r'\d+ +(\w+)\(', line)
                if not match:
                    continue
                call = match.group(1)
                counts[call] = counts.get(call, 0) + 1
                started = started or self.cache in line
                if started:
                    first.setdefault(call, counts[call])
        return {call: (first[call], counts[call]) for call in first}

    def restore(self):
        shutil.rmtree(self.cache)
        shutil.copytree(self.kept, self.cache)

    def fault(self, call, number, how):
        self.restore()
        done = self.run('0', 'strace', '-f', '-o', '/dev/null', '-e',
                        'inject=%s:%s:when=%d' % (call, how, number))
        where = (self.name, call, number, how)
        if done.returncode == 0:
            assert done.stdout.split()[0].decode() == digest(self.now), where
        elif how.startswith('error'):
            assert done.returncode == 1 and done.stderr.startswith(b'remote: '), (where, done.stderr)
        # A stored answer of whatever age is one of the two; where there is none it is fetched.
        known = {digest(self.now)} | ({digest(self.before)} if self.before is not None else set())
        assert self.fetch(DAY) in known, where
        assert self.fetch('0') == digest(self.now), where
        if os.listdir(os.path.join(self.cache, 'parts')):
            os.utime(os.path.join(self.cache, 'cleaned'), (0, 0))
            shutil.rmtree(os.path.join(self.cache, 'urls'))
            assert self.fetch('0') == digest(self.now), where
        assert os.listdir(os.path.join(self.cache, 'parts')) == [], where


def digest(content):
    return hashlib.sha256(content).hexdigest()


def start_server(root):
    os.mkdir(os.path.join(root, 'www'))
    ready = os.path.join(root, 'ready')
    server = subprocess.Popen([SERVER, '--root', os.path.join(root, 'www'), '--ready', ready,
                               '--seconds', '300'])
    for _ in range(500):
        if os.path.exists(ready):
            with open(ready, encoding='ascii') as file:
                return server, int(file.readline().split('=')[1])
        time.sleep(0.01)
    server.kill()
    sys.exit('the server did not start')


def main():
    if shutil.which('strace') is None:
        print('skipped: there is no strace')
        return 77
    if subprocess.run(['strace', '-o', '/dev/null', 'true'], capture_output=True).returncode != 0:
        print('skipped: strace may not trace here')
        return 77
    memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None  # where fsync costs nothing
    root = tempfile.mkdtemp(prefix='sito-fetch-', dir=memory)
    server, port = start_server(root)
    count = 0
    try:
        for name, before, now in (('empty', None, NEW), ('unchanged', OLD, OLD), ('changed', OLD, NEW)):
            scene = Scene(name, root, port, before, now)
            for call, (first, last) in sorted(scene.calls().items()):
                for number in range(first, last + 1):
                    if call in KILLED:
                        scene.fault(call, number, 'signal=KILL')
                        count += 1
                    if call in REFUSED and (call not in READING or name == 'changed'):
                        scene.fault(call, number, 'error=' + REFUSED[call])
                        count += 1
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(root)
    print('%d faults' % count)
    return 0 if count > 100 else 1


if __name__ == '__main__':
    sys.exit(main())
