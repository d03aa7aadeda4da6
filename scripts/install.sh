#!/usr/bin/env bash
# Installs the command with all that belongs to it: install.sh LABPLAN DESTDIR PREFIX. DESTDIR, which
# may be empty, is where a package is put together; PREFIX is where the files will be in the end.
set -euo pipefail
labplan=$1 destination=$2 prefix=$3
source=$(dirname "$0")/..
date=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%d)
root=$destination$prefix

put() { # MODE FILE: standard input becomes the file
  mkdir -p "$(dirname "$2")"
  cat >"$2"
  chmod "$1" "$2"
}

put 755 "$root/bin/labplan" <"$labplan"
python3 "$source/scripts/man-page.py" "$labplan" "$date" | gzip -9n |
  put 644 "$root/share/man/man1/labplan.1.gz"
"$labplan" --generate-completion-script bash |
  put 644 "$root/share/bash-completion/completions/labplan"
"$labplan" --generate-completion-script zsh | put 644 "$root/share/zsh/site-functions/_labplan"
"$labplan" --generate-completion-script fish |
  put 644 "$root/share/fish/vendor_completions.d/labplan.fish"
sed "s|@BINDIR@|$prefix/bin|" "$source/packaging/labplan.service" |
  put 644 "$root/lib/systemd/system/labplan.service"
for example in "$source"/Examples/*; do
  put 644 "$root/share/doc/labplan/examples/$(basename "$example")" <"$example"
done
for page in README.md CHANGELOG.md LICENSE; do
  put 644 "$root/share/doc/labplan/$page" <"$source/$page"
done
for page in "$source"/docs/*.md; do
  put 644 "$root/share/doc/labplan/docs/$(basename "$page")" <"$page"
done
