import LabCore

/// A type that a column holds in its text form.
protocol SQLText: SQLValue, CustomStringConvertible {
  init(parsing text: String) throws
}

extension SQLText {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(description, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Self {
    let text = try statement.text(at: column)
    do { return try Self(parsing: text) } catch {
      throw statement.unexpectedValue(at: column, expected: "\(Self.self): \(error)")
    }
  }
}

extension DNSLabel: SQLText {}
extension EndpointSelector: SQLText {}
extension IPv4Address: SQLText {}
extension IPv6Address: SQLText {}
extension AddressReference: SQLText {}
extension AnyAddress: SQLText {}
extension AnyPrefix: SQLText {}
extension Prefix: SQLText, SQLValue {}
extension InterfaceAddress: SQLText, SQLValue {}
extension MACAddress: SQLText {}

extension HypervisorVersion: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(text, at: index)
  }

  static func read(
    from statement: Statement, at column: Int32
  ) throws(StoreError) -> HypervisorVersion {
    guard let version = HypervisorVersion(parsing: try statement.text(at: column)) else {
      throw statement.unexpectedValue(at: column, expected: "a version")
    }
    return version
  }
}

/// The closed vocabularies of the document, by the words it uses for them.
extension SQLValue where Self: RawRepresentable, RawValue == String {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    try statement.bind(rawValue, at: index)
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> Self {
    let text = try statement.text(at: column)
    guard let value = Self(rawValue: text) else {
      throw statement.unexpectedValue(at: column, expected: "a \(Self.self)")
    }
    return value
  }
}

extension Hypervisor.Product: SQLValue {}
extension Host.OperatingSystem: SQLValue {}
extension Uplink.Kind: SQLValue {}
extension NetworkMode: SQLValue {}
extension VirtualMachine.OperatingSystem: SQLValue {}
extension AdapterModel: SQLValue {}
extension PromiscuousPolicy: SQLValue {}
extension PortForward.Transport: SQLValue {}
extension Requirement.Transport: SQLValue {}

/// `none`, or an address.
extension HostAddress: SQLValue {
  func bind(to statement: Statement, at index: Int32) throws(StoreError) {
    switch self {
    case .absent: try statement.bind("none", at: index)
    case .address(let address): try address.bind(to: statement, at: index)
    }
  }

  static func read(from statement: Statement, at column: Int32) throws(StoreError) -> HostAddress {
    if try statement.text(at: column) == "none" { return .absent }
    return .address(try IPv4Address.read(from: statement, at: column))
  }
}
