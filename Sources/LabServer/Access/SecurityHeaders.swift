import HTTPServer

extension Step {
  /// Tells browsers how to take whatever is answered.
  static var securityHeaders: Step { Step { request, rest in rest(request).secured() } }
}

extension Response {
  /// The response with what keeps browsers from making more of it than it is, where it does not say
  /// itself what they may: no guessing of its media type, nothing in it that is carried out or
  /// framed, no address of it for others, and no embedding in other pages (OWASP, "REST Security").
  func secured() -> Response {
    var response = self
    response.headers.append(.contentTypeOptions, "nosniff")
    response.headers.append(.referrerPolicy, "no-referrer")
    if headers[.contentSecurityPolicy] == nil {
      response.headers.append(
        .contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
    }
    if headers[.crossOriginResourcePolicy] == nil {
      response.headers.append(.crossOriginResourcePolicy, "same-origin")
    }
    return response
  }
}
