import Glibc
import LabCore
import LabServer
import LabStorage

/// The admin token that whoever starts the service sets from outside, as for a container: the
/// variable `LABPLAN_TOKEN`, or the file that `LABPLAN_TOKEN_FILE` names.
struct TokenFromEnvironment {
  /// Why what is set cannot be used. No message repeats it.
  enum Failure: Error, CustomStringConvertible {
    case unreadable(path: String, ReadError)
    case unfit(String)
    case noPath

    var description: String {
      switch self {
      case .noPath:
        "LABPLAN_TOKEN_FILE is set and empty; name the file, or unset it to start without this token"
      case .unreadable(let path, let error): "LABPLAN_TOKEN_FILE: \(path) \(error)"
      case .unfit(let variable):
        "\(variable) must hold at least \(TokenSecret.shortestLength) letters, digits or -._~+/,"
          + " such as \"openssl rand -hex 32\" prints; unset it to start without this token"
      }
    }
  }

  /// What the list of tokens calls it.
  private static let name = "environment"

  private let secret: TokenSecret

  /// Nil where neither is set. The file goes first. A variable that is set and empty is refused: it
  /// is meant to protect the service, and would not.
  init?() throws(Failure) {
    if let path = variable("LABPLAN_TOKEN_FILE") {
      guard !path.isEmpty else { throw .noPath }
      let bytes: [UInt8]
      do throws(ReadError) {
        bytes = try readDocument(at: path)
      } catch {
        throw .unreadable(path: path, error)
      }
      secret = try Self.secret(String(decoding: bytes, as: UTF8.self), of: "LABPLAN_TOKEN_FILE")
    } else if let text = variable("LABPLAN_TOKEN") {
      secret = try Self.secret(text, of: "LABPLAN_TOKEN")
    } else {
      return nil
    }
  }

  /// Files end with a line break that does not belong to the secret.
  private static func secret(
    _ text: String, of variable: String
  ) throws(Failure) -> TokenSecret {
    let line = text.prefix { $0 != "\n" && $0 != "\r\n" }
    guard let secret = TokenSecret(chosen: String(line)) else { throw .unfit(variable) }
    return secret
  }

  /// Makes it a token of the store, in the place of the one that was set before.
  func keep(in store: LabStore) throws {
    try store.createOrReplace(
      AccessToken(
        name: try DNSLabel(parsing: Self.name), digest: secret.digest, role: .admin, labs: .all,
        createdAt: .now))
  }
}

private func variable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
