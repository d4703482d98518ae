#!/usr/bin/env bash
# Time and memory of Spark's driver against the number of configurations: two workers on this machine answer with
# recorded lines instead of evaluating.   usage: driver-growth.sh SHARD_FILE FOLDER N...
# Before: mvn -B -pl src,cluster -DskipTests verify (it leaves the test classes).
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
recorded=$1 work=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2
# shellcheck source=standalone.sh
. "$root/cluster/scripts/standalone.sh"
java=${SCOREBOUND_JAVA_HOME:-$(ls -d /usr/lib/jvm/*25*-jdk* | head -n 1)}/bin/java
export JAVA_HOME=${java%/bin/java}
path=$(cat "$root/target/cluster/classpath.txt"):$root/target/core/classes:$root/target/cluster/classes:$root/target/cluster/test-classes
spark_home
start_master $((7100 + RANDOM % 800))
sleep 4
start_worker a && worker_a=$daemon
start_worker b && worker_b=$daemon
sleep 4
trap 'kill "$worker_a" "$worker_b" "$master_pid" 2>/dev/null' EXIT
for n in "$@"; do
  rm -rf "$work/out"
  "$java" -Xmx1g --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dspark.executor.extraClassPath="$path" -Dspark.driver.host=127.0.0.1 \
    -Dspark.jars= -cp "$path" org.scorebound.cluster.DriverGrowth "$master_url" "$recorded" "$work/out" "$n" \
    2>"$work/driver-$n.log"
  rm -rf "$work/out"
done
