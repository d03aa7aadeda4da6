import LabCore
import LabFormats
import LabStorage

extension JSONWriter {
  /// Writes the answer of `GET …/networks/{network}/addresses`.
  mutating func reservations(
    _ reserved: [ReservedAddress], on network: DNSLabel, of lab: DNSLabel, revision: Int
  ) {
    object { writer in
      writer.member("lab", lab.text)
      writer.member("revision", revision)
      writer.member("network", network.text)
      writer.member("addresses", array: reserved) { writer, reservation in
        writer.object { writer in
          writer.member("address", reservation.address.description)
          writer.member("note", reservation.note)
          writer.member("reserved_at", reservation.reservedAt.text)
        }
      }
    }
  }

  /// Writes the answer of `GET …/networks/{network}/free`.
  mutating func free(
    _ free: NetworkFreeAddresses, on network: DNSLabel, of lab: DNSLabel, revision: Int
  ) {
    object { writer in
      writer.member("lab", lab.text)
      writer.member("revision", revision)
      writer.member("network", network.text)
      writer.key("ipv4")
      writer.free(free.ipv4)
      writer.key("ipv6")
      writer.free(free.ipv6)
    }
  }

  private mutating func free<Address: IPAddress>(_ free: FreeAddresses<Address>?) {
    guard let free else { return null() }
    object { writer in
      writer.member("prefix", free.prefix.description)
      writer.member("free", min(free.count, largestSafeInteger))
      writer.member("ranges", array: free.ranges) { $0.range($1) }
      writer.member("prefixes", array: free.prefixes) { $0.string($1.description) }
      writer.member("static_ranges", array: free.staticRanges) { $0.range($1) }
      writer.member("resting", array: free.resting) { writer, resting in
        writer.object { writer in
          writer.member("address", resting.address.description)
          writer.member("since", Timestamp(milliseconds: resting.freedAt).text)
        }
      }
    }
  }

  private mutating func range<Address: IPAddress>(_ range: AddressRange<Address>) {
    object { writer in
      writer.member("first", range.first.description)
      writer.member("last", range.last.description)
    }
  }
}
