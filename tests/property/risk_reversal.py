"""risk_reversal against digests made by hashlib.

Every form is planted where the search begins, so that the answer is certain and quick; one column of
20 digests of invented numbers is drawn at random. Run: risk_reversal.py [sito.so].
"""
import base64
import datetime
import hashlib
import hmac
import os
import random
import sqlite3
import sys

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]


def pesel(day, serial):
    month = day.month + (20 if day.year >= 2000 else 0)
    digits = "%02d%02d%02d%04d" % (day.year % 100, month, day.day, serial)
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return digits + str(-sum(int(d) * w for d, w in zip(digits, weights)) % 10)


def modulo_11(digits, weights):
    return digits + str(sum(int(d) * w for d, w in zip(digits, weights)) % 11 % 10)


FIRST = {
    "pesel": pesel(datetime.date(1940, 1, 1), 37),
    "regon": modulo_11("00000012", (8, 9, 2, 3, 4, 5, 6, 7)),
    "nip": modulo_11("100000012", (6, 5, 7, 2, 3, 4, 5, 6, 7)),
    "phone": "450000012",
}


def ask(db, values, *more):
    db.execute("DROP TABLE IF EXISTS leki")
    db.execute("CREATE TABLE leki(skrot)")
    db.executemany("INSERT INTO leki VALUES (?)", [(v,) for v in values])
    row = db.execute("SELECT verdict, hash, form, identifier, salt, place, digests, reversed, tried"
                     " FROM risk_reversal('leki', 'skrot'%s)" % "".join(", ?" for _ in more), more)
    return row.fetchone()


def expect(got, want, what):
    if got != want:
        sys.exit("%s\n sito   %r\n wanted %r" % (what, got, want))


def forms(digest):
    yield "hex", digest.hex()
    yield "hex", digest.hex().upper()
    yield "hex", "sha:" + digest.hex()
    yield "blob", digest
    yield "base64", base64.b64encode(digest).decode()
    yield "base64", base64.urlsafe_b64encode(digest).decode().rstrip("=")


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    for name in ("md5", "sha1", "sha256", "sha512"):
        for kind, value in FIRST.items():
            digest = hashlib.new(name, value.encode()).digest()
            for form, text in forms(digest):
                expect(ask(db, [text], 200000)[:8], ("reversible", name, form, kind, "", None, 1, 1),
                       (name, kind, form))
    for salt, place in (("skrot", "before"), ("leki", "behind"), ("2021", "behind"), ("sol", "before")):
        value = salt + FIRST["pesel"] if place == "before" else FIRST["pesel"] + salt
        text = hashlib.sha256(value.encode()).hexdigest()
        expect(ask(db, [text], 200000)[:8],
               ("reversible", "sha256", "hex", "pesel", salt, place, 1, 1), salt)
    text = hashlib.sha1(b"+48" + FIRST["phone"].encode()).hexdigest()
    expect(ask(db, [text], 200000)[3:6], ("phone", "+48", "before"), "+48")
    cut = hashlib.sha256(FIRST["pesel"].encode()).hexdigest()[:16]
    expect(ask(db, [cut], 200000)[:4], ("reversible", "sha256", "hex", "pesel"), "cut to 8 bytes")

    rng = random.Random(1920)
    people = [pesel(datetime.date(1920, 1, 1) + datetime.timedelta(rng.randrange(38716)),
                    rng.randrange(10000)) for _ in range(20)]
    got = ask(db, [hashlib.sha256(p.encode()).hexdigest() for p in people])
    expect(got[:4] + (got[7] >= 1, got[8] < 42000000), ("reversible", "sha256", "hex", "pesel", 1, 1),
           "20 digests")

    keyed = [hmac.new(b"secret key of 32 bytes, invented", p.encode(), "sha256").hexdigest() for p in people]
    expect(ask(db, keyed, 3000000)[:8], ("not reversed", None, "hex", None, None, None, 20, 0), "HMAC")
    for values in (people, ["abc", None, 5], [None], [], ["x" * 64], [1.5, "2024-01-01"]):
        expect(ask(db, values)[0], "no digests", values)
    mixed = [hashlib.sha256(p.encode()).hexdigest() for p in people[:5]] + ["brak", "-"]
    expect(ask(db, mixed)[0], "no digests", "five digests of seven values")
    print("every form agrees")


main()
