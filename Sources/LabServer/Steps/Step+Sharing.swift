public import HTTPServer

extension Step {
  /// Lets pages of other origins read the answers, and ask before they write (WHATWG Fetch, section
  /// 3.2, "CORS protocol"). Credentials of the browser are never asked for: a token is sent by the
  /// page itself.
  ///
  /// - Parameter origins: as `Origin` has them: `https://labs.example`.
  public static func sharing(with origins: Set<String>) -> Step {
    Step { request, rest in
      var response = rest(request)
      response.headers.append(.vary, "Origin")
      guard let origin = request.headers[.origin], origins.contains(origin) else { return response }
      response.headers.set(.allowOrigin, origin)
      guard request.method == .options, request.headers.contains(.requestMethod) else {
        response.headers.set(.exposeHeaders, readableFields)
        return response
      }
      if let methods = response.headers[.allow] {
        response.headers.set(.allowMethods, methods)
        response.headers.set(.allowHeaders, writableFields)
        response.headers.set(.maxAge, "600")
      }
      return response
    }
  }
}

/// What a page may read of an answer, beside what it always may.
private let readableFields =
  "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"

/// What a page may send, beside what it always may.
private let writableFields =
  "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID,"
  + " X-Request-ID"

extension HeaderName {
  fileprivate static let allowOrigin = named("Access-Control-Allow-Origin")
  fileprivate static let exposeHeaders = named("Access-Control-Expose-Headers")
  fileprivate static let allowMethods = named("Access-Control-Allow-Methods")
  fileprivate static let allowHeaders = named("Access-Control-Allow-Headers")
  fileprivate static let maxAge = named("Access-Control-Max-Age")
  fileprivate static let requestMethod = named("Access-Control-Request-Method")

  private static func named(_ name: String) -> HeaderName { HeaderName(name) ?? .allow }
}
