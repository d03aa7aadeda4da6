public import LabCore

/// How much a store keeps at most. What would be more is refused with `LimitReached`, or makes what is
/// oldest go, as each says.
public struct StoreLimits: Hashable, Sendable {
  /// How many labs.
  public var labs = 100_000
  /// How many names of labs, those of deleted labs included: their revisions are never given out
  /// again, so that something of each is kept for ever.
  public var names = 1_000_000
  /// How many addresses may be reserved on each network. Those that rest count too, but make room.
  public var reservations = 65_536
  /// How many tokens, the revoked ones included.
  public var tokens = 10_000
  /// How many bytes of answers to requests with an `Idempotency-Key` are kept for each token, and for
  /// all requests without one; the oldest go first, even before their day is over.
  public var answerBytes = 16 << 20

  /// The usual limits.
  public init() {}
}

/// A store holds as much of something as it may; nothing was stored.
public struct LimitReached: Error, Hashable, Sendable {
  /// What there is a limit of.
  public enum Thing: Hashable, Sendable {
    case labs
    case names
    case reservations(network: DNSLabel)
    case tokens
  }

  /// What there is too much of.
  public let thing: Thing
  /// How many there may be.
  public let most: Int
}
