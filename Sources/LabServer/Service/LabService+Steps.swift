import HTTPServer

extension LabService {
  /// What every request passes on its way to the router, and every answer on its way back; the
  /// first is the outermost.
  ///
  /// A step that turns a request away answers with `Problem(…).response(to: request.id)`. What it
  /// learns for the operations it keeps with the request, by its type: `request[Principal.self]`.
  func steps() -> [Step] {
    [metricsStep, accessStep, .compression]
  }
}
