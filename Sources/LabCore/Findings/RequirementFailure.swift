/// Pairs of endpoints that fail a requirement for one reason.
struct RequirementFailure {
  /// Why, as far as it decides which rule speaks of it.
  enum Reason: Hashable {
    /// The target is a VM that its NAT isolates from another VM.
    case isolatedByNAT
    /// The LAN asks for a port whose forward listens on the host's loopback alone; by index in
    /// `Lab.portForwards`.
    case loopbackForward(Int)
    /// The LAN reaches by a forward what it must not.
    case exposingForward(Int)
    case other
  }

  /// By index in `Lab.requirements`.
  let requirement: Int
  let reason: Reason
  /// The first pair that fails, in the order of the matrix.
  let source: Endpoint
  let target: Endpoint
  let outcome: Outcome
  /// How many fail.
  var pairCount: Int
}

/// What the simulator says of a lab's requirements, over IPv4.
struct RequirementVerdicts {
  /// In the order of the requirements.
  var failures: [RequirementFailure] = []
  /// By requirement: the first pair that meets it by a NAT or a port forward.
  var translated: [Int: (source: Endpoint, target: Endpoint)] = [:]
}
