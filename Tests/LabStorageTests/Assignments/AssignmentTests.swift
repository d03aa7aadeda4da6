import LabCore
import Testing

@testable import LabStorage

/// What stored labs' adapters have from one version of a document to the next.
@Suite struct AssignmentTests {
  private let store: LabStore
  private let directory: TemporaryDirectory
  private static let hour: Int64 = 60 * 60 * 1000

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  private func put(_ lab: Lab, at time: Int64 = 0) throws {
    _ = try store.write(lab.name, from: .at(time)) { _ in .store(lab) }
  }

  /// A lab of VMs with one adapter each, on one internal network.
  private func lab(
    named name: String = "lab", host: String? = nil, prefix: String? = nil, _ machines: String...
  ) throws -> Lab {
    var draft = LabDraft(name: try label(name))
    if let host { draft.host = HostDraft(name: try label(host)) }
    draft.networks = [
      NetworkDraft(
        name: try label("net"), mode: .internal,
        ipv4: try prefix.map { try IPv4Prefix(parsing: $0) })
    ]
    draft.vms = try machines.map {
      VirtualMachineDraft(
        name: try label($0), adapters: [AdapterDraft(network: try label("net"))])
    }
    return try resolve(draft).get()
  }

  private func plan(_ name: String = "lab") throws -> (lab: Lab, plan: AddressPlan) {
    let found = try #require(try store.addressedLab(named: label(name)))
    let lab = try resolve(found.lab.draft).get()
    return (lab, assignedAddresses(in: lab, rememberedAs: found.memory))
  }

  /// By VM: the address of its first adapter.
  private func addresses(_ name: String = "lab") throws -> [String: String] {
    let (lab, plan) = try plan(name)
    return Dictionary(
      uniqueKeysWithValues: zip(lab.machines, plan.adapters).map {
        ($0.name.text, $1.first?.ipv4.address.map { "\($0)" } ?? "none")
      })
  }

  @Test func aVMAddedAtTheFrontMovesNobody() throws {
    try put(lab("b", "c"))
    let before = try addresses()
    try put(lab("a", "c", "b"))
    let after = try addresses()
    #expect(after["b"] == before["b"])
    #expect(after["c"] == before["c"])
    #expect(Set(after.values).count == 3)
  }

  @Test func aRenamedVMKeepsItsAddresses() throws {
    try put(lab("a", "b", "c"))
    let (_, before) = try plan()
    try put(lab("a", "renamed", "c"))
    let (_, after) = try plan()
    #expect(after.adapters == before.adapters)
  }

  @Test func whatIsGivenUpRestsForADay() throws {
    try put(lab("a", "b"))
    let given = try #require(try addresses()["a"])
    try put(lab("b"), at: 1 * Self.hour)
    try put(lab("b", "c"), at: 24 * Self.hour)
    #expect(try addresses()["c"] != given)
    try put(lab("b", "c", "d"), at: 25 * Self.hour)
    #expect(try addresses()["d"] == given)
  }

  @Test func whoComesBackInTimeGetsTheAddressBack() throws {
    try put(lab("a", "b"))
    let before = try addresses()
    try put(lab("b"), at: 1 * Self.hour)
    try put(lab("b", "c"), at: 2 * Self.hour)
    try put(lab("a", "b", "c"), at: 3 * Self.hour)
    let after = try addresses()
    #expect(after["a"] == before["a"])
    #expect(after["b"] == before["b"])
  }

  @Test func onAFullNetworkTheLongestRestedIsGivenFirst() throws {
    // Six hosts.
    func six(_ machines: String...) throws -> Lab {
      var draft = try lab(prefix: "10.9.0.0/29").draft
      draft.vms = try machines.map {
        VirtualMachineDraft(
          name: try label($0), adapters: [AdapterDraft(network: try label("net"))])
      }
      return try resolve(draft).get()
    }
    try put(six("a", "b", "c", "d", "e", "f"))
    let before = try addresses()
    try #require(!before.values.contains("none"))
    try put(six("a", "b", "c", "d", "f"), at: 1)
    try put(six("b", "c", "d", "f"), at: 2)
    try put(six("b", "c", "d", "f", "x"), at: 3)
    #expect(try addresses()["x"] == before["e"])
    try put(six("b", "c", "d", "f", "x", "y"), at: 4)
    #expect(try addresses()["y"] == before["a"])
  }

