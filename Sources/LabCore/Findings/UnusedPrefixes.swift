/// The prefixes of one family that nothing in the lab or on its host uses.
struct UnusedPrefixes<Address: DocumentFamily> {
  let survey: LabSurvey
  private var taken: AddressSet<Address>
  private var given: [Request: Prefix<Address>] = [:]

  private struct Request: Hashable {
    let network: Int
    let length: Int
  }

  init(_ survey: LabSurvey) {
    self.survey = survey
    taken = Self.prefixesInUse(survey)
  }

  /// The lowest free prefix of a length inside a range.
  ///
  /// A network that covers the whole range may also move into a part of what it has now.
  mutating func prefix(
    for network: Int, in range: AddressRange<Address>, length: Int
  ) -> Prefix<Address>? {
    let request = Request(network: network, length: length)
    if let prefix = given[request] { return prefix }
    var found = lowestFree(length, in: range, outside: taken)
    if found == nil, hasRoom(in: network, for: length) {
      var others = Self.prefixesInUse(survey, except: network)
      for prefix in given.values { others.insert(prefix) }
      found = lowestFree(length, in: range, outside: others)
    }
    guard let found else { return nil }
    taken.insert(found)
    given[request] = found
    return found
  }

  /// The lowest free prefix of a length inside a range, for what is no network of the lab.
  mutating func take(_ length: Int, in range: AddressRange<Address>) -> Prefix<Address>? {
    guard let found = lowestFree(length, in: range, outside: taken) else { return nil }
    taken.insert(found)
    return found
  }

  /// Takes back what a network was given; nobody is given it any more.
  mutating func withdraw(for network: Int, length: Int) {
    given[Request(network: network, length: length)] = nil
  }

  /// Whether a prefix of a length is no more than a part of what a network has now. Otherwise there
  /// is no need to look through everything else once more.
  private func hasRoom(in network: Int, for length: Int) -> Bool {
    Address.addresses(survey.plan.networks[network]).map { $0.prefix.length < length } ?? false
  }

  /// Everything that a new prefix must keep clear of.
  private static func prefixesInUse(
    _ survey: LabSurvey, except moving: Int? = nil
  ) -> AddressSet<Address> {
    var taken = AddressSet<Address>()
    if let prefix = survey.lanPrefix(Address.self) { taken.insert(prefix) }
    for occupied in survey.lab.host.occupied {
      if let prefix = Address.prefix(occupied) { taken.insert(prefix) }
    }
    for route in survey.lab.host.siteRoutes {
      if let (prefix, _) = Address.route(route) { taken.insert(prefix) }
    }
    for inside in survey.lab.machines.lazy.flatMap(\.inside) {
      if let prefix = Address.prefix(inside.prefix) { taken.insert(prefix) }
    }
    for forward in survey.lab.portForwards {
      // Whatever it is that has the address, it is on the host.
      if let address = Address.hostAddress(forward) { taken.insert(address) }
    }
    for (index, network) in survey.plan.networks.enumerated() where index != moving {
      if let addresses = Address.addresses(network) { taken.insert(addresses.prefix) }
    }
    for placed in survey.natPrefixes(Address.self) where placed.network != moving {
      taken.insert(placed.prefix)
    }
    for network in survey.neighbours.flatMap(\.networks) {
      if let prefix = Address.prefix(network) { taken.insert(prefix) }
    }
    return taken
  }
}

private func lowestFree<Address: IPAddress>(
  _ length: Int, in range: AddressRange<Address>, outside taken: AddressSet<Address>
) -> Prefix<Address>? {
  var start = range.first
  while let rest = AddressRange(first: start, last: range.last),
    let free = taken.firstFree(in: rest)
  {
    var candidate = Prefix(containing: free, length: length)
    if candidate.network < free {
      guard candidate.last < range.last else { return nil }
      candidate = Prefix(containing: Address(bits: candidate.last.bits + 1), length: length)
    }
    guard candidate.last <= range.last else { return nil }
    if !taken.overlaps(candidate) { return candidate }
    guard candidate.last < range.last else { return nil }
    start = Address(bits: candidate.last.bits + 1)
  }
  return nil
}
