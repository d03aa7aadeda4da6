import Foundation
import LabCore
import Testing

@testable import LabExchange

/// Every format of every sample lab, as files that a network person can read.
@Suite struct GoldenTests {
  /// `LABPLAN_REWRITE_GOLDENS=1` writes what is exported now, to be read in the difference.
  static let isRewriting = ProcessInfo.processInfo.environment["LABPLAN_REWRITE_GOLDENS"] == "1"

  static let cases = SampleLab.allCases.flatMap { lab in
    ExportFormat.all.map { (lab, $0.name) }
  }

  @Test(arguments: cases)
  func theFilesAreThoseOfTheFolder(lab: SampleLab, format: String) throws {
    let export = try #require(ExportFormat.named(format)).export(lab.source)
    let folder = SampleLab.folder.appendingPathComponent(lab.rawValue)
    for file in export.files {
      let path = folder.appendingPathComponent("\(format)/\(file.name)")
      // The functions at a script's end are the same in each; what is planned stands before them.
      let content = file.content.replacing(
        VBoxManageRuntime.text, with: "# … the functions of VBoxManageRuntime …")
      if Self.isRewriting {
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: path)
      }
      let golden = String(decoding: try Data(contentsOf: path), as: UTF8.self)
      #expect(content == golden, "\(lab) \(format)/\(file.name)")
    }
    let warnings = export.warnings.map { "\($0.pointer) \($0.code.rawValue): \($0.detail)\n" }
    let path = folder.appendingPathComponent("\(format).warnings")
    if Self.isRewriting { try Data(warnings.joined().utf8).write(to: path) }
    #expect(try warnings.joined() == String(contentsOf: path, encoding: .utf8), "\(lab) \(format)")
  }

  /// What a file needs so that the format's readers and people's tools take it.
  @Test(arguments: cases)
  func filesAreWellFormedText(lab: SampleLab, format: String) throws {
    let export = try #require(ExportFormat.named(format)).export(lab.source)
    #expect(export.format.files == .several || export.files.count == 1)
    for file in export.files {
      #expect(ZIPWriter.staysInFolder(file.name))
      #expect(file.content.hasSuffix("\n") || file.content.hasSuffix("\r\n"), "\(file.name)")
      let hasCRLF = [".csv", ".ps1"].contains { file.name.hasSuffix($0) }
      let bytes = Array(file.content.utf8)
      let carriageReturns = bytes.count { $0 == 0x0D }
      #expect(carriageReturns == (hasCRLF ? bytes.count { $0 == 0x0A } : 0), "\(file.name)")
      #expect(file.content.hasPrefix("\u{FEFF}") == file.name.hasSuffix(".ps1"))
    }
  }

  /// The order of a document's parts does not count, but in the picture, which keeps it.
  @Test(arguments: ExportFormat.all.map(\.name).filter { $0 != "svg" })
  func reorderingADocumentChangesNothing(format: String) throws {
    let format = try #require(ExportFormat.named(format))
    for lab in SampleLab.allCases {
      let source = try lab.source
      var draft = source.lab.draft
      draft.networks.reverse()
      draft.vms.reverse()
      draft.portForwards.reverse()
      guard case .success(let reordered) = resolve(draft) else {
        Issue.record("\(lab) does not resolve")
        continue
      }
      #expect(format.export(ExportSource(reordered)).files == format.export(source).files)
    }
  }
}
