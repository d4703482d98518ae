#!/usr/bin/env python3
"""Times SciPy's and POT's exact W2 beside scorebound on the same points.

usage: w2-baselines.py KIND N [SEEDS]      KIND: clusters, normal-clusters, normal3, shifted16

Points are drawn here, written as .npy and given to all programs in one run. Scorebound is timed by
its own clock (solver and certificate, cold JVM); SciPy and POT by a wall clock around the cost
matrix and the solver. POT is left out where it is not installed. The values must agree to 1e-9.
"""
import json, os, subprocess, sys, tempfile, time
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

try:
    import ot
except ImportError:
    ot = None

kind, n = sys.argv[1], int(sys.argv[2])
seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scorebound")


def clusters(r):
    return r.integers(0, 2, (n, 2)) - 0.5 + 0.1 * r.standard_normal((n, 2))


def clouds(r):
    if kind == "clusters":
        return clusters(r), clusters(r)
    if kind == "normal-clusters":
        return r.standard_normal((n, 2)), clusters(r)
    if kind == "normal3":
        return r.standard_normal((n, 3)), r.standard_normal((n, 3))
    if kind == "shifted16":
        return r.standard_normal((n, 16)), 0.5 + r.standard_normal((n, 16))
    sys.exit("unknown kind " + kind)


rows = []
for seed in range(seeds):
    x, y = clouds(np.random.default_rng(seed))
    row = {}
    start = time.perf_counter()
    c = cdist(x, y, "sqeuclidean")
    i, j = linear_sum_assignment(c)
    row["scipy"] = time.perf_counter() - start
    value = np.sqrt(c[i, j].mean())
    if ot is not None:
        start = time.perf_counter()
        m = ot.dist(x, y)
        w = ot.emd2(np.full(n, 1 / n), np.full(n, 1 / n), m, numItermax=100_000_000)
        row["pot"] = time.perf_counter() - start
        assert abs(np.sqrt(w) - value) < 1e-6 * value, (np.sqrt(w), value)
    with tempfile.TemporaryDirectory() as folder:
        np.save(folder + "/x.npy", x)
        np.save(folder + "/y.npy", y)
        out = folder + "/w2.json"
        subprocess.run(
            [launcher, "w2", folder + "/x.npy", folder + "/y.npy", "--out", out, "--quiet"],
            check=True, stdout=subprocess.DEVNULL)
        with open(out) as f:
            result = json.load(f)
    row["scorebound"] = result["timing"]["stageSeconds"]["solve"]
    assert abs(result["w2"]["value"] - value) < 1e-9 * value, (result["w2"], value)
    rows.append(row)

medians = {k: round(float(np.median([r[k] for r in rows])), 4) for k in rows[0]}
print(json.dumps({"kind": kind, "n": n, "seeds": seeds, "medianSeconds": medians}))
