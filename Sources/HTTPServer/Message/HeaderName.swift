/// The name of a header field: a token (RFC 9110, section 5.1), compared without regard to case.
public struct HeaderName: Sendable {
  /// The name as it is sent.
  let text: String

  /// A name from text; nil unless it is a token.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.allSatisfy(\.isTokenCharacter) else { return nil }
    self.text = text
  }

  private init(known text: String) {
    self.text = text
  }
}

extension HeaderName {
  /// `Accept`.
  public static var accept: HeaderName { HeaderName(known: "Accept") }
  /// `Accept-Encoding`.
  public static var acceptEncoding: HeaderName { HeaderName(known: "Accept-Encoding") }
  /// `Allow`.
  public static var allow: HeaderName { HeaderName(known: "Allow") }
  /// `Authorization`.
  public static var authorization: HeaderName { HeaderName(known: "Authorization") }
  /// `Cache-Control`.
  public static var cacheControl: HeaderName { HeaderName(known: "Cache-Control") }
  /// `Connection`.
  public static var connection: HeaderName { HeaderName(known: "Connection") }
  /// `Content-Disposition`.
  public static var contentDisposition: HeaderName { HeaderName(known: "Content-Disposition") }
  /// `Content-Encoding`.
  public static var contentEncoding: HeaderName { HeaderName(known: "Content-Encoding") }
  /// `Content-Length`.
  public static var contentLength: HeaderName { HeaderName(known: "Content-Length") }
  /// `Content-Security-Policy`.
  public static var contentSecurityPolicy: HeaderName {
    HeaderName(known: "Content-Security-Policy")
  }
  /// `Content-Type`.
  public static var contentType: HeaderName { HeaderName(known: "Content-Type") }
  /// `Cross-Origin-Opener-Policy`.
  public static var crossOriginOpenerPolicy: HeaderName {
    HeaderName(known: "Cross-Origin-Opener-Policy")
  }
  /// `Cross-Origin-Resource-Policy` (WHATWG Fetch).
  public static var crossOriginResourcePolicy: HeaderName {
    HeaderName(known: "Cross-Origin-Resource-Policy")
  }
  /// `Date`.
  public static var date: HeaderName { HeaderName(known: "Date") }
  /// `ETag`.
  public static var etag: HeaderName { HeaderName(known: "ETag") }
  /// `Forwarded` (RFC 7239).
  public static var forwarded: HeaderName { HeaderName(known: "Forwarded") }
  /// `Host`.
  public static var host: HeaderName { HeaderName(known: "Host") }
  /// `If-Match`.
  public static var ifMatch: HeaderName { HeaderName(known: "If-Match") }
  /// `If-None-Match`.
  public static var ifNoneMatch: HeaderName { HeaderName(known: "If-None-Match") }
  /// `Last-Event-ID` (WHATWG HTML, section 9.2).
  public static var lastEventID: HeaderName { HeaderName(known: "Last-Event-ID") }
  /// `Link`.
  public static var link: HeaderName { HeaderName(known: "Link") }
  /// `Location`.
  public static var location: HeaderName { HeaderName(known: "Location") }
  /// `Origin` (RFC 6454).
  public static var origin: HeaderName { HeaderName(known: "Origin") }
  /// `Referrer-Policy` (W3C).
  public static var referrerPolicy: HeaderName { HeaderName(known: "Referrer-Policy") }
  /// `Retry-After`.
  public static var retryAfter: HeaderName { HeaderName(known: "Retry-After") }
  /// `Sec-Fetch-Site` (W3C Fetch Metadata).
  public static var secFetchSite: HeaderName { HeaderName(known: "Sec-Fetch-Site") }
  /// `Transfer-Encoding`.
  public static var transferEncoding: HeaderName { HeaderName(known: "Transfer-Encoding") }
  /// `User-Agent`.
  public static var userAgent: HeaderName { HeaderName(known: "User-Agent") }
  /// `Vary`.
  public static var vary: HeaderName { HeaderName(known: "Vary") }
  /// `WWW-Authenticate`.
  public static var wwwAuthenticate: HeaderName { HeaderName(known: "WWW-Authenticate") }
  /// `X-Accel-Buffering`, with which nginx is told to hand a response on as it comes.
  public static var accelBuffering: HeaderName { HeaderName(known: "X-Accel-Buffering") }
  /// `X-Content-Type-Options`.
  public static var contentTypeOptions: HeaderName { HeaderName(known: "X-Content-Type-Options") }
  /// `X-Forwarded-For`.
  public static var xForwardedFor: HeaderName { HeaderName(known: "X-Forwarded-For") }
  /// `X-Request-ID`.
  public static var requestID: HeaderName { HeaderName(known: "X-Request-ID") }
}

extension HeaderName: Hashable, CustomStringConvertible {
  /// Whether both name the same field.
  public static func == (left: HeaderName, right: HeaderName) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8) { $0.lowercased == $1.lowercased }
  }

  /// Hashes the name in lower case.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 {
      hasher.combine(byte.lowercased)
    }
  }

  /// The name as it is sent.
  public var description: String { text }
}
