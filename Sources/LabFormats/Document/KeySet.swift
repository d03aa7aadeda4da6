import LabCore

/// The keys of one object while it is read: finds the first member of the same key.
///
/// Few keys are compared one by one, which is faster than hashing them; from `threshold` on they
/// are hashed, so that an object with many keys takes no more than linear time.
struct KeySet {
  private static let threshold = 12
  private var indices: [String: Int] = [:]

  /// Adds the key of the member that is to stand at `index`, behind `members`.
  ///
  /// - Returns: the index of the first member with that key, where there is one.
  mutating func insert(_ key: String, at index: Int, among members: [DocumentMember]) -> Int? {
    if index < Self.threshold { return members.firstIndex { $0.key == key } }
    if indices.isEmpty {
      indices = Dictionary(members.enumerated().map { ($1.key, $0) }) { first, _ in first }
    }
    if let first = indices[key] { return first }
    indices[key] = index
    return nil
  }
}

extension SyntaxFault {
  /// A member whose key another member bears already.
  static func duplicateKey(_ member: DocumentMember, first: SourcePosition?) -> SyntaxFault {
    let place = first.map { ", at \($0)" } ?? ""
    return SyntaxFault(
      .duplicateKey, at: member.keyPosition ?? .start,
      "the key \"\(excerpt(member.key))\" is in this object already\(place); keep one of the two")
  }
}
