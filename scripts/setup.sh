#!/bin/sh
# Makes sure that what the build needs is there: a Swift toolchain, the headers of libsqlite3, libyaml
# and zlib, and libyaml's static library.
# Installs the headers where it may; otherwise says in one line what to install.
set -eu

if ! command -v swift >/dev/null 2>&1; then
  echo "labplan needs a Swift toolchain, 6.1 or later: https://www.swift.org/install" >&2
  exit 1
fi

has_headers() {
  printf '#include <sqlite3.h>\n#include <yaml.h>\n#include <zlib.h>\nint main(void) { return 0; }\n' | \
    "$(command -v clang || command -v cc || echo cc)" -x c - -o /dev/null -l:libyaml.a >/dev/null 2>&1
}

has_headers && exit 0

if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    echo "installing libsqlite3-dev libyaml-dev zlib1g-dev" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libsqlite3-dev libyaml-dev zlib1g-dev >&2
    has_headers && exit 0
  fi
  echo "labplan needs the headers of libsqlite3, libyaml and zlib: sudo apt-get install libsqlite3-dev libyaml-dev zlib1g-dev" >&2
elif command -v dnf >/dev/null 2>&1; then
  echo "labplan needs the headers of libsqlite3, libyaml and zlib: sudo dnf install sqlite-devel libyaml-devel zlib-devel" >&2
else
  echo "labplan needs the headers of libsqlite3, libyaml and zlib (sqlite3.h, yaml.h, zlib.h) and libyaml.a; install your system's development packages" >&2
fi
exit 1
