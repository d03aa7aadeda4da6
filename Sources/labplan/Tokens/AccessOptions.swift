import ArgumentParser
import Glibc
import LabCore
import LabServer
import LabStorage

/// Who may use the service from where, as the command line has it.
struct AccessOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A public name of the service, such as its proxy's, that Host may say while it listens only on \
      localhost. Repeatable.
      """, valueName: "name"))
  var allowHost: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      The address or prefix of a proxy to trust for the client's address, in X-Forwarded-For or \
      Forwarded. Repeatable.
      """, valueName: "address"))
  var trustedProxy: [ProxyAddress] = []
}

extension AccessOptions {
  /// The rules of a service that listens at an address or name, and that pages of some origins may
  /// use.
  func rules(at host: String, origins: [String]) -> AccessRules {
    var rules = AccessRules()
    rules.listensAtLoopback = AccessRules.isLoopback(host)
    rules.hosts = [host.contains(":") ? "[\(host)]" : host] + allowHost
    rules.origins = origins
    rules.trustedProxies = trustedProxy.map(\.prefix)
    return rules
  }

  /// Refuses the same before there is a database, and so before one is created.
  func checkAdmission(
    to database: String, at host: String, with token: TokenFromEnvironment?
  ) throws {
    guard !AccessRules.isLoopback(host), token == nil, access(database, F_OK) != 0 else { return }
    throw NobodyAdmitted(host: host, database: database)
  }

  /// Refuses to let other machines in where nothing says who they are.
  func checkAdmission(to store: LabStore, at host: String, database: String) throws {
    guard !AccessRules.isLoopback(host) else { return }
    guard try store.tokens().contains(where: { $0.isGood(at: .now) }) else {
      throw NobodyAdmitted(host: host, database: database)
    }
  }
}

/// Other machines could connect, and there is no token for them.
private struct NobodyAdmitted: Error, CustomStringConvertible {
  let host: String
  let database: String

  var description: String {
    """
    --host \(host) lets other machines in, and no valid token says who may: create one with \
    "labplan token create NAME --role admin --database \(database)", set LABPLAN_TOKEN_FILE, or \
    use --host 127.0.0.1
    """
  }
}

/// A proxy, or a network of them, as the command line has it.
struct ProxyAddress: ExpressibleByArgument {
  let prefix: AnyPrefix

  init?(argument: String) {
    if let prefix = try? AnyPrefix(parsing: argument) {
      self.prefix = prefix
      return
    }
    guard let address = try? AnyAddress(parsing: argument) else { return nil }
    let length = address.family == .ipv4 ? 32 : 128
    guard let prefix = try? AnyPrefix(parsing: "\(address)/\(length)") else { return nil }
    self.prefix = prefix
  }
}
