#!/usr/bin/env bash
# Runs one campaign in every way there is, undisturbed and with kills, and prints a digest of each
# document without its timing and machine: all must be equal.   usage: campaign-digest.sh COUNT FOLDER [WAY...]
set -u
count=$1 work=$(mkdir -p "$2" && cd "$2" && pwd)
shift 2
ways=("$@")
[ $# -gt 0 ] || ways=(threads1 threads2 shards2 shards7 shards7-kill local1 local local-kill cluster1 cluster cluster-kill)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=standalone.sh
. "$root/cluster/scripts/standalone.sh"

sb() { "$root/scorebound" "$@" --quiet; }

# The virtual machine itself, to be killed: the launcher becomes it by exec.
start() {
  "$root/scorebound" "$@" --quiet >"$work/last.log" 2>&1 &
  started=$!
}

# kill_after SECONDS: kills $started as kill -9 does; true if it was still running.
kill_after() {
  sleep "$1"
  kill -9 "$started" 2>/dev/null || return 1
  wait "$started" 2>/dev/null
  echo kill >>"$work/kills"
}

digest() {
  python3 - "$1" <<'P'
import hashlib, json, sys
document = json.load(open(sys.argv[1]))
del document["timing"], document["run"]["machine"]
print(hashlib.sha256(json.dumps(document).encode()).hexdigest()[:16], len(document["results"]))
P
}

# Two processes of one thread side by side.
side_by_side() {
  sb verify --count "$count" --threads 1 --shard 0/2 --out "$1" >/dev/null &
  local first=$!
  sb verify --count "$count" --threads 1 --shard 1/2 --out "$1" >/dev/null && wait "$first"
}

shards() { for i in 0 1 2 3 4 5 6; do sb verify --count "$count" --shard $i/7 --out "$1" >/dev/null || return; done; }

cluster_up() {
  java=${SCOREBOUND_JAVA_HOME:-$(ls -d /usr/lib/jvm/*25*-jdk* | head -n 1)}/bin/java
  export JAVA_HOME=${java%/bin/java}
  spark_home
  start_master $((7100 + RANDOM % 800))
  sleep 4
  start_worker a && worker_a=$daemon
  worker_b=
  [ "$1" = 1 ] || { start_worker b && worker_b=$daemon; }
  sleep 4
}

cluster_down() {
  # shellcheck disable=SC2086  # there may be no second worker
  kill "$worker_a" $worker_b "$master_pid" 2>/dev/null
  # shellcheck disable=SC2086
  wait "$worker_a" $worker_b "$master_pid" 2>/dev/null
}

# Kills an executor, then a worker with its executor's machine gone, while the job runs.
disturb_cluster() {
  local lines=$1 pid
  until [ -s "$lines" ] || ! kill -0 "$master_pid" 2>/dev/null; do sleep 0.5; done
  sleep 3
  for pid in $(executors_of "$worker_a"); do kill -9 "$pid" && echo kill >>"$work/kills"; done
  sleep 8
  local left
  left=$(executors_of "$worker_b")
  kill -9 "$worker_b" && echo kill >>"$work/kills"
  for pid in $left; do kill -9 "$pid" && echo kill >>"$work/kills"; done
}

for way in "${ways[@]}"; do
  out=$work/$way.json
  : >"$work/kills"
  rm -rf "$out" "$work/$way.lines" "$work/$way"
  begun=$(date +%s)
  case $way in
    threads1 | threads2) sb verify --count "$count" --threads "${way#threads}" --out "$out" ;;
    shards2) side_by_side "$work/$way" && sb merge "$work/$way" --out "$out" ;;
    shards7) shards "$work/$way" && sb merge "$work/$way" --out "$out" ;;
    shards7-kill)
      for _ in 1 2 3 4 5 6; do
        start verify --count "$count" --shard $((RANDOM % 7))/7 --out "$work/$way"
        kill_after $((2 + RANDOM % 6))
      done
      shards "$work/$way" && sb merge "$work/$way" --out "$out"
      ;;
    local1) sb verify --engine spark --master 'local[1]' --count "$count" --out "$out" ;;
    local) sb verify --engine spark --count "$count" --out "$out" ;;
    local-kill)
      for _ in 1 2; do
        start verify --engine spark --count "$count" --out "$out"
        kill_after $((10 + RANDOM % 8))
      done
      sb verify --engine spark --count "$count" --out "$out"
      ;;
    cluster1 | cluster | cluster-kill)
      case $way in cluster1) cluster_up 1 ;; *) cluster_up 2 ;; esac
      begun=$(date +%s) # the cluster is there before the job
      [ "$way" != cluster-kill ] || disturb_cluster "$work/$way.lines/shard-0-of-1.jsonl" &
      disturber=$!
      sb verify --engine spark --master "$master_url" --count "$count" --out "$out"
      code=$?
      kill "$disturber" 2>/dev/null
      cluster_down
      ;;
  esac >"$work/$way.log" 2>&1
  status=$?
  [ "${way#cluster}" != "$way" ] || code=$status
  printf '%-13s exit %d, %4d s, kills %s, digest %s\n' "$way" "$code" $(($(date +%s) - begun)) \
    "$(wc -l <"$work/kills")" "$(digest "$out")"
done
