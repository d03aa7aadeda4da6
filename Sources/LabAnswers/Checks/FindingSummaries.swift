/// What each rule of the findings looks for, by the rule's id.
///
/// **Invariant:** the sentence is the first one of the rule's own documentation; a test holds the
/// two against each other.
let findingSummaries: [String: String] = [
  "adapter-limit": "A VM has more adapters than the product gives one.",
  "adapter-model-unavailable":
    "An adapter is of a model that this version of VirtualBox does not have.",
  "address-of-service":
    "An adapter has an address at which the host, a router or a server of its network answers.",
  "address-outside-prefix": "A static address is outside the prefix that its network has.",
  "bridged-over-wifi": "VMs are bridged to a LAN that the host is on by Wi-Fi.",
  "bridged-prefix-is-not-lans":
    "A bridged network is given another prefix than that of the LAN it is bridged to.",
  "cluster-node-on-nat":
    "A cluster's nodes have their default route on NAT, and another network to meet on.",
  "copies-share-identity":
    "VMs that are copies of one disk ask DHCP in one name, and get one address.",
  "default-mac": "Several VMs of QEMU have no hardware address in the document.",
  "dhcp-not-offered":
    "The document asks for a DHCP server on a network for which the product has none.",
  "dhcp-pool-covers-service":
    "A DHCP pool contains the address of the host, of a router or of the server itself.",
  "dhcp-pool-too-small": "A DHCP pool has fewer addresses than there are adapters to get one.",
  "dhcp-server-address-taken":
    "A network's DHCP server has the address of the host or of a router there.",
  "dhcp-server-not-there":
    "The VM that is to serve DHCP on a network is not on it, or has no static address there.",
  "docker-forward-drop": "Docker on the host closes bridged and unfiltered networks.",
  "doubtful-requirement":
    "A requirement is met by a way that works or does not by something that no document says.",
  "duplicate-address": "Two adapters on one segment have the same address.",
  "duplicate-mac": "Two adapters on one segment have the same hardware address.",
  "factory-dhcp-server":
    "VirtualBox has a DHCP server of its own where the document wants none, or another.",
  "foreign-mac": "A hardware address is not one of the product's own.",
  "forged-transmits":
    "A VM sends frames of further hardware addresses on a switch that drops them.",
  "forward-bound-elsewhere": "A port forward listens on an address that the host does not have.",
  "forward-bound-to-loopback":
    "The LAN is to reach a VM by a port forward that listens on the host's loopback alone.",
  "forward-exposed-to-lan": "The LAN must not reach a VM, but a port forward lets it.",
  "forward-not-behind-nat": "A port forward leads to an adapter for which nothing forwards ports.",
  "forward-without-target":
    "A port forward leads to an adapter that has no address, or whose cable is out.",
  "forwarding-side-effect": "One network makes the host route, and with it for all.",
  "gateway-does-not-forward":
    "The gateway of a network, or of a VM, is a machine that does not route.",
  "gateway-off-link": "A VM's own gateway is on none of its links, or is the VM itself.",
  "gateway-without-owner": "The gateway of a network, or of a VM, is an address that nobody has.",
  "host-loopback-closed": "VMs on NAT are to reach the host, whose loopback is closed to them.",
  "host-only-ipv6-on-windows": "A host-only network has an IPv6 prefix on a Windows host.",
  "host-only-on-macos":
    "VirtualBox on macOS has no host-only adapters from 7.0 on, but host-only networks.",
  "host-only-prefix-not-allowed": "VirtualBox refuses the prefix of a host-only network.",
  "host-system-not-supported": "The product does not run on the host's system.",
  "ignored-setting": "A network has a setting that its mode has no use for.",
  "inside-overlaps":
    "A network within a VM, of pods or VPN clients, has addresses in common with another prefix.",
  "ipv6-open": "A NAT network lets IPv6 in that it would not let in over IPv4.",
  "isolated-by-nat": "A VM that another is to reach is behind a NAT, which keeps them apart.",
  "macvtap-no-host": "VMs on a bridged network and the host do not reach each other.",
  "masquerade-without-forwarding":
    "A VM, or the host, is to translate what it forwards, and forwards nothing.",
  "merged-networks": "Two networks of the lab are one switch in VirtualBox.",
  "multi-homed-domain-controller": "A domain controller has a second adapter behind a NAT.",
  "nat-name-resolution":
    "Names do not resolve behind NAT in this version of VirtualBox on a Linux host.",
  "nat-network-ipv6-prefix": "VirtualBox refuses the IPv6 prefix of a NAT network.",
  "nat-network-regression": "NAT networks are broken in this version of VirtualBox on this host.",
  "nat-overlaps-host-only": "Guests on NAT have a prefix that overlaps a host-only network's.",
  "near-equal-names": "Two networks have names that differ by a slip of the pen.",
  "nested-libvirt-overlap":
    "A VM that runs libvirt is itself on the prefix that libvirt takes for its default network.",
  "nested-needs-promiscuous": "A VM with guests of its own has an adapter that drops their frames.",
  "no-dhcp-server": "Nobody hands out the addresses that the planner chose.",
  "not-isolated": "A NAT network translates what goes out, and keeps nobody out.",
  "nothing-attached": "No VM of the lab is attached to a network, and nothing is required.",
  "one-nat-network": "There are more networks of a mode than the product has.",
  "overlapping-adapters":
    "A VM has two adapters on prefixes with addresses in common, one of them on NAT.",
  "overlapping-prefixes": "Two networks of the lab have addresses in common.",
  "ping-to-firewall":
    "A firewall appliance is to be pinged, and the document does not say what it lets in.",
  "ping-to-windows": "A Windows VM is to be pinged.",
  "port-forward-collision": "Two port forwards want the same port of the same address of the host.",
  "prefix-in-use-on-host":
    "A network of the lab has addresses in common with a prefix that the host already uses.",
  "prefix-overlap-not-refused":
    "libvirt starts a network whose prefix another of its networks has already.",
  "prefix-overlaps-other-lab":
    "A host-only network has addresses in common with a network of another lab on the same host.",
  "prefix-overlaps-uplink":
    "A network of the lab has addresses in common with the LAN of the host.",
  "prefix-too-small":
    "A network's prefix has fewer addresses than adapters need, or than the document's `size` asks.",
  "privileged-host-port": "A port forward wants a port of the host below 1024.",
  "promiscuous-ignored": "An adapter is to see other machines' frames where it cannot.",
  "protocol-through-nat":
    "A service is required by a way through NAT that its protocol does not get through.",
  "public-address-space":
    "A network of the lab uses addresses that belong to somebody on the internet.",
  "route-without-next-hop":
    "A static route leads to a router that the VM cannot find, or that does not route.",
  "several-default-gateways": "A VM has adapters on networks with different default routers.",
  "several-dhcp-servers": "Two DHCP servers answer on one segment, one of them a VM.",
  "single-member-network": "An internal network has one VM.",
  "static-in-dhcp-pool": "A static address lies in the pool of a DHCP server.",
  "static-on-changing-prefix":
    "An adapter has a static address on a network whose prefix changes from boot to boot.",
  "switch-shared-with-lab": "A network has the name of one of another lab on the same host.",
  "too-many-adapters":
    "A VM has more adapters than a chipset takes, or than VirtualBox's window shows.",
  "unmet-requirement": "A requirement of the document is not met.",
  "unusable-prefix": "A network's prefix holds addresses that no machine can have on a network.",
  "unused-network": "No VM has an adapter on a network.",
  "virtio-needs-drivers": "A Windows VM has a virtio adapter.",
  "vlan-without-uplink-vlan": "A bridged network is in a VLAN of which the document says nothing.",
  "windows-host-firewall": "VMs on a host-only network are to reach services of a Windows host.",
]
