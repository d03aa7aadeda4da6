import HTTPServer
import LabStorage
import Logging

/// Finds out who sent a request.
struct AccessControl: Sendable {
  let rules: AccessRules
  let tokens: KnownTokens
  /// Tells who the client is.
  let client: ClientAddress
  private let hosts: HostCheck
  private let crossOrigin: CrossOriginCheck

  init(_ rules: AccessRules, store: LabStore) {
    self.rules = rules
    tokens = KnownTokens(of: store)
    client = ClientAddress(trustedProxies: rules.trustedProxies)
    hosts = HostCheck(rules.hosts)
    crossOrigin = CrossOriginCheck(origins: Set(rules.origins))
  }

  /// Refuses what a browser was talked into, whoever uses it.
  func check(_ request: Request) throws(Problem) {
    // Elsewhere a token is wanted, which no browser sends by itself.
    if rules.listensAtLoopback { try hosts.check(request) }
    try crossOrigin.check(request)
  }
}

extension LabService {
  /// Turns away what a browser was talked into.
  var accessStep: Step {
    Step { [access] request, rest in
      do throws(Problem) {
        try access.check(request)
        return rest(request)
      } catch {
        return error.response(to: request.id)
      }
    }
  }

  /// Whether an operation would still let in whoever sent a request; not while nobody can tell.
  ///
  /// - Parameter lab: the lab that the path names; empty where it names none.
  func stillAdmits(_ request: Request, to admission: Admission, lab: String) -> Bool {
    do throws(Problem) {
      try caller(of: request).check(admission, lab: lab)
      return true
    } catch {
      return false
    }
  }

  /// Who sent a request to an operation, if the operation lets them in.
  ///
  /// - Parameter lab: the lab that the path names; empty where it names none.
  func admit(
    _ request: Request, to operation: Operation, lab: String
  ) throws(Problem) -> Caller {
    guard operation.admission != .everyone else { return .anyone }
    let caller = try caller(of: request)
    try caller.check(operation.admission, lab: lab)
    return caller
  }

  /// Who sent a request, by its token; anyone, where the service has none and only this machine can
  /// reach it.
  func caller(of request: Request) throws(Problem) -> Caller {
    guard try !reading({ () throws(StoreError) in try access.tokens.all() }).isEmpty else {
      guard access.rules.listensAtLoopback else {
        throw .unauthorized(
          "Nobody has a token for this service yet; whoever runs it makes one with"
            + " \"labplan token create\".", isInvalid: false)
      }
      return .anyone
    }
    switch BearerCredentials(request.headers) {
    case .none:
      throw .unauthorized(
        "This needs a token, sent as \"Authorization: Bearer TOKEN\"; whoever runs the service"
          + " makes one with \"labplan token create\".", isInvalid: false)
    case .malformed:
      throw Problem(
        .invalidHeader, "Authorization must be sent once, as \"Bearer TOKEN\".",
        items: [
          Problem.Item(
            code: .invalidValue, detail: "What was sent is not repeated here.",
            parameter: "Authorization")
        ])
    case .secret(let secret):
      return try caller(of: secret, at: now)
    }
  }

  private func caller(of secret: String, at time: Timestamp) throws(Problem) -> Caller {
    let token = try reading { () throws(StoreError) in
      try access.tokens.token(of: secret, at: time)
    }
    guard let token else {
      throw .unauthorized("Unknown or revoked token.", isInvalid: true)
    }
    guard token.isGood(at: time) else {
      let end = token.revokedAt == nil ? "has expired" : "was revoked"
      throw .unauthorized("The token \"\(token.name)\" \(end).", isInvalid: true)
    }
    return Caller(token)
  }
}

extension LabService {
  /// Writes down which tokens were used since the last time; call it now and then.
  ///
  /// - Parameter ofNewOnly: whether only of those that were never used before.
  public func noteUseOfTokens(ofNewOnly: Bool = false) {
    do { try access.tokens.writeUse(ofNewOnly: ofNewOnly) } catch {
      logger.warning("the use of tokens is not noted", metadata: ["error": "\(error)"])
    }
  }
}
