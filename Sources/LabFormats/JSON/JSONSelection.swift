/// Which members of a JSON value are wanted. Arrays count as what is in them: of a list of VMs,
/// `name` is the name of each.
public struct MemberSelection: Hashable, Sendable {
  /// What is wanted of an object's members, by key; the others are left out.
  private(set) var members: [String: MemberSelection]
  /// Whether all is wanted.
  private(set) var isWhole: Bool

  /// Nothing.
  public static let none = MemberSelection(members: [:], isWhole: false)

  /// Selects, besides, what stands at the keys, one inside the other, and all that is in it.
  public mutating func insert(_ keys: some Collection<String>) {
    guard !isWhole else { return }
    guard let key = keys.first else {
      self = MemberSelection(members: [:], isWhole: true)
      return
    }
    members[key, default: .none].insert(keys.dropFirst())
  }

  /// Whether it selects anything of what stands at the keys, one inside the other.
  public func touches(_ keys: some Collection<String>) -> Bool {
    guard !isWhole, let key = keys.first else { return true }
    return members[key]?.touches(keys.dropFirst()) ?? false
  }
}

/// Leaves out of a JSON text what is not selected, while it passes: pieces in, pieces out, however
/// large the text is.
///
/// Values stay as they are written, in their order, and lose the white space around them. A value
/// that has no members where some are selected, such as `null`, stays. The text has to be JSON: this
/// does not check it.
public struct JSONFilter {
  /// An object or array that is being read and is wanted in part.
  private struct Container {
    let isObject: Bool
    /// What is wanted of an object, or of each element of an array.
    let selection: MemberSelection
    var isEmpty = true
    /// What is wanted of the member that is being read; nil for nothing.
    var member: MemberSelection?
    var isBehindKey = false
  }

  private var containers: [Container] = []
  private let selection: MemberSelection
  /// The value that is kept or left out as a whole, and how deep in it the reading is.
  private var passing: (isKept: Bool, depth: Int)?
  /// The key that is being read, with its quotes.
  private var key: [UInt8]?
  private var isInString = false
  private var isEscaped = false
  private var output: [UInt8] = []

  /// A filter for one text.
  public init(_ selection: MemberSelection) {
    self.selection = selection
  }

  /// The next piece of the text, without what is not selected.
  public mutating func filter(_ piece: [UInt8]) -> [UInt8] {
    output.removeAll(keepingCapacity: true)
    for byte in piece {
      if isInString { readString(byte) } else { read(byte) }
    }
    return output
  }

  private mutating func readString(_ byte: UInt8) {
    let ends = byte == UInt8(ascii: "\"") && !isEscaped
    isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    isInString = !ends
    if key == nil {
      if passing?.isKept == true { output.append(byte) }
    } else {
      key?.append(byte)
      if ends { endKey() }
    }
  }

  private mutating func read(_ byte: UInt8) {
    if let passing, pass(byte, passing) { return }
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
    case UInt8(ascii: "\n"): if containers.isEmpty { output.append(byte) }
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      containers.removeLast()
      output.append(byte)
    case UInt8(ascii: ","): separate()
    case UInt8(ascii: ":"): containers[containers.count - 1].isBehindKey = true
    case UInt8(ascii: "\"") where isAtKey:
      isInString = true
      key = [byte]
    default: begin(byte)
    }
  }

  private var isAtKey: Bool {
    guard let container = containers.last else { return false }
    return container.isObject && !container.isBehindKey
  }

  /// Behind a value. Members have their comma before their key, where they are kept.
  private mutating func separate() {
    if containers[containers.count - 1].isObject {
      containers[containers.count - 1].isBehindKey = false
    } else {
      output.append(UInt8(ascii: ","))
    }
  }

  private mutating func endKey() {
    guard let text = key else { return }
    key = nil
    let last = containers.count - 1
    // Keys with escapes in them are in no selection.
    let name = String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
    containers[last].member = containers[last].selection.members[name]
    guard containers[last].member != nil else { return }
    if !containers[last].isEmpty { output.append(UInt8(ascii: ",")) }
    containers[last].isEmpty = false
    output.append(contentsOf: text)
    output.append(UInt8(ascii: ":"))
  }

  // MARK: Values

  private mutating func begin(_ byte: UInt8) {
    let wanted =
      switch containers.last {
      case nil: selection as MemberSelection?
      case let container? where container.isObject: container.member
      case let container?: container.selection
      }
    let isContainer = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
    if let wanted, !wanted.isWhole, isContainer {
      containers.append(Container(isObject: byte == UInt8(ascii: "{"), selection: wanted))
      output.append(byte)
    } else {
      passing = (isKept: wanted != nil, depth: isContainer ? 1 : 0)
      isInString = byte == UInt8(ascii: "\"")
      if wanted != nil { output.append(byte) }
    }
  }

  /// Takes a byte of a value that is kept or left out as a whole; false for one behind it.
  private mutating func pass(_ byte: UInt8, _ passing: (isKept: Bool, depth: Int)) -> Bool {
    var depth = passing.depth
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"),
      UInt8(ascii: "\r"):
      if depth == 0 { depth = -1 }
    default: break
    }
    guard depth >= 0 else {
      self.passing = nil
      return false
    }
    if passing.isKept { output.append(byte) }
    let endsHere = depth == 0 && passing.depth > 0
    self.passing = endsHere ? nil : (passing.isKept, depth)
    return true
  }
}
