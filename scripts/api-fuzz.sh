#!/usr/bin/env bash
# Lets schemathesis (PyPI, in a virtual environment unless it is installed already) read openapi.yaml
# and send a real service what it thinks up, with every check: the examples, the bounds of every
# parameter, random requests, and chains of requests that use each other's answers. The service holds
# the lab of the examples from the start, and wants a token. What openapi.yaml has no words for is in
# schemathesis.toml beside this script.
#
# MINUTES says for how long at most; EXAMPLES how many requests are tried for each operation in a
# phase; PHASES which of them are run; SEED repeats a run.
# Ends with 0 where nothing failed, and says so in words where schemathesis cannot be had.
set -euo pipefail
labplan=$(realpath "$1")
minutes=${MINUTES:-10}
examples=${EXAMPLES:-100}
phases=${PHASES:-examples,coverage,fuzzing,stateful}
environment=${SCHEMATHESIS_ENVIRONMENT:-.build/schemathesis}

if ! schemathesis=$(command -v schemathesis); then
  schemathesis=$environment/bin/schemathesis
  if [ ! -x "$schemathesis" ]; then
    echo "installing schemathesis in $environment" >&2
    if ! { python3 -m venv "$environment" \
      && "$environment/bin/pip" install --quiet --disable-pip-version-check schemathesis; } >&2; then
      rm -rf "$environment"
      echo "skipped: schemathesis is not here and cannot be installed" >&2
      exit "${SKIPPED_STATUS:-1}"
    fi
  fi
fi

folder=$(mktemp -d)
service=
cleanup() {
  [ -z "$service" ] || kill "$service" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT

token=$("$labplan" token create fuzz --role admin --database "$folder/labs.sqlite" 2>/dev/null)
"$labplan" serve --port 0 --database "$folder/labs.sqlite" \
  --log-level warning >"$folder/out" 2>"$folder/log" &
service=$!
until grep -q listening "$folder/out"; do
  kill -0 "$service" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.05
done
url=$(sed 's/^listening on //' "$folder/out")
curl -sf "$url/openapi.json" | python3 -c '
import json, sys
operation = json.load(sys.stdin)["paths"]["/v1/labs/{lab}"]["get"]
json.dump(operation["responses"]["200"]["content"]["application/json"]["example"], sys.stdout)' |
  curl -sf -o "$folder/lab" -X PUT "$url/v1/labs/beta-test" -H "Authorization: Bearer $token" --json @-

# Streams of events have no end that schemathesis could wait for; they have tests of their own.
# The budget of time is for the whole run; without it the run ends with its last phase.
status=0
scripts=$(dirname "$0")
PYTHONPATH=$scripts "$schemathesis" --config-file "$scripts/schemathesis.toml" \
  run openapi.yaml --url "$url" --header "Authorization: Bearer $token" \
  --checks all --phases "$phases" --max-examples "$examples" \
  ${MINUTES:+--max-time "$((minutes * 60))"} ${SEED:+--seed "$SEED"} --exclude-path-regex "/events$" --continue-on-failure \
  --no-color || status=$?

kill -0 "$service" 2>/dev/null || { echo "the service died" >&2; cat "$folder/log" >&2; exit 1; }
"$labplan" check-database --database "$folder/labs.sqlite"
exit "$status"
