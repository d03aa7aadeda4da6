internal import CNamespaces
internal import Glibc
internal import LabCore

extension AddressFamily {
  /// `NFPROTO_IPV4` and `NFPROTO_IPV6`.
  var filterFamily: UInt8 {
    switch self {
    case .ipv4: 2
    case .ipv6: 10
    }
  }
}

extension AnyPrefix {
  /// The prefix of an address alone.
  init(of address: AnyAddress) {
    switch address {
    case .ipv4(let address): self = .ipv4(Prefix(containing: address, length: 32))
    case .ipv6(let address): self = .ipv6(Prefix(containing: address, length: 128))
    }
  }

  /// Its first address and its mask in network byte order.
  fileprivate var networkBytes: (address: [UInt8], mask: [UInt8]) {
    switch self {
    case .ipv4(let prefix):
      (AnyAddress.ipv4(prefix.network).octets, AnyAddress.ipv4(prefix.netmask).octets)
    case .ipv6(let prefix):
      (AnyAddress.ipv6(prefix.network).octets, AnyAddress.ipv6(prefix.netmask).octets)
    }
  }
}

// The expressions that rules are made of: a register is loaded, then compared or used.
extension NetlinkMessage {
  mutating func expression(
    _ name: String, _ fill: (inout NetlinkMessage) -> Void
  ) {
    nest(NFTA_LIST_ELEM) { element in
      element.add(NFTA_EXPR_NAME, name)
      element.nest(NFTA_EXPR_DATA, fill)
    }
  }

  mutating func matchInterface(_ key: nft_meta_keys, _ name: String) {
    let bytes = Array(name.utf8)
    match(key, bytes + Array(repeating: 0, count: Int(IFNAMSIZ) - bytes.count))
  }

  mutating func match(_ key: nft_meta_keys, _ value: [UInt8]) {
    expression("meta") { meta in
      meta.add(NFTA_META_DREG, bigEndian: NFT_REG_1.rawValue)
      meta.add(NFTA_META_KEY, bigEndian: key.rawValue)
    }
    compare(NFT_CMP_EQ, value)
  }

  /// Matches packets that belong to no connection known already.
  mutating func matchNoAnswer() {
    load(NFT_CT_STATE, masked: Self.established | Self.related)
    compare(NFT_CMP_EQ, [0, 0, 0, 0])
  }

  /// Matches packets that belong to a connection known already.
  mutating func matchAnswer() {
    load(NFT_CT_STATE, masked: Self.established | Self.related)
    compare(NFT_CMP_NEQ, [0, 0, 0, 0])
  }

  /// Matches packets whose target has been changed.
  mutating func matchRedirected() {
    load(NFT_CT_STATUS, masked: 1 << 5)
    compare(NFT_CMP_NEQ, [0, 0, 0, 0])
  }

  private static let established: UInt32 = 2
  private static let related: UInt32 = 4

  private mutating func load(_ key: nft_ct_keys, masked mask: UInt32) {
    expression("ct") { tracked in
      tracked.add(NFTA_CT_DREG, bigEndian: NFT_REG_1.rawValue)
      tracked.add(NFTA_CT_KEY, bigEndian: key.rawValue)
    }
    maskRegister(withUnsafeBytes(of: mask) { Array($0) })
  }

  private mutating func maskRegister(_ mask: [UInt8]) {
    expression("bitwise") { bitwise in
      bitwise.add(NFTA_BITWISE_SREG, bigEndian: NFT_REG_1.rawValue)
      bitwise.add(NFTA_BITWISE_DREG, bigEndian: NFT_REG_1.rawValue)
      bitwise.add(NFTA_BITWISE_LEN, bigEndian: UInt32(mask.count))
      bitwise.value(NFTA_BITWISE_MASK, mask)
      bitwise.value(NFTA_BITWISE_XOR, Array(repeating: 0, count: mask.count))
    }
  }

  /// Which of a packet's two addresses is looked at.
  enum AddressField {
    case source, target

    /// Where it is in the header (RFC 791, RFC 8200).
    fileprivate func offset(_ family: AddressFamily) -> UInt32 {
      switch (self, family) {
      case (.source, .ipv4): 12
      case (.target, .ipv4): 16
      case (.source, .ipv6): 8
      case (.target, .ipv6): 24
      }
    }
  }

  /// Matches packets whose address is in a prefix, or is not.
  mutating func match(
    _ prefix: AnyPrefix, at field: AddressField, isInverted: Bool = false
  ) {
    let bytes = prefix.networkBytes
    load(
      NFT_PAYLOAD_NETWORK_HEADER, offset: field.offset(prefix.family),
      length: UInt32(bytes.address.count))
    maskRegister(bytes.mask)
    compare(isInverted ? NFT_CMP_NEQ : NFT_CMP_EQ, bytes.address)
  }

  /// Matches packets of a transport, and for a port of it.
  mutating func match(_ transport: Int32, port: UInt16?) {
    match(NFT_META_L4PROTO, [UInt8(truncatingIfNeeded: transport)])
    guard let port else { return }
    load(NFT_PAYLOAD_TRANSPORT_HEADER, offset: 2, length: 2)
    compare(NFT_CMP_EQ, withUnsafeBytes(of: port.bigEndian) { Array($0) })
  }

