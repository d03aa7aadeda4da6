public import ArgumentParser
public import LabCore
import LabServer
public import LabStorage

/// `labplan token`.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Make, list and revoke the tokens that the service wants.",
    discussion: """
      A service without tokens answers everyone, and therefore listens at this machine alone. From \
      the first token on it wants one with each request, also when all have been revoked, and may \
      listen anywhere. A running service knows of a change before the command has ended.

      EXAMPLES:
        labplan token create alice --role admin
        labplan token create ci --role edit --lab classic --lab staging --expires-in 90d
        curl -H "Authorization: Bearer $(cat alice.token)" http://127.0.0.1:8080/v1/labs
        labplan token list
        labplan token revoke ci
      """,
    subcommands: [CreateToken.self, ListTokens.self, RevokeTokens.self])
}

/// The database that the tokens are in.
struct TokenDatabase: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The SQLite file that the service keeps its labs in, created where there is none.",
      valueName: "file"))
  var database = "labplan.sqlite"

  /// Does something with the store; says what the store cannot do.
  func withStore<Result>(_ body: (LabStore) throws -> Result) throws -> Result {
    do {
      return try body(LabStore(path: database))
    } catch let error as StoreError {
      complain("labplan: \(error)")
      throw ExitCode.failure
    }
  }
}

extension DNSLabel: ExpressibleByArgument {
  /// A name; nil where it is none.
  public init?(argument: String) {
    try? self.init(parsing: argument)
  }
}

extension AccessRole: ExpressibleByArgument {}
