#!/usr/bin/env python3
"""Times SciPy's and POT's exact W2 beside scorebound on the same points, in the same run.

usage: w2-baselines.py KIND N [SEEDS [WARMUP [cold]]]      KIND: clusters, normal-clusters, normal3, shifted16

Points are drawn here, written as .npy and given to all programs. Scorebound is timed by its own clock, solver and
certificate, in one virtual machine with one thread that has solved WARMUP other problems of the kind (needs
target/benchmarks/scorebound.jar and a JDK 25 as JAVA_HOME); with "cold" also as the command. SciPy and POT by a wall
clock around the cost matrix and the solver. POT is left out where it is not installed. The values must agree to 1e-9.
"""
import json, os, subprocess, sys, tempfile, time
import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

try:
    import ot
except ImportError:
    ot = None

kind, n = sys.argv[1], int(sys.argv[2])
seeds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
warmup = int(sys.argv[4]) if len(sys.argv) > 4 else 10
top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")


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


def warm(folder):
    done = subprocess.run(
        [java, "--add-modules", "jdk.incubator.vector", "-XX:+UseSerialGC", "-Xmx2g", "-cp",
         top + "/target/benchmarks/scorebound.jar", "org.scorebound.benchmarks.transport.Pairs", folder,
         str(warmup + seeds)], check=True, capture_output=True, text=True)
    return [tuple(map(float, line.split())) for line in done.stdout.splitlines()[warmup:]]


def cold(folder, k):
    out = folder + "/w2.json"
    subprocess.run(
        [top + "/scorebound", "w2", f"{folder}/x{k}.npy", f"{folder}/y{k}.npy", "--out", out, "--quiet"],
        check=True, stdout=subprocess.DEVNULL)
    with open(out) as f:
        return json.load(f)["timing"]["stageSeconds"]["solve"]


rows = []
with tempfile.TemporaryDirectory() as folder:
    pairs = [clouds(np.random.default_rng(seed)) for seed in range(seeds)]
    others = [clouds(np.random.default_rng(1000 + k)) for k in range(warmup)]
    for k, (x, y) in enumerate(others + pairs):
        np.save(f"{folder}/x{k}.npy", x)
        np.save(f"{folder}/y{k}.npy", y)
    solved = warm(folder)
    for seed, (x, y) in enumerate(pairs):
        row = {"scorebound warm": solved[seed][0]}
        if "cold" in sys.argv:
            row["scorebound cold"] = cold(folder, warmup + seed)
        start = time.perf_counter()
        c = cdist(x, y, "sqeuclidean")
        i, j = linear_sum_assignment(c)
        row["scipy"] = time.perf_counter() - start
        value = np.sqrt(c[i, j].mean())
        assert abs(solved[seed][1] - value) < 1e-9 * value, (solved[seed], value)
        if ot is not None:
            start = time.perf_counter()
            m = ot.dist(x, y)
            w = ot.emd2(np.full(n, 1 / n), np.full(n, 1 / n), m, numItermax=100_000_000)
            row["pot"] = time.perf_counter() - start
            assert abs(np.sqrt(w) - value) < 1e-6 * value, (np.sqrt(w), value)
        rows.append(row)

medians = {k: round(float(np.median([r[k] for r in rows])), 4) for k in rows[0]}
ratios = sorted(r["scipy"] / r["scorebound warm"] for r in rows)
print(json.dumps({"kind": kind, "n": n, "seeds": seeds, "warmup": warmup, "scipy": scipy.__version__,
                  "numpy": np.__version__, "medianSeconds": medians,
                  "scipyOverWarm": [round(q, 1) for q in (ratios[0], float(np.median(ratios)), ratios[-1])]}))
