import LabCore

/// What people write who know the thing and not its word in a document.
///
/// Words are compared without regard to case, spaces, hyphens and underscores.
enum Spelling {
  /// By words for a value, all of the words that a text may begin with: what a document says.
  private static let values: [(words: [String], meaning: String)] = [
    (["natservice", "natnet"], "nat-network"),
    (["bridge", "bridgedadapter", "bridgednetwork"], "bridged"),
    (["intnet", "internalnetwork"], "internal"),
    (["hostonlyadapter", "hostonlynetwork", "vboxnet"], "host-only"),
    (
      [
        "ubuntu", "kali", "debian", "fedora", "centos", "redhat", "rhel", "rocky", "alma", "arch",
        "mint", "alpine", "suse", "opensuse", "parrot", "raspbian", "metasploitable", "gnulinux",
      ], "linux"
    ),
    (["win"], "windows"),
    (["vbox", "oracle"], "virtualbox"),
    (["kvm", "virsh", "virtmanager"], "libvirt"),
    (["pve"], "proxmox"),
    (["vsphere", "vcenter"], "esxi"),
    (["vmware", "workstation", "fusion"], "vmware-workstation"),
    (["xen"], "xcp-ng"),
    (["osx", "darwin", "macosx"], "macos"),
    (["freebsd", "openbsd", "netbsd", "pfsense", "opnsense"], "bsd"),
    (["wlan", "wifi"], "wireless"),
    (["ethernet", "lan", "cable"], "wired"),
    (["ping"], "icmp"),
    (["mdns", "ssdp", "igmp"], "multicast"),
    (["drop", "reject", "block"], "deny"),
    (["allow", "pass", "permit"], "accept"),
    (["public"], "windows-public"),
    (["private"], "windows-private"),
  ]

  /// By words for a key, the keys that may be meant: the first that the object has is.
  private static let keys: [(words: [String], meanings: [String])] = [
    (["router", "routing", "ipforwarding", "ipforward"], ["forwarding", "gateway"]),
    (["nat", "snat", "masq", "masquerading"], ["masquerade"]),
    (["hostip", "hostaddress"], ["host_address"]),
    (["aliases", "vips", "secondaryaddresses", "additionaladdresses"], ["secondary"]),
    (["clone", "cloneof", "linkedclone"], ["copy_of"]),
    (["containers", "pods", "podcidr"], ["inside"]),
    (["isolation", "apisolation"], ["client_isolation"]),
    (["exceptions", "rules"], ["except"]),
    (["input", "incoming"], ["inbound"]),
    (["ip", "ipaddress", "ipv4address", "staticip"], ["address", "ipv4"]),
    (["subnet", "cidr", "prefix", "net"], ["ipv4"]),
    (["type", "kind"], ["mode", "os", "kind", "product", "protocol", "model"]),
    (["operatingsystem", "system", "guestos", "image"], ["os"]),
    (["nics", "nic", "interfaces", "networkadapters"], ["adapters"]),
    (["machines", "virtualmachines", "guests", "nodes"], ["vms"]),
    (["forwards", "portforwards", "portforwarding", "natrules"], ["port_forwards", "forwards"]),
    (["macaddress", "hardwareaddress"], ["mac"]),
    (["defaultgateway", "defaultroute"], ["gateway"]),
    (["source", "src"], ["from"]),
    (["destination", "dst", "target"], ["to", "via"]),
  ]

  /// The value that a text is likely to mean; nil where nothing is like it.
  static func value(meantBy text: String, among allowed: [String]) -> String? {
    guard text.utf8.count <= 63 else { return nil }
    let word = plain(text)
    if let same = allowed.first(where: { plain($0) == word }) { return same }
    let meant = values.filter { allowed.contains($0.meaning) }
      .flatMap { value in value.words.map { (word: $0, meaning: value.meaning) } }
      .filter { word.hasPrefix($0.word) }
      .max { $0.word.utf8.count < $1.word.utf8.count }
    return meant?.meaning ?? nearestNames(to: text, among: allowed).first
      ?? allowed.filter { word.hasPrefix(plain($0)) }.max { $0.utf8.count < $1.utf8.count }
  }

  /// The key that another is likely to mean; nil where nothing is like it.
  static func key(meantBy text: String, among allowed: [String]) -> String? {
    guard text.utf8.count <= 63 else { return nil }
    let word = plain(text)
    if let same = allowed.first(where: { plain($0) == word }) { return same }
    let meanings = keys.first { $0.words.contains(word) }?.meanings ?? []
    return meanings.first { allowed.contains($0) }
      ?? nearestNames(to: text, among: allowed).first
  }

  /// What to write in the place of a text that is no address.
  ///
  /// - Parameter isAddress: whether an address belongs there, without a prefix length.
  static func advice(onAddress text: String, isAddress: Bool) -> String? {
    guard text.utf8.count <= 63 else { return nil }
    if ["", "none", "no", "null", "nil", "off", "auto", "dhcp"].contains(plain(text)) {
      return "leave the key out instead"
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard isAddress, parts.count == 2, (try? AnyAddress(parsing: parts[0])) != nil else {
      return nil
    }
    return "write \(parts[0]) alone: its prefix length is the network's"
  }

  private static func plain(_ text: String) -> String {
    text.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
  }
}
