/// The faults found in a document so far: the first thousand, and how many others there are.
///
/// The others are counted and not kept, so that a document with millions of faults costs no more
/// memory than one with a thousand.
public struct FaultLog: Sendable {
  /// How many faults are listed.
  public static let limit = 1000

  private var first: [Fault] = []
  private var others = 0

  /// A log without faults.
  public init() {}

  /// A log of faults that were found elsewhere.
  public init(_ faults: some Sequence<Fault>) {
    for fault in faults { append(fault) }
  }

  /// How many faults there are, listed or not.
  public var count: Int { first.count + others }

  /// Whether there are none.
  public var isEmpty: Bool { first.isEmpty && others == 0 }

  /// Whether another fault would be counted, and not listed.
  public var isFull: Bool { first.count == Self.limit }

  /// The faults that are listed, and behind them one that says how many others there are.
  public var faults: [Fault] { others == 0 ? first : first + [.more(others)] }

  /// Adds a fault.
  public mutating func append(_ fault: Fault) {
    if fault.code == .moreFaults || isFull { return addUnlisted(fault.count) }
    first.append(fault)
  }

  /// Adds faults that need not be made, because the log is full.
  public mutating func addUnlisted(_ more: Int) {
    others += more
  }
}

extension [Fault] {
  /// These faults, and those of `others` that stand at places where these say nothing, neither
  /// there nor above: a value that could not be read is not also missing.
  ///
  /// Where a part of the document was not read, or not all faults of reading it are listed, nobody
  /// can tell which of the others are true; none of them is taken.
  public func merged(with others: [Fault]) -> [Fault] {
    if contains(where: { $0.code == .moreFaults || $0.code == .tooMany }) { return self }
    let reported = Set(map(\.pointer))
    let new = others.filter { fault in
      var tokens = fault.pointer.tokens
      while true {
        if reported.contains(JSONPointer(tokens: tokens)) { return false }
        if tokens.isEmpty { return true }
        tokens.removeLast()
      }
    }
    return FaultLog(self + new).faults
  }
}
