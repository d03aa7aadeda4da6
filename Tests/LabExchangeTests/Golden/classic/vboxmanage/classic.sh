#!/usr/bin/env bash
# Made by labplan from lab "classic".
# Android, Windows and Linux clients of one internal app
# Not said here:
# - VMs that this makes have no disk: attach one, or install them first under the same name.
#
# bash classic.sh [apply | status | teardown [--delete-disks]]

set -euo pipefail

readonly LAB=classic

networks() {
  nat_network shared shared 10.77.0.0/24 on ''
  dhcp_server shared shared natnetwork/shared 10.77.0.3 255.255.255.0 10.77.0.4 10.77.0.254 any
  network_note shared '{"mode":"nat-network","ipv4":"10.77.0.0/24","dhcp":{"server":"10.77.0.3","first":"10.77.0.4","last":"10.77.0.254"}}'
}

machines() {
  vm android Linux_64
  adapter 1 natnetwork shared 080027BCABC3 82540EM deny on
  keep os android
  vm_end
  vm ubuntu Linux_64
  adapter 1 natnetwork shared 0800278AFFEA 82540EM deny on
  vm_end
  vm windows Windows10_64
  adapter 1 natnetwork shared 080027239C74 82540EM deny on
  vm_end
}

reservations() {
  reserve android 1 080027BCABC3 shared 10.77.0.6 shared
  reserve ubuntu 1 0800278AFFEA shared 10.77.0.4 shared
  reserve windows 1 080027239C74 shared 10.77.0.5 shared
}

forwards() {
  network_forward shared shared tcp_2222_127.0.0.1 'ssh:tcp:[127.0.0.1]:2222:[10.77.0.4]:22'
  network_forwards_end shared shared
}

# … the functions of VBoxManageRuntime …

main "$@"
