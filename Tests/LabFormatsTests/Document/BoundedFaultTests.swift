import LabCore
import LabFormats
import Testing

/// Documents whose faults grow with them: the answers do not.
@Suite struct BoundedFaultTests {
  private func read(_ json: String) throws -> DocumentNode {
    try JSONReader.read(Array(json.utf8))
  }

  @Test func theFirstThousandFaultsAreListed() throws {
    let keys = (0..<5000).map { "\"k\($0)\":1" }.joined(separator: ",")
    let faults = LabDocumentReader.readLab(try read("{\(keys)}")).faults
    #expect(faults.count == FaultLog.limit + 1)
    #expect(faults.first?.pointer.description == "/k0")
    #expect(faults.last?.code == .moreFaults)
    #expect(faults.last?.count == 4000)
    #expect(faults.last?.detail == "4000 more faults are not listed; mend the others first")
  }

  @Test func aLogCountsWhatItDoesNotList() {
    let fault = Fault(.missing, at: .root, "")
    var log = FaultLog(repeatElement(fault, count: FaultLog.limit))
    #expect(log.isFull && log.faults.count == FaultLog.limit)
    log.append(fault)
    #expect(log.faults.last?.detail == "1 more fault is not listed; mend the others first")
    log.append(.more(10))
    log.addUnlisted(5)
    #expect(log.count == FaultLog.limit + 16)
    #expect(FaultLog(log.faults).count == log.count)
  }

  @Test func mergedFaultsAreLimitedToo() {
    let some = (0..<800).map { Fault(.missing, at: .root["vms"][$0], "") }
    let others = (0..<800).map { Fault(.missing, at: .root["networks"][$0], "") }
    let merged = some.merged(with: others)
    #expect(merged.count == FaultLog.limit + 1)
    #expect(merged.last?.count == 600)
  }

  @Test func whatWasNotReadIsNotMissing() {
    let unread = [Fault(.tooMany, at: .root["networks"], "")]
    let dangling = [Fault(.unknownReference, at: .root["vms"][0], "")]
    #expect(unread.merged(with: dangling) == unread)
  }

  @Test func theResolverListsAThousandFaults() throws {
    let vms = (0..<3000).map { _ in VirtualMachineDraft(name: nil) }
    guard case .failure(let invalid) = resolve(LabDraft(name: nil, vms: vms)) else {
      Issue.record("resolved")
      return
    }
    #expect(invalid.faults.count == FaultLog.limit + 1)
    #expect(invalid.faults.last?.count == 2001)
  }

  @Test func sixtyFourCharactersAreRepeated() throws {
    let long = String(repeating: "x", count: 100_000)
    let document = try read(
      """
      {"\(long)": 1, "name": "\(long)", "networks": [{"mode": "\(long)", "ipv4": "\(long)"}],
       "vms": [{"os": "\(long)", "tags": ["\(long)"]}], "hypervisor": {"version": "\(long)"},
       "requirements": [{"from": "\(long)", "port": 1\(long.map { _ in "0" }.joined())}],
       "port_forwards": [{"name": "\(long),", "host_port": \(long.map { _ in "9" }.joined())}]}
      """)
    let faults = LabDocumentReader.readLab(document).faults
    #expect(faults.count >= 9)
    for fault in faults {
      #expect(fault.detail.unicodeScalars.count < 600, "\(fault.code)")
      #expect(fault.pointer.excerpt.description.unicodeScalars.count < 100)
    }
    #expect(excerpt(String(repeating: "é", count: 65)) == String(repeating: "é", count: 64) + "…")
    #expect(excerpt(String(repeating: "é", count: 64)) == String(repeating: "é", count: 64))
  }

  @Test func duplicateKeysEndTheReading() {
    let members = repeatElement("\"a\":1", count: 5000).joined(separator: ",")
    for text in ["{\(members)}"] {
      let faults = #expect(throws: SyntaxFaults.self) { try read(text) }?.faults
      #expect(faults?.count == FaultLog.limit + 1)
      #expect(faults?.last?.code == .tooLarge)
    }
  }

