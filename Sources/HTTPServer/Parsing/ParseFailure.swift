/// Why a request cannot be understood. The connection is closed after the answer, because where
/// the next request would start is no longer sure.
public enum ParseFailure: Error, Hashable, Sendable, CaseIterable {
  /// A line ends in LF without CR.
  case bareLineFeed
  /// A CR that does not end a line.
  case bareCarriageReturn
  /// A control character in the head.
  case controlCharacter
  /// The request line is not `method SP target SP version`.
  case malformedRequestLine
  /// The version is not `HTTP/` with one digit, a dot and one digit.
  case malformedVersion
  /// The version is neither 1.0 nor 1.x.
  case unsupportedVersion
  /// The target is in none of the forms its method allows, or holds a character no URI has.
  case malformedTarget
  /// A `%` without two hexadecimal digits.
  case malformedPercentEncoding
  /// The decoded path or query is not UTF-8.
  case invalidUTF8
  /// A control character, percent-encoded in the path, or NUL in the query.
  case encodedControlCharacter
  /// A path segment is `.` or `..`.
  case dotSegment
  /// The target is longer than the limit.
  case targetTooLong
  /// The head is larger than the limit.
  case headTooLarge
  /// The head has more fields than the limit.
  case tooManyFields
  /// A field line has no name, no colon, or a name that is no token.
  case malformedFieldName
  /// White space between a field's name and the colon.
  case blankBeforeColon
  /// A field line starts with white space (`obs-fold`).
  case foldedField
  /// HTTP/1.1 without `Host`.
  case missingHost
  /// More than one `Host`.
  case repeatedHost
  /// `Host`, or the authority of the target, is not a host with an optional port.
  case malformedHost
  /// The target names another host than `Host`.
  case hostMismatch
  /// `Content-Length` is not a number of bytes.
  case malformedContentLength
  /// More than one `Content-Length`.
  case repeatedContentLength
  /// Both `Content-Length` and `Transfer-Encoding`.
  case lengthAndTransferCoding
  /// `chunked` is not the last transfer coding, is there twice, or comes with HTTP/1.0.
  case malformedTransferEncoding
  /// A transfer coding other than `chunked`.
  case unknownTransferCoding
  /// A chunk does not start with its size in hexadecimal.
  case malformedChunkSize
  /// A chunk is not followed by CR LF.
  case malformedChunkEnd
  /// The chunks are mostly framing.
  case wastefulChunks
  /// The body is larger than the limit.
  case bodyTooLarge
  /// `Expect` asks for something other than `100-continue`.
  case unknownExpectation
  /// `CONNECT`: this server is no proxy.
  case tunnelRequested
}

extension ParseFailure {
  /// The status to answer with.
  public var status: Status {
    switch self {
    case .unsupportedVersion: .httpVersionNotSupported
    case .targetTooLong: .uriTooLong
    case .headTooLarge, .tooManyFields: .requestHeaderFieldsTooLarge
    case .unknownTransferCoding, .tunnelRequested: .notImplemented
    case .bodyTooLarge: .contentTooLarge
    case .unknownExpectation: .expectationFailed
    default: .badRequest
    }
  }
}

extension ParseFailure: CustomStringConvertible {
  /// A sentence for the client.
  public var description: String {
    switch self {
    case .bareLineFeed: "a line ends in LF without CR"
    case .bareCarriageReturn: "CR outside a line's end"
    case .controlCharacter: "control character in the head"
    case .malformedRequestLine: "the request line is not a method, a target and a version"
    case .malformedVersion: "the version is not of the form HTTP/1.1"
    case .unsupportedVersion: "only HTTP/1.1 and HTTP/1.0 are spoken here"
    case .malformedTarget: "the request target is not a valid path and query"
    case .malformedPercentEncoding: "% without two hexadecimal digits in the request target"
    case .invalidUTF8: "the request target is not UTF-8"
    case .encodedControlCharacter: "encoded control character in the request target"
    case .dotSegment: "path segments . and .. are not resolved"
    case .targetTooLong: "the request target is too long"
    case .headTooLarge: "the header fields are too large"
    case .tooManyFields: "too many header fields"
    default: framingDescription
    }
  }

  private var framingDescription: String {
    switch self {
    case .malformedFieldName: "a header field has no valid name"
    case .blankBeforeColon: "white space between a header field's name and the colon"
    case .foldedField: "a header field is continued on a second line"
    case .missingHost: "the Host field is missing"
    case .repeatedHost: "the Host field is there more than once"
    case .malformedHost: "the host is not a name or address with an optional port"
    case .hostMismatch: "the request target names another host than the Host field"
    case .malformedContentLength: "Content-Length is not a number of bytes"
    case .repeatedContentLength: "Content-Length is there more than once"
    case .lengthAndTransferCoding: "both Content-Length and Transfer-Encoding"
    case .malformedTransferEncoding: "chunked must be the one and last transfer coding of HTTP/1.1"
    case .unknownTransferCoding: "only the chunked transfer coding is understood"
    case .malformedChunkSize: "a chunk does not start with its size in hexadecimal"
    case .malformedChunkEnd: "a chunk does not end where its size says"
    case .wastefulChunks: "the chunks hold too little for their framing"
    case .bodyTooLarge: "the body is too large"
    case .unknownExpectation: "only 100-continue can be expected"
    case .tunnelRequested: "CONNECT is for proxies"
    default: "malformed request"
    }
  }
}