  /// Matches messages of ICMPv6 by type.
  mutating func matchMessage(_ type: UInt8) {
    match(NFT_META_L4PROTO, [UInt8(IPPROTO_ICMPV6)])
    load(NFT_PAYLOAD_TRANSPORT_HEADER, offset: 0, length: 1)
    compare(NFT_CMP_EQ, [type])
  }

  private mutating func load(_ base: nft_payload_bases, offset: UInt32, length: UInt32) {
    expression("payload") { payload in
      payload.add(NFTA_PAYLOAD_DREG, bigEndian: NFT_REG_1.rawValue)
      payload.add(NFTA_PAYLOAD_BASE, bigEndian: base.rawValue)
      payload.add(NFTA_PAYLOAD_OFFSET, bigEndian: offset)
      payload.add(NFTA_PAYLOAD_LEN, bigEndian: length)
    }
  }

  /// `NF_ACCEPT` of <linux/netfilter.h>, which cannot stand beside <netinet/in.h>.
  private static let verdictToAccept: UInt32 = 1

  mutating func accept() {
    expression("immediate") { immediate in
      immediate.add(NFTA_IMMEDIATE_DREG, bigEndian: NFT_REG_VERDICT.rawValue)
      immediate.nest(NFTA_IMMEDIATE_DATA) { data in
        data.nest(NFTA_DATA_VERDICT) {
          $0.add(NFTA_VERDICT_CODE, bigEndian: Self.verdictToAccept)
        }
      }
    }
  }

  /// Changes a packet's target.
  mutating func redirect(to address: AnyAddress, port: UInt16, _ family: AddressFamily) {
    put(address.octets, into: NFT_REG_1)
    put(withUnsafeBytes(of: port.bigEndian) { Array($0) }, into: NFT_REG_2)
    expression("nat") { nat in
      nat.add(NFTA_NAT_TYPE, bigEndian: NFT_NAT_DNAT.rawValue)
      nat.add(NFTA_NAT_FAMILY, bigEndian: UInt32(family.filterFamily))
      nat.add(NFTA_NAT_REG_ADDR_MIN, bigEndian: NFT_REG_1.rawValue)
      nat.add(NFTA_NAT_REG_PROTO_MIN, bigEndian: NFT_REG_2.rawValue)
    }
  }

  private mutating func put(_ value: [UInt8], into register: nft_registers) {
    expression("immediate") { immediate in
      immediate.add(NFTA_IMMEDIATE_DREG, bigEndian: register.rawValue)
      immediate.value(NFTA_IMMEDIATE_DATA, value)
    }
  }

  /// Sends the packet back with an ICMP message, which tells its sender at once.
  mutating func reject(_ family: AddressFamily) {
    // "Communication administratively prohibited" (RFC 1812 section 5.2.7.1, RFC 4443 section 3.1).
    let forbiddenByAdministration: UInt8 = family == .ipv4 ? 13 : 1
    expression("reject") { reject in
      reject.add(NFTA_REJECT_TYPE, bigEndian: NFT_REJECT_ICMP_UNREACH.rawValue)
      reject.add(Int(NFTA_REJECT_ICMP_CODE.rawValue), forbiddenByAdministration)
    }
  }

  mutating func proxy(to port: UInt16, family: AddressFamily) {
    expression("immediate") { immediate in
      immediate.add(NFTA_IMMEDIATE_DREG, bigEndian: NFT_REG_1.rawValue)
      immediate.value(NFTA_IMMEDIATE_DATA, withUnsafeBytes(of: port.bigEndian) { Array($0) })
    }
    expression("tproxy") { proxy in
      proxy.add(NFTA_TPROXY_FAMILY, bigEndian: UInt32(family.filterFamily))
      proxy.add(NFTA_TPROXY_REG_PORT, bigEndian: NFT_REG_1.rawValue)
    }
  }

  private mutating func compare(_ operation: nft_cmp_ops, _ value: [UInt8]) {
    expression("cmp") { compare in
      compare.add(NFTA_CMP_SREG, bigEndian: NFT_REG_1.rawValue)
      compare.add(NFTA_CMP_OP, bigEndian: operation.rawValue)
      compare.value(NFTA_CMP_DATA, value)
    }
  }

  private mutating func value<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ value: [UInt8]
  ) {
    nest(attribute) { $0.add(Int(NFTA_DATA_VALUE.rawValue), value) }
  }

  mutating func nest<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ fill: (inout NetlinkMessage) -> Void
  ) {
    nest(Int(attribute.rawValue), fill)
  }

  mutating func add<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, _ text: String
  ) {
    add(Int(attribute.rawValue), text)
  }

  mutating func add<Attribute: RawRepresentable<UInt32>>(
    _ attribute: Attribute, bigEndian number: UInt32
  ) {
    add(Int(attribute.rawValue), number.bigEndian)
  }
}
