import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

private let networkPath = "/v1/labs/{lab}/networks/{network}"

/// Addresses of a network that are given away one by one, and what is free of it.
let reservationOperations: [Operation] = [
  Operation(
    .get, "\(networkPath)/addresses", query: [.limit, .cursor, .fields]
  ) { service, call throws(Problem) in
    try service.listReservations(call)
  },
  Operation(.post, "\(networkPath)/addresses", query: [.dryRun]) { service, call throws(Problem) in
    try service.reserveAddresses(call)
  },
  Operation(
    .delete, "\(networkPath)/addresses/{address}", query: [.dryRun]
  ) { service, call throws(Problem) in
    try service.releaseAddress(call)
  },
  Operation(.get, "\(networkPath)/free", query: [.fields]) { service, call throws(Problem) in
    try service.getFreeAddresses(call)
  },
]

extension LabService {
  fileprivate func listReservations(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let (lab, network) = (try call.labName, try call.networkName)
    // Before anything is said of what the client has: of a network that is not there it has nothing.
    _ = try index(of: network, in: addressedLab(lab, for: call.caller).lab.draft)
    let (cursor, limit) = (try call.addressCursor(), call.query.limit)
    let tag = try reservationTag(of: lab, for: call.caller)
    if try call.isFresh(tag) { return notModified(tag) }
    // One more than asked for: it tells whether there is another page.
    let found = try reading { () throws(StoreError) in
      try store.reservations(on: network, of: lab, after: cursor, limit: limit + 1)
    }
    let page = ReservationList(
      lab: lab, revision: tag.revision, network: network, addresses: Array(found.prefix(limit)),
      limit: limit, isLast: found.count <= limit, fields: call.query.fields)
    var response = Response(
      status: .ok, headers: headers(type, tag), body: jsonBody { $0.reservationList(page) })
    if let next = page.next { response.headers.append(.link, "<\(next)>; rel=\"next\"") }
    return response
  }

  /// Read before what it is the tag of, which is then no older.
  private func reservationTag(of lab: DNSLabel, for caller: Caller) throws(Problem) -> VersionTag {
    let version = try version(of: lab, for: caller)
    return VersionTag(revision: version.revision, drift: version.reservationChanges)
  }

  fileprivate func reserveAddresses(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let wanted = try call.reservation()
    let request = try call.idempotentRequest()
    let precondition = try call.precondition()
    if call.query.isDryRun { return try rehearse(wanted, if: precondition, call, as: type) }
    let time = now
    for _ in 0..<Self.patience {
      let network = try reservableNetwork(call, for: wanted.family)
      // It is reserved at this revision or not at all.
      try precondition.check(network.revision)
      let outcome = try writing {
        try store.reserve(wanted, on: network, at: time, once: request) {
          RecordedAnswer(created($0, as: type))
        }
      }
      switch outcome {
      case .before(let answer): return Response(repeating: answer)
      case .keyInUse: throw .keyInUse
      case .now(.reserved(let addresses)): return created(addresses, as: type)
      case .now(.exhausted(let left)): throw .exhausted(network, wanted, left: left)
      case .now(.outdated): continue
      }
    }
    var problem = Problem(
      .storeUnavailable, "The lab is being changed too fast just now; nothing was reserved.")
    problem.headers.append(.retryAfter, "1")
    throw problem
  }

  /// How often a reservation is tried again because the lab was changed meanwhile.
  private static let patience = 100

  private func rehearse(
    _ wanted: ReservationRequest, if precondition: WritePrecondition, _ call: Call,
    as type: MediaType
  ) throws(Problem) -> Response {
    let network = try reservableNetwork(call, for: wanted.family)
    try precondition.check(network.revision)
    let free = store.free(
      on: network, remembering: try addressedLab(network.lab, for: call.caller).memory, at: now)
    guard let addresses = free.next(wanted.count, of: wanted.family) else {
      throw .exhausted(network, wanted, left: free.count(of: wanted.family))
    }
    return rehearsed(addresses, as: type)
  }

  fileprivate func releaseAddress(_ call: Call) throws(Problem) -> Response {
    let (lab, network) = (try call.labName, try call.networkName)
    let text = call.parameters["address"]
    guard let address = try? AnyAddress(parsing: text) else {
      throw .notFound(.address, "\"\(excerpt(text))\" is not an address.")
    }
    let draft = try addressedLab(lab, for: call.caller).lab.draft
    _ = try index(of: network, in: draft)
    let precondition = try call.precondition()
    let missing = Problem.notFound(.address, "\(address) is not reserved on \"\(network)\".")
    if call.query.isDryRun {
      try precondition.check(version(of: lab, for: call.caller).revision)
      let reserved = try reading { () throws(StoreError) in
        try store.reservation(of: address, on: network, of: lab)
      }
      guard reserved != nil else { throw missing }
      return rehearsed([address], as: .json)
    }
    let time = now
    let outcome = try writing {
      try store.release(address, on: network, of: lab, if: precondition, at: time)
    }
    switch outcome {
    case .released: return Response(status: .noContent)
    case .notReserved: throw missing
    case .noLab: throw noLab(lab, for: call.caller)
    case .preconditionFailed(let revision): throw .preconditionFailed(revision, precondition)
    }
  }

