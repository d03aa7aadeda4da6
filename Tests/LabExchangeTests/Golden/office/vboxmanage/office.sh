#!/usr/bin/env bash
# Made by labplan from lab "office".
# Not said here:
# - VMs that this makes have no disk: attach one, or install them first under the same name.
# - Configure 10.78.0.20/24 on adapter 1 inside db: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure 192.168.57.3/24 on adapter 1 inside desktop: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure 192.168.57.2/24 on adapter 2, 10.78.0.1/24 on adapter 3 inside web: VirtualBox gives no static addresses. The exports netplan and windows do.
#
# bash office.sh [apply | status | teardown [--delete-disks]]

set -euo pipefail

readonly LAB=office

networks() {
  host_only desk 192.168.57.1 255.255.255.0 24 '' ''
  host_only_quiet desk
  network_note backend '{"mode":"internal","ipv4":"10.78.0.0/24","dhcp":false}'
  network_note desk '{"mode":"host-only","ipv4":"192.168.57.0/24","dhcp":false}'
  network_note internet '{"mode":"nat"}'
}

machines() {
  vm db Linux_64
  adapter 1 intnet backend 080027AA0004 82540EM deny on
  keep adapter1/ipv4 10.78.0.20/24
  keep tags server
  vm_end
  vm desktop Windows10_64
  adapter 1 hostonly desk 080027AA0005 82540EM deny on
  keep adapter1/ipv4 192.168.57.3/24
  vm_end
  vm web Linux_64
  adapter 1 nat default 080027AA0001 virtio deny on
  forward 1 ssh 'ssh,tcp,127.0.0.1,2222,,22'
  forward 1 web 'web,tcp,,8080,,80'
  adapter 2 hostonly desk 080027AA0002 virtio deny on
  keep adapter2/ipv4 192.168.57.2/24
  adapter 3 intnet backend 080027AA0003 virtio deny on
  keep adapter3/ipv4 10.78.0.1/24
  keep tags server
  vm_end
}

reservations() {
  :
}

forwards() {
  :
}

# … the functions of VBoxManageRuntime …

main "$@"
