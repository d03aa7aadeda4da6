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

/// The services of a lab that forwards may lead to, by VM: those that a requirement asks for.
struct AskedServices {
  /// By index in `Lab.machines`; a service's place is its bit.
  private(set) var ofMachine: [[PortService]]

  init(_ lab: Lab, requirements: [Int]) {
    ofMachine = lab.machines.map { _ in [] }
    for index in requirements {
      let requirement = lab.requirements[index]
      guard requirement.allow, let service = requirement.service else { continue }
      for case .machine(let machine) in lab.endpoints(of: requirement.to)
      where !ofMachine[machine].contains(service) {
        ofMachine[machine].append(service)
      }
    }
  }

  /// The bit of a VM's service; 0 where nothing asks for it.
  func bit(_ service: PortService, of machine: Int) -> UInt64 {
    guard let place = ofMachine[machine].firstIndex(of: service), place < 64 else { return 0 }
    return 1 << UInt64(place)
  }

  /// The bits of a VM's services of a transport.
  func bits(_ transport: PortForward.Transport, of machine: Int) -> UInt64 {
    ofMachine[machine].reduce(0) {
      $1.transport == transport ? $0 | bit($1, of: machine) : $0
    }
  }
}
