#!/usr/bin/env python3
"""No false VIOLATED: runs `verify` on many seeds, unattended, and counts verdicts.

    python3 src/test/python/seeds.py [--seeds 1-100] [--count 200] [--paths P] [--dir DIR] [--program ./scorebound]

Each seed is one shard file in DIR/SEED, so a killed run goes on where it was. Prints one line per seed that has a
VIOLATED or failed configuration, and the totals. Exit code: 0, or 1 if there was any.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--seeds", default="1-100")
    ask.add_argument("--count", type=int, default=200)
    ask.add_argument("--paths", type=int, help="default: that of the program")
    ask.add_argument("--dir", default="seeds")
    ask.add_argument("--program", default="./scorebound")
    ask.add_argument("--summary", action="store_true", help="count what is there, run nothing")
    asked = ask.parse_args()
    first, last = (int(s) for s in asked.seeds.split("-"))
    total = collections.Counter()
    bad = 0
    seeds = 0
    for seed in range(first, last + 1):
        folder = pathlib.Path(asked.dir) / str(seed)
        if not asked.summary:
            folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                asked.program.split()
                + ["verify", "--count", str(asked.count), "--seed", str(seed)]
                + ([] if asked.paths is None else ["--paths", str(asked.paths)])
                + ["--shard", "0/1", "--out", str(folder), "--quiet", "--keep-going"],
                check=True, stdout=subprocess.DEVNULL)
        counts = collections.Counter()
        seen = set()
        for file in sorted(folder.glob("*.jsonl")):
            with open(file, encoding="utf-8") as lines:
                for line in lines:
                    if not line.endswith("\n"):
                        continue
                    entry = json.loads(line)
                    if "id" not in entry or entry["id"] in seen:
                        continue
                    seen.add(entry["id"])
                    if "failure" in entry:
                        counts["failed"] += 1
                        continue
                    result = entry["result"]
                    verdict = result["verdict"]
                    if verdict == "HOLDS" and result["vacuous"]:
                        verdict = "HOLDS, vacuous"
                    if result["reason"] == "equal":
                        verdict = "equal"
                    counts[verdict] += 1
                    # Other bounds than the theorem's count as well.
                    counts["violated bounds"] += sum(
                        v == "VIOLATED" for v in result["verdicts"].values())
        if not seen:
            continue
        seeds += 1
        if counts["VIOLATED"] or counts["failed"] or counts["violated bounds"]:
            bad += 1
            print(f"seed {seed}: {dict(counts)}", flush=True)
        total += counts
    decided = total["HOLDS"] + total["VIOLATED"]
    open_ = decided + total["INCONCLUSIVE"]
    print(f"{seeds} seeds, {sum(n for k, n in total.items() if k != 'violated bounds')} configurations: {dict(total)}")
    if open_:
        print(f"decided: {100 * decided / open_:.1f} % of {open_}, vacuous, equal and not applicable ones left out")
    sys.exit(1 if bad else 0)


main()
