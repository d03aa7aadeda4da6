import ArgumentParser
import LabCore
import LabStorage

/// `labplan restore`.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replace a database with a backup.",
    discussion: """
      Stop the service first: the command refuses a database that a process has open. It reads the \
      whole backup before it changes anything, and leaves the backup as it is. The former database \
      stays beside the new one as FILE.before-restore. Labs count their revisions on from the \
      backup's, so clients should read a lab again before they change it.

      Tokens that were revoked since the backup stay revoked. Tokens that the former database did \
      not have are listed.

      To undo one change of one lab, use POST /v1/labs/{lab}/revisions/{revision}/restore instead.

      EXAMPLES:
        labplan restore labs-2026-11-26.sqlite
        labplan restore --database /var/lib/labplan/labs.sqlite /backup/labs.sqlite
      """)

  @Argument(help: "The backup to read.")
  var file: String

  @OptionGroup var option: DatabaseOption

  func run() throws {
    let restored = try maintaining { () throws(MaintenanceError) in
      try restoreDatabase(at: option.database, from: file)
    }
    var lines = ["\(option.database) holds \(restored.check.contents)"]
    if let former = restored.former { lines.append("what it held before is in \(former)") }
    lines += restored.tokens.lines
    try StandardOutput.write((lines.joined(separator: "\n") + "\n").utf8)
  }
}

extension RestoredTokens {
  /// What an operator has to know of them, a line each.
  fileprivate var lines: [String] {
    var lines: [String] = []
    if !revoked.isEmpty {
      lines.append("tokens revoked since the backup stay revoked: \(list(revoked))")
    }
    if !returned.isEmpty {
      lines.append(
        "tokens that come from the backup are good: \(list(returned));"
          + " revoke those that nobody should use")
    }
    if areGone {
      lines.append(
        "the backup has no tokens, so the service will answer everyone;"
          + " make one with \"labplan token create\" before you start it")
    }
    return lines
  }

  private func list(_ names: [DNSLabel]) -> String {
    names.map(\.text).joined(separator: ", ")
  }
}
