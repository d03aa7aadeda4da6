import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage
import Logging

extension LabService {
  /// Answers a question about a stored lab: with 304 where the client has the answer already, with
  /// the kept answer where there is one, and otherwise with one that is made now and kept.
  ///
  /// - Parameter make: the body; not asked where it is kept.
  func answer(
    _ call: Call, _ kind: KeptAnswers.Kind, as type: MediaType,
    _ make: (AddressedLab) throws(Problem) -> Response.Body
  ) throws(Problem) -> Response {
    let name = try call.labName
    // Before anything is read: what is read later is then no older.
    let stamp = store.commitStamp
    let version = try version(of: name, for: call.caller)
    var tag = kind.tag(of: version)
    call.basis.note(tag, at: stamp)
    if try call.isFresh(tag) { return notModified(tag) }
    if let response: Response = kept.value(of: name, at: tag, kind) { return response }
    let found = try addressedLab(name, at: version, for: call.caller)
    tag = kind.tag(of: found.version.replaced(by: version))
    var response = Response(status: .ok, headers: headers(type, tag), body: try make(found))
    response.encodedBody = EncodedBody()
    // What was cut short depends on more than the version.
    let isWhole = call.budget.exhaustion == nil
    call.basis.note(tag, at: isWhole ? stamp : nil)
    if case .bytes(let bytes) = response.body, isWhole {
      kept.keep(response, of: name, at: tag, kind, cost: bytes.count)
    }
    return response
  }

  /// What answers about a lab that must be there depend on.
  func version(of name: DNSLabel, for caller: Caller) throws(Problem) -> LabVersion {
    let version = try reading { () throws(StoreError) in try store.version(of: name) }
    guard let version else { throw noLab(name, for: caller) }
    return version
  }

  /// A lab that must be there, with its addresses, as it is now.
  func addressedLab(_ name: DNSLabel, for caller: Caller) throws(Problem) -> AddressedLab {
    try addressedLab(name, at: version(of: name, for: caller), for: caller)
  }

  /// A lab that must be there, as kept of a version, or newer.
  func addressedLab(
    _ name: DNSLabel, at version: LabVersion, for caller: Caller
  ) throws(Problem) -> AddressedLab {
    let kind = KeptAnswers.Kind.addressed
    let kept: AddressedLab? = self.kept.value(of: name, at: kind.tag(of: version), kind)
    if let kept { return kept }
    let found = try reading { () throws(StoreError) in
      try store.addressedLab(named: name, notBefore: version)
    }
    guard let found else { throw noLab(name, for: caller) }
    self.kept.keep(found, of: name, at: kind.tag(of: found.version), kind, cost: found.cost)
    return found
  }

  /// A stored lab with its addresses and fabric.
  func planned(_ found: AddressedLab, family: AddressFamily) throws(Problem) -> Plan {
    let lab = try resolved(found.lab)
    let kind = KeptAnswers.Kind.planned(family)
    let tag = kind.tag(of: found.version)
    if let planned: Plan = kept.value(of: lab.name, at: tag, kind) { return planned }
    let planned = metrics.time(.plan) {
      Plan(
        lab, addresses: assignedAddresses(in: lab, rememberedAs: found.memory), family: family)
    }
    kept.keep(planned, of: lab.name, at: tag, kind, cost: planned.cost)
    return planned
  }

  /// The addresses that a lab would have as the next version of a stored one.
  func nextAddresses(of lab: Lab, after stored: AddressedLab) -> AddressPlan {
    var memory = stored.memory
    memory.follow(from: stored.lab.draft, to: lab.draft)
    return assignAddresses(
      in: lab, remembering: memory, at: now.milliseconds, rest: store.rest
    ).0
  }

  /// The matrix of a stored lab.
  func matrix(
    _ planned: Plan, of version: LabVersion, _ query: ConnectivityQuery, for call: Call
  ) throws(Problem) -> ConnectivityMatrix {
    let name = planned.lab.name
    let kind = KeptAnswers.Kind.matrix(query)
    let tag = kind.tag(of: version)
    if let matrix: ConnectivityMatrix = kept.value(of: name, at: tag, kind) { return matrix }
    let matrix = try call.within { (budget) throws(BudgetExhausted) in
      try planned.connectivity(query, budget: budget)
    }
    let count = matrix.endpoints.count
    kept.keep(matrix, of: name, at: tag, kind, cost: count * count + 64 * count)
    return matrix
  }

  /// A stored document as a lab. It was one when it was stored.
  func resolved(_ stored: StoredLab) throws(Problem) -> Lab {
    switch resolve(stored.draft) {
    case .success(let lab): return lab
    case .failure(let invalid):
      let faults = invalid.faults.map { "\($0.pointer): \($0.detail)" }.joined(separator: "; ")
      logger.error(
        "a stored lab is no lab any more",
        metadata: ["lab": "\(stored.draft.name?.text ?? "")", "faults": "\(faults)"])
      throw Problem(.internal, "The stored lab breaks a rule that came later: \(faults)")
    }
  }
}

/// The header fields of an answer about a stored lab.
func headers(_ type: MediaType, _ version: VersionTag) -> Headers {
  [
    .contentType: type.rawValue, .etag: entityTag(version), .vary: "Accept",
    .cacheControl: "no-cache",
  ]
}

/// The client has this version already.
func notModified(_ version: VersionTag) -> Response {
  Response(
    status: .notModified,
    headers: [.etag: entityTag(version), .vary: "Accept", .cacheControl: "no-cache"])
}

/// An answer about no stored lab.
func plainAnswer(_ body: Response.Body, as type: MediaType = .json) -> Response {
  Response(
    status: .ok, headers: [.contentType: type.rawValue, .cacheControl: "no-store"], body: body)
}

/// JSON as a body, with a line break at its end for terminals.
func jsonBody(_ write: (inout JSONWriter) -> Void) -> Response.Body {
  var writer = JSONWriter(reservingCapacity: 4096)
  write(&writer)
  return .bytes(writer.bytes + [UInt8(ascii: "\n")])
}

extension LabVersion {
  /// The version that an answer is of which is made from a lab that was kept when this was its
  /// version, and asked for when it had another one: what other labs do does not change the lab.
  func replaced(by asked: LabVersion) -> LabVersion {
    revision == asked.revision && reservationChanges == asked.reservationChanges ? asked : self
  }
}

extension AddressedLab {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    lab.draft.cost + 96 * (memory.addresses.count + memory.hardwareAddresses.count)
  }
}

extension Plan {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    let adapters = lab.machines.reduce(0) { $0 + $1.adapters.count }
    return 1024 * (lab.networks.count + lab.machines.count + 2 * adapters + 8)
  }
}

extension LabDraft {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    512 * (networks.count + vms.count + portForwards.count + requirements.count + 1)
      + 256 * vms.reduce(0) { $0 + $1.adapters.count }
  }
}
