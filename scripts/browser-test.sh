#!/bin/sh
# Tries the dashboard in a real Chromium: scripts/browser-test.sh LABPLAN [NAME]. Says why it skips.
set -eu
cd "$(dirname "$0")/.."
python=python3
[ -x .build/tools/bin/python ] && python=.build/tools/bin/python
exec "$python" Tests/Browser/dashboard_test.py "$@"
