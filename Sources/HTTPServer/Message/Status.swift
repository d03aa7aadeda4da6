/// The status code of a final response, 200 to 599 (RFC 9110, section 15).
public struct Status: Hashable, Sendable {
  /// The three digits, 200 to 599.
  public let code: UInt16

  /// A status by its number; nil outside 200 to 599. Interim answers (1xx) are the server's own.
  public init?(code: Int) {
    guard (200...599).contains(code) else { return nil }
    self.code = UInt16(code)
  }

  private init(_ code: UInt16) {
    self.code = code
  }

  /// Whether a response with this status never has a body (RFC 9112, section 6.3).
  public var forbidsBody: Bool {
    code == 204 || code == 304
  }
}

extension Status {
  /// 200.
  public static var ok: Status { Status(200) }
  /// 201.
  public static var created: Status { Status(201) }
  /// 202.
  public static var accepted: Status { Status(202) }
  /// 204.
  public static var noContent: Status { Status(204) }
  /// 301.
  public static var movedPermanently: Status { Status(301) }
  /// 302.
  public static var found: Status { Status(302) }
  /// 303.
  public static var seeOther: Status { Status(303) }
  /// 304.
  public static var notModified: Status { Status(304) }
  /// 307.
  public static var temporaryRedirect: Status { Status(307) }
  /// 308.
  public static var permanentRedirect: Status { Status(308) }
  /// 400.
  public static var badRequest: Status { Status(400) }
  /// 401.
  public static var unauthorized: Status { Status(401) }
  /// 403.
  public static var forbidden: Status { Status(403) }
  /// 404.
  public static var notFound: Status { Status(404) }
  /// 405.
  public static var methodNotAllowed: Status { Status(405) }
  /// 406.
  public static var notAcceptable: Status { Status(406) }
  /// 408.
  public static var requestTimeout: Status { Status(408) }
  /// 409.
  public static var conflict: Status { Status(409) }
  /// 410.
  public static var gone: Status { Status(410) }
  /// 411.
  public static var lengthRequired: Status { Status(411) }
  /// 412.
  public static var preconditionFailed: Status { Status(412) }
  /// 413.
  public static var contentTooLarge: Status { Status(413) }
  /// 414.
  public static var uriTooLong: Status { Status(414) }
  /// 415.
  public static var unsupportedMediaType: Status { Status(415) }
  /// 417.
  public static var expectationFailed: Status { Status(417) }
  /// 421.
  public static var misdirectedRequest: Status { Status(421) }
  /// 422.
  public static var unprocessableContent: Status { Status(422) }
  /// 428.
  public static var preconditionRequired: Status { Status(428) }
  /// 429.
  public static var tooManyRequests: Status { Status(429) }
  /// 431.
  public static var requestHeaderFieldsTooLarge: Status { Status(431) }
  /// 500.
  public static var internalServerError: Status { Status(500) }
  /// 501.
  public static var notImplemented: Status { Status(501) }
  /// 503.
  public static var serviceUnavailable: Status { Status(503) }
  /// 505.
  public static var httpVersionNotSupported: Status { Status(505) }
  /// 507.
  public static var insufficientStorage: Status { Status(507) }
}

extension Status: CustomStringConvertible {
  /// Code and reason, as in a status line: `404 Not Found`.
  public var description: String { "\(code) \(reason)" }

  /// The reason phrase of RFC 9110 (RFC 6585 for 428, 429 and 431); empty for a code without one.
  public var reason: String {
    switch code {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400...499: clientErrorReason
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    default: ""
    }
  }

  private var clientErrorReason: String {
    switch code {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    default: ""
    }
  }
}
