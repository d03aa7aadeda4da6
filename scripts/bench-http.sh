#!/usr/bin/env bash
# Times the service under wrk on 1, 16 and 64 connections, and with a connection a request: beside
# nginx serving the same bytes from files, and durable writes beside a C program that stores the same
# with group commit on the same disk (Benchmarks/GroupCommit). Reads ask for one of LABS labs at
# random, and each request has a trace header of its own, as requests through a proxy do. Then memory,
# and the time to the first answer. Needs wrk, nginx, curl, jq and cc. Rounds alternate; the best of
# ROUNDS is printed, as what else the machine does only ever slows down. CONNECTIONS="16",
# SECONDS_EACH=1 and WRITES=0 make it shorter.
set -euo pipefail
labplan=$1
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-3}
connections=${CONNECTIONS:-1 16 64}
labs=${LABS:-1000}
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

put_all() { # PREFIX COUNT VMS: so many labs of so many VMs on one NAT network
  jq -nc --argjson n "$3" '{networks: [{name: "shared", mode: "nat-network", ipv4: "10.0.0.0/16"}],
    vms: [range($n) | {name: "vm-\(.)", os: "linux", adapters: [{network: "shared"}]}]}' >"$folder/lab"
  curl -sf -X PUT "$url/v1/labs/$1-[0-$(($2 - 1))]" -H 'Content-Type: application/json' \
    --data-binary @"$folder/lab" >/dev/null
}
put_all lab "$labs" 24
bench_labs=${BENCH_LABS:-512} # so that a lab has tens of VMs, not thousands, when it is over
put_all bench "$bench_labs" 1
mkdir -p "$folder/www/lab" "$folder/www/connectivity"
last=$((labs - 1))
curl -sf "$url/v1/labs/lab-[0-$last]" -o "$folder/www/lab/#1"
curl -sf "$url/v1/labs/lab-[0-$last]/connectivity" -o "$folder/www/connectivity/#1"

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
  open_file_cache max=10000 inactive=1h;
  open_file_cache_valid 1h;
  server { listen 127.0.0.1:18089; root $folder/www; }
}
CONF
nginx -c "$folder/nginx.conf" -e "$folder/error.log" &
answers http://127.0.0.1:18089/lab/0

cat >"$folder/wrk.lua" <<'LUA'
-- Prints requests a second and the microseconds of p50 and p99. Asks for BENCH_PATH with a random
-- number in it; sends the entity tags in the file BENCH_TAGS; posts VMs where BENCH says so.
local thread_count = 0
function setup(thread) thread:set("id", thread_count); thread_count = thread_count + 1 end
function init()
  count = 0
  run = os.getenv("BENCH_RUN") or "0"
  labs = tonumber(os.getenv("BENCH_LABS") or "1")
  local path, tags = os.getenv("BENCH_PATH"), {}
  if os.getenv("BENCH_TAGS") ~= "" and os.getenv("BENCH_TAGS") then
    for tag in io.lines(os.getenv("BENCH_TAGS")) do tags[#tags + 1] = tag end
  end
  if path then
    math.randomseed(os.time() + id)
    local rest = " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\n" .. os.getenv("BENCH_FIELDS")
    function request()
      local number = math.random(0, labs - 1)
      local tag = tags[number + 1]
      return "GET " .. string.format(path, number) .. rest
        .. string.format("traceparent: 00-%08x%08x%08x%08x-%08x%08x-01\r\n",
          math.random(0, 2 ^ 31), math.random(0, 2 ^ 31), math.random(0, 2 ^ 31), number,
          math.random(0, 2 ^ 31), math.random(0, 2 ^ 31))
        .. (tag and "If-None-Match: " .. tag .. "\r\n" or "") .. "\r\n"
    end
  elseif os.getenv("BENCH") == "post" then
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
measure() { # CONNECTIONS URL: "requests/s p50 p99 errors"
  wrk -t$(($1 < 2 ? 1 : 2)) -c"$1" -d"${seconds}s" -s "$folder/wrk.lua" "$2" |
    awk '/^RESULT/ { print $2, $3, $4, $5 }'
}
best() { sort -rn | head -1; }
report() { # NAME CONNECTIONS "ours" "theirs" WHOSE
  awk -v n="$1" -v c="$2" -v ours="$3" -v theirs="$4" -v whose="$5" 'BEGIN {
    split(ours, a, " "); split(theirs, b, " ")
    printf "%-26s %4s %9d req/s  p50 %6d us  p99 %7d us  %s %9d req/s  p50 %6d  p99 %7d  ratio %.2f  p99 %.1f x%s\n",
      n, c, a[1], a[2], a[3], whose, b[1], b[2], b[3], a[1] / b[1], a[3] / b[3],
      (a[4] > 0 ? "  ERRORS " a[4] : "") }'
}
row() { # NAME CONNECTIONS SERVICE-PATH NGINX-PATH FIELDS [TAGS]
  local round
  export BENCH_LABS=$labs BENCH_FIELDS=$5
  : >"$folder/ours"; : >"$folder/theirs"
  for ((round = 0; round < rounds; round++)); do
    BENCH_PATH=$3 BENCH_TAGS=${6:+$folder/our-tags} measure "$2" "$url" >>"$folder/ours"
    BENCH_PATH=$4 BENCH_TAGS=${6:+$folder/their-tags} measure "$2" http://127.0.0.1:18089 \
      >>"$folder/theirs"
  done
  report "$1" "$2" "$(best <"$folder/ours")" "$(best <"$folder/theirs")" nginx
}
tags_of() { curl -sI "$1" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }'; }
tags_of "$url/v1/labs/lab-[0-$last]" >"$folder/our-tags"
tags_of "http://127.0.0.1:18089/lab/[0-$last]" >"$folder/their-tags"

echo "best of $rounds rounds of ${seconds} s; $labs labs at random, each of" \
  "$(wc -c <"$folder/www/lab/0") bytes, its matrix $(wc -c <"$folder/www/connectivity/0")"
for c in $connections; do
  row "GET lab" "$c" /v1/labs/lab-%d /lab/%d ''
  row "GET lab, If-None-Match" "$c" /v1/labs/lab-%d /lab/%d '' tags
  row "GET connectivity, 24 VMs" "$c" /v1/labs/lab-%d/connectivity /connectivity/%d ''
done
row "GET lab, new connections" 16 /v1/labs/lab-%d /lab/%d $'Connection: close\r\n'

[ "${WRITES:-1}" = 1 ] || connections=
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
