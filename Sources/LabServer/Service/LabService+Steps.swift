import HTTPServer

extension LabService {
  /// What every request passes before any other step, so that no answer goes out without them: it is
  /// counted, its client is known, and browsers are told how to take it.
  func firstSteps() -> [Step] {
    [metricsStep] + (access.client.isAsked ? [clientStep] : []) + [.securityHeaders]
  }

  /// What every request passes next to the router, and every answer on its way back; the first is
  /// the outermost.
  ///
  /// A step that turns a request away answers with `Problem(…).response(to: request.id)`. What it
  /// learns for the operations it keeps with the request, by its type: `request[Principal.self]`.
  func steps() -> [Step] {
    [accessStep, .brake(on: wrongTokens), .compression]
  }
}
