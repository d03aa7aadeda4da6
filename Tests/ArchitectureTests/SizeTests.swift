import Testing

/// Files hold one concept, and functions fit on a screen.
@Suite struct SizeTests {
  private static let folders = ["Sources", "Tests", "Benchmarks"]
  private static let longestFile = 400
  private static let longestFunction = 70

  @Test func noFileIsTooLong() throws {
    let files = try SwiftFile.all(in: Self.folders)
    #expect(files.count > 300)
    for file in files where file.lines.count > Self.longestFile + 1 {
      Issue.record("\(file.path) has \(file.lines.count - 1) lines, \(Self.longestFile) at most")
    }
  }

  @Test func noFunctionIsTooLong() throws {
    for file in try SwiftFile.all(in: Self.folders) {
      for (line, length) in functions(in: file.lines) where length > Self.longestFunction {
        Issue.record(
          "\(file.path):\(line) begins a function of \(length) lines, \(Self.longestFunction) at most"
        )
      }
    }
  }

  @Test func functionsAreMeasured() {
    let lines = [
      "protocol A {", "  func a()", "}", "struct B {", "  init(", "    a: Int", "  ) {", "    f {",
      "    }", "  }", "}",
    ]
    #expect(functions(in: lines).map { [$0.line, $0.length] } == [[5, 6]])
  }

  /// Where functions and initialisers begin, counted from 1, and how many lines they have. The
  /// project's format puts the brace that ends one under the line that begins it.
  private func functions(in lines: [String]) -> [(line: Int, length: Int)] {
    lines.indices.compactMap { start in
      guard Self.begins(lines[start]) else { return nil }
      let indent = lines[start].prefix { $0 == " " }
      let end = lines[(start + 1)...].firstIndex {
        !$0.isEmpty && $0.prefix { $0 == " " }.count <= indent.count && !$0.hasPrefix(indent + ")")
      }
      guard let end, lines[end].hasPrefix(indent + "}") else { return nil }
      return (start + 1, end - start + 1)
    }
  }

  private static let words = ["func ", "init(", "init?(", "init<", "subscript("].map {
    Array($0.utf8)
  }

  private static func begins(_ line: String) -> Bool {
    let code = line.utf8.drop { $0 == UInt8(ascii: " ") }
    guard !code.starts(with: "//".utf8) else { return false }
    return line.utf8.withContiguousStorageIfAvailable { bytes in
      words.contains { word in
        bytes.indices.contains {
          ($0 == 0 || bytes[$0 - 1] == UInt8(ascii: " ")) && bytes[$0...].starts(with: word)
        }
      }
    } ?? false
  }
}
