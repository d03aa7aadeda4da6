/// What a piece of work may still take: steps, memory, time, and somebody who waits for the result.
///
/// Every loop over what a client sent asks it. Work that must be complete calls ``spend(_:)`` and
/// throws; work that can stop early calls ``allows(_:)`` and returns the best that it has so far.
/// Most calls cost a subtraction: only every few hundred steps does the budget look around.
///
/// LabCore has no clock and no sockets, so whoever makes a budget says how to look. Without a look,
/// a budget depends on steps and bytes alone, and the same work ends at the same place every time.
///
/// One thread uses a budget at a time.
public final class Budget {
  /// Steps until the next look; never positive once the budget is exhausted.
  private var untilLook: Int
  /// Steps granted by the last look.
  private var granted: Int
  private var stepsLeft: Int
  private var bytesLeft: Int
  private let whole: Budget?
  private let look: () -> BudgetExhausted?
  /// Why work must stop; nil while it may go on.
  public private(set) var exhaustion: BudgetExhausted?

  private static let stepsBetweenLooks = 256

  /// A budget of its own.
  ///
  /// - Parameters:
  ///   - steps: how many steps the work may take. A step is what takes about 10 to 100 ns: looking
  ///     at one cell, one pair, one option.
  ///   - bytes: how many bytes its tables may take at a time.
  ///   - look: asked every few hundred steps; returns why to stop, or nil to go on.
  public convenience init(
    steps: Int = .max, bytes: Int = .max, look: @escaping () -> BudgetExhausted? = { nil }
  ) {
    self.init(steps: steps, bytes: bytes, within: nil, look: look)
  }

  private init(
    steps: Int, bytes: Int, within whole: Budget?, look: @escaping () -> BudgetExhausted?
  ) {
    stepsLeft = max(0, steps)
    bytesLeft = max(0, bytes)
    granted = min(stepsLeft, Self.stepsBetweenLooks)
    untilLook = granted
    self.whole = whole
    self.look = look
  }

  /// A budget that never ends.
  public static var unlimited: Budget { Budget() }

  /// A smaller budget for a part of the work; what the part spends counts for the whole.
  public func part(
    steps: Int = .max, bytes: Int = .max, look: @escaping () -> BudgetExhausted? = { nil }
  ) -> Budget {
    Budget(steps: steps, bytes: bytes, within: self, look: look)
  }

  // MARK: Asking

  /// Whether the work may take so many more steps.
  public func allows(_ steps: Int = 1) -> Bool {
    untilLook -= steps
    return untilLook > 0 || lookAround()
  }

  /// Takes steps, or throws why there are none left.
  public func spend(_ steps: Int = 1) throws(BudgetExhausted) {
    if !allows(steps) { try check() }
  }

  /// Throws if the budget is exhausted.
  public func check() throws(BudgetExhausted) {
    if let exhaustion { throw exhaustion }
  }

  /// Ends the budget.
  public func end(because reason: BudgetExhausted) {
    exhaustion = exhaustion ?? reason
    untilLook = 0
  }

  private func lookAround() -> Bool {
    guard exhaustion == nil else {
      untilLook = 0
      return false
    }
    let used = granted - untilLook
    stepsLeft -= used
    if stepsLeft < 0 {
      end(because: .steps)
    } else if let whole, !whole.allows(used), let reason = whole.exhaustion {
      end(because: reason)
    } else if let reason = look() {
      end(because: reason)
    } else {
      granted = min(stepsLeft, Self.stepsBetweenLooks)
      untilLook = granted
    }
    return exhaustion == nil
  }

  // MARK: Memory

  /// Whether the work may make a table of so many bytes, which then count until they are released.
  public func allows(bytes: Int) -> Bool {
    guard exhaustion == nil else { return false }
    guard bytes <= bytesLeft, whole?.allows(bytes: bytes) ?? true else {
      end(because: whole?.exhaustion ?? .memory)
      return false
    }
    bytesLeft -= bytes
    return true
  }

  /// Counts the bytes of a table, or throws why there is no room for it.
  public func reserve(bytes: Int) throws(BudgetExhausted) {
    if !allows(bytes: bytes) { try check() }
  }

  /// Gives back bytes that were reserved.
  public func release(bytes: Int) {
    bytesLeft += bytes
    whole?.release(bytes: bytes)
  }
}

/// Why work stops before its end.
public enum BudgetExhausted: Error, Hashable, Sendable {
  /// It took as many steps as it may.
  case steps
  /// Its tables would take more memory than they may.
  case memory
  /// Its time is up.
  case time
  /// Nobody waits for the result.
  case clientGone
}
