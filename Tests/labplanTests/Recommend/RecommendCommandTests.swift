import LabCore
import Testing

@testable import labplan

/// `labplan recommend` as a process, and the questions that it asks.
@Suite struct RecommendCommandTests {
  private func recommend(_ arguments: [String], input: String = "") throws -> Command.Result {
    try Command.run(["recommend"] + arguments, input: input)
  }

  @Test func flagsAndAShortDocumentSayTheSame() throws {
    let flags = try recommend(["--vms", "2", "--need", "vm-to-vm", "--need", "internet"])
    let document = try recommend(["-"], input: #"{"vms": 2, "needs": ["vm-to-vm", "internet"]}"#)
    #expect(flags.status == 0)
    #expect(flags.output.hasPrefix("Best: One NAT network\n"), "\(flags.output)")
    #expect(flags.output == document.output)
  }

  /// Constraints as flags and as a document; each of them changes the answer.
  @Test func constraintsCountAndSayTheSameInADocument() throws {
    let need = ["--vms", "2", "--need", "internet", "--need", "host-to-vm"]
    let free = try recommend(need + ["--format", "yaml"])
    #expect(free.output.contains("mode: host-only"), "\(free.output)")
    let rows: [(flags: [String], document: String)] = [
      (["--no-administrator"], "administrator: false"),
      (
        ["--port-security", "--exclude", "host-only"],
        "port_security: true, exclude: [{mode: host-only}]"
      ),
      (["--max-adapters", "1"], "max_adapters: 1"),
      (["--mode", "nat", "--mode", "host-only"], "modes: [nat, host-only]"),
    ]
    for (flags, constraints) in rows {
      let byFlags = try recommend(need + flags)
      let byDocument = try recommend(
        ["-"],
        input: """
          vms: 2
          needs: [internet, host-to-vm]
          host: {uplink: {kind: wired}}
          constraints: {\(constraints)}
          """)
      #expect(byFlags.output == byDocument.output, "\(flags)")
      #expect(byFlags.output != (try recommend(need).output), "\(flags)")
    }
    let without = try recommend(need + ["--no-administrator"])
    #expect(
      without.output.contains("It takes administrator rights on the host"), "\(without.output)")
  }

  /// The best lab as a document is planned as it is, and does what was asked.
  @Test func theBestLabIsADocument() throws {
    let best = try recommend(
      ["--vms", "2", "--need", "vm-to-vm", "--need", "internet", "--format", "yaml"])
    let checked = try Command.run(["check", "-"], input: best.output)
    #expect(checked.status == 0, "\(checked.output)")
    #expect(!checked.output.contains("unmet-requirement"), "\(checked.output)")
  }

  @Test func contradictionsAreToldInWords() throws {
    let result = try recommend(["--vms", "2", "--need", "isolated", "--need", "internet"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(
      result.errors.hasPrefix(
        "labplan recommend: \"isolated\" keeps the VMs from the internet, and \"internet\""),
      "\(result.errors)")
  }

  @Test(arguments: [
    ([], "say what is asked"), (["--vms", "2"], "give both --vms and --need"),
    (["--no-administrator"], "give both --vms and --need"),
    (["lab.yaml", "--vms", "2"], "a document says all of it"),
    (["lab.yaml", "--max-adapters", "2"], "a document says all of it"),
    (["--vms", "2", "--need", "internet", "--mode", "natt"], "natt"),
    (
      ["--vms", "2", "--need", "internet", "--max-adapters", "99"],
      "a number of adapters is a number from 1 to 36, not 99"
    ),
    (["--vms", "2", "--need", "wings"], "wings"), (["missing.yaml"], "cannot be read"),
  ])
  func whatIsMissingIsSaid(arguments: [String], words: String) throws {
    let result = try recommend(arguments)
    #expect(result.status != 0)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  // MARK: Questions

  private func interview(_ lines: [String]) -> (answers: Answers?, said: String) {
    var lines = lines[...]
    var said = ""
    let answers = Answers.asked(reading: { lines.popFirst() }, saying: { said += $0 })
    return (answers, said)
  }

  @Test func questionsAreAskedUntilThereIsAnAnswer() {
    let (answers, said) = interview([
      "many", "3", "y", "perhaps", " Yes", "n", "n", "n", "n", "y", "n",
    ])
    #expect(answers == Answers(machines: 3, needs: [.vmToVM, .internet]))
    #expect(said.contains("A number from 1 to 100? "))
    #expect(said.contains("y or n? "))
    // Whoever wants the internet is not asked whether the VMs are to be kept from it.
    #expect(!said.contains("as for malware"))
  }

  @Test func oneVMIsNotAskedForOthersAndAnEndEndsIt() {
    let (answers, said) = interview(["1", "n", "n", "n", "n", "y", "y", "n", "y"])
    var expected = Answers(machines: 1, needs: [.isolated], isWireless: true)
    expected.constraints = Constraints(hasAdministrator: false, hasPortSecurity: true)
    #expect(answers == expected)
    #expect(interview(["1", "n", "n", "n", "n", "y", "y", "n"]).answers == nil)
    #expect(!said.contains("reach each other"))
    #expect(interview(["2", "y"]).answers == nil)
    #expect(interview(["1", "n", "n", "n", "n", "n"]).answers == nil)
  }
}
