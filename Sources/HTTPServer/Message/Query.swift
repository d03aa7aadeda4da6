/// The query of a request target: names and values, decoded as
/// `application/x-www-form-urlencoded` (`+` is a space), in the order they were sent.
public struct Query: Hashable, Sendable {
  /// One name with its value; the value of `?flag` is empty.
  public struct Item: Hashable, Sendable {
    /// The decoded name.
    public let name: String
    /// The decoded value.
    public let value: String

    /// An item from text that is already decoded.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Every item, in order.
  public let items: [Item]

  /// A query of these items.
  public init(items: [Item] = []) {
    self.items = items
  }

  /// The first value of a name; nil when it was not sent.
  public subscript(name: String) -> String? {
    items.first { $0.name == name }?.value
  }

  /// Every value of a name, in order.
  public func values(of name: String) -> [String] {
    items.filter { $0.name == name }.map(\.value)
  }
}
