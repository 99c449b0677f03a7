"""Completion in the shells themselves: a bash in a terminal is sent keys, fish is asked; zsh and the pages
of the manual are parsed. What is installed beside the program is what the program prints. A shell that is
not installed is left out, bash never."""
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

SITO = os.environ["SITO"]
BUILD = os.environ["BUILD"]
wrong = []


def expect(what, got, wanted):
    if got != wanted:
        wrong.append(f"{what}: expected {wanted!r}, got {got!r}")


def script(shell):
    return subprocess.run([SITO, "completion", shell, "--lang", "en"], check=True,
                          capture_output=True, text=True).stdout


class Bash:
    """An interactive bash; typed(text) is what the line has become after Tab."""

    def __init__(self, folder):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.environ.update(PS1="", TERM="dumb", HOME=folder, INPUTRC="/dev/null",
                              HISTFILE="/dev/null")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
        self.send("bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; "
                  "bind 'set completion-query-items 0'; bind 'set page-completions off'; "
                  f"PS1=; source {folder}/sito.bash; "
                  # The command is replaced by one that prints its words.
                  "sito() { printf '<%s>' \"$@\"; echo '@''end'; }; echo rea''dy\n")
        self.read_until("ready")

    def send(self, text):
        os.write(self.fd, text.encode())

    def read_until(self, mark):
        text, end = "", time.monotonic() + 60
        while mark not in text:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise TimeoutError(f"no {mark!r} in {text[-500:]!r}")
            text += os.read(self.fd, 65536).decode(errors="replace")
        return text

    def typed(self, text):
        self.send(text + "\t\n")
        return self.read_until("@end").split("@end")[0].rsplit("\n", 1)[-1].strip()

    def close(self):
        self.send("exit\n")
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def bash(folder):
    with open(f"{folder}/sito.bash", "w", encoding="utf-8") as out:
        out.write(script("bash"))
    os.mkdir(f"{folder}/zbior jeden")
    shell = Bash(folder)
    expect("command", shell.typed("sito chec"), "<check>")
    expect("option", shell.typed("sito check --cat"), "<check><--catalogue>")
    expect("value", shell.typed("sito check --format ht"), "<check><--format><html>")
    expect("value behind =", shell.typed("sito check --format=mark"), "<check><--format=markdown>")
    expect("word", shell.typed("sito audit ver"), "<audit><verify>")
    expect("code", shell.typed("sito explain k-anon"), "<explain><k-anonymity>")
    expect("folder with a blank", shell.typed("sito check zbi"), "<check><zbior jeden/>")
    expect("nothing for a name", shell.typed("sito mark --by x"), "<mark><--by><x>")
    expect("an option of another command", shell.typed("sito rules --catal"), "<rules><--catal>")
    shell.close()


def fish(folder):
    if shutil.which("fish") is None:
        print("left out: fish is not installed")
        return
    path = f"{folder}/sito.fish"
    with open(path, "w", encoding="utf-8") as out:
        out.write(script("fish"))

    def ask(line):
        return [row.split("\t")[0] for row in subprocess.run(
            ["fish", "--no-config", "-c", f"source {path}; complete -C '{line}'"], check=True,
            env=dict(os.environ, HOME=folder), capture_output=True, text=True).stdout.splitlines()]

    expect("fish, command", ask("sito chec"), ["check"])
    expect("fish, value", ask("sito check --format sar"), ["sarif"])
    expect("fish, option", ask("sito check --show"), ["--show-values"])
    expect("fish, code", ask("sito explain l-div"), ["l-diversity"])


def zsh(folder):
    if shutil.which("zsh") is None:
        print("left out: zsh is not installed")
        return
    path = f"{folder}/_sito"
    with open(path, "w", encoding="utf-8") as out:
        out.write(script("zsh"))
    run = subprocess.run(["zsh", "-f", "-n", path], capture_output=True, text=True, check=False)
    expect("zsh -n", (run.returncode, run.stderr), (0, ""))


def manual(share):
    for language in ("", "pl/"):
        folder = f"{share}/man/{language}man1"
        pages = sorted(os.listdir(folder))
        listed = subprocess.run([SITO, "--help"], capture_output=True, text=True, check=True).stdout
        commands = [line.split()[1] for line in listed.splitlines() if line.startswith("  sito ")]
        expect("pages", pages, sorted(["sito.1"] + [f"sito-{name}.1" for name in commands]))
        if shutil.which("mandoc") is None:
            print("left out: mandoc is not installed")
            continue
        for page in pages:
            said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", f"{folder}/{page}"],
                                  capture_output=True, text=True, check=False).stdout
            # there is no release yet, so no day of one
            expect(page, [line for line in said.splitlines() if "missing date" not in line], [])


with tempfile.TemporaryDirectory() as scratch:
    bash(scratch)
    fish(scratch)
    zsh(scratch)
    subprocess.run(["cmake", "--install", BUILD, "--prefix", f"{scratch}/usr"], check=True,
                   stdout=subprocess.DEVNULL)
    manual(f"{scratch}/usr/share")
    for shell, place in (("bash", "bash-completion/completions/sito"), ("zsh", "zsh/site-functions/_sito"),
                         ("fish", "fish/vendor_completions.d/sito.fish")):
        printed = subprocess.run([SITO, "completion", shell, "--lang", "pl"], check=True,
                                 capture_output=True).stdout
        with open(f"{scratch}/usr/share/{place}", "rb") as kept:
            expect(place, kept.read() == printed, True)
for line in wrong:
    print(line)
sys.exit(1 if wrong else 0)
