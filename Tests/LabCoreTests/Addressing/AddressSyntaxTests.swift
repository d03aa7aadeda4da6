import LabCore
import Testing

/// What a text is read as, in its own text form, or the sentence against it.
private func reading<Value: CustomStringConvertible>(
  _ read: () throws(AddressSyntaxError) -> Value
) -> String {
  do { return try read().description } catch { return error.description }
}

struct AddressSyntaxTests {
  static let ipv4: [(text: String, reading: String)] = [
    // Four numbers, each from 0 to 255.
    ("0.0.0.0", "0.0.0.0"),
    ("10.0.2.15", "10.0.2.15"),
    ("192.168.140.255", "192.168.140.255"),
    ("255.255.255.255", "255.255.255.255"),
    // Nothing there.
    ("", "\"\" is not an IPv4 address: it is empty (at character 1)"),
    // Not an address at all.
    (
      "bad",
      "\"bad\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 1)"
    ),
    // Too few numbers: inet_aton would fill up with zeros.
    ("1234", "\"1234\" is not an IPv4 address: a number is greater than 255 (at character 1)"),
    ("127", "\"127\" is not an IPv4 address: it has 1 of the 4 numbers (at character 4)"),
    ("127.1", "\"127.1\" is not an IPv4 address: it has 2 of the 4 numbers (at character 6)"),
    ("10.0.2", "\"10.0.2\" is not an IPv4 address: it has 3 of the 4 numbers (at character 7)"),
    (
      "10.0.2.",
      "\"10.0.2.\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 8)"
    ),
    // Too many.
    (
      "10.0.2.1.5",
      "\"10.0.2.1.5\" is not an IPv4 address: there is more than an address (at character 9)"
    ),
    // Dots without a number between.
    (
      "10..2.1",
      "\"10..2.1\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 4)"
    ),
    (
      ".10.2.1",
      "\".10.2.1\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 1)"
    ),
    // A number that doesn't fit, and one that fits no machine word.
    (
      "10.0.2.256",
      "\"10.0.2.256\" is not an IPv4 address: a number is greater than 255 (at character 8)"
    ),
    (
      "10.99999999999999999999.2.1",
      "\"10.99999999999999999999.2.1\" is not an IPv4 address: "
        + "a number is greater than 255 (at character 4)"
    ),
    // A leading zero, octal to some programs; it is wrong whatever the value.
    (
      "010.0.2.1",
      "\"010.0.2.1\" is not an IPv4 address: a number must not begin with 0 (at character 1)"
    ),
    (
      "10.0.2.00",
      "\"10.0.2.00\" is not an IPv4 address: a number must not begin with 0 (at character 8)"
    ),
    (
      "10.0.2.0001",
      "\"10.0.2.0001\" is not an IPv4 address: a number must not begin with 0 (at character 8)"
    ),
    // The other shorthands of inet_aton.
    (
      "0x7f.0.0.1",
      "\"0x7f.0.0.1\" is not an IPv4 address: a dot belongs between two numbers (at character 2)"
    ),
    // Signs and spaces.
    (
      "10.0.-2.1",
      "\"10.0.-2.1\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 6)"
    ),
    (
      " 10.0.2.1",
      "\" 10.0.2.1\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 1)"
    ),
    (
      "10.0.2.1 ",
      "\"10.0.2.1 \" is not an IPv4 address: there is more than an address (at character 9)"
    ),
    // What C would take for the end of the text.
    (
      "10.0.2.1\0",
      "\"10.0.2.1\0\" is not an IPv4 address: there is more than an address (at character 9)"
    ),
    // Digits of another script, and a mark that makes one character with the digit before.
    (
      "１0.0.2.1",
      "\"１0.0.2.1\" is not an IPv4 address: a number from 0 to 255 belongs here (at character 1)"
    ),
    (
      "10.0.2.1\u{301}",
      "\"10.0.2.1\u{301}\" is not an IPv4 address: there is more than an address (at character 9)"
    ),
    // An address with something that belongs elsewhere.
    (
      "10.0.2.1/24",
      "\"10.0.2.1/24\" is not an IPv4 address: there is more than an address (at character 9)"
    ),
    (
      "10.0.2.1:80",
      "\"10.0.2.1:80\" is not an IPv4 address: colons belong to IPv6 addresses (at character 9)"
    ),
    ("::1", "\"::1\" is not an IPv4 address: colons belong to IPv6 addresses (at character 1)"),
    // The place is counted in characters, not in bytes.
    ("é:", "\"é:\" is not an IPv4 address: colons belong to IPv6 addresses (at character 2)"),
    // A text of any length makes a short sentence.
    (
      String(repeating: "x", count: 65),
      "\"\(String(repeating: "x", count: 64))…\" is not an IPv4 address: "
        + "a number from 0 to 255 belongs here (at character 1)"
    ),
  ]

