/// A VM's network card.
public struct Adapter: Hashable, Sendable {
  /// 1-based, unique in the VM.
  public let slot: Int
  /// The index in `Lab.networks` of the network it is attached to; nil when it is not attached.
  public let network: Int?
  /// The address the document fixes.
  public let address: IPv4Address?
  /// The IPv6 address the document fixes.
  public let address6: IPv6Address?
  /// The hardware address the document fixes.
  public let mac: MACAddress?
  /// The card's model; the hypervisor's default where the document says nothing.
  public let model: AdapterModel
  /// Whose frames it may see.
  public let promiscuous: PromiscuousPolicy
  /// Whether its cable is plugged in.
  public let cableConnected: Bool
  /// Whether what its VM forwards out of it leaves with the VM's address there.
  public let masquerades: Bool
  /// Further addresses.
  public let secondary: [SecondaryAddress]
}

/// The network cards that VirtualBox emulates (manual section 6.1, `VBoxManage modifyvm --nic-type`).
public enum AdapterModel: String, CaseIterable, Hashable, Sendable {
  case am79C970A = "Am79C970A"
  case am79C973 = "Am79C973"
  case am79C960 = "Am79C960"
  case intel82540EM = "82540EM"
  case intel82543GC = "82543GC"
  case intel82545EM = "82545EM"
  case intel82583V = "82583V"
  case virtio
}

/// Which frames of its segment an adapter may see (manual section 6.1, `--nic-promisc`).
public enum PromiscuousPolicy: String, CaseIterable, Hashable, Sendable {
  /// Its own, broadcast and multicast.
  case deny
  /// Also all frames that VMs send, and those for VMs.
  case allowVMs = "allow-vms"
  /// Every frame that crosses the segment.
  case allowAll = "allow-all"
}
