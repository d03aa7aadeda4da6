public import LabCore

/// What a token is good for; each role includes those before it.
public enum AccessRole: String, CaseIterable, Comparable, Sendable {
  /// To read its labs.
  case read
  /// To change, create and delete its labs.
  case edit
  /// To do that with every lab, and to read what is about the service as a whole.
  case admin

  /// Less before more.
  public static func < (left: AccessRole, right: AccessRole) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .read: 0
    case .edit: 1
    case .admin: 2
    }
  }
}

/// Which labs a token may touch, those among them that are yet to be created.
public enum LabScope: Hashable, Sendable {
  /// Every lab.
  case all
  /// The labs of these names.
  case only(Set<DNSLabel>)

  /// Whether a lab is among them.
  public func contains(_ lab: DNSLabel) -> Bool {
    switch self {
    case .all: true
    case .only(let labs): labs.contains(lab)
    }
  }
}

/// A bearer token (RFC 6750) as the store knows it: everything but its secret.
public struct AccessToken: Hashable, Sendable {
  /// What histories and logs call it. A name is never given twice.
  public let name: DNSLabel
  /// What of the secret is kept.
  public let digest: SecretDigest
  /// What it is good for.
  public let role: AccessRole
  /// Which labs it may touch; every one where the role is `admin`.
  public let labs: LabScope
  /// When it was made.
  public let createdAt: Timestamp
  /// From when on it is worth nothing; nil is never.
  public let expiresAt: Timestamp?
  /// When it was revoked, if it was.
  public internal(set) var revokedAt: Timestamp?
  /// When it was last seen, to the minute or so; nil is never.
  public internal(set) var lastUsedAt: Timestamp?

  /// A token that is to be made. An `admin` has every lab, whatever `labs` says.
  public init(
    name: DNSLabel, digest: SecretDigest, role: AccessRole, labs: LabScope,
    createdAt: Timestamp, expiresAt: Timestamp? = nil
  ) {
    self.name = name
    self.digest = digest
    self.role = role
    self.labs = role == .admin ? .all : labs
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }

  /// Whether it opens anything at that moment.
  public func isGood(at time: Timestamp) -> Bool {
    revokedAt == nil && expiresAt.map { time < $0 } ?? true
  }
}