  @Test(arguments: ipv4)
  func readsIPv4(text: String, expected: String) {
    #expect(reading { () throws(AddressSyntaxError) in try IPv4Address(parsing: text) } == expected)
  }

  static let mac: [(text: String, reading: String)] = [
    // The three forms, either case.
    ("08:00:27:aa:00:01", "08:00:27:aa:00:01"),
    ("08-00-27-AA-00-01", "08:00:27:aa:00:01"),
    ("080027AA0001", "08:00:27:aa:00:01"),
    ("FF:ff:Ff:fF:FF:ff", "ff:ff:ff:ff:ff:ff"),
    ("", "\"\" is not a MAC address: it is empty (at character 1)"),
    // Too short, too long.
    (
      "08:00:27:aa:00",
      "\"08:00:27:aa:00\" is not a MAC address: "
        + "it has 10 of the 12 hexadecimal digits (at character 15)"
    ),
    (
      "08:00:27:aa:00:",
      "\"08:00:27:aa:00:\" is not a MAC address: "
        + "it has 10 of the 12 hexadecimal digits (at character 16)"
    ),
    (
      "080027AA000",
      "\"080027AA000\" is not a MAC address: "
        + "it has 11 of the 12 hexadecimal digits (at character 12)"
    ),
    (
      "08:00:27:aa:00:01:",
      "\"08:00:27:aa:00:01:\" is not a MAC address: "
        + "something is left behind the 12 digits (at character 18)"
    ),
    (
      "080027AA00011",
      "\"080027AA00011\" is not a MAC address: "
        + "something is left behind the 12 digits (at character 13)"
    ),
    // Digits left out, another joint, two kinds of joint.
    (
      "8:0:27:aa:0:1",
      "\"8:0:27:aa:0:1\" is not a MAC address: a hexadecimal digit belongs here (at character 2)"
    ),
    (
      "0800.27aa.0001",
      "\"0800.27aa.0001\" is not a MAC address: a hexadecimal digit belongs here (at character 5)"
    ),
    (
      "08:00-27:aa:00:01",
      "\"08:00-27:aa:00:01\" is not a MAC address: "
        + "pairs of digits are joined by all colons or all hyphens (at character 6)"
    ),
    (
      "0800:27aa:0001",
      "\"0800:27aa:0001\" is not a MAC address: "
        + "pairs of digits are joined by all colons or all hyphens (at character 3)"
    ),
    (
      "08:00:27:aa:00:0g",
      "\"08:00:27:aa:00:0g\" is not a MAC address: "
        + "a hexadecimal digit belongs here (at character 17)"
    ),
  ]

  @Test(arguments: mac)
  func readsMAC(text: String, expected: String) {
    #expect(reading { () throws(AddressSyntaxError) in try MACAddress(parsing: text) } == expected)
  }

