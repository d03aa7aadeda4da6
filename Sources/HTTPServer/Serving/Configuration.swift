internal import Glibc

/// How a server listens and what it puts up with.
public struct Configuration: Sendable {
  /// The name or IP address to listen at. `0.0.0.0` and `::` mean every address; `::` takes IPv4
  /// connections too.
  public var host: String
  /// The TCP port; 0 picks a free one.
  public var port: UInt16
  /// How many threads call handlers, at least 1: as many can block at the same time before others
  /// wait.
  public var threads = 16
  /// How many threads watch connections, read and write, at least 1. They never block; more than the
  /// machine has processors are of no use.
  public var loops = min(4, processorCount())
  /// How many connections may be open. Fewer where the process may not open as many files. Once all
  /// are open, the next one ends the one that has been idle for longest, or waits if none is idle.
  public var maximumConnections = 10_000
  /// How many connections one client may have open, see ``ClientKey``; more are answered with 429.
  /// A proxy's connections are not counted, but the requests in flight of each client behind it.
  public var maximumConnectionsPerClient = 256
  /// Who speaks for others.
  public var proxies = ProxyTrust.nobody
  /// How many requests may wait for a handler or be with one; more are answered with 503.
  public var maximumRequestsInFlight = 1024
  /// Paths, by their segments, whose requests have a thread of their own: what watches the server
  /// is answered while handlers are busy.
  public var reservedPaths: Set<[String]> = []
  /// Bytes of a request's head, at most; more is answered with 431.
  public var maximumHeadBytes = 32 * 1024
  /// Header fields of a request, at most; more is answered with 431.
  public var maximumHeaderCount = 100
  /// Bytes of a request target, at most; more is answered with 414.
  public var maximumTargetBytes = 8 * 1024
  /// Bytes of a request's body, at most; more is answered with 413.
  public var maximumBodyBytes = 8 * 1024 * 1024
  /// Bytes of all bodies together that are being read or answered; beyond them, bodies over 16 KiB
  /// are answered with 503. At least ``maximumBodyBytes``.
  public var maximumBodyBytesInFlight = 256 * 1024 * 1024
  /// How long a head may take from its first byte to its last; longer is answered with 408.
  public var headTimeout = Duration.seconds(10)
  /// How long a body may take, besides what ``lowestRate`` grants for the bytes that have come;
  /// longer is answered with 408.
  public var bodyTimeout = Duration.seconds(20)
  /// How long the client may take to receive a response, besides what ``lowestRate`` grants for
  /// the bytes whose receipt its system has acknowledged; then the connection is cut.
  public var writeTimeout = Duration.seconds(20)
  /// How long a request may take from when it was read until its answer begins. One that waited for
  /// a thread for so long is answered with 503; a handler learns of it by ``Request/interruption``.
  public var requestTimeout = Duration.seconds(10)
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

private func processorCount() -> Int {
  max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
