import LabCore

/// What becomes of a lab's addresses as its document changes, as far as it can be told without the
/// other labs.
struct AddressChange {
  typealias Result = (plan: AddressPlan, memory: AddressMemory)

  let lab: Lab
  /// What is remembered so far; nil where addresses were never assigned.
  let stored: AddressMemory?
  private let followed: AddressMemory
  private let known: Set<MACAddress>
  private let time: Timestamp
  private let rest: Int64
  /// What comes out if no other lab is in the way; nil where that was not asked.
  private let alone: Result?

  /// - Parameters:
  ///   - lab: what the document says from now on.
  ///   - before: the lab as it was; nil for a new one.
  ///   - rest: how long what is given up rests, in milliseconds.
  ///   - isAhead: whether to work the addresses out now, where no other lab's prefixes count.
  init(
    of lab: Lab, before: LabRows?, at time: Timestamp, rest: Int64, isAhead: Bool = false
  ) {
    self.lab = lab
    self.time = time
    self.rest = rest
    stored = before?.memory
    let former = stored ?? before.map { firstMemory(of: $0.lab) } ?? AddressMemory()
    var memory = former
    if let before { memory.follow(from: before.lab.draft, to: lab.draft) }
    followed = memory
    known = Set(former.hardwareAddresses.map(\.address))
    alone =
      isAhead && !lab.choosesPrefixes
      ? Self.assign(lab, memory, time, rest, NeighbouringLabs()) : nil
  }

  /// The addresses beside other labs.
  func result(beside neighbours: NeighbouringLabs) -> Result {
    if let alone, neighbours == NeighbouringLabs() { return alone }
    return Self.assign(lab, followed, time, rest, neighbours)
  }

  /// Hardware addresses that the planner has just made up.
  func newlyDerived(_ plan: AddressPlan) -> [MACAddress] {
    zip(lab.machines, plan.adapters).flatMap { machine, plans in
      zip(machine.adapters, plans).compactMap { adapter, plan in
        adapter.mac == nil && !known.contains(plan.mac) ? plan.mac : nil
      }
    }
  }

  private static func assign(
    _ lab: Lab, _ memory: AddressMemory, _ time: Timestamp, _ rest: Int64,
    _ neighbours: NeighbouringLabs
  ) -> Result {
    assignAddresses(
      in: lab, remembering: memory, at: time.milliseconds, rest: rest, beside: neighbours)
  }
}

/// What is remembered of a lab from before addresses were stored: it has been answered with those
/// of a lab that is planned for the first time and by itself.
func firstMemory(of stored: StoredLab) -> AddressMemory {
  guard case .success(let lab) = resolve(stored.draft) else { return AddressMemory() }
  return assignAddresses(
    in: lab, remembering: AddressMemory(), at: stored.updatedAt.milliseconds
  ).memory
}

extension Lab {
  /// The host that it shares with all labs that say the same.
  var hostName: String { host.name?.text ?? "host" }

  /// Whether the prefix of one of its networks is the planner's to choose, or to widen.
  var choosesPrefixes: Bool {
    networks.contains { $0.profile.prefixes.isPlanned && $0.ipv4 == nil }
  }
}
