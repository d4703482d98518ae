#!/usr/bin/env python3
"""Throughput of a campaign on W workers, simulated from the seconds that a real run recorded.

Reads the JSON lines of shard folders (or of `verify --engine spark`, FILE.lines) and lays their configurations,
repeated R times, on W workers of one core each:

  free      a free worker takes the next configuration, dearest first: threads of one process
  spark     slices of 8 (at most 20,000), dealt in turn; a free worker takes the next slice, each costs O seconds more
  shards    one shard a worker, dealt out as `--shard` does it; each starts for S seconds
  4 shards  four times as many shards as workers; a free worker takes the next, each starts for S seconds

and prints configurations per second and the share of W times one worker's. Not in it: the network, a shared
file system, workers of unequal speed, lost workers. The seconds are those of the recording machine.
"""
import argparse
import glob
import heapq
import json
import os

SLICE = 8
MOST_SLICES = 20_000


def recorded(folders):
    """[(id, seconds)] of all configurations, each once."""
    found = {}
    for folder in folders:
        for name in sorted(glob.glob(os.path.join(folder, "shard-*.jsonl"))):
            with open(name) as lines:
                for line in lines:
                    if line.endswith("\n") and not line.startswith('{"schema"'):
                        entry = json.loads(line)
                        found[entry["id"]] = (entry["result"]["family"] if "result" in entry else "", entry["seconds"])
    return found


def dealing_order(found, repeat):
    """Seconds in the order in which `--shard` deals: families by their mean, dearest first."""
    families = {}
    for family, seconds in found.values():
        families.setdefault(family, []).append(seconds)
    mean = {family: sum(all_) / len(all_) for family, all_ in families.items()}
    ids = sorted(found, key=lambda i: (-mean[found[i][0]], found[i][0], i))
    return [found[i][1] for i in ids for _ in range(repeat)]


def makespan(tasks, workers):
    """When the last worker ends if a free one takes the next task."""
    free = [0.0] * workers
    heapq.heapify(free)
    for seconds in tasks:
        heapq.heapreplace(free, free[0] + seconds)
    return max(free)


def dealt(row, parts):
    return [sum(row[k::parts]) for k in range(parts)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--repeat", type=int, default=1, metavar="R")
    parser.add_argument("--start", type=float, default=0.0, metavar="S")
    parser.add_argument("--slice-start", type=float, default=0.0, metavar="O")
    parser.add_argument("--workers", default="1,2,4,8,16,32,64,128,256", metavar="W,W,...")
    args = parser.parse_args()
    found = recorded(args.folders)
    row = dealing_order(found, args.repeat)
    n, total = len(row), sum(row)
    print(f"{len(found)} recorded configurations, {args.repeat} times: {n} in {total:.1f} s of one worker; "
          f"longest {max(row):.2f} s, start of a shard {args.start} s, of a slice {args.slice_start} s")
    print(f"{'W':>5}  {'free':>15}  {'spark':>15}  {'shards':>15}  {'4 shards':>15}")
    for w in map(int, args.workers.split(",")):
        slices = [t + args.slice_start for t in dealt(row, min(MOST_SLICES, -(-n // SLICE)))]
        few = [t + args.start for t in dealt(row, min(w, n))]
        many = [t + args.start for t in dealt(row, min(4 * w, n))]
        cells = []
        for span in (makespan(row, w), makespan(slices, w), max(few), makespan(many, w)):
            cells.append(f"{n / span:8.1f}/s {total / span / w:4.0%}")
        print(f"{w:5}  " + "  ".join(f"{c:>15}" for c in cells))


main()
