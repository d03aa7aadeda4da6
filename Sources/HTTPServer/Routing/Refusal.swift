/// Why a request is refused before, or without, a handler.
public enum Refusal: Hashable, Sendable {
  /// The request cannot be understood. The connection is closed after the answer.
  case malformed(ParseFailure)
  /// The request did not come in time. The connection is closed after the answer.
  case timedOut
  /// As many requests as may be are in flight already.
  case overloaded
  /// No route has this path.
  case notFound
  /// The path has other methods, named here in order.
  case methodNotAllowed(allowed: [Method])
  /// The method is none this server knows.
  case unknownMethod(Method)

  /// The status to answer with.
  public var status: Status {
    switch self {
    case .malformed(let failure): failure.status
    case .timedOut: .requestTimeout
    case .overloaded: .serviceUnavailable
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
    case .timedOut: "the request did not come in time"
    case .overloaded: "too many requests are being answered already"
    case .notFound: "nothing is found at this path"
    case .methodNotAllowed(let allowed): "this path has only \(allowFieldValue(allowed))"
    case .unknownMethod(let method): "the method \(method) is not known here"
    }
  }
}

/// The value of an `Allow` field (RFC 9110, section 10.2.1).
func allowFieldValue(_ methods: [Method]) -> String {
  methods.map(\.description).joined(separator: ", ")
}
