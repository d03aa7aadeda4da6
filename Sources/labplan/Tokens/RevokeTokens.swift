import ArgumentParser
import Glibc
import LabCore
import LabServer
import LabStorage

/// `labplan token revoke`.
struct RevokeTokens: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Revoke tokens: no service accepts them once the command returns.",
    discussion: """
      If one of the names is unknown, none is revoked. The service requires a token even after the \
      last one was revoked.

      EXAMPLES:
        labplan token revoke ci
      """)

  @Argument(help: "The names of the tokens.")
  var names: [DNSLabel]

  @OptionGroup var place: TokenDatabase

  func run() throws {
    let unknown = try place.withStore { try $0.revokeTokens(names, at: .now) }
    for name in unknown { complain("labplan: no token is named \"\(name)\"; none was revoked") }
    guard unknown.isEmpty else { throw ExitCode.failure }
    waitUntilServicesKnow()
  }
}

/// Waits for as long as a running service may go by what it knew of the tokens before.
func waitUntilServicesKnow() {
  let (seconds, attoseconds) = tokenDelay.components
  usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
}
