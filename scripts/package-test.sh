#!/usr/bin/env bash
# Holds what a release is made of to its promises: package-test.sh LABPLAN.
#
# Both packages are the same bytes when they are made twice; the tarball's command runs where it is
# unpacked; the .deb installs in a clean root, and its service answers there; the container image is
# built and answers. What a step needs and cannot have here makes it skip, in words.
set -euo pipefail
labplan=$(realpath "$1")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
suite=${SUITE:-bookworm}
image=labplan-package-test
# Needs no rights beyond those of a chroot.
export STORAGE_DRIVER=${STORAGE_DRIVER:-vfs}
failed=0

cleanup() {
  if command -v buildah >/dev/null; then buildah rmi -f "$image" >/dev/null 2>&1 || true; fi
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

passed() { echo "passed: $*"; }
skipped() { echo "skipped: $*"; }
fail() { echo "FAILED: $*" >&2; failed=1; }

# Whether `$@`, which starts a service that prints where it listens, is answered by it; then it ends.
answers() {
  local url=
  setsid "$@" >"$work/out" 2>"$work/log" &
  local started=$!
  for _ in $(seq 100); do
    url=$(sed -n 's/^listening on //p' "$work/out")
    [ -z "$url" ] || break
    sleep 0.1
  done
  local status=1
  if [ -n "$url" ] && curl -sf "$url/readyz" >/dev/null; then status=0; fi
  [ "$status" = 0 ] || tail -5 "$work/log" >&2
  # It leads a session of its own: whatever it started ends with it.
  kill -- "-$started" 2>/dev/null || true
  wait "$started" 2>/dev/null || true
  return "$status"
}

reproducible() {
  for kind in dist deb; do
    if [ "$kind" = deb ] && ! command -v dpkg-deb >/dev/null; then
      skipped "the .deb: dpkg-deb is not installed"
      continue
    fi
    scripts/package.sh "$kind" "$labplan" "$work/once" >/dev/null
    scripts/package.sh "$kind" "$labplan" "$work/twice" >/dev/null
    passed "$kind was made twice"
  done
  if diff -r "$work/once" "$work/twice"; then
    passed "both times the packages are the same bytes"
  else
    fail "packages differ when they are made twice"
  fi
  if (cd "$work/once" && sha256sum --quiet -c SHA256SUMS); then
    passed "the checksums hold"
  else
    fail "a checksum is wrong"
  fi
}

tarball() {
  mkdir "$work/unpacked"
  tar -xzf "$work"/once/*.tar.gz -C "$work/unpacked" --strip-components 1
  if answers "$work/unpacked/bin/labplan" serve --port 0 --database "$work/tarball.sqlite"; then
    passed "the tarball's command serves"
  else
    fail "the tarball's command does not serve"
  fi
}

# A root of Debian with what labplan is linked to; its folder is $work/root.
clean_root() {
  [ ! -d "$work/root" ] || return 0
  [ "$(id -u)" = 0 ] || { echo "this is not root"; return 1; }
  command -v debootstrap >/dev/null || { echo "debootstrap is not installed"; return 1; }
  debootstrap --variant=minbase --include=libsqlite3-0,libstdc++6,libgcc-s1,zlib1g "$suite" \
    "$work/root" ${MIRROR:+"$MIRROR"} >"$work/debootstrap.log" 2>&1 ||
    {
      rm -rf "$work/root"
      echo "debootstrap cannot make a root: $(tail -1 "$work/debootstrap.log")"
      return 1
    }
}

# Before a command: runs it in the clean root, with the /proc that Swift reads its arguments from.
inside=(unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$work/root")

package() {
  cp "$work"/once/*.deb "$work/root/labplan.deb"
  if "${inside[@]}" dpkg -i labplan.deb >"$work/dpkg.log" 2>&1; then
    passed "the .deb installs in a clean root"
  else
    fail "the .deb does not install: $(tail -1 "$work/dpkg.log")"
    return
  fi
  "${inside[@]}" labplan --version
  if answers "${inside[@]}" labplan serve --port 0 --database /tmp/labs.sqlite; then
    passed "the installed command serves"
  else
    fail "the installed command does not serve"
  fi
  if "${inside[@]}" dpkg -P labplan >/dev/null 2>&1 &&
    [ ! -e "$work/root/usr/bin/labplan" ]; then
    passed "the .deb is removed without a rest"
  else
    fail "the .deb leaves something behind"
  fi
}

container() {
  local made
  made=$(buildah from scratch)
  buildah copy --quiet "$made" "$work/root" / >/dev/null
  buildah copy --quiet "$made" "$labplan" /usr/local/bin/labplan >/dev/null
  # As the Dockerfile says it.
  buildah run --isolation chroot "$made" -- useradd --system --create-home \
    --home-dir /var/lib/labplan --shell /usr/sbin/nologin labplan
  buildah config --user labplan --workingdir /var/lib/labplan --port 8080 \
    --entrypoint '["labplan"]' "$made"
  buildah commit --quiet "$made" "$image" >/dev/null
  buildah rm "$made" >/dev/null
  made=$(buildah from "$image")
  if answers buildah run --isolation chroot "$made" -- labplan serve --port 0 \
    --database /var/lib/labplan/labplan.sqlite; then
    passed "the image's service answers"
  else
    fail "the image's service does not answer"
  fi
  buildah rm "$made" >/dev/null
}

unit() {
  command -v systemd-analyze >/dev/null || { skipped "the unit: no systemd-analyze"; return; }
  sed "s|@BINDIR@|$work/unpacked/bin|" packaging/labplan.service >"$work/labplan.service"
  if systemd-analyze verify --man=no "$work/labplan.service" 2>"$work/unit.log"; then
    passed "systemd reads the unit"
  else
    fail "systemd does not read the unit: $(head -1 "$work/unit.log")"
  fi
  systemd-analyze security --offline=yes "$work/labplan.service" 2>/dev/null | tail -1 || true
}

reproducible
tarball
unit
if reason=$(clean_root); then
  package
  if command -v buildah >/dev/null; then
    container
  else
    skipped "the container image: buildah is not installed"
  fi
else
  skipped "the .deb in a clean root, and the container image: $reason"
fi
exit "$failed"
