import Foundation
import Testing

@testable import LabExchange

/// Archives, as Python's zipfile reads them.
@Suite struct ZIPTests {
  private static let python = Program("python3")

  @Test func theChecksumIsThatOfTheStandard() {
    // The check value of CRC-32/ISO-HDLC.
    #expect(crc32(Array("123456789".utf8)) == 0xcbf4_3926)
    #expect(crc32([]) == 0)
  }

  @Test func namesThatLeaveTheFolderAreLeftOut() {
    for name in ["/etc/passwd", "../x", "a/../b", "a//b", "", ".", "a/", "c:x", "a\\b", "a\nb"] {
      #expect(!ZIPWriter.staysInFolder(name), "\(name)")
      #expect(ZIPWriter.archive(of: [ExportFile(name, "text/plain", "x")]).count == 22)
    }
    for name in ["a", "a/b.yaml", "..a", "a..b/c"] { #expect(ZIPWriter.staysInFolder(name)) }
  }

  @Test(.enabled(if: python != nil, "python3 is not installed"))
  func pythonReadsWhatWasWritten() throws {
    let archive = ZIPWriter.archive(of: [
      ExportFile("b/two", "text/plain", "zwei\u{e4}\n", isPrivate: true),
      ExportFile("a", "text/plain", ""), ExportFile("b/one", "text/plain", "eins\n"),
    ])
    let script = """
      import zipfile
      archive = zipfile.ZipFile("x.zip")
      assert archive.testzip() is None
      for entry in archive.infolist():
        text = archive.read(entry).decode()
        print(entry.filename, entry.date_time[:3], oct(entry.external_attr >> 16), ascii(text))
      """
    let result = try withFolder { folder in
      try Data(archive).write(to: folder.appendingPathComponent("x.zip"))
      return try #require(Self.python).run(["-c", script], in: folder)
    }
    #expect(
      result.output == """
        a (1980, 1, 1) 0o100644 ''
        b/one (1980, 1, 1) 0o100644 'eins\\n'
        b/two (1980, 1, 1) 0o100600 'zwei\\xe4\\n'

        """, "\(result.errors)")
  }
}
