"""How often csv_sniff is right on fixtures/csv/sniff, beside the trivial rule for delimiters: the most
frequent of , ; tab | in the first line that is not blank. Prints both; ours must be right everywhere.
"""

import csv
import os
import sqlite3
import sys

SO = os.environ["SITO_SO"]
FOLDER = os.path.join(os.environ["FIXTURES"], "csv", "sniff")


def trivial(path, encoding):
    with open(path, encoding=encoding, newline="") as file:
        for line in file.read().lstrip("\ufeff").splitlines():
            if line.strip():
                return max(",;\t|", key=line.count)
    return None


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SO)
    with open(os.path.join(FOLDER, "manifest.csv"), encoding="utf-8", newline="") as file:
        files = list(csv.DictReader(file, delimiter=";"))
    several = [f for f in files if int(f["columns"]) > 1]
    ours = theirs = 0
    for f in several:
        path = os.path.join(FOLDER, f["file"])
        expected = "\t" if f["delimiter"] == "tab" else f["delimiter"]
        (got,) = db.execute("SELECT delimiter FROM csv_sniff(?)", (path,)).fetchone()
        ours += got == expected
        theirs += trivial(path, {"windows-1250": "cp1250"}.get(f["encoding"], f["encoding"])) == expected
    print(f"delimiter right in {ours} of {len(several)} files; the trivial rule in {theirs}")
    return 0 if ours == len(several) >= 60 else 1


if __name__ == "__main__":
    sys.exit(main())
