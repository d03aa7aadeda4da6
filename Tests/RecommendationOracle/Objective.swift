/// What a candidate lab is judged by, the first that differs deciding; smaller is better.
public struct Objective: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Requirements that it does not meet.
  public var unmet: Int
  /// Ordered pairs of endpoints, at least one a VM, whose reach exceeds what was asked.
  public var exposure: Int
  /// Adapters of all VMs together.
  public var adapters: Int
  /// Networks.
  public var networks: Int
  /// Addresses to be typed into guests, port forwards, gateways and privileged steps.
  public var handConfiguration: Int

  /// An objective of the given parts.
  public init(unmet: Int, exposure: Int, adapters: Int, networks: Int, handConfiguration: Int) {
    self.unmet = unmet
    self.exposure = exposure
    self.adapters = adapters
    self.networks = networks
    self.handConfiguration = handConfiguration
  }

  /// Lexicographic.
  public static func < (left: Objective, right: Objective) -> Bool {
    (left.unmet, left.exposure, left.adapters, left.networks, left.handConfiguration)
      < (right.unmet, right.exposure, right.adapters, right.networks, right.handConfiguration)
  }

  /// The parts in order.
  public var description: String {
    "(unmet \(unmet), exposure \(exposure), adapters \(adapters), networks \(networks), "
      + "hand \(handConfiguration))"
  }
}
