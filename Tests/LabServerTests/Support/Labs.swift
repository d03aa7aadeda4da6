/// Three VMs on one NAT network, all talking to each other and to the internet.
let classicLab = """
  name: classic
  networks:
    - {name: shared, mode: nat-network, ipv4: 10.0.2.0/24}
    - {name: spare, mode: internal}
  vms:
    - {name: ubuntu, os: linux, adapters: [{network: shared}]}
    - {name: android, os: android, adapters: [{network: shared}]}
    - {name: windows, os: windows, adapters: [{network: shared}, {network: null}]}
  port_forwards:
    - {name: ssh, host_port: 2222, vm: ubuntu, guest_port: 22}
  requirements:
    - {from: vms, to: vms}
    - {from: windows, to: internet}

  """

/// Everything that a document can say, as the writer writes it.
let completeLab = """
  name: beta-test
  description: "Android, Windows and Linux: clients of one internal app"
  hypervisor: {product: virtualbox, version: "7.1"}
  host:
    name: laptop
    os: linux
    internet: true
    forwarding: false
    uplink:
      interface: eth0
      kind: wired
      ipv4: 192.168.1.20/24
      ipv6: fd00:1::20/64
      gateway: 192.168.1.1
      gateway6: fd00:1::1
      dhcp: {first: 192.168.1.100, last: 192.168.1.199}
    occupied: [172.17.0.0/16, fd00:9::/48]
  networks:
    - {name: office, mode: bridged}
    - {name: shared, mode: nat-network, ipv4: 10.0.2.0/24, dhcp: true}
    - {name: backend, mode: internal, ipv4: 10.20.0.0/24, ipv6: fd00:2::/64, gateway: 10.20.0.1}
    - {name: admin, mode: host-only, dhcp: {server: 192.168.56.2, first: 192.168.56.10, last: 192.168.56.99}, ipv4: 192.168.56.0/24}
    - {name: out, mode: nat, localhost_reachable: true}
    - {name: lan2, mode: internal, hypervisor_name: intnet, dhcp: false, size: 30}
  vms:
    - name: ubuntu
      os: linux
      tags: [client, server]
      routes: [{to: 10.30.0.0/16, via: 10.20.0.1}]
      adapters:
        - {network: shared}
        - {slot: 3, network: backend, address: 10.20.0.10, address6: "fd00:2::10", mac: "08:00:27:aa:00:01", model: virtio, promiscuous: deny, cable_connected: true}
        - {network: null}
    - {name: gw, forwarding: true, gateway: 10.0.2.1, adapters: [{network: shared}, {network: backend, address: 10.20.0.1}]}
  port_forwards:
    - {name: ssh, protocol: tcp, host_address: "", host_port: 2222, vm: ubuntu, slot: 1, guest_port: 22}
  requirements:
    - {from: vms, to: vms}
    - {from: ubuntu, to: internet}
    - {from: lan, to: ubuntu, protocol: tcp, port: 22}
    - {from: "tag:client", to: lan, allow: false}

  """
