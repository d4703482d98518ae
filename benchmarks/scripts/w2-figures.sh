#!/bin/sh
# The table of reports/w2-figures.md: times every kind and size and writes reports/w2-figures.json and .md anew.
# Needs target/benchmarks/scorebound.jar, a JDK 25 as $JAVA_HOME and python3; takes some five minutes.
# Usage: w2-figures.sh [first seed [part]], parts small, large, largest, rest; one part adds its lines to those of the last run. Part brief is
# a run of its own of two minutes, with fewer seeds of the large sizes.
set -e
cd "$(dirname "$0")/../.."
first=${1:-1000}
lines=target/w2-figures.jsonl
[ $# -gt 1 ] || : >$lines
run() {
  heap=$5
  "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx"${heap:-2g}" \
    -cp target/benchmarks/scorebound.jar org.scorebound.benchmarks.transport.Figures "$1" "$2" "$3" "$first" "$4" 2>/dev/null |
    sed "s/}\$/, \"heapLimit\": \"${heap:-2g}\", \"warmup\": $4}/" | tee -a $lines
}
small() {
  for kind in clusters normal-clusters; do
    run $kind 1000 20 40
    run $kind 2000 20 20
    run $kind 5000 20 10
    run $kind 20000 20 3
  done
}
large() {
  run clusters 50000 20 1
  run clusters 50000 1 0 100m
}
largest() {
  run normal-clusters 50000 5 1
  run clusters 100000 3 1
  run normal-clusters 100000 1 0
}
rest() {
  run normal3 20000 10 3
  run shifted16 5000 20 3
  run unequal 2000 20 5
  run unequal 5000 5 2
  run unequal 10000 3 1
  run unequal 20000 1 0
  for kind in grid-quarter grid-one equal lattice-stretched lattice-rectangle; do
    run $kind 2000 20 20
  done
}
brief() {
  : >$lines
  for kind in clusters normal-clusters; do
    run $kind 1000 20 40
    run $kind 5000 20 10
  done
  run clusters 2000 20 20
  run shifted16 5000 6 2
  run normal3 20000 4 1
  run clusters 20000 5 2
  run normal-clusters 20000 5 2
  for kind in grid-quarter grid-one equal lattice-stretched lattice-rectangle; do
    run $kind 2000 20 20
  done
  run clusters 50000 3 1
  run normal-clusters 50000 1 1
  run clusters 50000 1 0 100m
  run clusters 100000 1 0
  run normal-clusters 100000 1 0
  run unequal 2000 10 5
  run unequal 20000 1 0
}
for part in ${2:-small large largest rest}; do
  $part
done
case ${2:-rest} in
rest) python3 benchmarks/scripts/w2-figures.py $lines "benchmarks/scripts/w2-figures.sh $first" ;;
brief) python3 benchmarks/scripts/w2-figures.py $lines "benchmarks/scripts/w2-figures.sh $first brief" ;;
esac
