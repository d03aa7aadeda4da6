public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET /v1/products`: every product with what is true of it as a whole.
  public mutating func products() {
    object { writer in
      writer.member("products", array: Hypervisor.Product.allCases) { $0.product($1) }
    }
  }

  private mutating func product(_ product: Hypervisor.Product) {
    let facts = product.facts
    object { writer in
      writer.member("product", product.rawValue)
      writer.member("name", facts.name)
      writer.member("type", facts.kind.rawValue)
      writer.member("host_systems", array: facts.systems) { $0.string($1.rawValue) }
      writer.member("assumed_version", facts.assumedVersion.text)
      writer.member("modes", array: product.words) { $0.string($1.rawValue) }
      writer.member("limits") { writer in
        writer.member("adapters", facts.maximumAdapters)
        writer.member("nat_networks", product.natNetworkLimit)
      }
      writer.member("mac_prefix", facts.hardware.text)
      writer.member("models", array: facts.models) { $0.string($1) }
      writer.member("vlans", facts.hasVLANs)
    }
  }
}

extension Hypervisor.Product {
  /// How many NAT networks a host may have; nil for any number, and where there are none.
  fileprivate var natNetworkLimit: Int? {
    ProductProfile(Hypervisor(product: self), on: facts.systems.first ?? .linux)
      .modes.first(where: \.isSharedBehindNAT)?.limit
  }
}

extension ProductFacts.Hardware {
  /// The first three bytes.
  fileprivate var text: String { String("\(prefix)".prefix(8)) }
}
