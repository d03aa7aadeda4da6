/// How a server listens and what it puts up with.
public struct Configuration: Sendable {
  /// The name or IP address to listen at. `0.0.0.0` and `::` mean every address; `::` takes IPv4
  /// connections too.
  public var host: String
  /// The TCP port; 0 picks a free one.
  public var port: UInt16
  /// How many threads serve connections, at least 1. As many handlers can block at the same time
  /// before others wait; but the more threads sleep, the more often the kernel wakes one for a
  /// request that a busy one would have come to just as soon.
  public var threads = 6
  /// How many connections may be open. Less where the process may not open as many files.
  public var maximumConnections = 10_000
  /// Bytes of a request's head, at most; more is answered with 431.
  public var maximumHeadBytes = 32 * 1024
  /// Header fields of a request, at most; more is answered with 431.
  public var maximumHeaderCount = 100
  /// Bytes of a request target, at most; more is answered with 414.
  public var maximumTargetBytes = 8 * 1024
  /// Bytes of a request's body, at most; more is answered with 413.
  public var maximumBodyBytes = 8 * 1024 * 1024
  /// How long a head may take from its first byte to its last; longer is answered with 408.
  public var headTimeout = Duration.seconds(10)
  /// How long a body may take, besides what ``lowestRate`` grants for the bytes that have come;
  /// longer is answered with 408.
  public var bodyTimeout = Duration.seconds(20)
  /// How long the client may take to receive a response, besides what ``lowestRate`` grants for
  /// the bytes that have gone; then the connection is cut.
  public var writeTimeout = Duration.seconds(20)
  /// Bytes a second, at least 1. Each such number of bytes of a body adds a second to the time it
  /// may take, in both directions.
  public var lowestRate = 1024
  /// How long a connection may stay open between requests.
  public var idleTimeout = Duration.seconds(60)

  /// A configuration with the defaults.
  public init(host: String = "127.0.0.1", port: UInt16 = 8080) {
    self.host = host
    self.port = port
  }

  /// Positions in a head have 32 bits, so no more than 1 GiB is granted.
  var parserLimits: ParserLimits {
    ParserLimits(
      headBytes: min(maximumHeadBytes, 1 << 30), fieldCount: maximumHeaderCount,
      targetBytes: maximumTargetBytes, bodyBytes: maximumBodyBytes)
  }
}
