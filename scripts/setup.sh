#!/bin/sh
# Makes sure that what the build needs is there: a Swift toolchain and libsqlite3's headers.
# Installs the headers where it may; otherwise says in one line what to install.
set -eu

if ! command -v swift >/dev/null 2>&1; then
  echo "labplan needs a Swift toolchain, 6.1 or later: https://www.swift.org/install" >&2
  exit 1
fi

has_sqlite() {
  echo '#include <sqlite3.h>' | "$(command -v clang || command -v cc || echo cc)" -E -x c - >/dev/null 2>&1
}

has_sqlite && exit 0

if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    echo "installing libsqlite3-dev" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libsqlite3-dev >&2
    has_sqlite && exit 0
  fi
  echo "labplan needs libsqlite3's headers: sudo apt-get install libsqlite3-dev" >&2
elif command -v dnf >/dev/null 2>&1; then
  echo "labplan needs libsqlite3's headers: sudo dnf install sqlite-devel" >&2
else
  echo "labplan needs libsqlite3's headers (sqlite3.h); install your system's SQLite development package" >&2
fi
exit 1
