#!/usr/bin/env python3
"""Writes reports/w2-figures.json and .md from the lines of org.scorebound.benchmarks.transport.Figures.

usage: w2-figures.py LINES COMMAND      called by w2-figures.sh
"""
import json, math, os, platform, re, sys

AIMS = {1000: ".04", 5000: ".20", 20000: "1.3", 50000: "4.5", 100000: "15"}
with open(sys.argv[1]) as f:
    runs = [json.loads(line) for line in f]


def aim(r):
    if r["heapLimit"] != "2g":
        return "100 MB of heap"
    if r["kind"] in ("clusters", "normal-clusters"):
        return AIMS.get(r["n"], "")
    if r["kind"] == "normal3":
        return "2"
    if r["kind"] == "shifted16":
        return "2.4"
    if r["kind"] == "unequal":
        return ""
    return "3x clusters 2000"


def growth(kind, least=5000):
    points = [(math.log(r["n"]), math.log(r["median"])) for r in runs
              if r["kind"] == kind and r["n"] >= least and r["heapLimit"] == "2g"]
    if len(points) < 2:
        return None
    mx = sum(x for x, _ in points) / len(points)
    my = sum(y for _, y in points) / len(points)
    return round(sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points), 3)


def machine():
    text = open("/proc/cpuinfo", encoding="utf-8").read() if os.path.exists("/proc/cpuinfo") else ""
    name = re.search(r"model name\s*: (.*)", text)
    widest = next((f for f in ("avx512f", "avx2") if re.search(r"\b" + f + r"\b", text)), "no AVX2")
    return f"{name.group(1) if name else platform.processor()}, {os.cpu_count()} processors, {widest}"


def power(exponent):
    return "not fitted" if exponent is None else f"n^{exponent:.2f}"


fits = {k: growth(k) for k in ("clusters", "normal-clusters")}
flow = growth("unequal", 2000)
worst = max(r["largest"] / r["median"] for r in runs if r["seeds"] == 20 and r["n"] >= 1000
            and r["kind"] in ("clusters", "normal-clusters"))
with open("reports/w2-figures.json", "w") as f:
    json.dump({"schema": "scorebound-w2-figures-1", "gc": "Serial", "threads": 1, "machine": machine(), "command": sys.argv[2],
               "growthExponents": fits | {"unequal": flow}, "worstOverMedian": round(worst, 2), "runs": runs}, f, indent=1)
    f.write("\n")
with open("reports/w2-figures.md", "w") as f:
    f.write(f"""# Exact W2: measured figures

One thread, Serial GC, certificate included; seconds, over fresh seeds after warm-up on other seeds. Shared cloud machine: {machine()}; JDK 25. Written by `{sys.argv[2]}`; the numbers with heap limits and warm-up: `w2-figures.json`. Live heap: what survived
the last collections.

| instance | n | seeds | median | least | largest | aim | live heap MB | method |
|---|---|---|---|---|---|---|---|---|
""")
    for r in runs:
        name = r["kind"] + ("" if r["heapLimit"] == "2g" else f" (-Xmx{r['heapLimit']}, cold)")
        f.write(f"| {name} | {r['n']:,} | {r['seeds']} | {r['median']:.4f} | {r['least']:.4f} | {r['largest']:.4f} | {aim(r)} "
                f"| {r['liveHeapMB']:.0f} | {r['method']} |\n")
    f.write(f"""
Growth of the medians from n = 5,000 to 100,000: {power(fits['clusters'])} (clusters), {power(fits['normal-clusters'])} (normal-clusters).
Unequal sizes (n against n/2) from n = 2,000 on: {power(flow)}.
Worst of 20 seeds in two dimensions: {worst:.1f} times the median. Against other programs: `w2-comparison.md`.
""")
