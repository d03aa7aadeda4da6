/// What answers one method on one pattern of paths.
public struct Route: Sendable {
  /// Answers a request. It may block; other connections have other threads.
  public typealias Handler = @Sendable (Request, Parameters) -> Response

  /// Says what answers a request without waiting for anything; nil where only the handler can. It
  /// must never block, nor may what it gives.
  public typealias AtOnce = @Sendable (Request, Parameters) -> (@Sendable (Request) -> Response)?

  /// The method. A GET route answers HEAD too, unless there is a route for HEAD.
  public let method: Method
  /// The pattern: `/v1/labs/{lab}`. A segment in braces matches any one segment that is not empty.
  public let pattern: String
  /// What answers.
  public let handler: Handler
  /// What answers at once, where something can.
  public let atOnce: AtOnce

  /// A route; ``Router/init(_:refusal:)`` checks its pattern.
  public init(
    _ method: Method, _ pattern: String, atOnce: @escaping AtOnce = { _, _ in nil },
    _ handler: @escaping Handler
  ) {
    self.method = method
    self.pattern = pattern
    self.atOnce = atOnce
    self.handler = handler
  }
}

/// What the braces of a route's pattern matched.
public struct Parameters: Hashable, Sendable {
  private let names: [String]
  private let values: [String]

  /// - Parameter values: one for each name.
  init(names: [String], values: [String]) {
    self.names = names
    self.values = values
  }

  /// The segment that matched `{name}`; empty when the pattern has no such name, as no captured
  /// segment is.
  public subscript(name: String) -> String {
    for (known, value) in zip(names, values) where known == name { return value }
    return ""
  }

  /// Names and decoded segments, in the pattern's order.
  public var captured: [(name: String, value: String)] {
    Array(zip(names, values)).map { (name: $0, value: $1) }
  }
}
