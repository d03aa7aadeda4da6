import LabCore
import LabServer
import LabStorage

/// A token with its secret.
struct Key {
  let token: AccessToken
  let secret: String

  var header: [String: String] { ["Authorization": "Bearer \(secret)"] }

  init(
    _ name: String, _ role: AccessRole, labs: [String]? = nil, expiresAt: Timestamp? = nil
  ) throws {
    let secret = TokenSecret.random()
    self.secret = secret.text
    token = AccessToken(
      name: try DNSLabel(parsing: name), digest: secret.digest, role: role,
      labs: try labs.map { .only(Set(try $0.map(DNSLabel.init(parsing:)))) } ?? .all,
      createdAt: .now, expiresAt: expiresAt)
  }
}
