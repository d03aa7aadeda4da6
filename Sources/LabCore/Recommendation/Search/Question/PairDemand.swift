/// What requirements say of one ordered pair of different endpoints.
struct PairDemand: Hashable {
  /// Every port must be reached.
  var needsEveryPort = false
  /// Some requirement asks for every port, so that no reach is more than was asked.
  var asksEveryPort = false
  /// The target's services that must be reached, by bit.
  var services: UInt64 = 0
  /// No port may be reached.
  var forbidsEveryPort = false
  /// The target's services that may not be reached, by bit.
  var forbiddenServices: UInt64 = 0

  /// Whether something must be reached.
  var isNeed: Bool { needsEveryPort || services != 0 }

  /// What a pair adds to the exposure, 0 or 1; nil where a requirement is not met.
  ///
  /// - Parameters:
  ///   - open: whether every port is reached.
  ///   - forwarded: the target's services that a port forward carries, by bit.
  func exposure(open: Bool, forwarded: UInt64) -> Int? {
    if open { return forbidsEveryPort ? nil : asksEveryPort ? 0 : 1 }
    if needsEveryPort || services & ~forwarded != 0 || forwarded & forbiddenServices != 0 {
      return nil
    }
    return asksEveryPort || forwarded & ~services == 0 ? 0 : 1
  }
}
