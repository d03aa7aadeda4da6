#!/usr/bin/env bash
# Makes packages of a built command, the same bytes each time: package.sh dist|deb LABPLAN FOLDER.
#
# dist: labplan-VERSION-linux-MACHINE.tar.gz, whose `bin`, `lib` and `share` belong below /usr/local.
# deb:  labplan_VERSION_ARCHITECTURE.deb; it depends on what the command is linked to.
# Both add their checksum to SHA256SUMS beside them. Times are those of the newest commit, or
# SOURCE_DATE_EPOCH.
set -euo pipefail
kind=$1 labplan=$2 folder=$3
cd "$(dirname "$0")/.."
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)
fi
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC
umask 022
version=$("$labplan" --version | sed 's/^labplan //')
mkdir -p "$folder"
folder=$(realpath "$folder")
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

settle() { # every file gets the one time
  find "$1" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
}

dist() {
  local name
  name=labplan-$version-linux-$(uname -m)
  scripts/install.sh "$labplan" "$stage/$name" ""
  sed -i 's|^ExecStart=/bin|ExecStart=/usr/local/bin|' \
    "$stage/$name/lib/systemd/system/labplan.service"
  settle "$stage/$name"
  tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --format=gnu -C "$stage" -cf - "$name" | gzip -9n >"$folder/$name.tar.gz"
  echo "$name.tar.gz"
}

deb() {
  local architecture name libc
  architecture=$(dpkg --print-architecture)
  name=labplan_${version}_$architecture.deb
  libc=$(readelf -V "$labplan" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -1)
  scripts/install.sh "$labplan" "$stage/root" /usr
  mv "$stage/root/usr/share/doc/labplan/LICENSE" "$stage/root/usr/share/doc/labplan/copyright"
  mkdir -p "$stage/root/DEBIAN" "$stage/root/usr/share/zsh/vendor-completions"
  mv "$stage/root/usr/share/zsh/site-functions/_labplan" \
    "$stage/root/usr/share/zsh/vendor-completions/_labplan"
  rmdir "$stage/root/usr/share/zsh/site-functions"
  cat >"$stage/root/DEBIAN/control" <<CONTROL
Package: labplan
Version: $version
Architecture: $architecture
Maintainer: The labplan authors <labplan@localhost>
Installed-Size: $(du -sk --apparent-size "$stage/root/usr" | cut -f1)
Depends: libc6 (>= $libc), libgcc-s1, libsqlite3-0, libstdc++6, zlib1g
Section: net
Priority: optional
Description: planner of virtual machine labs
 Says before you boot a machine which network mode to pick, which address each
 machine gets, and who will be able to talk to whom. A REST service that keeps
 labs in SQLite, and a command line for labs in files.
CONTROL
  settle "$stage/root"
  dpkg-deb --root-owner-group -Zxz --build "$stage/root" "$folder/$name" >/dev/null
  echo "$name"
}

made=$("$kind")
cd "$folder"
touch SHA256SUMS
grep -v "  $made\$" SHA256SUMS >"$stage/sums" || true
sha256sum "$made" >>"$stage/sums"
sort -k2 "$stage/sums" >SHA256SUMS
echo "$folder/$made"