  @Test func theSameDocumentTwiceChangesNothing() throws {
    try put(lab("a", "b"), at: 0)
    let before = try store.addressedLab(named: label("lab"))
    try put(lab("a", "b"), at: 48 * Self.hour)
    #expect(try store.addressedLab(named: label("lab")) == before)
  }

  @Test func labsOfOneHostSharePrefixesWithNobody() throws {
    try put(lab(named: "one", "a"))
    try put(lab(named: "two", "a"))
    try put(lab(named: "elsewhere", host: "other", "a"))
    func prefix(_ name: String) throws -> IPv4Prefix {
      try #require(try plan(name).plan.networks[0].ipv4?.prefix)
    }
    #expect(try !prefix("one").overlaps(prefix("two")))
    #expect(try prefix("elsewhere") == prefix("one"))
  }

  @Test func hardwareAddressesAreUniqueAcrossLabs() throws {
    // The same lab and VM names on another host would derive the same ones.
    let taken = try plan(of: lab(named: "one", "a")).adapters[0][0].mac
    var draft = try lab(named: "zero", host: "other", "x").draft
    draft.vms[0].adapters[0].mac = taken
    try put(resolve(draft).get())
    try put(lab(named: "one", "a"))
    #expect(try plan("one").plan.adapters[0][0].mac != taken)
  }

  private func plan(of lab: Lab) -> AddressPlan { assignAddresses(in: lab) }

  @Test func aRehearsalSaysWhatTheWriteWillDoAndStoresNothing() throws {
    try put(lab("b"))
    let before = try store.addressedLab(named: label("lab"))
    let change = try lab("a", "b")
    let rehearsal = try store.rehearse(label("lab"), from: .at(5)) { _ in .store(change) }
    #expect(rehearsal.before == before)
    #expect(try store.addressedLab(named: label("lab")) == before)
    try put(change, at: 5)
    #expect(try store.addressedLab(named: label("lab"))?.memory == rehearsal.after?.memory)
  }

  @Test func changesOfOtherLabsOfTheHostAreCounted() throws {
    func changes() throws -> Int? {
      try store.version(of: label("one"))?.neighbourChanges
    }
    try put(lab(named: "one", "a"))
    #expect(try changes() == 0)
    try put(lab(named: "two", "a"))
    #expect(try changes() == 1)
    try put(lab(named: "elsewhere", host: "other", "a"))
    #expect(try changes() == 1)
    try put(lab(named: "two", host: "other", "a"))
    #expect(try changes() == 2)
    try store.delete("two")
    #expect(try changes() == 2)
    try put(lab(named: "one", "a", "b"))
    #expect(try changes() == 0)
  }

  @Test func anOlderDatabaseKeepsTheAddressesItAnsweredWith() throws {
    let old = try lab("b", "c")
    try put(old)
    let connection = try Connection(
      to: DatabaseLocation(path: directory.file("db")), access: .readWrite)
    try connection.run("DELETE FROM addressed_labs")
    try connection.run("DELETE FROM assigned_addresses")
    try connection.run("DELETE FROM assigned_prefixes")
    try connection.run("DELETE FROM assigned_hardware_addresses")
    let reopened = try LabStore(path: directory.file("db"))
    try reopened.put(lab("a", "b", "c"))
    let found = try #require(try reopened.addressedLab(named: label("lab")))
    let after = assignedAddresses(in: try lab("a", "b", "c"), rememberedAs: found.memory)
    #expect(Array(after.adapters[1...]) == assignAddresses(in: old).adapters)
  }
}
