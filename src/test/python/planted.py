#!/usr/bin/env python3
"""Plants errors in the source, one at a time, and records what caught them.

    mvn -B -q package -DskipTests && python3 src/test/python/planted.py [--count N] [--only TEXT] [--out FILE.md]
    python3 src/test/python/planted.py --tests [--only TEXT] [--out FILE.md]
    python3 src/test/python/planted.py --check

Run at the top of a clone. A patched class is compiled into a folder of its own, which goes before the others on the
class path; the sources are not touched.

A wrong formula (planted_formulas.py) is caught if `verify` names a configuration as VIOLATED (exit code 1) or an
equality case or a control as failed (exit code 3; 70 if a configuration also ended in an error). An error in kernels
or networks (planted_kernels.py) or in exact W2 (planted_transport.py), both with --tests, is caught if a test of the named class fails. Entries named "nothing"
change no number and must not be caught.

With --check it only looks whether every error still finds its place in the source.

Exit code of this script: the number not caught, or 100 if an unchanged source is "caught". Needs a JDK 25 as
JAVA_HOME or on the path; --tests also needs Maven (for the class path) and junit-platform-console-standalone, for
example from `mvn dependency:get -Dartifact=org.junit.platform:junit-platform-console-standalone:1.13.4`.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

import planted_formulas
import planted_kernels
import planted_transport

MAIN = "src/main/java/org/scorebound/"
CONSOLE = "~/.m2/repository/org/junit/platform/junit-platform-console-standalone/*/*.jar"
FLAGS = ["--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]


def patched(file, old, new, nth=None):
    text = open(MAIN + file, encoding="utf-8").read()
    parts = text.split(old)
    if nth is None and len(parts) != 2 or nth is not None and len(parts) <= nth + 1:
        sys.exit(f"{file}: the text to be replaced occurs {len(parts) - 1} times:\n{old}")
    at = (nth or 0) + 1
    text = old.join(parts[:at]) + new + old.join(parts[at:])
    if "underModel" in new:
        end = text.rindex("}")
        text = text[:end] + planted_formulas.UNDER_MODEL + text[end:]
    return text


def tool(name):
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", name) if home else name


def compiled(file, text, folder, path):
    """Compiles one class; returns the folder that goes first on the class path."""
    package = os.path.join(folder, "src", os.path.dirname(file))
    classes = os.path.join(folder, "classes")
    os.makedirs(package)
    os.makedirs(classes)
    source = os.path.join(package, os.path.basename(file))
    with open(source, "w", encoding="utf-8") as out:
        out.write(text)
    done = subprocess.run([tool("javac"), "-nowarn", "-proc:none", "--add-modules", "jdk.incubator.vector",
                           "-cp", path, "-d", classes, source], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{file}: the planted error does not compile\n{done.stderr}")
    return classes


def by_verify(entry, options):
    name, file, old, new = entry
    with tempfile.TemporaryDirectory() as folder:
        classes = compiled(file, patched(file, old, new), folder, options.path)
        done = subprocess.run(
            [tool("java"), *FLAGS, "-cp", classes + os.pathsep + options.path, "org.scorebound.cli.Main", "verify",
             "--count", str(options.count), "--out", os.path.join(folder, "result.json")],
            capture_output=True, text=True)
    cases = re.findall(r"FAILED equality case: Result\[name=(.*?), why", done.stdout)
    controls = re.findall(r"FAILED control: Result\[name=(.*?), check", done.stdout)
    violated = re.findall(r"VIOLATED: (\S+)", done.stdout)
    if done.returncode not in (0, 1, 3, 70):
        sys.exit(f"{name}: verify ended with {done.returncode}\n{done.stderr}")
    row = f"| {name} | {file} | {done.returncode} | {cell(cases)} | {cell(violated)} | {cell(controls)} |"
    return bool(cases or controls or violated), row


def by_tests(entry, options):
    name, file, old, new, nth, tests = entry
    with tempfile.TemporaryDirectory() as folder:
        classes = compiled(file, patched(file, old, new, nth), folder, options.path)
        named = [a for t in tests for a in ("--include-classname", r".*\." + t)]
        done = subprocess.run(
            [tool("java"), *FLAGS, "-jar", options.junit, "execute", "-cp",
             os.pathsep.join([classes, options.test_classes, options.path]), "--scan-classpath",
             options.test_classes, *named, "--details=summary", "--disable-banner"], capture_output=True, text=True)
    failed = re.findall(r"^  JUnit Jupiter:(\S+?)\(?:?(\w+)\(", done.stdout, re.M)
    failed = sorted({m for _, m in failed}) or re.findall(r":(\w+)\(", done.stdout)
    ran = re.search(r"\[ +(\d+) tests started", done.stdout)
    if done.returncode not in (0, 1) or not ran or ran.group(1) == "0":
        sys.exit(f"{name}: no test ran, exit code {done.returncode}\n{done.stdout}{done.stderr}")
    row = f"| {name} | {file} | {', '.join(tests)} | {cell(failed)} |"
    return done.returncode == 1, row


def cell(names):
    return "–" if not names else f"{names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def class_path():
    file = os.path.abspath("target/planted-class-path.txt")
    if not os.path.exists(file):
        subprocess.run(["mvn", "-B", "-q", "dependency:build-classpath", "-pl", "src", "-Dmdep.includeScope=test",
                        "-Dmdep.outputFile=" + file], check=True)
    return open(file, encoding="utf-8").read().strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=360)
    parser.add_argument("--tests", action="store_true", help="the errors that tests must catch")
    parser.add_argument("--only", default="")
    parser.add_argument("--out")
    parser.add_argument("--classes", default="target/core/classes")
    parser.add_argument("--test-classes", default="target/core/test-classes")
    parser.add_argument("--class-path", help="file with the class path of the tests; default: asks Maven")
    parser.add_argument("--junit", help="junit-platform-console-standalone; default: the local repository's")
    parser.add_argument("--check", action="store_true", help="plant nothing, see only that everything has its place")
    options = parser.parse_args()
    if options.check:
        every = planted_formulas.PLANTED + planted_kernels.PLANTED + planted_transport.PLANTED
        for _, file, old, new, *nth in every:
            patched(file, old, new, *nth[:1])
        print(f"{len(every)} errors have their places")
        return
    rest = open(options.class_path, encoding="utf-8").read().strip() if options.class_path else class_path()
    options.path = os.pathsep.join([os.path.abspath(options.classes), rest])
    options.test_classes = os.path.abspath(options.test_classes)
    if options.tests:
        options.junit = options.junit or max(glob.glob(os.path.expanduser(CONSOLE)), default=None)
        if not options.junit:
            sys.exit("junit-platform-console-standalone is not in the local repository; see --help")
        entries, run = planted_kernels.PLANTED + planted_transport.PLANTED, by_tests
        lines = ["| planted | file | tests | failed |", "|---|---|---|---|"]
    else:
        entries, run = planted_formulas.PLANTED, by_verify
        lines = ["| planted | file | exit | equality case failed |"
                 f" configuration VIOLATED (of {options.count}) | control failed |", "|---|---|---|---|---|---|"]
    missed = 0
    for entry in entries:
        if options.only not in entry[0]:
            continue
        caught, row = run(entry, options)
        lines.append(row)
        right = entry[0].startswith("nothing")
        print(row + ("" if caught != right else "  <-- NOT CAUGHT"), flush=True)
        if right and caught:
            sys.exit(100)
        missed += not right and not caught
    print(f"not caught: {missed}")
    if options.out:
        with open(options.out, "w", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
    sys.exit(missed)


if __name__ == "__main__":
    main()
