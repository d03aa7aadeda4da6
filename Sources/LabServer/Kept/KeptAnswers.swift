import HTTPServer
import LabCore
import LabStorage

/// What was worked out for stored labs, as long as their versions stay what they were.
///
/// **Invariant:** an entry is given out for the version alone that it was made from: the lab's
/// revision and, for what depends on them, the changes of reservations and of other labs of its
/// host since (`tag(of:)`). A name never sees a version twice, so nothing has to be thrown away
/// when a lab changes.
final class KeptAnswers: Sendable {
  /// Of which answer an entry is, or a part of one.
  enum Kind: Hashable {
    case stored
    case addressed
    case share
    case lab(MediaType)
    case parts(String)
    case addresses(MediaType)
    case reservable(DNSLabel)
    case visibility
    case findings(LabScope)
    case judged(LabScope)
    case recommendations
    case requirements
    case connectivity(ConnectivityQuery, MediaType)
    case pair(String, String, ConnectivityQuery, AnyAddress?)
    case drawing(String?, String?, ConnectivityQuery, MediaType)
    case plan(ConnectivityQuery, LabScope)
    case planned(AddressFamily)
    case matrix(ConnectivityQuery)
  }

  private struct Key: Hashable {
    let lab: DNSLabel
    let kind: Kind
  }

  private struct Entry {
    let version: VersionTag
    let value: any Sendable
  }

  private let entries: Locked<TwoGenerations<Key, Entry>>

  /// - Parameter bound: how many bytes the entries may take, as far as they are counted.
  init(bound: Int) {
    entries = Locked(TwoGenerations(bound: bound))
  }

  /// What is kept of a lab at a version.
  func value<Value: Sendable>(
    _ type: Value.Type = Value.self, of lab: DNSLabel, at version: VersionTag, _ kind: Kind
  ) -> Value? {
    let key = Key(lab: lab, kind: kind)
    let entry = entries.withLock { $0.value(for: key) }
    guard let entry, entry.version == version else { return nil }
    return entry.value as? Value
  }

  /// Keeps a value for a lab at a version.
  ///
  /// - Parameter cost: how many bytes it takes, about.
  func keep(
    _ value: some Sendable, of lab: DNSLabel, at version: VersionTag, _ kind: Kind, cost: Int
  ) {
    let key = Key(lab: lab, kind: kind)
    let entry = Entry(version: version, value: value)
    entries.withLock { $0.insert(entry, for: key, cost: cost + Self.entryCost) }
  }

  /// What an entry costs beside its value.
  private static let entryCost = 256
}
