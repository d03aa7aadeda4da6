import LabCore

/// A reproducible source of numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var number = state
    number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
    number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
    return number ^ number >> 31
  }
}

/// A lab of VMs in three tiers and what people ask of such labs, some of it at random.
func randomQuestion(machines: Int, requirements: Int, seed: UInt64) throws -> LabDraft {
  var random = SeededGenerator(seed: seed)
  let tiers = try ["web", "db", "client"].map { try DNSLabel(parsing: $0) }
  let vms = try (0..<machines).map {
    VirtualMachineDraft(
      name: try DNSLabel(parsing: "vm-\($0)"), tags: [tiers[$0 % tiers.count]])
  }
  var draft = LabDraft(name: try DNSLabel(parsing: "bench"), vms: vms)
  func anyVM() throws -> EndpointSelector {
    .vm(try DNSLabel(parsing: "vm-\(Int.random(in: 0..<machines, using: &random))"))
  }
  func tier() -> EndpointSelector { .tag(tiers.randomElement(using: &random) ?? tiers[0]) }
  while draft.requirements.count < requirements {
    let requirement: RequirementDraft =
      switch Int.random(in: 0..<10, using: &random) {
      case 0: RequirementDraft(from: tier(), to: .internet)
      case 1: RequirementDraft(from: .host, to: tier())
      case 2: RequirementDraft(from: .lan, to: try anyVM(), transport: .tcp, port: 80)
      case 3: RequirementDraft(from: .host, to: try anyVM(), transport: .tcp, port: 22)
      case 4: RequirementDraft(from: try anyVM(), to: .internet)
      case 5: RequirementDraft(from: .lan, to: try anyVM(), allow: false)
      case 6: RequirementDraft(from: try anyVM(), to: try anyVM(), transport: .tcp, port: 5432)
      default: RequirementDraft(from: try anyVM(), to: try anyVM())
      }
    if requirement.from != requirement.to { draft.requirements.append(requirement) }
  }
  return draft
}
