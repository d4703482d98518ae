#!/bin/sh
# The table of reports/w2-figures.md: one line of JSON for each kind and size. Needs target/benchmarks/scorebound.jar
# and a JDK 25 as $JAVA_HOME. Usage: w2-figures.sh [first seed]
set -e
cd "$(dirname "$0")/../.."
first=${1:-1000}
run() {
  "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector -XX:+UseSerialGC -Xmx2g \
    -cp target/benchmarks/scorebound.jar org.scorebound.benchmarks.transport.Figures "$1" "$2" "$3" "$first" "$4" 2>/dev/null
}
for kind in clusters normal-clusters; do
  run $kind 1000 20 40
  run $kind 2000 20 20
  run $kind 5000 20 10
  run $kind 20000 5 3
  run $kind 50000 3 1
  run $kind 100000 1 1
done
run normal3 20000 5 3
run shifted16 5000 7 3
for kind in grid-quarter grid-one equal lattice-stretched lattice-rectangle; do
  run $kind 2000 20 20
done
