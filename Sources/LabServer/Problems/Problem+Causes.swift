import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

extension Problem {
  /// A body that is no JSON or YAML.
  init(_ faults: SyntaxFaults) {
    self.init(
      .syntax, "The body cannot be read: \(faults.faults[0])",
      items: faults.faults.map {
        Item(code: FaultCode($0.code), detail: $0.detail, position: $0.position)
      })
  }

  /// A body that is no lab.
  init(_ refusal: DocumentRefusal) {
    switch refusal {
    case .syntax(let faults): self.init(faults)
    case .faults(let faults): self.init(faults)
    }
  }

  /// A document that is no lab, or no part of one.
  init(_ faults: [LocatedFault]) {
    let number = faults.reduce(0) { $0 + $1.fault.count }
    let count = number == 1 ? "a fault" : "\(number) faults"
    self.init(
      .invalidDocument, "The document has \(count); nothing was stored.",
      items: faults.map {
        Item(
          pointer: $0.fault.pointer.description, code: FaultCode($0.fault.code),
          detail: $0.fault.detail, position: $0.position)
      })
  }

  /// A request that reached no operation.
  init(_ refusal: Refusal) {
    let code: ProblemCode =
      switch refusal {
      case .tooLarge(.bodyTooLarge, _): .contentTooLarge
      case .malformed, .tooLarge: .malformedRequest
      case .timedOut: .requestTimeout
      case .overloaded: .overloaded
      case .tooManyFromClient: .tooManyRequests
      case .notFound: .unknownPath
      case .methodNotAllowed: .methodNotAllowed
      case .unknownMethod: .unknownMethod
      }
    let detail = sentence(refusal.description)
    self.init(
      code, status: refusal.status, detail,
      items: refusal == .notFound ? [Item(code: .notFound, detail: detail)] : [])
    if [.overloaded, .tooManyFromClient].contains(refusal) { headers.append(.retryAfter, "1") }
  }

  /// What the database could not do. What it said is for the log.
  init(_ error: StoreError) {
    switch error.kind {
    case .full:
      self.init(.storeFull, "There is no room left to store this; nothing was changed.")
    case .inputOutput:
      // After a failed sync SQLite has undone the change; a crash now could still bring it back.
      self.init(
        .storeUnavailable, "The disk fails just now; read again what is stored before trying again."
      )
    case .busy, .readOnly, .cannotOpen, .outOfMemory:
      self.init(.storeUnavailable, "The database cannot be used just now; nothing was changed.")
      if error.kind == .busy { headers.append(.retryAfter, "1") }
    case .corrupt, .foreignDatabase, .newerSchema, .alteredMigration, .constraint, .misuse:
      self.init(.internal, "The service failed; its log says more.")
    }
    cause = error
  }

  /// A service that could not store anything now.
  init(notReady error: StoreError) {
    let reason: String =
      switch error.kind {
      case .full: "The disk is full: labs can be read, and no change can be stored."
      case .readOnly, .inputOutput: "The disk takes no writes: no change can be stored."
      case .cannotOpen: "The database's file was deleted or replaced, or cannot be opened."
      case .busy: "Another process holds the database."
      case .corrupt, .foreignDatabase, .newerSchema, .alteredMigration, .constraint, .outOfMemory,
        .misuse:
        "The database cannot be used; the service's log says more."
      }
    self.init(.storeUnavailable, reason)
    cause = error
  }

  /// Something that the store keeps no more of.
  init(_ limit: LimitReached) {
    let rest =
      switch limit.thing {
      case .labs: "labs; delete one first"
      case .names:
        "names of labs, with those of deleted labs; use the name of a lab that was deleted"
      case .reservations(let network): "reservations on \"\(network)\"; give some back first"
      case .tokens: "tokens"
      }
    self.init(
      .limitReached, "This service keeps at most \(limit.most) \(rest). Nothing was stored.")
  }
}

private func sentence(_ clause: String) -> String {
  clause.prefix(1).uppercased() + clause.dropFirst() + "."
}
