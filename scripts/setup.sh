#!/bin/sh
# Makes sure that what the build needs is there: a Swift toolchain, and the headers of libsqlite3
# and zlib.
# Installs the headers where it may; otherwise says in one line what to install.
set -eu

if ! command -v swift >/dev/null 2>&1; then
  echo "labplan needs a Swift toolchain, 6.1 or later: https://www.swift.org/install" >&2
  exit 1
fi

has_headers() {
  printf '#include <sqlite3.h>\n#include <zlib.h>\n' | \
    "$(command -v clang || command -v cc || echo cc)" -E -x c - >/dev/null 2>&1
}

has_headers && exit 0

if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    echo "installing libsqlite3-dev zlib1g-dev" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libsqlite3-dev zlib1g-dev >&2
    has_headers && exit 0
  fi
  echo "labplan needs the headers of libsqlite3 and zlib: sudo apt-get install libsqlite3-dev zlib1g-dev" >&2
elif command -v dnf >/dev/null 2>&1; then
  echo "labplan needs the headers of libsqlite3 and zlib: sudo dnf install sqlite-devel zlib-devel" >&2
else
  echo "labplan needs the headers of libsqlite3 and zlib (sqlite3.h, zlib.h); install your system's development packages" >&2
fi
exit 1
