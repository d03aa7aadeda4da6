import HTTPServer
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
    _ make: (StoredLab) throws(Problem) -> Response.Body
  ) throws(Problem) -> Response {
    let name = try call.labName
    let revision = try revision(of: name)
    if try call.isFresh(revision) { return notModified(revision) }
    if let response: Response = kept.value(of: name, at: revision, kind) { return response }
    let stored = try storedLab(name, at: revision)
    let response = Response(
      status: .ok, headers: headers(type, revision: stored.revision), body: try make(stored))
    if case .bytes(let bytes) = response.body {
      kept.keep(response, of: name, at: stored.revision, kind, cost: bytes.count)
    }
    return response
  }

  /// The revision of a lab that must be there.
  func revision(of name: DNSLabel) throws(Problem) -> Int {
    let revision = try reading { () throws(StoreError) in try store.revision(of: name) }
    guard let revision else { throw noLab(name.text) }
    return revision
  }

  /// A lab that must be there, as kept at a revision, or newer.
  func storedLab(_ name: DNSLabel, at revision: Int) throws(Problem) -> StoredLab {
    if let stored: StoredLab = kept.value(of: name, at: revision, .stored) { return stored }
    let stored = try reading { () throws(StoreError) in try store.lab(named: name) }
    guard let stored else { throw noLab(name.text) }
    kept.keep(stored, of: name, at: stored.revision, .stored, cost: stored.draft.cost)
    return stored
  }

  /// A stored lab with its addresses and fabric.
  func planned(_ stored: StoredLab, family: AddressFamily) throws(Problem) -> PlannedLab {
    let lab = try resolved(stored)
    let kind = KeptAnswers.Kind.planned(family)
    if let planned: PlannedLab = kept.value(of: lab.name, at: stored.revision, kind) {
      return planned
    }
    let planned = PlannedLab(lab, family: family)
    kept.keep(planned, of: lab.name, at: stored.revision, kind, cost: planned.cost)
    return planned
  }

  /// The matrix of a stored lab.
  func matrix(
    _ planned: PlannedLab, at revision: Int, _ query: ConnectivityQuery
  ) -> ConnectivityMatrix {
    let name = planned.lab.name
    if let matrix: ConnectivityMatrix = kept.value(of: name, at: revision, .matrix(query)) {
      return matrix
    }
    let matrix = planned.matrix(query)
    let count = matrix.endpoints.count
    kept.keep(matrix, of: name, at: revision, .matrix(query), cost: count * count + 64 * count)
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
func headers(_ type: MediaType, revision: Int) -> Headers {
  [
    .contentType: type.rawValue, .etag: entityTag(revision), .vary: "Accept",
    .cacheControl: "no-cache",
  ]
}

/// The client has this revision already.
func notModified(_ revision: Int) -> Response {
  Response(
    status: .notModified,
    headers: [.etag: entityTag(revision), .vary: "Accept", .cacheControl: "no-cache"])
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

extension LabDraft {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    512 * (networks.count + vms.count + portForwards.count + requirements.count + 1)
      + 256 * vms.reduce(0) { $0 + $1.adapters.count }
  }
}
