import LabCore
import LabRehearsal
import Testing

/// Whether this machine can rehearse labs; asked once.
let isRehearsalAvailable: Bool = {
  guard let reason = Rehearsal.unavailableReason() else { return true }
  print("rehearsals are skipped: \(reason)")
  return false
}()

extension Trait where Self == ConditionTrait {
  /// Skips where the kernel does not let this user rebuild labs.
  static var needsNamespaces: Self {
    .enabled(if: isRehearsalAvailable, "needs the right to make network namespaces")
  }
}

/// A lab and what was measured in it, by names.
struct Rehearsed: CustomTestStringConvertible {
  let lab: Lab
  let measurement: Measurement

  init(_ sketch: LabSketch, _ probe: Probe = .tcp, _ family: AddressFamily = .ipv4) throws {
    lab = try sketch.lab()
    let plan = assignAddresses(in: lab)
    measurement = try Rehearsal(lab: lab, plan: plan, probe: probe, family: family).run()
  }

  var testDescription: String { lab.name.text }

  func station(_ name: String) -> Station {
    switch name {
    case "host": .host
    case "lan": .lan
    case "internet": .internet
    case "site": .site
    default: .machine(lab.machines.firstIndex { $0.name.text == name }!)
    }
  }

  /// Whether `to` answered `from` at any address.
  func reaches(_ from: String, _ to: String) -> Bool {
    measurement.isReachable(from: station(from), to: station(to))
  }

  /// How `to` answered `from`: `10.0.2.4`, or `192.168.1.20:2222` for a forwarded port.
  func ways(_ from: String, _ to: String) -> Set<String> {
    Set(
      measurement.dials(from: station(from), to: station(to)).map { dial in
        dial.isForwardedPort ? "\(dial.address):\(dial.port ?? 0)" : "\(dial.address)"
      })
  }

  /// A row a station: `+` where it reaches the column's, `-` where not, `.` for itself.
  func matrix(_ names: [String]) -> [String] {
    names.map { from in
      names.map { to in from == to ? "." : reaches(from, to) ? "+" : "-" }.joined()
    }
  }
}
