import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// A page of what is reserved on a network.
struct ReservationList {
  let lab: DNSLabel
  let revision: Int
  let network: DNSLabel
  /// The lowest first.
  let addresses: [ReservedAddress]
  /// How many addresses a page has.
  let limit: Int
  /// Whether none follow.
  let isLast: Bool
  /// What of the pages is wanted; nil for all.
  let fields: FieldSelection?

  /// Where the next page is.
  var next: String? {
    guard !isLast, let last = addresses.last else { return nil }
    return "\(path(of: lab))/networks/\(network)/addresses?limit=\(limit)&cursor=\(last.address)"
      + (fields?.parameter ?? "")
  }
}

extension JSONWriter {
  /// Writes the answer of `GET …/networks/{network}/addresses`.
  mutating func reservationList(_ list: ReservationList) {
    object { writer in
      writer.member("lab", list.lab.text)
      writer.member("revision", list.revision)
      writer.member("network", list.network.text)
      writer.member("addresses", array: list.addresses) { writer, reservation in
        writer.object { writer in
          writer.member("address", reservation.address.description)
          writer.member("note", reservation.note)
          writer.member("reserved_at", reservation.reservedAt.text)
        }
      }
      writer.member("next", list.next)
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
      let ranges = writer.member("ranges", firstOf: free.ranges) { $0.range($1) }
      let prefixes = writer.member("prefixes", firstOf: free.prefixes) {
        $0.string($1.description)
      }
      let statics = writer.member("static_ranges", firstOf: free.staticRanges) { $0.range($1) }
      let resting = writer.member("resting", firstOf: free.resting) { writer, resting in
        writer.object { writer in
          writer.member("address", resting.address.description)
          writer.member("since", Timestamp(milliseconds: resting.freedAt).text)
        }
      }
      writer.more([
        "ranges": ranges, "prefixes": prefixes, "static_ranges": statics, "resting": resting,
      ])
    }
  }

  private mutating func range<Address: IPAddress>(_ range: AddressRange<Address>) {
    object { writer in
      writer.member("first", range.first.description)
      writer.member("last", range.last.description)
    }
  }
}
