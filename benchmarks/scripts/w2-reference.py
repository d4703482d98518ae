#!/usr/bin/env python3
"""Writes reports/w2-reference.md: every method's interval on the reference values, which another program computed.

usage: w2-reference.py      (from a clone; each row is one run of ./scorebound w2 with --verify)
"""
import csv, json, pathlib, re, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
METHODS = ["auto", "tree", "scan", "dense", "transport", "flow"]
NAMES = {"digits": "digits-8x8"}


def run(name, rows, method, out):
    command = ["w2", name, name, "--rows", *rows, "--method", method, "--verify", "--quiet", "--out", str(out)]
    done = subprocess.run([ROOT / "scorebound", *command], capture_output=True, text=True)
    if done.returncode == 2:
        return None, [line for line in done.stderr.splitlines() if line.startswith("scorebound")][-1]
    done.check_returncode()
    return json.loads(out.read_text()), ""


def main():
    lines = []
    refused = []
    inside = 0
    build = ""
    with open(ROOT / "src/test/resources/org/scorebound/w2-reference.csv") as f, tempfile.TemporaryDirectory() as temp:
        for entry in csv.DictReader(f):
            data, a, b = re.fullmatch(r"(\S+) rows (\S+) against (\S+)", entry["pair"]).groups()
            reference = float(entry["w2_equal_weights"])
            for method in METHODS:
                result, why = run(NAMES.get(data, data), [a, b], method, pathlib.Path(temp) / "w2.json")
                if result is None:
                    refused.append(f"- {entry['pair']}, `--method {method}`: {why.split(': ', 1)[1]}")
                    continue
                build = result["run"]["build"]["commit"]
                w2 = result["w2"]
                assert result["verified"]
                # The reference has 15 digits.
                agrees = abs(w2["value"] - reference) <= 1e-12 * reference
                inside += agrees
                lines.append(f"| {entry['pair']} | {method} | {result['description']} | {w2['value']!r} | "
                             f"{w2['lower']!r} | {w2['upper']!r} | {w2['value'] / reference - 1:.1e} |")
    text = "\n".join([
        "# Exact W2 on the reference data", "",
        "Every pair of the reference values (15 digits, from another program), by the method that `auto` takes and by each that can be forced. `lower` and `upper` are the certified interval; each plan and its duals",
        f"were checked over all pairs by brute force (`--verify`). Written by `benchmarks/scripts/w2-reference.py`, build {build}.", "",
        "| pair | `--method` | what ran | W2 | lower | upper | W2 / reference - 1 |",
        "|---|---|---|---|---|---|---|", *lines, "",
        f"{inside} of {len(lines)} agree with the reference to 1e-12.", *(["", "Refused, each in one line:", "", *refused] if refused else []), ""])
    (ROOT / "reports/w2-reference.md").write_text(text)


main()
