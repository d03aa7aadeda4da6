import LabCore
import Testing

struct MACAddressTests {
  static let rows:
    [(text: String, isUnicast: Bool, isLocallyAdministered: Bool, identifier: UInt64)] = [
      // RFC 2464 section 4 has this one.
      ("34:56:78:9a:bc:de", true, false, 0x3656_78ff_fe9a_bcde),
      // VirtualBox.
      ("08:00:27:aa:00:01", true, false, 0x0a00_27ff_feaa_0001),
      // The bit says "given by a maker", so flipping it clears it in a local address.
      ("02:00:00:00:00:00", true, true, 0x0000_00ff_fe00_0000),
      // The group of all IPv6 nodes, and all cards.
      ("33:33:00:00:00:01", false, true, 0x3133_00ff_fe00_0001),
      ("ff:ff:ff:ff:ff:ff", false, true, 0xfdff_ffff_feff_ffff),
      ("00:00:00:00:00:00", true, false, 0x0200_00ff_fe00_0000),
    ]

  @Test(arguments: rows)
  func knowsItsBits(
    text: String, isUnicast: Bool, isLocallyAdministered: Bool, identifier: UInt64
  ) throws {
    let mac = try MACAddress(parsing: text)
    #expect(mac.isUnicast == isUnicast)
    #expect(mac.isMulticast == !isUnicast)
    #expect(mac.isBroadcast == (text == "ff:ff:ff:ff:ff:ff"))
    #expect(mac.isLocallyAdministered == isLocallyAdministered)
    #expect(mac.interfaceIdentifier == identifier)
    #expect(mac.description == text)
  }

  @Test func keepsFortyEightBits() {
    #expect(MACAddress(bits: .max).description == "ff:ff:ff:ff:ff:ff")
    #expect(MACAddress(bits: 1 << 48) == MACAddress(bits: 0))
  }

  @Test func comparesByNumber() {
    #expect(MACAddress(bits: 0x0800_27ff_ffff) < MACAddress(bits: 0x0a00_2700_0000))
  }
}
