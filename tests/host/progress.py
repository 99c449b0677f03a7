"""Progress stands on a terminal alone: on stderr, soon, no wider than the terminal, cleared at the end; a
dumb terminal gets plain lines; pipes and files get nothing."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time

SITO = os.environ["SITO"]
DATA = os.environ["GENERATED"] + "/zgloszenia-surowe"
wrong = []


def expect(what, condition, got):
    if not condition:
        wrong.append(f"{what}: {got!r}")


def on_terminal(columns, **environment):
    """What stderr showed on a terminal of that width, and after how many seconds it began."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = dict(os.environ, LC_ALL="C.UTF-8", **environment)
    started, first, shown = time.monotonic(), None, b""
    with subprocess.Popen([SITO, "check", DATA], stdout=subprocess.DEVNULL, stderr=child, env=env) as run:
        os.close(child)
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            first = first if first is not None else time.monotonic() - started
            shown += part
        run.wait()
        expect("exit status", run.returncode == 1, run.returncode)
    os.close(parent)
    return shown.decode(), first


shown, first = on_terminal(80, TERM="xterm")
expect("a line", "sito: czytam – zgloszenia.csv" in shown, shown)
expect("cleared at the end", shown.endswith("\r\x1b[K"), shown)
expect("soon", first is not None and first < 2, first)  # a loaded machine; 0.1 s on a quiet one

shown, _ = on_terminal(24, TERM="xterm")
for line in re.split(r"\r|\x1b\[K", shown):
    expect("no wider than 24 columns", len(line) < 24, line)

shown, _ = on_terminal(80, TERM="dumb")
expect("plain lines", "\x1b" not in shown and "sito: czytam – zgloszenia.csv\r\n" in shown, shown)

run = subprocess.run([SITO, "check", DATA], capture_output=True, env=dict(os.environ, TERM="xterm"), check=False)
expect("nothing in a pipe", run.stderr == b"" and b"\r" not in run.stdout, run.stderr)

for line in wrong:
    print(line)
sys.exit(1 if wrong else 0)
