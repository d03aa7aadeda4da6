/// What a mode's facts were taken from.
public enum Evidence: String, Hashable, Sendable {
  /// The product itself was measured with real packets.
  case measured
  /// Its manual, its source, or what its users report.
  case documented
}

/// What a product itself calls a mode.
public struct NativeName: Hashable, Sendable {
  /// As its window or its manual names it.
  public let name: String
  /// As its configuration or its command line writes it.
  public let config: String

  init(_ name: String, _ config: String) {
    self.name = name
    self.config = config
  }
}
