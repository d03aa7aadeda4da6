#!/usr/bin/env bash
# Times GET of a stored lab and of its matrix under `wrk -c16`, beside nginx serving the same bytes
# from a file; then the idle service's memory and the time from its start to its first answer.
# Needs wrk, nginx, curl and jq. Runs alternate, medians of ROUNDS are printed.
set -euo pipefail
labplan=$1
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-3}
for tool in wrk nginx curl jq; do
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
"$labplan" serve --port 0 --database "$folder/bench.sqlite" --log-level error >"$folder/out" &
service=$!
url=$(listening "$folder/out")
answers "$url/healthz"

curl -sf -X PUT "$url/v1/labs/classic" -H 'Content-Type: application/yaml' \
  --data-binary @"$(dirname "$0")/../Examples/three-vms.yaml" >/dev/null
mkdir "$folder/www"
curl -sf "$url/v1/labs/classic" >"$folder/www/lab"
curl -sf "$url/v1/labs/classic/connectivity" >"$folder/www/connectivity"

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

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
measure() { # URL: requests a second
  wrk -t2 -c16 -d"${seconds}s" "$1" | awk '/Requests\/sec/ { print $2 }'
}

row() { # NAME, SERVICE URL, NGINX URL
  local ours=() theirs=() round
  for ((round = 0; round < rounds; round++)); do
    ours+=("$(measure "$2")")
    theirs+=("$(measure "$3")")
  done
  local a b
  a=$(printf '%s\n' "${ours[@]}" | median)
  b=$(printf '%s\n' "${theirs[@]}" | median)
  awk -v n="$1" -v a="$a" -v b="$b" \
    'BEGIN { printf "  %-34s %8.0f req/s   nginx %8.0f req/s   ratio %.2f\n", n, a, b, a / b }'
}

echo "wrk -t2 -c16, ${rounds} rounds of ${seconds} s, medians"
row "GET /v1/labs/classic" "$url/v1/labs/classic" http://127.0.0.1:18089/lab
row "GET …/connectivity" "$url/v1/labs/classic/connectivity" http://127.0.0.1:18089/connectivity

kill "$service"; wait "$service" 2>/dev/null || true
started=$(now)
"$labplan" serve --port 0 --database "$folder/idle.sqlite" --log-level error >"$folder/idle" &
service=$!
url=$(listening "$folder/idle")
answers "$url/healthz"
ready=$(now)
resident=$(awk '/VmRSS/ { print $2 }' "/proc/$service/status")
echo "idle service: $((resident / 1024)) MB resident, first answer $(((ready - started) / 1000000)) ms after its start"
