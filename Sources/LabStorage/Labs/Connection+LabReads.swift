import LabCore

extension Connection {
  /// The revision of a lab, nil when there is none.
  func revision(of name: DNSLabel) throws(StoreError) -> Int? {
    try first("SELECT revision FROM labs WHERE name = ?", name) { (row) throws(StoreError) in
      try row.next(Int.self)
    }
  }

  /// The last revision of a lab that was deleted; nil where none of the name was.
  func retiredRevision(of name: DNSLabel) throws(StoreError) -> Int? {
    try first("SELECT revision FROM retired_revisions WHERE name = ?", name) {
      (row) throws(StoreError) in try row.next(Int.self)
    }
  }

  /// A lab with all its parts and the key of its rows, nil when there is none. Several statements: the caller has a
  /// transaction open.
  func storedLab(named name: DNSLabel) throws(StoreError) -> (id: Int64, lab: StoredLab)? {
    var draft = LabDraft(name: name)
    let lab = try first(Self.labWithObjects, name) { (row) throws(StoreError) in
      let id = try row.next(Int64.self)
      let revision = try row.next(Int.self)
      let createdAt = try row.next(Timestamp.self)
      let updatedAt = try row.next(Timestamp.self)
      draft.description = try row.next()
      draft.hypervisor = try row.nextHypervisor()
      draft.host = try row.nextHost()
      return (id: id, revision: revision, createdAt: createdAt, updatedAt: updatedAt)
    }
    guard let lab else { return nil }
    try readLists(of: lab.id, into: &draft)
    let stored = StoredLab(
      draft: draft, revision: lab.revision, createdAt: lab.createdAt, updatedAt: lab.updatedAt)
    return (lab.id, stored)
  }

  private static let labWithObjects = """
    SELECT l.id, l.revision, l.created_at, l.updated_at, l.description,
      v.lab_id, v.product, v.version,
      h.lab_id, h.name, h.os, h.internet, h.forwarding,
      u.lab_id, u.interface, u.kind, u.ipv4, u.ipv6, u.gateway, u.gateway6,
      u.dhcp_first, u.dhcp_last, h.other_keys
    FROM labs AS l
      LEFT JOIN hypervisors AS v ON v.lab_id = l.id
      LEFT JOIN hosts AS h ON h.lab_id = l.id
      LEFT JOIN uplinks AS u ON u.lab_id = l.id
    WHERE l.name = ?
    """
}

extension Row {
  // Each object begins with its key, which the outer join leaves NULL where there is no row.

  fileprivate mutating func nextHypervisor() throws(StoreError) -> HypervisorDraft? {
    guard try next(Int64?.self) != nil else {
      skip(2)
      return nil
    }
    return HypervisorDraft(product: try next(), version: try next())
  }

  fileprivate mutating func nextHost() throws(StoreError) -> HostDraft? {
    guard try next(Int64?.self) != nil else { return nil }
    var host = HostDraft(
      name: try next(), os: try next(), internet: try next(), forwarding: try next(),
      uplink: try nextUplink())
    if let keys = try next(String?.self) { try host.add(otherKeys: keys) }
    return host
  }

  private mutating func nextUplink() throws(StoreError) -> Uplink? {
    guard try next(Int64?.self) != nil else {
      skip(8)
      return nil
    }
    var uplink = Uplink(
      interface: try next(), kind: try next(), ipv4: try next(), ipv6: try next(),
      gateway: try next(), gateway6: try next())
    let first = try next(IPv4Address?.self)
    let last = try next(IPv4Address?.self)
    if let first, let last { uplink.dhcp = AddressRange(first: first, last: last) }
    return uplink
  }
}
