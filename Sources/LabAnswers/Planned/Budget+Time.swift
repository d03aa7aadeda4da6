public import LabCore

extension Budget {
  /// What work may take for which nobody waits at a socket.
  public convenience init(within limit: Duration) {
    let time = Deadline(in: limit)
    self.init { time.isOver ? .time : nil }
  }

  /// A part of the work that ends earlier than the whole.
  public func part(within limit: Duration) -> Budget {
    let time = Deadline(in: limit)
    return part { time.isOver ? .time : nil }
  }
}

/// A point in time that was chosen by its distance.
private struct Deadline {
  private let clock = ContinuousClock()
  private let end: ContinuousClock.Instant

  init(in limit: Duration) {
    end = clock.now + limit
  }

  var isOver: Bool { clock.now >= end }
}
