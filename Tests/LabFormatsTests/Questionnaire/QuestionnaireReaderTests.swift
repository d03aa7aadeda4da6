import LabCore
import LabFormats
import Testing

/// A beginner's answers, read as the document that says the same.
@Suite struct QuestionnaireReaderTests {
  private func read(_ text: String) throws -> (lab: LabDraft, faults: String) {
    let document = try YAMLReader.read(Array(text.utf8))
    let (lab, faults) = QuestionnaireReader.read(document)
    return (lab, listed(faults))
  }

  @Test func aNumberOfVMsNamesThem() throws {
    let (lab, faults) = try read(#"{"vms": 3, "needs": ["vm-to-vm", "internet"]}"#)
    #expect(faults == "")
    #expect(lab.name?.text == "lab")
    #expect(lab.vms.map { $0.name?.text } == ["vm1", "vm2", "vm3"])
    #expect(lab.requirements == requirements(for: [.vmToVM, .internet]))
    #expect(throws: Never.self) { try resolve(lab).get() }
  }

  @Test func namesHostAndHypervisorAreTheDocumentsOwn() throws {
    let (lab, faults) = try read(
      """
      name: classic
      hypervisor: {version: "7.1"}
      host: {os: macos, uplink: {kind: wireless}}
      vms: [android, windows, ubuntu]
      needs: [internet]
      """)
    #expect(faults == "")
    #expect(lab.name?.text == "classic")
    #expect(lab.vms.map { $0.name?.text } == ["android", "windows", "ubuntu"])
    #expect(lab.host?.os == .macos)
    #expect(lab.host?.uplink?.kind == .wireless)
    #expect(lab.hypervisor?.version == HypervisorVersion(parsing: "7.1"))
  }

  @Test func constraintsAreTheDocumentsOwn() throws {
    let (lab, faults) = try read(
      "{vms: 2, needs: [internet], constraints: {administrator: false, max_adapters: 1, exclude: [{mode: nat}]}}"
    )
    #expect(faults == "")
    #expect(
      lab.constraints
        == Constraints(
          excluded: [ExcludedMode(mode: .nat)], hasAdministrator: false, maximumAdapters: 1))
  }

  /// Every fault of the answers is told at once, at its own place.
  @Test(arguments: [
    (
      "[]",
      " wrong-type: a questionnaire belongs here, an object with keys such as name,"
        + " hypervisor, host, not a list"
    ),
    (
      "{needs: null}",
      """
      /vms missing: vms is missing: how many are there to be, or their names?
      /needs missing: needs is missing: one or more of vm-to-vm, internet, host-to-vm,\
       visible-on-lan, hidden-from-lan, isolated
      """
    ),
    (
      "{vms: 0, needs: [], need: internet}",
      """
      /vms out-of-range: the number of VMs is a number from 1 to 100, not 0
      /needs missing: there is no need in the list; it takes one or more of vm-to-vm, internet,\
       host-to-vm, visible-on-lan, hidden-from-lan, isolated
      /need unknown-key: a questionnaire has no key "need"; did you mean "needs"?
      """
    ),
    (
      "{vms: three, needs: internet}",
      """
      /vms wrong-type: a number of VMs, or a list of their names, belongs here, not a text
      /needs wrong-type: a list of needs belongs here, not a text
      """
    ),
    (
      "{vms: [a, host, a, B b], needs: [intrnet, 7]}",
      """
      /vms/1 reserved-name: "host" is reserved for an endpoint of the matrix; choose another name\
       for the VM
      /vms/2 duplicate-name: there are two VMs with the name "a"
      /vms/3 invalid-value: "B b" is not a name: a name has only the letters a-z, digits and\
       hyphens, not "B"; "b-b" would do
      /needs/0 invalid-value: "intrnet" is not one of vm-to-vm, internet, host-to-vm,\
       visible-on-lan, hidden-from-lan, isolated; did you mean "internet"?
      /needs/1 wrong-type: a text belongs here, not the number 7; put it in quotes
      """
    ),
    (
      "{vms: 2, needs: [internet], constraints: {modes: [], exclude: [{mode: natt}], max_adapter: 2,"
        + " max_adapters: 0, administrator: no}}",
      """
      /constraints/modes out-of-range: at least one mode belongs here; leave the list out to allow all\
       of them
      /constraints/exclude/0/mode invalid-value: "natt" is not one of nat, nat-network, bridged,\
       internal, host-only, routed; did you mean "nat"?
      /constraints/max_adapter unknown-key: an object of constraints has no key "max_adapter"; did you\
       mean "max_adapters"?
      /constraints/max_adapters out-of-range: a number of adapters is a number from 1 to 36, not 0
      /constraints/administrator wrong-type: true or false belongs here, not a text
      """
    ),
    ("{vms: [], needs: [internet]}", "/vms missing: 1 to 100 names belong here, not 0"),
    (
      "{vms: 2, needs: [internet, isolated]}",
      """
      /needs/1 contradiction: "isolated" keeps the VMs from the internet, and "internet" lets them\
       reach it; leave one of them out, or write a lab document whose requirements say which VM is\
       to have which
      """
    ),
  ])
  func faultsAreListed(text: String, expected: String) throws {
    #expect(try read(text).faults == expected)
  }

  @Test func onlyNeedsMakeAQuestionnaire() throws {
    func isOne(_ text: String) throws -> Bool {
      QuestionnaireReader.isQuestionnaire(try YAMLReader.read(Array(text.utf8)))
    }
    #expect(try isOne("{needs: []}"))
    #expect(try !isOne("{name: lab, vms: []}"))
    #expect(try !isOne("[needs]"))
  }
}
