#!/bin/sh
# docs/tutorial.md is what the program does: every command is run in one shell, in one empty folder. Lines
# below a command must be found in its output, [N] is its exit status, … stands for the rest.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/miasto"
ln -s "$SITO" "$work/bin/sito"
PATH=$work/bin:$PATH
export PATH SOURCE
unset SITO_CATALOGUE

/usr/bin/python3 - "$SOURCE/docs/tutorial.md" "$work/miasto" <<'PYTHON'
import re, subprocess, sys

text = open(sys.argv[1], encoding='utf-8').read()
shell = subprocess.Popen(['bash', '--norc'], cwd=sys.argv[2], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding='utf-8')
steps = 0
failed = []


def run(command, expected, status):
    # "exit" inside a loop ends the subshell, not the session
    shell.stdin.write((command if command.startswith('export') else f'( {command} )') + ' < /dev/null\nprintf "\\n@@%d\\n" $?\n')
    shell.stdin.flush()
    out = []
    for line in shell.stdout:
        match = re.fullmatch(r'@@(\d+)\n', line)
        if match:
            break
        out.append(line)
    output = ''.join(out)
    missing = [line for line in expected if line.strip() not in output]
    if int(match.group(1)) != status or missing:
        failed.append(f'$ {command}\nstatus {match.group(1)}, {status} expected; not found: {missing}\n{output}')


for block in re.findall(r'```console\n(.*?)```', text, re.S):
    command, expected, status = None, [], 0
    for line in block.splitlines() + ['$ ']:
        if line.startswith('$ '):
            if command is not None:
                run(command, expected, status)
                steps += 1
            command, expected, status = line[2:], [], 0
        elif re.fullmatch(r'\[\d+\]', line):
            status = int(line[1:-1])
        elif line != '…':
            expected.append(line)
shell.stdin.close()
print(f'{steps} commands')
if failed or steps < 40:
    sys.exit('\n'.join(failed) or 'docs/tutorial.md: the commands are not where they were')
PYTHON
