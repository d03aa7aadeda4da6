import LabCore
import LabStorage

extension LabService {
  /// After which lab a page begins: one that is there or was, and that the caller may see.
  func labCursor(_ call: Call) throws(Problem) -> DNSLabel? {
    guard let text = call.query.cursor else { return nil }
    guard let name = try? DNSLabel(parsing: text), try isKnown(name, to: call.caller) else {
      throw .noCursor(text)
    }
    return name
  }

  /// Whether there is or was a lab of a name. A caller for certain labs is told of none that the
  /// token does not name.
  private func isKnown(_ name: DNSLabel, to caller: Caller) throws(Problem) -> Bool {
    guard caller.labs == .all else { return caller.labs.contains(name) }
    return try reading { () throws(StoreError) in
      if try store.version(of: name) != nil { return true }
      return try store.keptRevisions(of: name) != nil
    }
  }
}

extension Call {
  /// Before which revision a page begins.
  ///
  /// - Parameter newest: that of the lab; no page ends above it.
  func revisionCursor(upTo newest: Int) throws(Problem) -> Int? {
    guard let text = query.cursor else { return nil }
    guard let number = Int(text), String(number) == text, number >= 1, number <= newest else {
      throw .noCursor(text)
    }
    return number
  }

  /// After which address a page begins.
  func addressCursor() throws(Problem) -> AnyAddress? {
    guard let text = query.cursor else { return nil }
    guard let address = try? AnyAddress(parsing: text), address.description == text else {
      throw .noCursor(text)
    }
    return address
  }
}

extension Problem {
  /// A text that no page has given as the way to the next one.
  static func noCursor(_ text: String) -> Problem {
    let detail = "\"\(excerpt(text))\" is not a cursor; take the one in \"next\" as it is"
    return Problem(
      .invalidQuery, "The query cannot be answered: \(detail).",
      items: [Item(code: .invalidValue, detail: detail, parameter: "cursor")])
  }
}
