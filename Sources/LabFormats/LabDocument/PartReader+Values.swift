import LabCore

extension PartReader {
  // MARK: Plain values

  mutating func readText(_ node: DocumentNode) -> String? {
    guard case .string(let text) = node.value else {
      reportType(node, expected: "a text")
      return nil
    }
    return text
  }

  /// A text of one line.
  mutating func readLine(_ node: DocumentNode, characters: ClosedRange<Int>) -> String? {
    guard let text = readText(node) else { return nil }
    guard characters.contains(text.unicodeScalars.count) else {
      let bounds = "\(characters.lowerBound) to \(characters.upperBound)"
      report(
        .outOfRange, "\(bounds) characters belong here, this text has \(text.unicodeScalars.count)")
      return nil
    }
    let control = text.unicodeScalars.first { $0.properties.generalCategory == .control }
    if let control {
      report(.invalidValue, "\(quoted(control)) does not belong here: a control character")
      return nil
    }
    return text
  }

  mutating func readBool(_ node: DocumentNode) -> Bool? {
    guard case .bool(let value) = node.value else {
      reportType(node, expected: "true or false")
      return nil
    }
    return value
  }

  /// - Parameter what: what the number is, with its article: `a port`.
  mutating func readInteger(
    _ node: DocumentNode, _ what: String, in range: ClosedRange<Int>
  ) -> Int? {
    switch node.value {
    case .number(.integer(let value)) where range.contains(Int(clamping: value)):
      return Int(clamping: value)
    case .number(.integer(let value)):
      report(
        .outOfRange,
        "\(what) is a number from \(range.lowerBound) to \(range.upperBound), not \(value)")
    case .number(.decimal(let literal)):
      report(
        .outOfRange,
        "\(what) is a whole number from \(range.lowerBound) to \(range.upperBound),"
          + " not \(excerpt(literal.text))")
    default:
      reportType(node, expected: "a number")
    }
    return nil
  }

  mutating func readPort(_ node: DocumentNode) -> Int? {
    readInteger(node, "a port", in: 1...65535)
  }

  /// One of an enumeration's raw values.
  mutating func readChoice<Choice: RawRepresentable & CaseIterable>(
    _ node: DocumentNode, of type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    guard let text = readText(node) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let allowed = Choice.allCases.map(\.rawValue)
    let hint =
      Spelling.value(meantBy: text, among: allowed).map { "; did you mean \"\($0)\"?" } ?? ""
    let others =
      allowed.count == 1
      ? "\(allowed[0]), the only one known here" : "one of \(allowed.joined(separator: ", "))"
    report(.invalidValue, "\"\(excerpt(text))\" is not \(others)\(hint)")
    return nil
  }

  // MARK: Names

  mutating func readName(_ node: DocumentNode) -> DNSLabel? {
    guard let text = readText(node) else { return nil }
    do throws(NameSyntaxError) {
      return try DNSLabel(parsing: text)
    } catch {
      reportName(text, error)
      return nil
    }
  }

  mutating func readSelector(_ node: DocumentNode) -> EndpointSelector? {
    guard let text = readText(node) else { return nil }
    do throws(NameSyntaxError) {
      return try EndpointSelector(parsing: text)
    } catch {
      report(
        .invalidValue,
        "\"\(excerpt(text))\" is not one of vms, host, lan, internet, a VM's name or tag:NAME; \(error)"
      )
      return nil
    }
  }

