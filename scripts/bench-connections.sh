#!/usr/bin/env bash
# Opens N idle connections (10,000 by itself) to the service, each after one request, from as many
# clients as the limit of open files makes necessary; prints the service's memory, and how long
# requests on other connections take meanwhile. Needs curl and python3.
set -euo pipefail
labplan=$1
count=${N:-10000}
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

"$labplan" serve --port 0 --database "$folder/labs.sqlite" --log-level error \
  --idle-timeout 600 --max-connections $((count + 100)) --max-connections-per-client $((count + 100)) >"$folder/out" &
service=$!
until port=$(grep -o '[0-9]*$' "$folder/out"); do sleep 0.05; done
resident() { awk '/VmRSS/ { printf "%.1f MB", $2 / 1024 }' "/proc/$service/status"; }
echo "idle: $(resident)"

cat >"$folder/hold.py" <<'PYTHON'
import resource, socket, sys
port, count = int(sys.argv[1]), int(sys.argv[2])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
held = []
for _ in range(count):
    held.append(socket.create_connection(("127.0.0.1", port), timeout=60))
    held[-1].sendall(request)
    assert held[-1].recv(4096).startswith(b"HTTP/1.1 200 "), "no answer"
print("held", flush=True)
sys.stdin.read()
broken = sum(1 for each in held if each.sendall(request) or not each.recv(4096))
print("broken", broken, flush=True)
PYTHON
limit=$(ulimit -Hn)
share=$((limit > 8192 ? 8000 : limit - 100))
left=$count
clients=()
mkfifo "$folder/go"
exec 9<>"$folder/go"
while [ "$left" -gt 0 ]; do
  size=$((left < share ? left : share))
  # Each reads until the fifo's last writer is gone.
  python3 "$folder/hold.py" "$port" "$size" <"$folder/go" 9>&- >"$folder/client-${#clients[@]}" &
  clients+=($!)
  left=$((left - size))
done
for ((each = 0; each < ${#clients[@]}; each++)); do
  until grep -q held "$folder/client-$each"; do
    kill -0 "${clients[$each]}" 2>/dev/null || { echo "a client failed; ulimit -Hn is $limit" >&2; exit 1; }
    sleep 0.1
  done
done
echo "$count connections held by ${#clients[@]} clients: $(resident)"
for _ in $(seq 1 200); do
  curl -s -o "$folder/answer" -w '%{http_code} %{time_total}\n' "http://127.0.0.1:$port/v1/modes"
done | sort -k2 -n | awk '$1 != 200 { bad++ } { v[NR] = $2 * 1000 }
  END { printf "200 requests meanwhile, each on a connection of its own: p50 %.2f ms, p99 %.2f ms, %d failed\n",
        v[int(NR / 2)], v[int(NR * .99)], bad }'
exec 9>&-
for ((each = 0; each < ${#clients[@]}; each++)); do
  wait "${clients[$each]}"
  grep broken "$folder/client-$each" | sed 's/^/held connections that /'
done
echo "after a second request on each: $(resident)"
