public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET /v1/modes`: for each mode, who reaches whom in a lab of two VMs on
  /// one network of that mode, and the addresses that come by themselves.
  public mutating func modes() {
    let hypervisor = Hypervisor()
    modes(of: hypervisor) { writer, product, mode in
      guard let form = product[mode] else {
        return writer.absentMode(mode, of: product)
      }
      writer.object { writer in
        writer.nameAndDescription(of: form)
        writer.reach(of: form, on: hypervisor, withDefaults: true)
      }
    }
  }

  /// Writes the answer of `GET /v1/modes?product=…`: the same of any product, with its own words
  /// for each mode, its forms, and in what they differ from VirtualBox's.
  public mutating func modes(of hypervisor: Hypervisor) {
    modes(of: hypervisor) { writer, product, mode in
      let forms = product.forms(of: mode)
      guard let usual = forms.first else {
        return writer.absentMode(mode, of: product)
      }
      writer.object { writer in
        writer.nameAndDescription(of: usual)
        writer.member("supported", true)
        writer.facts(of: usual, on: hypervisor)
        writer.member("variants", array: usual.variant == nil ? [] : forms) { writer, form in
          writer.object { writer in
            writer.member("variant", form.variant)
            writer.member("description", form.description)
            writer.facts(of: form, on: hypervisor)
            writer.reach(of: form, on: hypervisor, withDefaults: false)
          }
        }
        writer.reach(of: usual, on: hypervisor, withDefaults: true)
      }
    }
  }

  private mutating func modes(
    of hypervisor: Hypervisor,
    each write: (inout JSONWriter, ProductProfile, NetworkMode) -> Void
  ) {
    object { writer in
      writer.member("hypervisor") { writer in
        writer.member("product", hypervisor.product.rawValue)
        writer.member("version", hypervisor.version.text)
      }
      let product = ProductProfile(
        hypervisor, on: hypervisor.product.facts.systems.first ?? .linux)
      writer.member("modes", array: NetworkMode.allCases) { write(&$0, product, $1) }
    }
  }

  private mutating func nameAndDescription(of form: ModeProfile) {
    member("mode", form.mode.rawValue)
    member("name", form.mode.displayName)
    member("description", form.description)
  }

  /// A mode that the product lacks: why, and what does in its place.
  private mutating func absentMode(_ mode: NetworkMode, of product: ProductProfile) {
    object { writer in
      writer.member("mode", mode.rawValue)
      writer.member("name", mode.displayName)
      writer.member("description", mode.summary)
      writer.member("supported", false)
      writer.member("because", "\(product.name) has no \(mode.noun).")
      writer.member("instead", array: product.substitutes(for: mode)) { $0.string($1) }
    }
  }

  private mutating func facts(of form: ModeProfile, on hypervisor: Hypervisor) {
    member("native") { writer in
      writer.member("name", form.native.name)
      writer.member("config", form.native.config)
    }
    member("forwards") { writer in
      writer.member("from", array: form.forwards.clients) { $0.string($1) }
    }
    member("limit", form.limit)
    member("differs", array: differences(of: form, of: hypervisor)) { $0.string($1) }
    member("evidence", form.evidence.rawValue)
    if let caveat = form.caveat { member("caveat", caveat) }
  }

  private mutating func reach(
    of form: ModeProfile, on hypervisor: Hypervisor, withDefaults hasDefaults: Bool
  ) {
    guard let plain = ModeSample(form, of: hypervisor),
      let forwarded = ModeSample(form, of: hypervisor, withPortForward: true)
    else { return }
    member("reach", array: ModeSample.cells) { writer, cell in
      writer.object { writer in
        writer.member("from", cell.fromName)
        writer.member("to", cell.toName)
        writer.member("outcome", plain.outcome(cell).name)
        writer.member("with_port_forward", forwarded.outcome(cell).name)
      }
    }
    guard hasDefaults else { return }
    member("defaults") { writer in
      writer.key("network")
      writer.networkPlan(plain.addresses.networks[0])
      writer.key("adapter")
      writer.adapterPlan(plain.addresses.adapters[0][0])
    }
  }
}
