/// Something that every request passes on its way to the handler, and every response on its way
/// back.
///
/// A step may answer by itself, hand the request on, changed or not, and change the response. What
/// it finds out about a request it keeps there, by its type (``Request/subscript(_:)``).
public struct Step: Sendable {
  /// What comes after the step: the next one, or the handler.
  public typealias Rest = (Request) -> Response

  /// Answers a request, usually through the rest.
  public let respond: @Sendable (_ request: Request, _ rest: Rest) -> Response

  /// A step.
  public init(_ respond: @escaping @Sendable (_ request: Request, _ rest: Rest) -> Response) {
    self.respond = respond
  }
}

/// Answers a request behind steps, the first of which is the outermost.
public func respond(
  to request: Request, behind steps: ArraySlice<Step>, _ handler: Step.Rest
) -> Response {
  guard let step = steps.first else { return handler(request) }
  return step.respond(request) { respond(to: $0, behind: steps.dropFirst(), handler) }
}

/// A handler behind steps, the first of which is the outermost.
public func handler(
  behind steps: [Step], _ handler: @escaping @Sendable (Request) -> Response
) -> @Sendable (Request) -> Response {
  steps.reversed().reduce(handler) { rest, step in
    { request in step.respond(request, rest) }
  }
}
