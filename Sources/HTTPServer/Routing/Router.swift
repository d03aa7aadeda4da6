/// Why a table of routes is not one.
public enum RouterError: Error, Hashable, Sendable {
  /// A pattern does not start with `/`, has an empty segment, a stray brace or a name twice.
  case malformedPattern(String)
  /// Two routes have this method and match the same paths.
  case repeatedRoute(Method, String)
}

/// Chooses the route that answers a request.
///
/// It answers OPTIONS with `Allow`, HEAD through the GET route (the server leaves the body out),
/// 404, 405 with `Allow`, and 501 for methods it does not know.
public struct Router: Sendable {
  /// Where a request leads.
  public enum Match: Sendable {
    /// A route answers.
    case route(Route, Parameters)
    /// OPTIONS without a route of its own: answered with the methods in `Allow`.
    case options(allowed: [Method])
    /// No route answers.
    case refused(Refusal)
  }

  /// Every route, in the order given.
  public let routes: [Route]
  private let tree: RouteTree
  private let serverMethods: [Method]
  private let refusal: @Sendable (Refusal, Request) -> Response

  /// A router over a table of routes.
  ///
  /// - Parameters:
  ///   - routes: the table. Where a literal and a capture both match, the literal is taken.
  ///   - refusal: makes the answers to requests that no route takes. The router adds `Allow`.
  /// - Throws: when a pattern is malformed or two routes match the same.
  public init(
    _ routes: [Route],
    refusal: @escaping @Sendable (Refusal, Request) -> Response = { refusal, _ in
      refusal.plainResponse
    }
  ) throws(RouterError) {
    var entries: [(pattern: RoutePattern, route: Route)] = []
    for route in routes {
      entries.append((try RoutePattern(route.pattern), route))
    }
    tree = try RouteTree(entries)
    self.routes = routes
    self.refusal = refusal
    serverMethods = Set(routes.map(\.method)).union([.options, .head]).sorted()
  }

  /// The route for a request, without calling it.
  public func match(_ request: Request) -> Match {
    if case .other = request.method { return .refused(.unknownMethod(request.method)) }
    if request.isServerWide { return .options(allowed: serverMethods) }
    var captured: [String] = []
    guard let end = tree.find(request.path[...], &captured) else { return .refused(.notFound) }
    if let leaf = end.leaves[request.method] ?? (request.method == .head ? end.leaves[.get] : nil) {
      return .route(leaf.route, Parameters(names: leaf.names, values: captured))
    }
    if request.method == .options { return .options(allowed: end.allowed) }
    return .refused(.methodNotAllowed(allowed: end.allowed))
  }

  /// What answers a request without waiting for anything, and as ``respond(to:)`` would; nil where
  /// only that can. It may be given the request as steps have changed it. Never blocks.
  public func answerAtOnce(to request: Request) -> ((Request) -> Response)? {
    guard case .route(let route, let parameters) = match(request),
      let answer = route.atOnce(request, parameters)
    else { return nil }
    return { request in
      var response = answer(request)
      response.route = route.pattern
      return response
    }
  }

  /// Answers a request through its route.
  public func respond(to request: Request) -> Response {
    switch match(request) {
    case .route(let route, let parameters):
      var response = route.handler(request, parameters)
      response.route = route.pattern
      return response
    case .options(let allowed):
      return Response(status: .noContent, headers: [.allow: allowFieldValue(allowed)])
    case .refused(let reason):
      var response = refusal(reason, request)
      if case .methodNotAllowed(let allowed) = reason {
        response.headers.set(.allow, allowFieldValue(allowed))
      }
      return response
    }
  }
}
