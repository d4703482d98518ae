#!/bin/sh
# JMH: the exact W2 against a plain Hungarian method, JGraphT and OR-tools, one line each. The two libraries are
# benchmark scope only: Maven fetches them to target/competitors and nothing of them is in the jar. Needs
# target/benchmarks/scorebound.jar and a JDK 25 as $JAVA_HOME; OR-tools runs on Linux x86-64 here.
# Usage: w2-competitors.sh N [JMH arguments], for example: w2-competitors.sh 1000 -e Jgrapht
set -e
cd "$(dirname "$0")/../.."
n=${1:-200}
[ $# -gt 0 ] && shift
lib=target/competitors
# The versions of benchmarks/pom.xml, what they need, and the native code for this platform.
for artifact in org.jgrapht:jgrapht-core:1.5.2 org.jheaps:jheaps:0.14 org.apfloat:apfloat:1.10.1 \
  com.google.ortools:ortools-java:9.12.4544 com.google.ortools:ortools-linux-x86-64:9.12.4544 \
  com.google.protobuf:protobuf-java:4.29.3 net.java.dev.jna:jna-platform:5.14.0 net.java.dev.jna:jna:5.14.0; do
  name=$(echo "$artifact" | cut -d: -f2-3 | tr : -)
  [ -f "$lib/$name.jar" ] || mvn -B -q dependency:copy -Dartifact="$artifact" -DoutputDirectory="$PWD/$lib"
done
"$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx4g \
  -cp "target/benchmarks/scorebound.jar:$lib/*" org.openjdk.jmh.Main CompetitorsBenchmark -p n="$n" "$@"
