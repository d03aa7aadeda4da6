public import LabCore

/// How many questions came out how.
public struct Tally: Sendable {
  private var agreements = 0
  private var unproven: [String] = []
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
      case .unproven: unproven.append("seed \(seed), \(table.setting.summary):\n\(question)")
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
  public var unprovenCount: Int { unproven.count }

  /// Numbers, then each disagreement.
  public var summary: String {
    let counts =
      "\(agreements) agreements, \(unproven.count) without a proof,"
      + " \(disagreements.count) disagreements"
    return
      ([counts] + disagreements.prefix(30) + unproven.prefix(3).map { "without a proof: \($0)" })
      .joined(separator: "\n\n")
  }
}

extension Setting {
  /// What distinguishes the setting, in words.
  public var summary: String {
    var words = ["\(machines) VMs"]
    if routers > 0 { words.append("\(routers) routing") }
    if host.internet == false { words.append("no internet") }
    if host.forwarding == true { words.append("a host that routes") }
    if !kept.modes.isEmpty {
      let places = kept.attachments.map { $0.map(String.init).joined(separator: " ") }
      words.append(
        "keeping \(kept.modes.map(\.rawValue)) with \(places)")
    }
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
    Setting(machines: 2, kept: KeptDesign(modes: [.internal], attachments: [[0], [0]])),
    Setting(machines: 2, kept: KeptDesign(modes: [.nat], attachments: [[0]])),
    Setting(machines: 2, kept: KeptDesign(modes: [.bridged], attachments: [[], [0]])),
    Setting(machines: 3, networks: 2, kept: KeptDesign(modes: [.natNetwork], attachments: [[0]])),
  ]
}
