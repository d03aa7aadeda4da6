/// A request method (RFC 9110, section 9; PATCH is RFC 5789, QUERY is
/// draft-ietf-httpbis-safe-method-w-body). Methods are case-sensitive.
public enum Method: Hashable, Sendable {
  /// Read a resource.
  case get
  /// Read a resource's header fields alone.
  case head
  /// Create below a resource, or process what is sent.
  case post
  /// Create or replace the resource.
  case put
  /// Change a part of the resource.
  case patch
  /// Remove the resource.
  case delete
  /// Ask which methods a resource has.
  case options
  /// Read what a body asks for.
  case query
  /// Ask for the request back; no server needs to offer it.
  case trace
  /// Ask for a tunnel; meant for proxies.
  case connect
  /// A token that is none of the standard methods, as it was sent.
  case other(String)

  /// The method that a token names.
  ///
  /// - Parameter token: a token of RFC 9110, section 5.6.2; the parser has checked it.
  init(token: String) {
    switch token {
    case "GET": self = .get
    case "HEAD": self = .head
    case "POST": self = .post
    case "PUT": self = .put
    case "PATCH": self = .patch
    case "DELETE": self = .delete
    case "OPTIONS": self = .options
    case "QUERY": self = .query
    case "TRACE": self = .trace
    case "CONNECT": self = .connect
    default: self = .other(token)
    }
  }
}

extension Method {
  /// Whether it asks for nothing to change (RFC 9110, section 9.2.1).
  public var isSafe: Bool {
    switch self {
    case .get, .head, .options, .query, .trace: true
    case .post, .put, .patch, .delete, .connect, .other: false
    }
  }
}

extension Method: CustomStringConvertible {
  /// The method as it stands in a request line.
  public var description: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .query: "QUERY"
    case .trace: "TRACE"
    case .connect: "CONNECT"
    case .other(let token): token
    }
  }
}

extension Method: Comparable {
  /// Orders by name, so that an `Allow` field always reads the same.
  public static func < (left: Method, right: Method) -> Bool {
    left.description < right.description
  }
}
