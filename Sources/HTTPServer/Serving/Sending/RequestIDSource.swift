internal import Synchronization

/// Names requests that come without a name: a count from a random start, scattered so that two
/// processes hardly ever agree and no two requests of one process do (SplitMix64).
struct RequestIDSource: ~Copyable, Sendable {
  private let count = Atomic(UInt64.random(in: .min ... .max))

  func next() -> RequestID {
    let step: UInt64 = 0x9E37_79B9_7F4A_7C15
    var value = count.wrappingAdd(step, ordering: .relaxed).newValue
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return RequestID(number: value ^ (value >> 31))
  }
}
