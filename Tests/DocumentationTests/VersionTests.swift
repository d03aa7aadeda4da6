import Testing

@testable import LabServer

/// One version, in `openapi.yaml`, in the binary and in the changelog.
@Suite struct VersionTests {
  @Test func theBinaryHasTheVersionOfTheDescription() throws {
    let description = try Project.text("openapi.yaml")
    let line = try #require(description.firstMatch(of: /\n  version: (?<version>[0-9.]+)\n/))
    #expect(labplanVersion == line.version)
  }

  @Test func theChangelogsNewestReleaseIsThisOne() throws {
    let changelog = try Project.text("CHANGELOG.md")
    let release = /\n## (?<version>[0-9.]+) - [0-9]{4}-[0-9]{2}-[0-9]{2}\n/
    let heading = try #require(changelog.firstMatch(of: release))
    #expect(heading.version == labplanVersion)
  }
}
