@testable import LabCore

/// Why a patch does not apply (RFC 6902 section 4).
struct PatchError: Error, CustomStringConvertible {
  let description: String
}

/// What one edit does at its place; nil takes the value away.
private struct Change {
  let value: EditValue?
  let mustExist: Bool

  func apply<Value>(
    _ field: inout Value?, _ parse: (EditValue) throws -> Value
  ) throws {
    if mustExist, field == nil { throw PatchError(description: "there is nothing to change") }
    field = try value.map(parse)
  }
}

extension LabDraft {
  /// The document after a JSON Patch, of the places that fixes change.
  func applying(_ edits: [Edit]) throws -> LabDraft {
    var draft = self
    for edit in edits {
      switch edit {
      case .add(let pointer, let value):
        try draft.change(pointer, Change(value: value, mustExist: false))
      case .replace(let pointer, let value):
        try draft.change(pointer, Change(value: value, mustExist: true))
      case .remove(let pointer):
        try draft.change(pointer, Change(value: nil, mustExist: true))
      }
    }
    return draft
  }

  private mutating func change(_ pointer: JSONPointer, _ change: Change) throws {
    var tokens = pointer.tokens[...]
    switch tokens.removeFirst() {
    case "networks":
      try changeElement(&networks, &tokens, change) { try $0.change($1, change) }
    case "vms":
      try changeElement(&vms, &tokens, change) { try $0.change($1, change) }
    case "host":
      var host = host ?? HostDraft()
      switch tokens.popFirst() {
      case "forwarding": try change.apply(&host.forwarding, bool)
      case "os": try change.apply(&host.os) { try choice($0) }
      // The only part of the uplink that fixes add.
      case "uplink", nil:
        var uplink = host.uplink ?? Uplink()
        uplink.vlans.append(UplinkVLAN(id: change.value.flatMap(innermost)))
        host.uplink = uplink
      default: throw PatchError(description: "\(pointer) is not a place that fixes change")
      }
      self.host = host
    case "port_forwards":
      try changeElement(&portForwards, &tokens, change) { try $0.change($1, change) }
    default: throw PatchError(description: "\(pointer) is not a place that fixes change")
    }
  }
}

private func changeElement<Element>(
  _ elements: inout [Element], _ tokens: inout ArraySlice<String>, _ change: Change,
  _ changeInside: (inout Element, ArraySlice<String>) throws -> Void
) throws {
  guard let index = tokens.popFirst().flatMap({ Int($0) }), elements.indices.contains(index) else {
    throw PatchError(description: "there is no such element")
  }
  guard tokens.isEmpty else { return try changeInside(&elements[index], tokens) }
  guard change.value == nil else { throw PatchError(description: "fixes add no elements") }
  elements.remove(at: index)
}

private func text(_ value: EditValue) throws -> String {
  guard case .string(let text) = value else { throw PatchError(description: "not a text") }
  return text
}

private func integer(_ value: EditValue) throws -> Int {
  guard case .integer(let number) = value else { throw PatchError(description: "not a number") }
  return number
}

/// The number in objects and lists of one part each.
private func innermost(_ value: EditValue) -> Int? {
  switch value {
  case .integer(let number): number
  case .object(let members): members.first.flatMap { innermost($0.value) }
  case .array(let elements): elements.first.flatMap(innermost)
  case .null, .bool, .string: nil
  }
}

private func bool(_ value: EditValue) throws -> Bool {
  guard case .bool(let bool) = value else { throw PatchError(description: "not true or false") }
  return bool
}

private func ipv4(_ value: EditValue) throws -> IPv4Address {
  try IPv4Address(parsing: text(value))
}

private func ipv6(_ value: EditValue) throws -> IPv6Address {
  try IPv6Address(parsing: text(value))
}

private func choice<Value: RawRepresentable>(_ value: EditValue) throws -> Value
where Value.RawValue == String {
  guard let choice = Value(rawValue: try text(value)) else {
    throw PatchError(description: "not one of the choices")
  }
  return choice
}

private func dhcp(_ value: EditValue) throws -> DHCPRequest {
  switch value {
  case .bool(let isOn): return isOn ? .standard : .off
  case .object(let members):
    func part(_ key: String) throws -> IPv4Address? {
      try members.first { $0.key == key }.map { try ipv4($0.value) }
    }
    if let server = members.first(where: { $0.key == "server" }),
      let name = try AddressReference(parsing: text(server.value)).machine
    {
      return .served(by: name, first: try part("first"), last: try part("last"))
    }
    return .on(server: try part("server"), first: try part("first"), last: try part("last"))
  default: throw PatchError(description: "not a DHCP server")
  }
}

