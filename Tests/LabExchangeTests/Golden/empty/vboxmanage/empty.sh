#!/usr/bin/env bash
# Made by labplan from lab "empty".
#
# bash empty.sh [apply | status | teardown [--delete-disks]]

set -euo pipefail

readonly LAB=empty

networks() {
  :
}

machines() {
  :
}

reservations() {
  :
}

forwards() {
  :
}

# … the functions of VBoxManageRuntime …

main "$@"
