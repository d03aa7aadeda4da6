public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/visibility`.
  public mutating func visibility(_ segments: [SegmentVisibility], of lab: Lab, revision: Int?) {
    object { writer in
      writer.member("lab", lab.name.text)
      writer.member("revision", revision)
      let left = writer.member("segments", firstOf: segments, atMost: .max) {
        $0.segment($1, of: lab)
      }
      writer.more(["segments": left])
    }
  }

  private mutating func segment(_ segment: SegmentVisibility, of lab: Lab) {
    let network = lab.networks[segment.network]
    object { writer in
      writer.member("network", network.name.text)
      writer.member("mode", network.mode.rawValue)
      let left = writer.member("adapters", firstOf: segment.listeners, atMost: .max) {
        $0.listener($1, of: lab)
      }
      writer.more(["adapters": left])
    }
  }

  private mutating func listener(_ listener: SegmentVisibility.Listener, of lab: Lab) {
    object { writer in
      writer.member("vm", lab.machines[listener.machine].name.text)
      writer.member("slot", listener.slot)
      writer.member("promiscuous", listener.policy.rawValue)
      let left = writer.member("captures", firstOf: listener.captures) {
        $0.string(lab.name(of: $1))
      }
      writer.member("captures_with_vms", array: listener.capturesWithMachines) {
        $0.string(lab.name(of: $1))
      }
      writer.more(["captures": left])
    }
  }
}
