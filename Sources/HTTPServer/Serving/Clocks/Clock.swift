internal import Glibc

/// A moment of the monotonic clock, in nanoseconds since some start.
typealias Instant = UInt64

/// The present moment.
func monotonicNow() -> Instant {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}

extension Duration {
  /// Whole nanoseconds; negative durations count as none, and endless ones as 146 years.
  var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let clamped = UInt64(min(seconds, Int64.max / 2_000_000_000))
    return clamped * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }
}
