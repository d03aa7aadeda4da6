extension FindingRule {
  /// Two networks have names that differ by a slip of the pen.
  ///
  /// VirtualBox makes an internal network the moment somebody names it, so a misspelt name is a
  /// network of its own and the VMs on the two do not meet. Names count as near when only upper case,
  /// hyphens, underscores, dots or spaces differ, when two neighbouring letters are swapped, or when
  /// one letter within a name of five or more is missing. Names that differ in a digit or at the end
  /// are meant to differ.
  ///
  /// Warning.
  ///
  /// Source: SrvIntNetR0.cpp, which compares names byte by byte.
  static let nearEqualNames = FindingRule("near-equal-names", of: .virtualbox) { survey, report in
    var seen: [String: [Int]] = [:]
    for (index, network) in survey.lab.networks.enumerated()
    where network.profile.switchSpace != nil {
      let keys = slips(of: network.hypervisorName)
      let near = keys.lazy.flatMap { seen[$0] ?? [] }.first { other in
        survey.lab.switches[other] != survey.lab.switches[index]
          && areNear(survey.lab.networks[other].hypervisorName, network.hypervisorName)
      }
      for key in keys { seen[key, default: []].append(index) }
      guard let near else { continue }
      report.add(
        .warning, at: survey.pointer(network: index),
        "VirtualBox keeps \"\(network.hypervisorName)\" apart from "
          + "\"\(survey.lab.networks[near].hypervisorName)\", which differs by a slip of the pen",
        related: [survey.pointer(network: near)])
    }
  }
}

/// A name without what the eye passes over.
private func plain(_ name: String) -> [UInt8] {
  name.lowercased().utf8.filter { !"-_. ".utf8.contains($0) }
}

/// The name in plain, and with each of its letters left out: near names share one of these. Digits
/// stay, since names that differ in a digit are meant to differ: a thousand numbered names share none.
private func slips(of name: String) -> Set<String> {
  let letters = plain(name)
  var slips: Set<String> = [String(decoding: letters, as: UTF8.self)]
  for index in letters.indices where isLetter(letters[index]) {
    slips.insert(String(decoding: letters[..<index] + letters[(index + 1)...], as: UTF8.self))
  }
  return slips
}

private func areNear(_ left: String, _ right: String) -> Bool {
  let a = plain(left)
  let b = plain(right)
  if a == b { return left != right }
  let start = zip(a, b).prefix { $0 == $1 }.count
  if a.count == b.count {
    guard start + 1 < a.count, isLetter(a[start]), isLetter(a[start + 1]) else { return false }
    return a[start] == b[start + 1] && a[start + 1] == b[start]
      && a[(start + 2)...] == b[(start + 2)...]
  }
  let (longer, shorter) = a.count > b.count ? (a, b) : (b, a)
  return longer.count == shorter.count + 1 && longer.count > 5 && start < shorter.count
    && isLetter(longer[start]) && longer[(start + 1)...] == shorter[start...]
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}
