import HTTPServer
import LabStorage

/// A method on a path, and what answers it.
struct Operation: Sendable {
  typealias Handler = @Sendable (LabService, Call) throws(Problem) -> Response

  let method: Method
  /// `/v1/labs/{lab}`.
  let path: String
  /// The query parameters that it knows; any other is refused.
  let query: [QueryParameter]
  /// Whom it lets in.
  let admission: Admission
  let handler: Handler

  /// - Parameter admission: where it is left out, reading wants the role `read`, and everything
  ///   else `edit`.
  init(
    _ method: Method, _ path: String, query: [QueryParameter] = [], for admission: Admission? = nil,
    _ handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.admission = admission ?? .role(method.isSafe ? .read : .edit)
    self.handler = handler
  }

  /// The operation as a route of a service.
  func route(of service: LabService) -> Route {
    Route(
      method, path,
      atOnce: { service.answerAtOnce($0, to: self, lab: $1["lab"]) }
    ) { request, parameters in
      do throws(Problem) {
        let caller = try service.admit(request, to: self, lab: parameters["lab"])
        let query = try QueryParameters(request.query, of: self)
        let call = Call(
          request: request, parameters: parameters, query: query, caller: caller,
          budget: service.budget(for: request))
        var response = try handler(service, call)
        if let fields = query.fields { response = fields.selected(from: response) }
        service.keepAtHand(response, to: call)
        return (query.isDryRun ? call.dryRun.answer : nil) ?? response
      } catch {
        service.logCause(of: error, request.id)
        return error.response(to: request.id)
      }
    }
  }
}
