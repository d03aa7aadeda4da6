public import LabCore

/// How many questions came out how.
public struct Tally: Sendable {
  private var agreements = 0
  private var unproven = 0
  private var disagreements: [String] = []

  /// Nothing asked yet.
  public init() {}

  /// Asks both the questions of seeds, and shrinks the first three that they disagree on.
  public init(asking table: CandidateTable, seeds: [UInt64]) {
    var table = table
    for seed in seeds {
      let question = table.setting.question(seed: seed)
      switch table.verdict(on: question) {
      case .agreement: agreements += 1
      case .unproven: unproven += 1
      case .disagreement(let sentence):
        guard disagreements.count < 3, let smallest = table.smallest(question) else {
          disagreements.append("seed \(seed): \(sentence)")
          continue
        }
        disagreements.append(
          "seed \(seed), \(table.setting.summary):\n\(smallest.question)\n\(smallest.sentence)")
      }
    }
  }

  /// Counts what another counted.
  public mutating func add(_ other: Tally) {
    agreements += other.agreements
    unproven += other.unproven
    disagreements += other.disagreements
  }

  /// Whether there is one at all.
  public var hasDisagreements: Bool { !disagreements.isEmpty }

  /// How many questions the search left without a proof.
  public var unprovenCount: Int { unproven }

  /// Numbers, then each disagreement.
  public var summary: String {
    (["\(agreements) agreements, \(unproven) without a proof, \(disagreements.count) disagreements"]
      + disagreements.prefix(30)).joined(separator: "\n\n")
  }
}

extension Setting {
  /// What distinguishes the setting, in words.
  public var summary: String {
    var words = ["\(machines) VMs"]
    if routers > 0 { words.append("\(routers) routing") }
    if host.internet == false { words.append("no internet") }
    if host.forwarding == true { words.append("a host that routes") }
    words.append("up to \(networks) networks")
    return words.joined(separator: ", ")
  }

  /// The settings of the long comparison.
  public static let contest: [Setting] =
    [1, 2, 3, 4].map { Setting(machines: $0) } + quick.dropFirst(2)
    + [
      Setting(machines: 3, routers: 1), Setting(machines: 3, routers: 2, networks: 2),
      Setting(machines: 3, host: HostDraft(forwarding: true)),
    ]

  /// Settings whose tables take a second or two in debug builds.
  public static let quick: [Setting] = [
    Setting(machines: 1), Setting(machines: 2), Setting(machines: 2, routers: 1),
    Setting(machines: 2, host: HostDraft(forwarding: true)),
    Setting(machines: 2, host: HostDraft(internet: false)),
    Setting(machines: 3, networks: 2),
  ]
}
