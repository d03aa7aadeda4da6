/// The host's ports, as new forwards take them.
struct HostPorts {
  private var taken: Set<Int>
  /// By port that was wanted: the first that may still be free.
  private var next: [Int: Int] = [:]

  private static let unprivileged = 1024...65_535

  init(taken: Set<Int>) {
    self.taken = taken
  }

  /// Takes the guest's own port where everybody may listen on it, or else one in the ten thousands
  /// that ends like it; the next free one. Nil where all ports are taken.
  mutating func next(for port: Int) -> Int? {
    let ports = Self.unprivileged
    let wanted = port >= ports.lowerBound ? port : port + 10_000
    var candidate = next[wanted] ?? wanted
    for _ in ports {
      let after = candidate == ports.upperBound ? ports.lowerBound : candidate + 1
      if taken.insert(candidate).inserted {
        next[wanted] = after
        return candidate
      }
      candidate = after
    }
    return nil
  }
}
