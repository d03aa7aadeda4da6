import HTTPServer

/// How many requests each client may send in a while, and when each may send the next.
///
/// The generic cell rate algorithm (ITU-T I.371, annex A): a client is one number, the moment until
/// which what it sent is used up. It may run ahead of the present by a whole window.
struct RequestRate {
  /// Whether a request is within the rate.
  struct Verdict: Equatable {
    let isGranted: Bool
    /// How many more would be granted at once.
    let remaining: Int
    /// Seconds until there is more than that; rounded up.
    let secondsToNext: Int
  }

  /// Requests in a window.
  let quota: Int
  private var usedUntil: [ClientKey: UInt64] = [:]
  private var mostClients = Self.firstSweep

  init(quota: Int) {
    self.quota = quota
  }

  /// Seconds.
  static var window: Int { 60 }
  private static var windowNanoseconds: UInt64 { UInt64(window) * 1_000_000_000 }
  private static var firstSweep: Int { 1024 }
  /// How many clients are remembered at most.
  static var mostRemembered: Int { 65_536 }

  /// How many clients are remembered.
  var clientCount: Int { usedUntil.count }

  /// Counts a request of a client.
  ///
  /// - Parameter now: nanoseconds of a clock that never goes back.
  mutating func count(_ client: ClientKey, at now: UInt64) -> Verdict {
    let cost = Self.windowNanoseconds / UInt64(quota)
    let used = max(usedUntil[client] ?? 0, now)
    let isGranted = used + cost <= now + Self.windowNanoseconds
    let after = isGranted ? used + cost : used
    if isGranted {
      usedUntil[client] = after
      forgetWhoIsDone(at: now)
    }
    let room = now + Self.windowNanoseconds - after
    let toNext = cost - room % cost
    return Verdict(
      isGranted: isGranted, remaining: Int(room / cost),
      secondsToNext: Int((toNext + 999_999_999) / 1_000_000_000))
  }

  /// Where a client stands, without counting anything.
  func verdict(on client: ClientKey, at now: UInt64) -> Verdict {
    var copy = RequestRate(quota: quota)
    copy.usedUntil[client] = usedUntil[client]
    return copy.count(client, at: now)
  }

  /// Clients who have their whole quota again need not be remembered. Looked through each time their
  /// number has doubled, so that a request pays for one step of it. Where too many are left, the half
  /// that has used least is forgotten.
  private mutating func forgetWhoIsDone(at now: UInt64) {
    guard usedUntil.count >= mostClients else { return }
    usedUntil = usedUntil.filter { $0.value > now }
    if usedUntil.count > Self.mostRemembered / 2 {
      let median = usedUntil.values.sorted()[usedUntil.count / 2]
      usedUntil = usedUntil.filter { $0.value > median }
    }
    mostClients = min(max(Self.firstSweep, usedUntil.count * 2), Self.mostRemembered)
  }
}