  fileprivate func getFreeAddresses(_ call: Call) throws(Problem) -> Response {
    let type = try call.negotiate(.json)
    let network = try reservableNetwork(call)
    let found = try addressedLab(network.lab, for: call.caller)
    let free = store.free(on: network, remembering: found.memory, at: now)
    // Without an entity tag: what rests becomes free as time goes by.
    return plainAnswer(
      jsonBody {
        $0.free(free, on: network.name, of: network.lab, revision: found.lab.revision)
      }, as: type)
  }

  // MARK: Networks

  /// The network that the path names, worked out once for each revision of its lab.
  private func reservableNetwork(_ call: Call) throws(Problem) -> ReservableNetwork {
    let (lab, name) = (try call.labName, try call.networkName)
    let version = try version(of: lab, for: call.caller)
    let kind = KeptAnswers.Kind.reservable(name)
    if let network: ReservableNetwork = kept.value(of: lab, at: kind.tag(of: version), kind) {
      return network
    }
    let found = try addressedLab(lab, for: call.caller)
    let index = try index(of: name, in: found.lab.draft)
    let planned = try planned(found, family: .ipv4)
    let network = ReservableNetwork(
      index, of: planned.lab, plan: planned.addresses, revision: found.lab.revision)
    kept.keep(
      network, of: lab, at: kind.tag(of: found.version), kind,
      cost: 1024 * (planned.lab.machines.count + planned.lab.networks.count + 1))
    return network
  }

  private func reservableNetwork(
    _ call: Call, for family: AddressFamily
  ) throws(Problem) -> ReservableNetwork {
    let network = try reservableNetwork(call)
    guard network.gives(family) else { throw .nothingToReserve(network, family) }
    return network
  }

  private func index(of network: DNSLabel, in lab: LabDraft) throws(Problem) -> Int {
    if let index = NetworkDraft.index(of: network, in: lab) { return index }
    throw .notFound(.network, network.text, among: lab.networks.compactMap(\.name?.text))
  }
}

// MARK: Answers

private func created(_ addresses: [AnyAddress], as type: MediaType) -> Response {
  Response(
    status: .created, headers: [.contentType: type.rawValue, .cacheControl: "no-store"],
    body: jsonBody { writer in
      writer.object { $0.member("addresses", array: addresses) { $0.string($1.description) } }
    })
}

private func rehearsed(_ addresses: [AnyAddress], as type: MediaType) -> Response {
  plainAnswer(
    jsonBody { writer in
      writer.object { writer in
        writer.member("dry_run", true)
        writer.member("addresses", array: addresses) { $0.string($1.description) }
      }
    }, as: type)
}

extension Call {
  fileprivate var networkName: DNSLabel {
    get throws(Problem) { try name(of: .network) }
  }

  /// What the body asks for; one address where there is no body.
  fileprivate func reservation() throws(Problem) -> ReservationRequest {
    guard !request.body.isEmpty else { return ReservationRequest() }
    let document = try document()
    let (draft, faults) = LabDocumentReader.readReservation(
      document, counts: ReservationRequest.counts)
    guard faults.isEmpty else {
      throw Problem(LocatedFault.locate(faults, in: document))
    }
    return ReservationRequest(
      count: draft.count ?? 1, family: draft.family ?? .ipv4, note: draft.note)
  }
}

extension Problem {
  fileprivate static func exhausted(
    _ network: ReservableNetwork, _ wanted: ReservationRequest, left: UInt128
  ) -> Problem {
    let (all, are) = left == 1 ? ("address", "is") : ("addresses", "are")
    var problem = Problem(
      .tooFewAddresses,
      "\(left == 0 ? "No" : "\(left)") \(all) of \"\(network.name)\" \(are) left, and"
        + " \(wanted.count) \(wanted.count == 1 ? "was" : "were") asked for; nothing was reserved.",
      items: [
        Item(
          pointer: "/count", code: .tooFewAddresses, detail: "\(left) left")
      ])
    problem.left = left
    return problem
  }

  fileprivate static func nothingToReserve(
    _ network: ReservableNetwork, _ family: AddressFamily
  ) -> Problem {
    let name = family == .ipv4 ? "IPv4" : "IPv6"
    return Problem(
      .nothingToReserve,
      "\"\(network.name)\" has no \(name) prefix that addresses can be reserved of: on NAT the"
        + " hypervisor gives every VM an address, on bridged networks the LAN's DHCP server does,"
        + " and IPv6 is there only where the document gives it.")
  }
}

extension NetworkFreeAddresses {
  fileprivate func next(_ count: Int, of family: AddressFamily) -> [AnyAddress]? {
    switch family {
    case .ipv4: ipv4?.next(count)?.map { .ipv4($0) }
    case .ipv6: ipv6?.next(count)?.map { .ipv6($0) }
    }
  }

  fileprivate func count(of family: AddressFamily) -> UInt128 {
    switch family {
    case .ipv4: ipv4?.count ?? 0
    case .ipv6: ipv6?.count ?? 0
    }
  }
}
