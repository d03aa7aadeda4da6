import LabCore

/// An address in the store's terms.
protocol StoredAddress: IPAddress {
  var any: AnyAddress { get }
  /// The next to be given of its family, nil where there are not so many; and how many there are.
  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [Self]?, left: UInt128)
}

extension IPv4Address: StoredAddress {
  var any: AnyAddress { .ipv4(self) }

  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [IPv4Address]?, left: UInt128) {
    (free.ipv4?.next(count), free.ipv4?.count ?? 0)
  }
}

extension IPv6Address: StoredAddress {
  var any: AnyAddress { .ipv6(self) }

  static func next(
    _ count: Int, of free: NetworkFreeAddresses
  ) -> (addresses: [IPv6Address]?, left: UInt128) {
    (free.ipv6?.next(count), free.ipv6?.count ?? 0)
  }
}
