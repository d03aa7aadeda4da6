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

/// A handler behind steps, the first of which is the outermost.
public func handler(
  behind steps: [Step], _ handler: @escaping @Sendable (Request) -> Response
) -> @Sendable (Request) -> Response {
  steps.reversed().reduce(handler) { rest, step in
    { request in step.respond(request, rest) }
  }
}
