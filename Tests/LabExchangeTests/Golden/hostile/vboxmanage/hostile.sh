#!/usr/bin/env bash
# Made by labplan from lab "hostile".
# one
# $(touch canary)
# `touch canary`
# touch canary
# touch canary
# touch canary
# touch canary
# */ --> ]]> {{ lookup('pipe', 'touch canary') }} #{`touch canary`} " ' \
# Not said here:
# - VMs that this makes have no disk: attach one, or install them first under the same name.
# - Configure 10.78.0.9/24 on adapter 1 inside graph: VirtualBox gives no static addresses. The exports netplan and windows do.
# - Configure 10.78.0.1/24 on adapter 3, 192.168.58.2/24 on adapter 4 inside yes: VirtualBox gives no static addresses. The exports netplan and windows do.
#
# bash hostile.sh [apply | status | teardown [--delete-disks]]

set -euo pipefail

readonly LAB=hostile

networks() {
  nat_network on '-n'\''; touch canary; '\''$(touch canary)' 10.77.0.0/24 on ''
  dhcp_server on '-n'\''; touch canary; '\''$(touch canary)' natnetwork/on 10.77.0.3 255.255.255.0 10.77.0.4 10.77.0.254 any
  host_only 0x1 192.168.58.1 255.255.255.0 24 '' ''
  host_only_quiet 0x1
  uplink 'eth0'\''; touch canary; '\''$(touch canary)`touch canary`"#{x}'
  network_note 0x1 '{"mode":"host-only","ipv4":"192.168.58.0/24","dhcp":false,"hypervisor_name":"vboxnet0\\\" --; touch canary"}'
  network_note 1e3 '{"mode":"internal","ipv4":"10.78.0.0/24","dhcp":false,"hypervisor_name":"a \"b\" \\ ${IFS} `touch canary` %{x} {{ 7*7 }} <b>&amp;"}'
  network_note no '{"mode":"nat"}'
  network_note null '{"mode":"bridged"}'
  network_note on '{"mode":"nat-network","ipv4":"10.77.0.0/24","dhcp":{"server":"10.77.0.3","first":"10.77.0.4","last":"10.77.0.254"},"hypervisor_name":"-n'\''; touch canary; '\''$(touch canary)"}'
}

machines() {
  vm 12 Windows10_64
  adapter 1 natnetwork '-n'\''; touch canary; '\''$(touch canary)' 08002792EFE2 82540EM deny on
  keep tags yes-no
  vm_end
  vm end Linux_64
  adapter 1 nat default 080027E7B7D7 82540EM deny on
  forward 1 -delete '-delete,tcp,,2204,,22'
  forward 1 '#{`touch canary`} \'\'' " = {{ 7*7 }} %x(touch canary)' '#{`touch canary`} \'\'' " = {{ 7*7 }} %x(touch canary),tcp,,2205,,23'
  forward 1 '𝄞 ‮ touch' '𝄞 ‮ touch,tcp,,2206,,24'
  vm_end
  vm graph FreeBSD_64
  adapter 1 intnet 'a "b" \ ${IFS} `touch canary` %{x} {{ 7*7 }} <b>&amp;' 080027810341 82540EM deny on
  keep adapter1/ipv4 10.78.0.9/24
  vm_end
  vm yes Linux_64
  adapter 1 nat default 080027A8A624 82540EM deny on
  forward 1 '$(touch canary)' '$(touch canary),tcp,,2201,,22'
  adapter 2 natnetwork '-n'\''; touch canary; '\''$(touch canary)' 080027B7A1CD 82540EM deny on
  adapter 3 intnet 'a "b" \ ${IFS} `touch canary` %{x} {{ 7*7 }} <b>&amp;' 080027B6A39E 82540EM deny on
  keep adapter3/ipv4 10.78.0.1/24
  adapter 4 hostonly 0x1 080027ADBB1F 82540EM deny on
  keep adapter4/ipv4 192.168.58.2/24
  adapter 5 bridged '' 080027ACBDE8 82540EM deny on
  keep tags 'true,0,all'
  vm_end
}

reservations() {
  reserve 12 1 08002792EFE2 '-n'\''; touch canary; '\''$(touch canary)' 10.77.0.5 on
  reserve yes 2 080027B7A1CD '-n'\''; touch canary; '\''$(touch canary)' 10.77.0.4 on
}

forwards() {
  network_forward on '-n'\''; touch canary; '\''$(touch canary)' tcp_2202_any ''\''; touch canary; '\'':tcp:[]:2202:[10.77.0.4]:22'
  network_forward on '-n'\''; touch canary; '\''$(touch canary)' tcp_2203_any '`touch canary`:tcp:[]:2203:[10.77.0.5]:3389'
  network_forwards_end on '-n'\''; touch canary; '\''$(touch canary)'
}

# … the functions of VBoxManageRuntime …

main "$@"
