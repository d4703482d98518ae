#!/usr/bin/env bash
# Time and memory of merge against the number of lines: repeats the recorded lines of a shard folder under
# new ids.   usage: merge-growth.sh SHARDS FOLDER N...      (a line is about 4.8 kB, N = 1000000 needs 12 GB)
# Lines that are in FOLDER/N already are merged as they are.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
recorded=$1 work=$2
shift 2
for n in "$@"; do
  mkdir -p "$work/$n"
  [ -s "$work/$n/shard-0-of-1.jsonl" ] || python3 - "$recorded" "$work/$n/shard-0-of-1.jsonl" "$n" <<'P'
import glob, json, re, sys
lines, header = [], None
for name in sorted(glob.glob(sys.argv[1] + "/shard-*.jsonl")):
    for line in open(name):
        if line.startswith('{"schema"'):
            header = header or json.loads(line)
        else:
            lines.append(line)
n = int(sys.argv[3])
header["plan"]["count"] = n
parts = [re.split(r'"id":\d+', line, maxsplit=2) for line in lines]
with open(sys.argv[2], "w") as out:
    out.write(json.dumps(header, separators=(",", ":")) + "\n")
    for i in range(n):
        a, b, c = parts[i % len(parts)]
        out.write(f'{a}"id":{i}{b}"id":{i}{c}')
P
  begun=$(date +%s)
  SCOREBOUND_JAVA_OPTS="-Xmx512m -Xlog:gc*:file=$work/gc.log" "$root/scorebound" merge "$work/$n" \
    --out "$work/$n/merged.json" --quiet >"$work/$n.log" 2>&1 &
  pid=$!
  peak=0
  while kill -0 $pid 2>/dev/null; do
    now=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\).*/\1/p' /proc/$pid/status 2>/dev/null)
    peak=${now:-$peak}
    sleep 0.2
  done
  wait $pid
  code=$?
  live=$(sed -n 's/.*Pause.* [0-9]*M->\([0-9]*\)M(.*/\1/p' "$work/gc.log" | sort -n | tail -n 1)
  printf 'N %8d  exit %d  %4d s  %6d MB of lines  resident %4d MB  heap after collections <= %s MB\n' "$n" "$code" \
    $(($(date +%s) - begun)) $(($(stat -c %s "$work/$n/shard-0-of-1.jsonl") / 1000000)) $((peak / 1024)) "${live:-none}"
  rm -rf "${work:?}/$n"
done
