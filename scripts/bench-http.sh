#!/usr/bin/env bash
# Times the service under wrk on 1, 16 and 64 connections, and with a connection a request: beside
# nginx serving the same bytes from files, and durable writes beside a C program that stores the same
# with group commit on the same disk (Benchmarks/GroupCommit). Then memory, and the time to the first
# answer. Needs wrk, nginx, curl, jq and cc. Rounds alternate; the best of ROUNDS is printed, as what
# else the machine does only ever slows down. CONNECTIONS="16" and SECONDS_EACH=1 make it shorter.
set -euo pipefail
labplan=$1
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-3}
connections=${CONNECTIONS:-1 16 64}
here=$(cd "$(dirname "$0")" && pwd)
for tool in wrk nginx curl jq cc; do
  command -v "$tool" >/dev/null || { echo "the benchmark needs $tool" >&2; exit 1; }
done

folder=$(mktemp -d)
chmod 755 "$folder" # nginx's workers run as a user of their own
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

now() { date +%s%N; }
answers() { # URL: waits until it does, ten seconds at most
  local deadline=$(($(now) + 10000000000))
  until curl -sf "$1" >/dev/null; do
    [ "$(now)" -lt "$deadline" ] || { echo "no answer from $1" >&2; exit 1; }
  done
}
listening() { # FILE: the address that a service printed to it
  local deadline=$(($(now) + 10000000000))
  until grep -o 'http://.*' "$1" 2>/dev/null; do
    [ "$(now)" -lt "$deadline" ] || { echo "the service does not start" >&2; exit 1; }
  done
}
resident() { awk '/VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/$service/status"; }

cc -O2 -o "$folder/group_commit" "$here/../Benchmarks/GroupCommit/group_commit.c" -lsqlite3 -lpthread
"$labplan" serve --port 0 --database "$folder/bench.sqlite" --log-level error >"$folder/out" &
service=$!
url=$(listening "$folder/out")
answers "$url/healthz"

put() { # NAME, JSON on standard input
  curl -sf -X PUT "$url/v1/labs/$1" -H 'Content-Type: application/json' --data-binary @- >/dev/null
}
vms() { # COUNT: a lab of so many VMs on one NAT network
  jq -nc --argjson n "$1" '{networks: [{name: "shared", mode: "nat-network", ipv4: "10.0.0.0/16"}],
    vms: [range($n) | {name: "vm-\(.)", os: "linux", adapters: [{network: "shared"}]}]}'
}
vms 24 | put two-kilobytes
vms 200 | put large
bench_labs=${BENCH_LABS:-512} # so that a lab has tens of VMs, not thousands, when it is over
for lab in $(seq 0 $((bench_labs - 1))); do vms 1 | put "bench-$lab"; done
mkdir "$folder/www"
curl -sf "$url/v1/labs/two-kilobytes" >"$folder/www/lab"
curl -sf "$url/v1/labs/large/connectivity" >"$folder/www/connectivity"

cat >"$folder/nginx.conf" <<CONF
worker_processes 2;
daemon off;
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  default_type application/json;
  keepalive_requests 1000000000;
  sendfile on; tcp_nodelay on;
  open_file_cache max=100;
  server { listen 127.0.0.1:18089; root $folder/www; }
}
CONF
nginx -c "$folder/nginx.conf" -e "$folder/error.log" &
answers http://127.0.0.1:18089/lab

cat >"$folder/wrk.lua" <<'LUA'
-- Prints requests a second and the microseconds of p50 and p99; posts VMs where BENCH says so.
local thread_count = 0
function setup(thread) thread:set("id", thread_count); thread_count = thread_count + 1 end
function init()
  count = 0
  run = os.getenv("BENCH_RUN") or "0"
  labs = tonumber(os.getenv("BENCH_LABS") or "1")
  if os.getenv("BENCH") == "post" then
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    function request()
      count = count + 1
      local body = string.format(
        '{"name":"r%s-t%d-%d","os":"linux","adapters":[{"network":"shared"}]}', run, id, count)
      return wrk.format(nil, "/v1/labs/bench-" .. (count * 2 + id) % labs .. "/vms", nil, body)
    end
  end
