#!/usr/bin/env bash
# Made by labplan from lab "everything".
# Every mode and every setting.
# Two lines of it.
# Not said here:
# - VMs that this makes have no disk: attach one, or install them first under the same name.
# - Configure 10.79.0.4/24 on adapter 1 inside bsd: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure 10.78.0.1/24 on adapter 2, fd00:77::a00:27ff:fe78:db2c/64 on adapter 4 inside gw: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure fd00:77::a00:27ff:fed2:9877/64 on adapter 1 inside phone: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure 10.79.0.5/24 on adapter 4, 192.168.60.9/24 on adapter 9 inside web: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure fd00:77::a00:27ff:fe9c:dafd/64 on adapter 1 inside win: VirtualBox gives no static addresses. The exports netplan and windows do.
#
# bash everything.sh [apply | status | teardown [--delete-disks]]

set -euo pipefail

readonly LAB=everything

networks() {
  nat_network fixed fixed 10.79.0.0/24 off ''
  nat_network shared shared 10.77.0.0/24 on fd00:77::/64
  dhcp_server dmz 'Lab'\''s DMZ' '' 10.78.0.2 255.255.255.0 10.78.0.100 10.78.0.199 10.78.0.1
  dhcp_server shared shared natnetwork/shared 10.77.0.3 255.255.255.0 10.77.0.4 10.77.0.254 any
  host_only mgmt 192.168.56.1 255.255.255.0 24 '' ''
  host_only_dhcp mgmt 192.168.56.100 255.255.255.0 192.168.56.101 192.168.56.254
  host_only quiet 192.168.60.1 255.255.255.0 24 '' ''
  host_only_quiet quiet
  uplink enp3s0
  network_note dmz '{"mode":"internal","ipv4":"10.78.0.0/24","gateway":"10.78.0.1","dhcp":{"server":"10.78.0.2","first":"10.78.0.100","last":"10.78.0.199"},"hypervisor_name":"Lab'\''s DMZ"}'
  network_note fixed '{"mode":"nat-network","ipv4":"10.79.0.0/24","dhcp":false}'
  network_note lan '{"mode":"bridged","ipv4":"192.168.1.0/24"}'
  network_note mgmt '{"mode":"host-only","ipv4":"192.168.56.0/24","dhcp":{"server":"192.168.56.100","first":"192.168.56.101","last":"192.168.56.254"}}'
  network_note quiet '{"mode":"host-only","ipv4":"192.168.60.0/24","dhcp":false}'
  network_note shared '{"mode":"nat-network","ipv4":"10.77.0.0/24","ipv6":"fd00:77::/64","dhcp":{"server":"10.77.0.3","first":"10.77.0.4","last":"10.77.0.254"}}'
  network_note wan '{"mode":"nat","ipv4":"10.5.0.0/24","localhost_reachable":true}'
}

machines() {
  vm bsd FreeBSD_64
  adapter 1 natnetwork fixed 0800279BFF0E 82540EM deny on
  keep adapter1/ipv4 10.79.0.4/24
  vm_end
  vm gw Linux_64
  adapter 1 nat 10.5.0.0/24 0800277DD2A3 virtio deny on
  forward 1 ssh 'ssh,tcp,127.0.0.1,2222,,22'
  localhost 1 on
  adapter 2 intnet 'Lab'\''s DMZ' 0800277ED4FE 82540EM allow-vms on
  keep adapter2/ipv4 10.78.0.1/24
  adapter 3 hostonly mgmt 0800277FD709 82540EM deny on
  adapter 4 natnetwork shared 08002778DB2C 82540EM deny on
  keep adapter4/ipv6 fd00:77::a00:27ff:fe78:db2c/64
  keep tags 'router,edge'
  keep forwarding on
  keep routes '10.90.0.0/16,10.78.0.50'
  vm_end
  vm island Other_64
  vm_end
  vm mac MacOS_64
  adapter 1 hostonly mgmt 080027033735 82540EM deny on
  vm_end
  vm phone Linux_64
  adapter 1 natnetwork shared 080027D29877 82540EM deny on
  keep adapter1/ipv6 fd00:77::a00:27ff:fed2:9877/64
  keep os android
  vm_end
  vm web Linux_64
  adapter 2 intnet 'Lab'\''s DMZ' 080027A54562 82540EM deny on
  adapter 3 null '' 080027A64731 82540EM deny off
  adapter 4 natnetwork fixed 080027A37FB0 82540EM deny on
  keep adapter4/ipv4 10.79.0.5/24
  adapter 9 hostonly quiet 080027A87033 82540EM deny on
  keep adapter9/ipv4 192.168.60.9/24
  keep tags server
  vm_end
  vm win Windows10_64
  adapter 1 natnetwork shared 0800279CDAFD 82540EM deny on
  keep adapter1/ipv6 fd00:77::a00:27ff:fe9c:dafd/64
  adapter 2 bridged '' 08002781D714 82540EM allow-all on
  keep gateway 10.77.0.1
  vm_end
}

reservations() {
  reserve_host_only gw 3 0800277FD709 mgmt 192.168.56.101
  reserve gw 4 08002778DB2C shared 10.77.0.5 shared
  reserve_host_only mac 1 080027033735 mgmt 192.168.56.102
  reserve phone 1 080027D29877 shared 10.77.0.4 shared
  reserve web 2 080027A54562 'Lab'\''s DMZ' 10.78.0.100 dmz
  reserve win 1 0800279CDAFD shared 10.77.0.6 shared
}

forwards() {
  network_forward fixed fixed tcp_8443_any 'tcp_8443_443:tcp:[]:8443:[10.79.0.5]:443'
  network_forwards_end fixed fixed
  network_forward shared shared tcp_3389_any 'rdp:tcp:[]:3389:[10.77.0.6]:3389'
  network_forward shared shared udp_5353_127.0.0.1 'dns:udp:[127.0.0.1]:5353:[10.77.0.5]:53'
  network_forwards_end shared shared
}

# … the functions of VBoxManageRuntime …

main "$@"
