import HTTPServer

/// What went wrong with a request, for programs: `code` of every problem that the service answers.
enum ProblemCode: String, CaseIterable, Sendable {
  /// The bytes of the request are no HTTP request.
  case malformedRequest = "malformed-request"
  /// The query has a parameter that the operation does not know, or a value that it cannot take.
  case invalidQuery = "invalid-query"
  /// A header field that the operation depends on cannot be read.
  case invalidHeader = "invalid-header"
  /// The body is not JSON or YAML.
  case syntax
  /// The operation needs a token, or the one sent is not good for anything.
  case unauthorized
  /// The token is not good for this operation, or not for this lab.
  case forbidden
  /// A page of another origin may not write.
  case crossOrigin = "cross-origin"
  /// No operation has this path.
  case unknownPath = "unknown-path"
  /// There is no such lab.
  case unknownLab = "unknown-lab"
  /// The lab has no such network.
  case unknownNetwork = "unknown-network"
  /// The lab has no such VM.
  case unknownVM = "unknown-vm"
  /// The lab's matrix has no such endpoint.
  case unknownEndpoint = "unknown-endpoint"
  /// The lab's history has no such revision, or none with a document.
  case unknownRevision = "unknown-revision"
  /// The address is not reserved on the network.
  case unknownAddress = "unknown-address"
  /// Labs are not exported in such a format.
  case unknownFormat = "unknown-format"
  /// The path has other methods.
  case methodNotAllowed = "method-not-allowed"
  /// None of the media types that the operation answers in is accepted.
  case notAcceptable = "not-acceptable"
  /// The request did not come in time.
  case requestTimeout = "request-timeout"
  /// The name is taken.
  case alreadyExists = "already-exists"
  /// Other parts of the lab still refer to it.
  case inUse = "in-use"
  /// The network has fewer addresses left than were asked for; `left` says how many.
  case tooFewAddresses = "too-few-addresses"
  /// The network is none from which addresses are reserved.
  case nothingToReserve = "nothing-to-reserve"
  /// The lab has findings of severity `error`, so that what would be exported could not run;
  /// `findings` says which.
  case labHasErrors = "lab-has-errors"
  /// The `Idempotency-Key` was used for another request.
  case idempotencyKeyInUse = "idempotency-key-in-use"
  /// `If-Match` or `If-None-Match` does not hold.
  case preconditionFailed = "precondition-failed"
  /// The request is meant for another service than this one.
  case misdirectedRequest = "misdirected-request"
  /// The body is larger than the server takes.
  case contentTooLarge = "content-too-large"
  /// The body is of a media type that the operation does not read.
  case unsupportedMediaType = "unsupported-media-type"
  /// The document can be read, but is no lab; `errors` lists every fault.
  case invalidDocument = "invalid-document"
  /// The service keeps no more of something than it does already; `detail` says of what.
  case limitReached = "limit-reached"
  /// The client has sent as many requests as it may for now.
  case tooManyRequests = "too-many-requests"
  /// As many requests as may be are being answered already, or this one takes more time or memory
  /// than the service spends on one.
  case overloaded
  /// The server does not know the method.
  case unknownMethod = "unknown-method"
  /// A fault of the service itself; its log says more.
  case `internal`
  /// The database cannot be reached just now.
  case storeUnavailable = "store-unavailable"
  /// There is no room for the database to grow.
  case storeFull = "store-full"

  /// The status that goes with it, where the server's own refusal does not bring another.
  var status: Status {
    switch self {
    case .malformedRequest, .invalidQuery, .invalidHeader, .syntax: .badRequest
    case .unauthorized: .unauthorized
    case .forbidden, .crossOrigin: .forbidden
    case .unknownPath, .unknownLab, .unknownNetwork, .unknownVM, .unknownEndpoint,
      .unknownRevision, .unknownAddress, .unknownFormat:
      .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notAcceptable: .notAcceptable
    case .requestTimeout: .requestTimeout
    case .alreadyExists, .inUse, .tooFewAddresses, .nothingToReserve, .labHasErrors:
      .conflict
    case .preconditionFailed: .preconditionFailed
    case .misdirectedRequest: .misdirectedRequest
    case .contentTooLarge: .contentTooLarge
    case .unsupportedMediaType: .unsupportedMediaType
    case .invalidDocument, .idempotencyKeyInUse, .limitReached: .unprocessableContent
    case .tooManyRequests: .tooManyRequests
    case .unknownMethod: .notImplemented
    case .internal: .internalServerError
    case .storeUnavailable, .overloaded: .serviceUnavailable
    case .storeFull: .insufficientStorage
    }
  }
}
