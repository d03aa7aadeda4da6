import HTTPServer
import LabCore
import LabStorage

/// Who sent a request, and what they may do.
struct Caller: Sendable {
  /// The name of the token that was sent; nil where none is needed.
  let token: DNSLabel?
  let role: AccessRole
  /// The labs that the caller may see and, with the role for it, change.
  let labs: LabScope
  /// From when on the token is worth nothing; nil is never.
  let expiresAt: Timestamp?

  /// Whoever reaches a service that has no tokens: it listens at this machine alone.
  static let anyone = Caller(token: nil, role: .admin, labs: .all)

  init(token: DNSLabel?, role: AccessRole, labs: LabScope, expiresAt: Timestamp? = nil) {
    self.token = token
    self.role = role
    self.labs = labs
    self.expiresAt = expiresAt
  }

  init(_ token: AccessToken) {
    self.init(
      token: token.name, role: token.role, labs: token.labs, expiresAt: token.expiresAt)
  }
}

/// Whom an operation lets in.
enum Admission: Hashable, Sendable {
  /// Everybody, with a token or without.
  case everyone
  /// Callers of at least that role.
  case role(AccessRole)
  /// Callers who may see every lab: what it tells is about all of them.
  case overseer
}

extension Caller {
  /// Refuses a caller whom an operation does not let in.
  ///
  /// - Parameter lab: the lab that the path names; empty where it names none.
  func check(_ admission: Admission, lab: String) throws(Problem) {
    switch admission {
    case .everyone:
      return
    case .role(let needed):
      guard role >= needed else {
        throw .forbidden(
          "The token \"\(tokenName)\" has the role \(role.rawValue); this needs \(needed.rawValue).",
          scope: needed.rawValue)
      }
    case .overseer:
      guard labs == .all else {
        throw .forbidden(
          "The token \"\(tokenName)\" is for certain labs alone; this tells of all of them.")
      }
    }
    // What is no name is the name of no lab, and nobody's secret.
    if let name = try? DNSLabel(parsing: lab) { try check(lab: name) }
  }

  /// Refuses a caller who may not touch a lab. Whether there is such a lab is not said.
  func check(lab: DNSLabel) throws(Problem) {
    guard labs.contains(lab) else {
      throw .forbidden("The token \"\(tokenName)\" is not for the lab \"\(lab)\".")
    }
  }

  private var tokenName: String { token?.text ?? "" }
}

extension Problem {
  /// What the caller may not do (RFC 6750 section 3.1).
  ///
  /// - Parameter scope: the role that would do.
  static func forbidden(_ detail: String, scope: String? = nil) -> Problem {
    var problem = Problem(.forbidden, detail)
    let hint = scope.map { ", scope=\"\($0)\"" } ?? ""
    problem.headers.append(.wwwAuthenticate, "\(bearer), error=\"insufficient_scope\"\(hint)")
    return problem
  }

  /// Nobody knows who sent the request.
  ///
  /// - Parameter isInvalid: whether a token was sent, and is none.
  static func unauthorized(_ detail: String, isInvalid: Bool) -> Problem {
    var problem = Problem(.unauthorized, detail)
    problem.headers.append(
      .wwwAuthenticate, bearer + (isInvalid ? ", error=\"invalid_token\"" : ""))
    return problem
  }
}

private let bearer = "Bearer realm=\"labplan\""
