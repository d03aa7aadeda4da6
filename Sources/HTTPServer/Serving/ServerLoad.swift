/// How much a server has to do at a moment.
public struct ServerLoad: Hashable, Sendable {
  /// Connections that are open, idle ones among them.
  public let openConnections: Int
  /// Threads that answer requests.
  public let threads: Int
}

extension Server {
  /// How much it has to do now.
  public var load: ServerLoad {
    ServerLoad(
      openConnections: core.table.openCount, threads: max(1, core.configuration.threads))
  }
}
