@testable import LabCore

/// A lab's matrix, its cells found by the names of their endpoints.
struct NamedMatrix {
  private var names: [String]
  private let matrix: ConnectivityMatrix

  private init(_ plan: Plan) {
    matrix = plan.connectivity()
    names = matrix.endpoints.map(plan.lab.name)
  }

  init(_ draft: LabDraft) throws {
    self.init(Plan(try resolve(draft).get()))
  }

  /// That of a lab whose adapters keep the addresses that they had before.
  static func remembered(
    _ draft: LabDraft, _ memory: AddressMemory
  ) throws -> (NamedMatrix, AddressMemory) {
    let lab = try resolve(draft).get()
    let (addresses, memory) = assignAddresses(in: lab, remembering: memory, at: 0)
    return (NamedMatrix(Plan(lab, addresses: addresses)), memory)
  }

  mutating func rename(_ name: String, to newName: String) {
    guard let index = names.firstIndex(of: name) else { return }
    names[index] = newName
  }

  /// Nil where one of the two is no endpoint.
  subscript(source: String, target: String) -> Outcome? {
    guard let row = names.firstIndex(of: source), let column = names.firstIndex(of: target) else {
      return nil
    }
    return matrix[row, column]
  }

  /// The first cell of which something is true, in words.
  func first(where isTrue: (String, String, Outcome) -> Bool) -> String? {
    for (row, source) in names.enumerated() {
      for (column, target) in names.enumerated()
      where isTrue(source, target, matrix[row, column]) {
        return "\(source) to \(target) is \(matrix[row, column].name)"
      }
    }
    return nil
  }

  /// The first of its cells that another matrix shows otherwise, in words.
  func difference(from other: NamedMatrix) -> String? {
    first { source, target, outcome in other[source, target] != outcome }
  }
}
