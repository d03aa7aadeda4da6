import Testing

/// Folders stay small enough to be taken in at a glance, and tests stand where what they test does.
@Suite struct FolderTests {
  private static let mostFiles = 20

  /// Folders with more files, and with how many: they may shrink, and the table with them. A
  /// catalogue of one thing a file may grow as the thing does.
  private static let larger = [
    "LabCore/Model": 24, "labplan": 23, "LabCore/Findings/Rules": .max,
  ]

  @Test func noFolderHasTooManyFiles() throws {
    let files = try SwiftFile.all(in: ["Sources"])
    let folders = Dictionary(grouping: files) {
      $0.path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
    }
    for (folder, files) in folders.sorted(by: { $0.key < $1.key }) {
      let most = Self.larger[folder] ?? Self.mostFiles
      #expect(files.count <= most, "\(folder) has \(files.count) files: give it inner rooms")
    }
    for folder in Self.larger.keys.sorted() {
      #expect(
        (folders[folder]?.count ?? 0) > Self.mostFiles, "\(folder) no longer needs an exception")
    }
  }

  /// Folders of tests that are not called after a folder of what they test, each with a reason.
  private static let ownFolders: Set = [
    // What tests of a target share, and files that they read.
    "Support", "Golden", "Fixtures", "Corpus",
    // What the whole server or the whole command does.
    "HTTPServerTests/Strictness", "labplanTests/Kill", "labplanTests/Faults",
    // Labs of people, for the whole of the planner.
    "LabCoreTests/Connectivity/RealLabs",
  ]

  @Test func testsStandWhereTheirSourcesDo() throws {
    let rooms = Set(try SwiftFile.folders(below: "Sources"))
    let targets = rooms.filter { !$0.contains("/") }
    for target in targets.sorted() {
      for folder in try SwiftFile.folders(below: "Tests/\(target)Tests") {
        let parts = folder.split(separator: "/").map(String.init)
        guard !parts.contains(where: Self.ownFolders.contains),
          !Self.ownFolders.contains("\(target)Tests/\(folder)")
        else { continue }
        #expect(
          rooms.contains("\(target)/\(folder)"),
          "Tests/\(target)Tests/\(folder) mirrors no folder of Sources/\(target)")
      }
    }
  }
}
