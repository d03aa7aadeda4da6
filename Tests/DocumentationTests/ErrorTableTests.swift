import HTTPServer
import Testing

@testable import LabServer

/// `docs/errors.md` has a row for each code, in words, and no others.
@Suite struct ErrorTableTests {
  @Test func everyProblemHasARowWithItsStatus() throws {
    let rows = Project.table(under: "Problems", in: try Project.text("docs/errors.md"))
    let codes = Set(ProblemCode.allCases.map { "`\($0.rawValue)`" })
    #expect(Set(rows.map { $0[0] }) == codes)
    #expect(rows.count == codes.count, "a code has two rows")
    for code in ProblemCode.allCases {
      let row = try #require(rows.first { $0[0] == "`\(code.rawValue)`" })
      #expect(row.count == 4, "\(row)")
      #expect(row[1].split(separator: ", ").contains("\(code.status.code)"), "\(row)")
    }
  }

  @Test func everyFaultHasARow() throws {
    let rows = Project.table(under: "Faults", in: try Project.text("docs/errors.md"))
    let codes = Set(FaultCode.all.map { "`\($0.text)`" })
    #expect(Set(rows.map { $0[0] }) == codes)
    #expect(rows.count == codes.count, "a code has two rows")
    #expect(rows.allSatisfy { $0.count == 2 })
  }
}