  static let ipv4Prefixes: [(text: String, reading: String)] = [
    ("0.0.0.0/0", "0.0.0.0/0"),
    ("10.0.2.0/24", "10.0.2.0/24"),
    ("10.0.2.15/32", "10.0.2.15/32"),
    ("128.0.0.0/1", "128.0.0.0/1"),
    // Host bits: the prefix that was meant.
    ("10.0.2.5/24", "10.0.2.5/24 has host bits set; the prefix is 10.0.2.0/24"),
    ("10.0.2.5/31", "10.0.2.5/31 has host bits set; the prefix is 10.0.2.4/31"),
    ("0.0.0.1/0", "0.0.0.1/0 has host bits set; the prefix is 0.0.0.0/0"),
    // The address is read first.
    ("", "\"\" is not an IPv4 prefix: it is empty (at character 1)"),
    ("/24", "\"/24\" is not an IPv4 prefix: it is empty (at character 1)"),
    (
      "10.0.2/24", "\"10.0.2/24\" is not an IPv4 prefix: it has 3 of the 4 numbers (at character 7)"
    ),
    // No length, or one that is none.
    (
      "10.0.2.0",
      "\"10.0.2.0\" is not an IPv4 prefix: "
        + "a slash and a length such as /24 are missing (at character 9)"
    ),
    (
      "10.0.2.0/",
      "\"10.0.2.0/\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    (
      "10.0.2.0/33",
      "\"10.0.2.0/33\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    (
      "10.0.2.0/024",
      "\"10.0.2.0/024\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    (
      "10.0.2.0/+24",
      "\"10.0.2.0/+24\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    (
      "10.0.2.0/24/24",
      "\"10.0.2.0/24/24\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    // To Unicode the slash and the mark behind it are one character.
    (
      "10.0.2.0/\u{301}24",
      "\"10.0.2.0/\u{301}24\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
    // The old way to write a length, and a mask with a hole in it.
    (
      "10.0.2.0/255.255.255.0",
      "\"10.0.2.0/255.255.255.0\" is not an IPv4 prefix: "
        + "the mask 255.255.255.0 is written as its length, /24 (at character 10)"
    ),
    (
      "10.0.2.0/255.0.255.0",
      "\"10.0.2.0/255.0.255.0\" is not an IPv4 prefix: "
        + "a length from 0 to 32 belongs behind the slash (at character 10)"
    ),
  ]

  @Test(arguments: ipv4Prefixes)
  func readsIPv4Prefix(text: String, expected: String) {
    #expect(reading { () throws(AddressSyntaxError) in try IPv4Prefix(parsing: text) } == expected)
  }

  static let interfaceAddresses: [(text: String, reading: String)] = [
    // Host bits are the point of it.
    ("192.168.1.20/24", "192.168.1.20/24"),
    ("192.168.1.0/24", "192.168.1.0/24"),
    (
      "192.168.1.20",
      "\"192.168.1.20\" is not an IPv4 address with a prefix length: "
        + "a slash and a length such as /24 are missing (at character 13)"
    ),
    (
      "192.168.1.20/240",
      "\"192.168.1.20/240\" is not an IPv4 address with a prefix length: "
        + "a length from 0 to 32 belongs behind the slash (at character 14)"
    ),
  ]

  @Test(arguments: interfaceAddresses)
  func readsInterfaceAddress(text: String, expected: String) {
    let read = reading { () throws(AddressSyntaxError) in
      try InterfaceAddress<IPv4Address>(parsing: text)
    }
    #expect(read == expected)
  }

  @Test func errorsKeepWhatTheyAreAbout() throws {
    let wrong = #expect(throws: AddressSyntaxError.self) {
      try IPv4Prefix(parsing: "10.0.2.300/24")
    }
    #expect(wrong?.expected == "IPv4 prefix")
    #expect(wrong?.text == "10.0.2.300/24")
    #expect(wrong?.reason == "a number is greater than 255")
    #expect(wrong?.offset == 7)
    let hostBits = #expect(throws: AddressSyntaxError.self) {
      try IPv6Prefix(parsing: "2001:DB8::1/32")
    }
    #expect(hostBits?.expected == "IPv6 prefix")
    #expect(hostBits?.reason == "it has host bits set; the prefix is 2001:db8::/32")
    #expect(hostBits?.offset == 0)
  }
}
