import LabCore

/// What somebody says of a lab whose VMs are all alike.
struct Answers: Equatable {
  /// How many there are to be.
  var machines: Int
  /// What they are to do.
  var needs: [Need]
  /// Whether the host is on the LAN by Wi-Fi.
  var isWireless = false
  /// What may not be done; nothing is said of what stays, as there is nothing yet.
  var constraints = Constraints()

  /// The answers as a document.
  var document: String {
    """
    vms: \(machines)
    needs: [\(needs.map(\.rawValue).joined(separator: ", "))]
    host: {uplink: {kind: \(isWireless ? "wireless" : "wired")}}
    constraints: {\(constraintsInYAML.joined(separator: ", "))}

    """
  }

  private var constraintsInYAML: [String] {
    var lines: [String] = []
    if let modes = constraints.modes {
      lines.append("modes: [\(modes.map(\.rawValue).joined(separator: ", "))]")
    }
    let excluded = constraints.excluded.compactMap(\.mode).map { "{mode: \($0.rawValue)}" }
    if !excluded.isEmpty { lines.append("exclude: [\(excluded.joined(separator: ", "))]") }
    if let isGranted = constraints.hasAdministrator { lines.append("administrator: \(isGranted)") }
    if let isOn = constraints.hasPortSecurity { lines.append("port_security: \(isOn)") }
    if let most = constraints.maximumAdapters { lines.append("max_adapters: \(most)") }
    return lines
  }

  /// Asks one question after the other, each until there is an answer to it.
  ///
  /// What the needs so far contradict is not asked any more.
  ///
  /// - Parameters:
  ///   - read: the next line; nil at the end of the input.
  ///   - say: shows a text.
  /// - Returns: nil where the input ends before the last answer.
  static func asked(reading read: () -> String?, saying say: (String) -> Void) -> Answers? {
    func ask<Answer>(_ question: String, _ answer: (String) -> Answer?, _ hint: String) -> Answer? {
      say("\(question) ")
      while let line = read() {
        if let answer = answer(line.lowercased().filter { !$0.isWhitespace }) { return answer }
        say("\(hint) ")
      }
      say("\n")
      return nil
    }
    func isYes(_ question: String) -> Bool? {
      ask(
        "\(question) [y/n]", { ["y": true, "yes": true, "n": false, "no": false][$0] }, "y or n?")
    }
    let number = ask(
      "How many VMs?", { Int($0).flatMap { (1...100).contains($0) ? $0 : nil } },
      "A number from 1 to 100?")
    guard let number else { return nil }
    var answers = Answers(machines: number, needs: [])
    for need in Need.allCases where need != .vmToVM || number > 1 {
      guard !answers.needs.contains(where: need.contradicts) else { continue }
      guard let isWanted = isYes(need.question) else { return nil }
      if isWanted { answers.needs.append(need) }
    }
    guard !answers.needs.isEmpty else {
      say("Then no VM needs a network.\n")
      return nil
    }
    guard let isWireless = isYes("Is this computer on your network by Wi-Fi?") else { return nil }
    answers.isWireless = isWireless
    guard
      let isAdministrator = isYes("Do you have administrator rights on this computer?"),
      let hasPortSecurity = isYes(
        "Does your network let in one device alone at this computer's port, as companies' do (802.1X)?"
      )
    else { return nil }
    if !isAdministrator { answers.constraints.hasAdministrator = false }
    if hasPortSecurity { answers.constraints.hasPortSecurity = true }
    return answers
  }
}
