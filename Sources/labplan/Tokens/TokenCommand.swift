public import ArgumentParser
import Glibc
public import LabCore
import LabServer
public import LabStorage

/// `labplan token`.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Create, list and revoke the tokens that clients need.",
    discussion: """
      Without tokens the service accepts all requests, so it listens only on localhost. The first \
      token changes that for good: from then on every request needs a token, even after every \
      token was revoked, and the service may listen anywhere. Only a backup from before leads back. \
      Changes take effect in a running service before the command returns.

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
      "The SQLite file in which the service keeps its labs.", valueName: "file"))
  var database = "labplan.sqlite"

  /// Whether there is such a file.
  var exists: Bool { access(database, F_OK) == 0 }

  /// Does something with the store; says what the store cannot do.
  ///
  /// - Parameter creating: whether a missing database is created; otherwise it is refused, as a
  ///   mistyped path would be.
  func withStore<Result>(
    creating: Bool = false, _ body: (LabStore) throws -> Result
  ) throws -> Result {
    guard creating || exists else {
      complain("labplan: \(database) does not exist; name the service's file with --database")
      throw ExitCode.failure
    }
    do {
      return try body(LabStore(path: database))
    } catch let error as StoreError {
      complain("labplan: \(error.words(for: database))")
      throw ExitCode.failure
    } catch let error as LimitReached {
      complain("labplan: \(database) already holds \(error.most) tokens")
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