  private mutating func reportName(_ text: String, _ error: NameSyntaxError) {
    guard text.utf8.count <= 63 else {
      report(.invalidValue, "\"\(excerpt(text))\" is not a name: \(error)")
      return
    }
    let candidate = String(text.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    let isName = (try? DNSLabel(parsing: candidate)) != nil
    let hint = isName ? "; \"\(candidate)\" would do" : ""
    report(.invalidValue, "\"\(text)\" is not a name: \(error)\(hint)")
  }

  mutating func readVersion(_ node: DocumentNode) -> HypervisorVersion? {
    // A version of two parts is a number to YAML and JSON, whose text is as it was written.
    let text: String
    if case .number(let number) = node.value {
      text = number.description
    } else if let written = readText(node) {
      text = written
    } else {
      return nil
    }
    if let version = HypervisorVersion(parsing: text) { return version }
    report(
      .invalidValue,
      "\"\(excerpt(text))\" is not a version: one to three numbers joined by dots, such as 7.1 or 7.1.12"
    )
    return nil
  }

  // MARK: Addresses

  mutating func readAddress<Address: IPAddress>(
    _ node: DocumentNode, as type: Address.Type = Address.self
  ) -> Address? {
    readSyntax(node) { text throws(AddressSyntaxError) in try Address(parsing: text) }
  }

  /// An address, or a VM's name in its place. Addresses have dots or colons, names have none.
  mutating func readReference(_ node: DocumentNode) -> AddressReference? {
    guard case .string(let text) = node.value, !text.contains(where: { "./:".contains($0) })
    else { return readAddress(node).map(AddressReference.address) }
    return readName(node).map(AddressReference.machine)
  }

  mutating func readPrefix<Address: IPAddress>(_ node: DocumentNode) -> Prefix<Address>? {
    readSyntax(node) { text throws(AddressSyntaxError) in try Prefix<Address>(parsing: text) }
  }

  mutating func readInterfaceAddress<Address: IPAddress>(
    _ node: DocumentNode
  ) -> InterfaceAddress<Address>? {
    readSyntax(node) { text throws(AddressSyntaxError) in
      try InterfaceAddress<Address>(parsing: text)
    }
  }

  mutating func readAnyPrefix(_ node: DocumentNode) -> AnyPrefix? {
    readSyntax(node) { text throws(AddressSyntaxError) in try AnyPrefix(parsing: text) }
  }

  mutating func readAnyAddress(_ node: DocumentNode) -> AnyAddress? {
    readSyntax(node) { text throws(AddressSyntaxError) in try AnyAddress(parsing: text) }
  }

  mutating func readHardwareAddress(_ node: DocumentNode) -> MACAddress? {
    readSyntax(node) { text throws(AddressSyntaxError) in try MACAddress(parsing: text) }
  }

  private mutating func readSyntax<Value>(
    _ node: DocumentNode, _ parse: (String) throws(AddressSyntaxError) -> Value
  ) -> Value? {
    guard let text = readText(node) else { return nil }
    do throws(AddressSyntaxError) {
      return try parse(text)
    } catch {
      reportAddress(text, error)
      return nil
    }
  }

  private mutating func reportAddress(_ text: String, _ error: AddressSyntaxError) {
    if let other = keyOfOtherFamily(for: text) {
      report(.familyMismatch, "\"\(text)\" is of the other family; it belongs in \(other)")
    } else if error.expected.hasSuffix("prefix"), hasHostBits(text) {
      report(.hostBits, error.description)
    } else if let advice = Spelling.advice(onAddress: text, isAddress: error.expectsAddress) {
      report(.invalidValue, "\(error); \(advice)")
    } else {
      report(.invalidValue, error.description)
    }
  }

  /// The key beside the one being read where a text would be right: `ipv6` for `ipv4`.
  private func keyOfOtherFamily(for text: String) -> String? {
    let pairs = [("ipv4", "ipv6"), ("gateway", "gateway6"), ("address", "address6")]
    for (key4, key6) in pairs where key == key4 || key == key6 {
      let address = String(text.prefix { $0 != "/" })
      let isOther =
        key == key4
        ? (try? IPv6Address(parsing: address)) != nil : (try? IPv4Address(parsing: address)) != nil
      return isOther ? (key == key4 ? key6 : key4) : nil
    }
    return nil
  }

  private func hasHostBits(_ text: String) -> Bool {
    (try? InterfaceAddress<IPv4Address>(parsing: text)) != nil
      || (try? InterfaceAddress<IPv6Address>(parsing: text)) != nil
  }
}

extension AddressSyntaxError {
  /// Whether an address without a prefix length was to be read.
  fileprivate var expectsAddress: Bool {
    expected == "IPv4 address" || expected == "IPv6 address"
  }
}