extension NetworkDraft {
  fileprivate mutating func change(_ tokens: ArraySlice<String>, _ change: Change) throws {
    switch tokens.joined(separator: "/") {
    case "mode": try change.apply(&mode, choice)
    case "hypervisor_name": try change.apply(&hypervisorName, text)
    case "ipv4": try change.apply(&ipv4) { try IPv4Prefix(parsing: text($0)) }
    case "ipv6": try change.apply(&ipv6) { try IPv6Prefix(parsing: text($0)) }
    case "gateway": try change.apply(&gateway) { try AddressReference(parsing: text($0)) }
    case "gateway6": try change.apply(&gateway6, LabCoreTests.ipv6)
    case "host_address":
      let address = try change.value.map { HostAddress.address(try LabCoreTests.ipv4($0)) }
      hostAddress = address
    case "dhcp": try change.apply(&dhcp, LabCoreTests.dhcp)
    case "dhcp/server":
      guard change.value == nil, let parts = dhcp?.parts else {
        throw PatchError(description: "fixes only take the server away")
      }
      dhcp = .on(server: nil, first: parts.first, last: parts.last)
    case "size": try change.apply(&size, integer)
    case "variant": try change.apply(&variant, text)
    case "localhost_reachable": try change.apply(&localhostReachable, bool)
    case let key: throw PatchError(description: "\(key) of a network is not a place of fixes")
    }
  }
}

extension VirtualMachineDraft {
  fileprivate mutating func change(_ tokens: ArraySlice<String>, _ change: Change) throws {
    var rest = tokens.dropFirst()
    switch tokens.first {
    case "forwarding": try change.apply(&forwarding, bool)
    case "copy_of": try change.apply(&copyOf) { label(try text($0)) }
    case "inside":
      try changeElement(&inside, &rest, change) { inside, _ in
        try change.apply(&inside.prefix) { try AnyPrefix(parsing: text($0)) }
      }
    case "gateway": try change.apply(&gateway, ipv4)
    case "gateway6": try change.apply(&gateway6, ipv6)
    case "adapters":
      try changeElement(&adapters, &rest, change) { try $0.change($1, change) }
    case "routes":
      try changeElement(&routes, &rest, change) { route, tokens in
        switch tokens.first {
        case "to": try change.apply(&route.to) { try AnyPrefix(parsing: text($0)) }
        case "via": try change.apply(&route.via) { try AnyAddress(parsing: text($0)) }
        default: throw PatchError(description: "not a place of fixes in a route")
        }
      }
    default: throw PatchError(description: "\(tokens) of a VM is not a place of fixes")
    }
  }
}

extension AdapterDraft {
  fileprivate mutating func change(_ tokens: ArraySlice<String>, _ change: Change) throws {
    switch tokens.joined(separator: "/") {
    case "address": try change.apply(&address, ipv4)
    case let key where key.hasPrefix("secondary/"):
      var rest = tokens.dropFirst()
      try changeElement(&secondary, &rest, change) { secondary, _ in
        try change.apply(&secondary.address, ipv4)
      }
    case "address6": try change.apply(&address6, ipv6)
    case "mac": try change.apply(&mac) { try MACAddress(parsing: text($0)) }
    case "model": try change.apply(&model, choice)
    case "promiscuous": try change.apply(&promiscuous, choice)
    case "cable_connected": try change.apply(&cableConnected, bool)
    case let key: throw PatchError(description: "\(key) of an adapter is not a place of fixes")
    }
  }
}

extension PortForwardDraft {
  fileprivate mutating func change(_ tokens: ArraySlice<String>, _ change: Change) throws {
    switch tokens.joined(separator: "/") {
    case "host_address":
      try change.apply(&hostAddress) {
        let text = try text($0)
        return text.isEmpty ? IPv4Address(bits: 0) : try IPv4Address(parsing: text)
      }
    case "host_port": try change.apply(&hostPort, integer)
    case "slot": try change.apply(&slot, integer)
    case let key: throw PatchError(description: "\(key) of a forward is not a place of fixes")
    }
  }
}
