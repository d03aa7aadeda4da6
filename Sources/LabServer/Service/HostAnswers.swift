import HTTPServer
import LabAnswers
import LabCore
import LabStorage

extension LabService {
  /// Answers a question about a stored lab whose answer also depends on the other labs of its host.
  ///
  /// The entity tag counts the changes of those labs. A caller who may not see every lab gets a tag
  /// that is worked out from the findings instead, so that it tells no more than they do.
  ///
  /// - Parameter make: the body; not asked where it is kept.
  func answerBesideOthers(
    _ call: Call, _ kind: KeptAnswers.Kind, family: AddressFamily, as type: MediaType,
    _ make: (AddressedLab, Plan, [Finding]) throws(Problem) -> Response.Body
  ) throws(Problem) -> Response {
    guard call.caller.labs != .all else {
      return try answer(call, kind, as: type) { found throws(Problem) in
        let planned = try self.planned(found, family: family)
        return try make(found, planned, findings(in: planned, for: call))
      }
    }
    let name = try call.labName
    let version = try version(of: name, for: call.caller)
    let found = try addressedLab(name, at: version, for: call.caller)
    let planned = try self.planned(found, family: family)
    let judged = try self.judged(planned, of: found.version.replaced(by: version), for: call)
    if try call.isFresh(judged.tag) { return notModified(judged.tag) }
    if let response: Response = kept.value(of: name, at: judged.tag, kind) { return response }
    let response = Response(
      status: .ok, headers: headers(type, judged.tag),
      body: try make(found, planned, judged.findings))
    if case .bytes(let bytes) = response.body {
      kept.keep(response, of: name, at: judged.tag, kind, cost: bytes.count)
    }
    return response
  }

  private func judged(
    _ planned: Plan, of version: LabVersion, for call: Call
  ) throws(Problem) -> JudgedForCaller {
    let name = planned.lab.name
    let kind = KeptAnswers.Kind.judged(call.caller.labs)
    let tag = kind.tag(of: version)
    if let judged: JudgedForCaller = kept.value(of: name, at: tag, kind) { return judged }
    let judged = JudgedForCaller(try findings(in: planned, for: call), at: version)
    kept.keep(judged, of: name, at: tag, kind, cost: 512 * (judged.findings.count + 1))
    return judged
  }
}

/// The findings that a caller who may not see every lab is told.
private struct JudgedForCaller: Sendable {
  let findings: [Finding]
  /// Changes when the findings do, or what else the lab's answers say.
  let tag: VersionTag

  init(_ findings: [Finding], at version: LabVersion) {
    self.findings = findings
    var digest = Digest()
    digest.add(version.reservationChanges)
    for finding in findings {
      digest.add(finding.rule)
      digest.add(finding.pointer.description)
      digest.add(finding.detail)
      digest.add("\(finding.fix)")
    }
    tag = VersionTag(revision: version.revision, drift: digest.value)
  }
}

/// A number for some texts, the same in every process (FNV-1a, 64 bits).
private struct Digest {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    // Stands in no text, so that texts cannot run into each other.
    add(UInt8(0xFF))
  }

  mutating func add(_ number: Int) { add("\(number)") }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// Positive, and larger than any count of changes.
  var value: Int { Int(state >> 2 | 1 << 61) }
}