  @Test func aDocumentHoldsAMillionValues() throws {
    let elements = repeatElement("1", count: documentValueLimit).joined(separator: ",")
    let faults = #expect(throws: SyntaxFaults.self) { try read("[\(elements)]") }?.faults
    #expect(faults?.map(\.code) == [.tooLarge])
  }
}

/// Limits of a document, each reached and each exceeded by one.
@Suite struct DocumentLimitsTests {
  private static let lists: [(part: DocumentLimits.Part, json: @Sendable (Int) -> String)] = [
    (.networks, { #"{"networks": [\#(repeated("{}", $0))]}"# }),
    (.machines, { #"{"vms": [\#(repeated("{}", $0))]}"# }),
    (.portForwards, { #"{"port_forwards": [\#(repeated("{}", $0))]}"# }),
    (.requirements, { #"{"requirements": [\#(repeated("{}", $0))]}"# }),
    (.adaptersOfMachine, { #"{"vms": [{"adapters": [\#(repeated("{}", $0))]}]}"# }),
    (.tagsOfMachine, { #"{"vms": [{"tags": [\#(repeated("\"a\"", $0))]}]}"# }),
    (.routesOfMachine, { #"{"vms": [{"routes": [\#(repeated("{}", $0))]}]}"# }),
    (.occupied, { #"{"host": {"occupied": [\#(repeated("\"10.0.0.0/8\"", $0))]}}"# }),
    (.modes, { #"{"constraints": {"modes": [\#(repeated("\"nat\"", $0))]}}"# }),
    (.excludedModes, { #"{"constraints": {"exclude": [\#(repeated("{}", $0))]}}"# }),
    (.descriptionCharacters, { #"{"description": "\#(String(repeating: "é", count: $0))"}"# }),
  ]

  private static func repeated(_ element: String, _ count: Int) -> String {
    repeatElement(element, count: count).joined(separator: ",")
  }

  @Test(arguments: lists.indices)
  func oneMoreIsRefused(index: Int) throws {
    let (part, json) = Self.lists[index]
    for (count, isRefused) in [(part.standard, false), (part.standard + 1, true)] {
      let document = try JSONReader.read(Array(json(count).utf8))
      let faults = LabDocumentReader.readLab(document).faults
      #expect(faults.map(\.code) == (isRefused ? [.tooMany] : []), "\(part) \(count)")
      if isRefused {
        #expect(faults[0].detail.contains("at most \(part.standard) "), "\(faults[0].detail)")
        #expect(faults[0].detail.hasSuffix("this has \(count)"), "\(faults[0].detail)")
      }
    }
  }

  @Test func theVMsOfALabShareALimit() throws {
    let adapters = Self.repeated("{}", 36)
    let vm = "{\"adapters\": [\(adapters)]}"
    let count = DocumentLimits.Part.adapters.standard / 36 + 1
    let document = try JSONReader.read(Array("{\"vms\": [\(Self.repeated(vm, count))]}".utf8))
    let (lab, faults) = LabDocumentReader.readLab(document)
    #expect(faults.map(\.pointer.description) == ["/vms"])
    #expect(
      faults.first?.detail == "a lab has at most 20000 adapters in all, this has \(count * 36)")
    #expect(DocumentLimits().faults(of: lab) == faults)
    #expect(LabDocumentReader.readLab(document, within: .none).faults.isEmpty)
  }

  @Test func limitsAreNeverBelowWhatIsPromised() {
    let promised: [(DocumentLimits.Part, Int)] = [
      (.machines, 5000), (.networks, 5000), (.adaptersOfMachine, 36), (.portForwards, 10_000),
      (.requirements, 1000),
    ]
    for (part, least) in promised { #expect(part.standard >= least) }
  }
}
