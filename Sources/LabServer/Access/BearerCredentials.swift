import HTTPServer

/// What `Authorization` says (RFC 6750 section 2.1, RFC 9110 section 11.6.2).
enum BearerCredentials: Hashable {
  /// Nothing, or something of another scheme.
  case none
  /// A secret, whether or not it is any token's.
  case secret(String)
  /// The field is there more than once, or `Bearer` has no secret behind it.
  case malformed

  init(_ headers: Headers) {
    let values = headers.values(of: .authorization)
    guard values.count <= 1 else {
      self = .malformed
      return
    }
    guard let value = values.first else {
      self = .none
      return
    }
    let scheme = value.prefix { $0 != " " }
    guard scheme.lowercased() == "bearer" else {
      self = .none
      return
    }
    let secret = value[scheme.endIndex...].drop { $0 == " " }
    self = secret.isEmpty || secret.contains(" ") ? .malformed : .secret(String(secret))
  }
}
