import LabCore
import LabFormats
import Testing

@testable import LabAnswers

/// A text becomes a lab, or every fault at its place.
@Suite struct ReadLabTests {
  private func faults(
    _ text: String, as format: DocumentFormat = .yaml, named name: String? = nil
  ) throws -> [String] {
    let name = try name.map { try DNSLabel(parsing: $0) }
    do throws(DocumentRefusal) {
      _ = try readLab(Array(text.utf8), as: format, named: name)
      return []
    } catch {
      switch error {
      case .syntax(let faults): return faults.faults.map { "\($0.position.line) \($0.code)" }
      case .faults(let faults):
        return faults.map {
          "\($0.position?.line ?? 0) \($0.fault.pointer) \($0.fault.code.rawValue)"
        }
      }
    }
  }

  @Test func everyFaultHasItsPlace() throws {
    #expect(try faults("name: lab") == [])
    #expect(
      try faults("name: lab\nvms:\n- {name: host}\n- {nam: a}\n").sorted() == [
        "3 /vms/0/name reserved-name", "4 /vms/1/nam unknown-key", "4 /vms/1/name missing",
      ])
    #expect(try faults("{", as: .json).count == 1)
  }

  @Test func thePlaceOfALabGivesItsName() throws {
    #expect(try faults("{}", as: .json, named: "lab") == [])
    #expect(try faults("name: other", named: "lab") == ["1 /name name-mismatch"])
  }
}
