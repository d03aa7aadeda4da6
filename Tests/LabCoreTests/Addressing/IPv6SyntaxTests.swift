import LabCore
import Testing

struct IPv6SyntaxTests {
  static let accepted: [(text: String, description: String)] = [
    ("::", "::"),
    ("::1", "::1"),
    ("1::", "1::"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
    // RFC 4291 section 2.2.
    ("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
    ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"),
    ("FF01:0:0:0:0:0:0:101", "ff01::101"),
    // A gap of one group, at either end and inside.
    ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
    ("1:2:3::5:6:7:8", "1:2:3:0:5:6:7:8"),
    // RFC 5952 section 4.1: no leading zeros.
    ("2001:0db8::0001", "2001:db8::1"),
    ("0000:0000:0000:0000:0000:0000:0000:0000", "::"),
    // 4.2.1: as short as can be.
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
    // 4.2.2: a single zero group is not shortened.
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    // 4.2.3: the longest run, the first of equals.
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("0:0:1:0:0:0:1:0", "0:0:1::1:0"),
    ("0:0:0:1:0:0:0:1", "::1:0:0:0:1"),
    ("1:0:0:0:1:0:0:0", "1::1:0:0:0"),
    // 4.3: lower case.
    ("2001:DB8::AaAa:fFfF", "2001:db8::aaaa:ffff"),
    // Section 5: IPv4-mapped addresses stay mixed.
    ("::ffff:10.0.2.15", "::ffff:10.0.2.15"),
    ("::FFFF:a00:20f", "::ffff:10.0.2.15"),
    ("0:0:0:0:0:ffff:0:0", "::ffff:0.0.0.0"),
    // The mixed form is read anywhere, written only there.
    ("::10.0.2.15", "::a00:20f"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
    ("::2:3:4:5:6:7.8.9.10", "0:2:3:4:5:6:708:90a"),
    ("::ffff:0:10.0.2.15", "::ffff:0:a00:20f"),
    // The longest text.
    ("1111:2222:3333:4444:5555:6666:123.123.123.123", "1111:2222:3333:4444:5555:6666:7b7b:7b7b"),
  ]

  @Test(arguments: accepted)
  func reads(text: String, description: String) throws {
    #expect(try IPv6Address(parsing: text).description == description)
  }

  /// Texts, why they are refused, and the character of it, the first being 1.
  static let refused: [(text: String, reason: String, character: Int)] = [
    ("", "it is empty", 1),
    // Colons that join nothing.
    (":", "a group of hexadecimal digits belongs here", 1),
    (":1:2:3:4:5:6:7", "a group of hexadecimal digits belongs here", 1),
    (":::", "a group of hexadecimal digits belongs here", 3),
    ("1:::2", "a group of hexadecimal digits belongs here", 4),
    ("1:2:3:4:5:6:7:", "it ends with a single colon", 14),
    ("::1:", "it ends with a single colon", 4),
    // Too few groups, too many.
    ("1:2:3:4:5:6:7", "it has 7 of the 8 groups", 14),
    ("1", "it has 1 of the 8 groups", 2),
    ("1:2:3:4:5:6:7:8:9", "it has more than 8 groups", 17),
    ("1:2:3:4:5:6:7:8:", "it ends with a single colon", 16),
    // A gap that is none, and two gaps.
    ("1:2:3:4:5:6:7::8", "\"::\" stands for no group at all", 14),
    ("::1:2:3:4:5:6:7:8", "\"::\" stands for no group at all", 1),
    ("1:2:3:4:5:6:7:8::", "\"::\" stands for no group at all", 16),
    ("1::2::3", "\"::\" stands in it twice", 5),
    ("::::", "a group of hexadecimal digits belongs here", 3),
    // Digits.
    ("12345::", "a group has more than 4 digits", 1),
    ("::00001", "a group has more than 4 digits", 3),
    ("::g", "a group of hexadecimal digits belongs here", 3),
    ("::1g", "only hexadecimal digits and colons belong here", 4),
    ("::0x1", "only hexadecimal digits and colons belong here", 4),
    ("::-1", "a group of hexadecimal digits belongs here", 3),
    (" ::1", "a group of hexadecimal digits belongs here", 1),
    ("::1 ", "only hexadecimal digits and colons belong here", 4),
    ("::1\0", "only hexadecimal digits and colons belong here", 4),
    ("::1\u{301}", "only hexadecimal digits and colons belong here", 4),
    // Zones (RFC 4007) name an interface of one machine.
    ("fe80::1%eth0", "a zone belongs to an interface of one machine, not to the address", 8),
    ("fe80::%1", "a zone belongs to an interface of one machine, not to the address", 7),
    // As URLs and as prefixes write it.
    ("[::1]", "a group of hexadecimal digits belongs here", 1),
    ("::/0", "a group of hexadecimal digits belongs here", 3),
    // The mixed form.
    ("10.0.2.15", "colons belong between the groups of an IPv6 address", 1),
    ("::10.0.2", "it has 3 of the 4 numbers", 9),
    ("::10.0.2.015", "a number must not begin with 0", 10),
    ("::10.0.2.256", "a number is greater than 255", 10),
    ("::ff.0.2.1", "a number from 0 to 255 belongs here", 3),
    ("::10.0.2.15:1", "there is more than an address", 12),
    ("1:2:3:4:5:6:7:8.9.10.11", "it has more than 8 groups", 15),
    ("1:2:3:4:5:10.0.2.15", "it has 7 of the 8 groups", 20),
  ]

  @Test(arguments: refused)
  func refuses(text: String, reason: String, character: Int) {
    let error = #expect(throws: AddressSyntaxError.self) { try IPv6Address(parsing: text) }
    #expect(
      error?.description
        == "\"\(text)\" is not an IPv6 address: \(reason) (at character \(character))")
  }

  static let prefixes: [(text: String, reading: String)] = [
    ("::/0", "::/0"),
    ("2001:DB8::/32", "2001:db8::/32"),
    ("fd00:0:0:1::/64", "fd00:0:0:1::/64"),
    ("::1/128", "::1/128"),
    ("2001:DB8::1/32", "2001:DB8::1/32 has host bits set; the prefix is 2001:db8::/32"),
    (
      "fd00::",
      "\"fd00::\" is not an IPv6 prefix: "
        + "a slash and a length such as /64 are missing (at character 7)"
    ),
    (
      "fd00::/129",
      "\"fd00::/129\" is not an IPv6 prefix: "
        + "a length from 0 to 128 belongs behind the slash (at character 8)"
    ),
    // IPv6 never had masks.
    (
      "fd00::/255.0.0.0",
      "\"fd00::/255.0.0.0\" is not an IPv6 prefix: "
        + "a length from 0 to 128 belongs behind the slash (at character 8)"
    ),
  ]

  @Test(arguments: prefixes)
  func readsPrefix(text: String, expected: String) {
    do {
      #expect(try IPv6Prefix(parsing: text).description == expected)
    } catch {
      #expect(error.description == expected)
    }
  }
}
