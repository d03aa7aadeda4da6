/// A role that a VM may have.
struct RoleOption {
  let role: Role
  /// What it costs the VM by itself.
  let weight: Weight
  /// What it costs beyond that if the VM has to be on an internal network as well.
  let internalWeight: Weight

  init(_ role: Role, _ weight: Weight, _ question: RecommendationQuestion, _ machine: Int) {
    self.role = role
    self.weight = weight
    // Without a network of its role, the adapter that it needs for others is counted already.
    let adapters = role.adapterCount == 0 ? 0 : 1
    internalWeight =
      role.adapterCount < question.adapterLimits[machine] && question.offer.hasCutOff
      ? Weight(adapters: adapters, handConfiguration: 1) : .impossible
  }
}

/// The roles that every VM may have, and what those of any two VMs are to each other, worked out
/// once for the whole search.
final class RolePairs {
  /// What a role of one VM and a role of another are to each other, in a byte.
  struct Entry {
    fileprivate let bits: UInt8

    static let impossible = Entry(bits: 0xff)

    fileprivate init(bits: UInt8) { self.bits = bits }

    init(exposure: Int, takesInternal: Bool) {
      bits = UInt8(exposure) | (takesInternal ? 0x80 : 0)
    }

    var isPossible: Bool { bits != 0xff }
    /// What they expose at least.
    var exposure: Int { Int(bits & 0x7f) }
    /// Whether they have to meet, and can do so on an internal network alone.
    var takesInternal: Bool { isPossible && bits & 0x80 != 0 }
  }

  /// By VM, the cheapest first.
  let options: [[RoleOption]]
  /// By VM: the place of its first option among those of all.
  let first: [Int]
  /// By pair of VMs, then by option of the one and option of the other.
  private var tables: [[Entry]]

  /// - Parameter progress: asked as long as it takes; once it is spent the rest is left out.
  init(_ question: RecommendationQuestion, _ rules: ReachRules, _ progress: SearchProgress) {
    let options = Self.options(question, rules, progress)
    self.options = options
    first = options.indices.map { options[..<$0].reduce(0) { $0 + $1.count } }
    tables = Array(repeating: [], count: options.count * options.count)
    for left in options.indices {
      for right in options.indices.dropFirst(left + 1) {
        guard progress.mayGoOn(options[left].count * options[right].count) else { return }
        fill(left, right, question)
      }
    }
  }

  /// What the options of one VM are to those of another, those of the other side by side.
  func table(_ machine: Int, _ other: Int) -> [Entry] { tables[machine * options.count + other] }

  /// What an option of one VM is to those of another.
  func row(_ machine: Int, _ option: Int, _ other: Int) -> ArraySlice<Entry> {
    let width = options[other].count
    return table(machine, other)[option * width..<(option + 1) * width]
  }

  private func fill(_ left: Int, _ right: Int, _ question: RecommendationQuestion) {
    let (mine, others) = (options[left].count, options[right].count)
    var forth = [Entry](repeating: .impossible, count: mine * others)
    var back = forth
    for i in 0..<mine {
      for j in 0..<others {
        let (a, b) = (options[left][i].role, options[right][j].role)
        guard let pair = question.pair(left, a, right, b) else { continue }
        let entry = Entry(
          exposure: pair.apart,
          takesInternal: pair.mustMeet && !question.hasRouters && !a.mayMeet(b))
        forth[i * others + j] = entry
        back[j * mine + i] = entry
      }
    }
    tables[left * options.count + right] = forth
    tables[right * options.count + left] = back
  }

  /// More would take too long to weigh against each other.
  private static func maximumOptions(forMachines count: Int) -> Int {
    count <= 48 ? 96 : max(16, 4_608 / count)
  }

  private static func options(
    _ question: RecommendationQuestion, _ rules: ReachRules, _ progress: SearchProgress
  ) -> [[RoleOption]] {
    let maximum = maximumOptions(forMachines: question.machineCount)
    return (0..<question.machineCount).map { machine in
      let options = question.roles(of: machine, rules, atMost: maximum + 1)
        .sorted { $0.weight < $1.weight }
      if options.count > maximum { progress.leaveOut(options[maximum].weight) }
      return options.prefix(maximum).map {
        RoleOption($0.role, $0.weight, question, machine)
      }
    }
  }
}

extension Role {
  /// Whether there are networks other than internal ones on which VMs of two roles may meet.
  fileprivate func mayMeet(_ other: Role) -> Bool {
    isHostOnly && other.isHostOnly || mayUseNATNetwork && other.mayUseNATNetwork
  }
}
