import ArgumentParser
import LabCore
import LabFormats
import LabServer
import LabStorage

/// `labplan token list`.
struct ListTokens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List every token with its role, labs, end and last use.",
    discussion: """
      Secrets are not listed: only their owners have them. The last use is accurate to a minute.

      EXAMPLES:
        labplan token list
        labplan token list --format json | jq -r '.tokens[] | select(.state == "good") | .name'
      """)

  /// How the list is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: "text is for people, json for programs.")
  var format = Format.text

  @OptionGroup var place: TokenDatabase

  func run() throws {
    let tokens = try place.withStore { try $0.tokens() }
    try StandardOutput.write(format == .json ? json(tokens) : Array(table(tokens).utf8))
  }

  private func table(_ tokens: [AccessToken]) -> String {
    guard !tokens.isEmpty else {
      return "\(place.database) has no tokens; the service accepts all requests.\n"
    }
    var table = TextTable(["name", "role", "labs", "state", "created", "expires", "last used"])
    for token in tokens {
      table.append([
        token.name.text, token.role.rawValue, token.labNames?.joined(separator: ",") ?? "all",
        token.state, token.createdAt.text, token.expiresAt?.text ?? "never",
        token.lastUsedAt?.text ?? "never",
      ])
    }
    return table.text
  }

  private func json(_ tokens: [AccessToken]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("tokens", array: tokens) { writer, token in
        writer.object { writer in
          writer.member("name", token.name.text)
          writer.member("role", token.role.rawValue)
          writer.key("labs")
          if let labs = token.labNames {
            writer.array(labs) { $0.string($1) }
          } else {
            writer.null()
          }
          writer.member("state", token.state)
          writer.member("created_at", token.createdAt.text)
          writer.member("expires_at", token.expiresAt?.text)
          writer.member("revoked_at", token.revokedAt?.text)
          writer.member("last_used_at", token.lastUsedAt?.text)
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension AccessToken {
  /// The labs that it is for; nil for every lab.
  fileprivate var labNames: [String]? {
    if case .only(let labs) = labs { labs.sorted().map(\.text) } else { nil }
  }

  /// Whether it is of use, and otherwise why not.
  fileprivate var state: String {
    revokedAt != nil ? "revoked" : isGood(at: .now) ? "good" : "expired"
  }
}
