#!/usr/bin/env bash
# Times "next free address" over HTTP with durable commits: by 1 and by 64 clients, and 700 at once;
# beside the bare cost of a durable SQLite commit on the same disk. Needs wrk, curl and python3.
set -euo pipefail
labplan=$1
seconds=${SECONDS_EACH:-5}
for tool in wrk curl python3; do
  command -v "$tool" >/dev/null || { echo "the benchmark needs $tool" >&2; exit 1; }
done

# Beside the build, not in /tmp, which may be memory.
folder=$(mktemp -d "${BENCH_FOLDER:-.build}/bench-addresses.XXXXXX")
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

bare() {
  python3 - "$(mktemp -d -p "$folder")/bare.sqlite" <<'PYTHON'
import sqlite3, statistics, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "CREATE TABLE addresses (address TEXT PRIMARY KEY) WITHOUT ROWID;")
times = []
for number in range(1000):
    start = time.perf_counter()
    connection.execute("INSERT INTO addresses VALUES (?)", (f"{number:08x}",))
    times.append(time.perf_counter() - start)
print(f"{statistics.median(times) * 1000:.3f}")
PYTHON
}

"$labplan" serve --port 0 --database "$folder/labs.sqlite" --log-level error >"$folder/out" &
deadline=$(($(date +%s) + 10))
until url=$(grep -o 'http://.*' "$folder/out" 2>/dev/null); do
  [ "$(date +%s)" -lt "$deadline" ] || { echo "the service does not start" >&2; exit 1; }
done
curl -sf -o /dev/null -X PUT "$url/v1/labs/bench" -H 'Content-Type: application/yaml' --data-binary '
networks:
  - {name: single, mode: internal, ipv4: 10.0.0.0/9}
  - {name: bulk, mode: internal, ipv4: 10.128.0.0/9}
'
cat >"$folder/post.lua" <<'LUA'
wrk.method = "POST"
done = function(summary, latency)
  local refused = summary.errors.status + summary.errors.read + summary.errors.timeout
  print(string.format("RESULT %.3f %.3f %.0f %d", latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.requests / summary.duration * 1e6, refused))
end
LUA

clients() { # COUNT
  local p50 p99 rate refused
  read -r _ p50 p99 rate refused < <(wrk -t1 -c"$1" -d"${seconds}s" -s "$folder/post.lua" \
    "$url/v1/labs/bench/networks/single/addresses" | grep RESULT)
  printf '  %-28s p50 %8s ms   p99 %8s ms   %6s a second   %s refused\n' \
    "next free, $1 client(s)" "$p50" "$p99" "$rate" "$refused"
}

echo "a durable commit of one row by SQLite alone: p50 $(bare) ms"
clients 1
clients 64
for _ in $(seq 50); do
  curl -sf -o /dev/null -w '%{time_total}\n' "$url/v1/labs/bench/networks/bulk/addresses" \
    --json '{"count": 700}'
done | sort -n | awk '{ v[NR] = $1 * 1000 }
  END { printf "  %-28s p50 %8.3f ms   p99 %8.3f ms\n", "700 at once", v[int((NR + 1) / 2)], v[NR] }'
echo "a durable commit of one row by SQLite alone: p50 $(bare) ms"