end
function done(summary, latency)
  local errors = summary.errors.status + summary.errors.read + summary.errors.timeout
  print(string.format("RESULT %.0f %d %d %d", summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99), errors))
end
LUA
runs=0
measure() { # CONNECTIONS URL HEADER...: "requests/s p50 p99 errors"
  local count=$1 target=$2 threads headers=()
  shift 2
  threads=$((count < 2 ? 1 : 2))
  for header in "$@"; do headers+=(-H "$header"); done
  wrk -t$threads -c"$count" -d"${seconds}s" -s "$folder/wrk.lua" "${headers[@]}" "$target" |
    awk '/^RESULT/ { print $2, $3, $4, $5 }'
}
best() { sort -rn | head -1; }
report() { # NAME CONNECTIONS "ours" "theirs" WHOSE
  awk -v n="$1" -v c="$2" -v ours="$3" -v theirs="$4" -v whose="$5" 'BEGIN {
    split(ours, a, " "); split(theirs, b, " ")
    printf "%-26s %4s %9d req/s  p50 %6d us  p99 %7d us  %s %9d req/s  p50 %6d  p99 %7d  ratio %.2f%s\n",
      n, c, a[1], a[2], a[3], whose, b[1], b[2], b[3], a[1] / b[1], (a[4] > 0 ? "  ERRORS " a[4] : "") }'
}
row() { # NAME CONNECTIONS SERVICE-PATH NGINX-PATH SERVICE-HEADER NGINX-HEADER
  local round
  : >"$folder/ours"; : >"$folder/theirs"
  for ((round = 0; round < rounds; round++)); do
    measure "$2" "$url$3" "$5" >>"$folder/ours"
    measure "$2" "http://127.0.0.1:18089$4" "$6" >>"$folder/theirs"
  done
  report "$1" "$2" "$(best <"$folder/ours")" "$(best <"$folder/theirs")" nginx
}
tag_of() { curl -sI "$1" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }'; }

echo "best of $rounds rounds of ${seconds} s; the lab has $(wc -c <"$folder/www/lab") bytes," \
  "the matrix $(wc -c <"$folder/www/connectivity")"
ours_tag=$(tag_of "$url/v1/labs/two-kilobytes")
theirs_tag=$(tag_of http://127.0.0.1:18089/lab)
for c in $connections; do
  row "GET lab" "$c" /v1/labs/two-kilobytes /lab 'X-A: b' 'X-A: b'
  row "GET lab, If-None-Match" "$c" /v1/labs/two-kilobytes /lab \
    "If-None-Match: $ours_tag" "If-None-Match: $theirs_tag"
  row "GET connectivity, 200 VMs" "$c" /v1/labs/large/connectivity /connectivity 'X-A: b' 'X-A: b'
done
row "GET lab, new connections" 16 /v1/labs/two-kilobytes /lab 'Connection: close' 'Connection: close'

for c in $connections; do
  : >"$folder/ours"; : >"$folder/theirs"
  for ((round = 0; round < rounds; round++)); do
    runs=$((runs + 1))
    BENCH=post BENCH_RUN=$runs BENCH_LABS=$bench_labs measure "$c" "$url" >>"$folder/ours"
    rm -f "$folder/c.sqlite"*
    "$labplan" backup "$folder/c.sqlite" --database "$folder/bench.sqlite" >/dev/null
    "$folder/group_commit" "$folder/c.sqlite" "$c" "$seconds" >>"$folder/theirs"
  done
  report "POST vm, durable" "$c" "$(best <"$folder/ours")" "$(best <"$folder/theirs")" "C    "
done
echo "after all of this the service has $(resident) resident"

kill "$service"; wait "$service" 2>/dev/null || true
started=$(now)
"$labplan" serve --port 0 --database "$folder/idle.sqlite" --log-level error >"$folder/idle" &
service=$!
url=$(listening "$folder/idle")
answers "$url/healthz"
ready=$(now)
echo "idle service: $(resident) resident, first answer $(((ready - started) / 1000000)) ms after its start"
