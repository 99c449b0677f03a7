"""risk_population and risk_individual against the formulae, written out anew.

Pitman: the likelihood is summed term by term and must not rise in any direction from the answer. SNB:
the two equations must hold, as sums over the distribution. Zayatz: exact binomials. The population is
simulated, so that the truth is known. Run: risk_population.py [sito.so].
"""
import math
import os
import random
import sqlite3
import sys
from collections import Counter
from fractions import Fraction

SITO = sys.argv[1] if len(sys.argv) > 1 else os.environ["SITO_SO"]


def near(name, a, b, tolerance=1e-7):
    if not abs(a - b) <= tolerance * max(1, abs(b)):
        sys.exit("%s: sito %r, oracle %r" % (name, a, b))


def likelihood(sizes, theta, alpha):
    u, n = sum(sizes.values()), sum(i * a for i, a in sizes.items())
    return (sum(math.log(theta + i * alpha) for i in range(1, u))
            - sum(math.log(theta + i) for i in range(1, n))
            + sum(a * sum(math.log(j - alpha) for j in range(1, i)) for i, a in sizes.items()))


def zayatz(sizes, n, N):
    def once(i):
        return Fraction(i * math.comb(N - i, n - 1), math.comb(N, n)) if N - i >= n - 1 else Fraction(0)
    total = sum(a * once(i) for i, a in sizes.items())
    return float(sizes[1] * (sizes[1] * once(1) / total) * N / n)


def snb_moments(a, b, f, terms=20000):
    """P(seen once), P(seen twice) of F = 1 + negative binomial(a, b), each seen with chance f."""
    p, one, two = b ** a, 0.0, 0.0
    for y in range(terms):
        F = y + 1
        one += p * F * f * (1 - f) ** (F - 1)
        two += p * F * (F - 1) / 2 * f * f * (1 - f) ** max(0, F - 2)
        p *= (a + y) / (y + 1) * (1 - b)
    return one, two


def shlosser(sizes, f):
    u = sum(sizes.values())
    s = lambda term: sum(term(i) * a for i, a in sizes.items())
    return u + sizes[1] * s(lambda i: i * f * f * (1 - f * f) ** (i - 1)) / s(
        lambda i: (1 - f) ** i * ((1 + f) ** i - 1)) * (
        s(lambda i: (1 - f) ** i) / s(lambda i: i * f * (1 - f) ** (i - 1))) ** 2


def one_sample(db, rng, N, f):
    people = [(int(rng.paretovariate(0.7)) % 3000, rng.randrange(4)) for _ in range(N)]
    truth = sum(c == 1 for c in Counter(people).values())
    sample = rng.sample(people, int(N * f))
    sizes = Counter(Counter(sample).values())
    db.execute("DROP TABLE IF EXISTS s")
    db.execute("CREATE TABLE s(a, b)")
    db.executemany("INSERT INTO s VALUES (?, ?)", sample)
    got = dict(db.execute("SELECT * FROM risk_population('s', 'a,b', ?)", [N]).fetchall())
    near("sample_uniques", got["sample_uniques"], sizes[1])
    near("fraction", got["fraction"], len(sample) / N)
    theta, alpha = got["pitman_theta"], got["pitman_alpha"]
    top = likelihood(sizes, theta, alpha)
    for step in (1e-4, 1e-2, 0.1):
        for dt, da in ((step, 0), (-step, 0), (0, step), (0, -step), (step, -step), (step, step)):
            t, a = theta + dt * (1 + abs(theta)), alpha + da * min(alpha, 1 - alpha)
            if 0 < a < 1 and t > -a and likelihood(sizes, t, a) > top + 1e-6:
                sys.exit("pitman: %r %r is no maximum" % (theta, alpha))
    near("pitman", got["pitman"],
         math.exp(math.lgamma(theta + 1) - math.lgamma(theta + alpha)) * N ** alpha)
    near("zayatz", got["zayatz"], zayatz(sizes, len(sample), N), 1e-5)
    K = shlosser(sizes, got["fraction"])
    if got["snb"] is not None and got["snb_b"] > 0.002:
        one, two = snb_moments(got["snb_a"], got["snb_b"], got["fraction"])
        near("snb, once", K * one, sizes[1], 1e-4)
        near("snb, twice", K * two, sizes[2], 1e-4)
        near("snb", got["snb"], K * got["snb_b"] ** got["snb_a"])
    return truth, got


def individual(db):
    """E(1/F | f), F negative binomial: summed for f = 1 and 2; the approximation above."""
    db.execute("CREATE TABLE w(k, weight)")
    classes = {"a": [10], "b": [3, 4.5], "c": [2, 2, 9], "d": [1], "e": [1, 1]}
    for k, weights in classes.items():
        db.executemany("INSERT INTO w VALUES (?, ?)", [(k, x) for x in weights])
    rows = db.execute("SELECT k, size, population, risk FROM risk_individual('w', 'k', 'weight')"
                      " JOIN w ON w.rowid = row").fetchall()
    for k, size, population, risk in rows:
        f, F = len(classes[k]), sum(classes[k])
        near("size", size, f)
        near("population", population, F)
        p = f / F
        exact = sum(math.comb(h - 1, f - 1) * p ** f * (1 - p) ** (h - f) / h for h in range(f, 4000))
        near("risk of " + k, risk, exact if f <= 2 else p / (f - (1 - p)), 1e-9)
        near("approximation", risk, exact, 0.1)


def main():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SITO)
    rng = random.Random(7)
    found = 0
    for f in (0.02, 0.05, 0.1, 0.2, 0.5):
        for _ in range(3):
            truth, got = one_sample(db, rng, 6000, f)
            found += got["snb"] is not None
            if f >= 0.1 and not truth / 6 < got["pitman"] < truth * 6:
                sys.exit("pitman %r is far from %r" % (got["pitman"], truth))
    if found < 10:
        sys.exit("snb converged in %d of 15" % found)
    individual(db)
    print("15 samples agree; snb in %d" % found)


main()
