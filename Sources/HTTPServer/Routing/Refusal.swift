/// Why a request is refused before, or without, a handler.
public enum Refusal: Hashable, Sendable {
  /// The request cannot be understood. The connection is closed after the answer.
  case malformed(ParseFailure)
  /// A part of the request is larger than it may be, as `limit` says in bytes or header fields. The
  /// connection is closed after the answer.
  case tooLarge(ParseFailure, limit: Int)
  /// The request did not come in time. The connection is closed after the answer.
  case timedOut
  /// As many requests as may be are in flight already, or their bodies take all the memory they may.
  case overloaded
  /// The client has as many connections, or requests through a proxy, as one client may.
  case tooManyFromClient
  /// No route has this path.
  case notFound
  /// The path has other methods, named here in order.
  case methodNotAllowed(allowed: [Method])
  /// The method is none this server knows.
  case unknownMethod(Method)

  /// The status to answer with.
  public var status: Status {
    switch self {
    case .malformed(let failure), .tooLarge(let failure, _): failure.status
    case .timedOut: .requestTimeout
    case .overloaded: .serviceUnavailable
    case .tooManyFromClient: .tooManyRequests
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .unknownMethod: .notImplemented
    }
  }

  /// A plain answer: the status and a line of text, with `Allow` where it belongs.
  public var plainResponse: Response {
    var headers: Headers = [.contentType: "text/plain; charset=utf-8"]
    if case .methodNotAllowed(let allowed) = self {
      headers.append(.allow, allowFieldValue(allowed))
    }
    return Response(status: status, headers: headers, body: .bytes(Array("\(self)\n".utf8)))
  }
}

extension Refusal: CustomStringConvertible {
  /// A sentence for the client.
  public var description: String {
    switch self {
    case .malformed(let failure): failure.description
    case .tooLarge(.tooManyFields, let limit): "there are more than \(limit) header fields"
    case .tooLarge(let failure, let limit): "\(failure.description): over \(limit) bytes"
    case .timedOut: "the request did not come in time"
    case .overloaded: "too many requests are being answered already"
    case .tooManyFromClient: "this client has too many connections open already"
    case .notFound: "nothing is found at this path"
    case .methodNotAllowed(let allowed): "this path has only \(allowFieldValue(allowed))"
    case .unknownMethod(let method): "the method \(method.description.prefix(64)) is not known here"
    }
  }
}

extension Refusal {
  /// Why a parser with these limits failed.
  init(_ failure: ParseFailure, _ limits: ParserLimits) {
    switch failure {
    case .bodyTooLarge: self = .tooLarge(failure, limit: limits.bodyBytes)
    case .headTooLarge: self = .tooLarge(failure, limit: limits.headBytes)
    case .targetTooLong: self = .tooLarge(failure, limit: limits.targetBytes)
    case .tooManyFields: self = .tooLarge(failure, limit: limits.fieldCount)
    default: self = .malformed(failure)
    }
  }
}

/// The value of an `Allow` field (RFC 9110, section 10.2.1).
func allowFieldValue(_ methods: [Method]) -> String {
  methods.map(\.description).joined(separator: ", ")
}
