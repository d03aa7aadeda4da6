public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `GET …/connectivity/{from}/{to}`.
  public mutating func pair(
    _ pair: PairExplanation, remedies: RemedySearchResult, of lab: Lab
  ) {
    object { writer in
      writer.member("from", lab.name(of: pair.source))
      writer.member("to", lab.name(of: pair.target))
      writer.member("reachable", pair.outcome.isReachable)
      writer.member("outcome", pair.outcome.name)
      writer.member("confidence", pair.doubt == nil ? "sure" : "depends")
      writer.member("dial", array: pair.dials) { $0.dial($1) }
      writer.member("path", array: pair.path) { $0.hop($1) }
      writer.key("stopped_at")
      writer.stop(pair.stop)
      writer.member("explanation", pair.explanation)
      writer.member("remedies", array: remedies.remedies) { $0.remedy($1) }
      if !remedies.isComplete { writer.member("remedies_complete", false) }
    }
  }

  private mutating func stop(_ stop: PathStop?) {
    guard let stop else { return null() }
    object { writer in
      writer.member("node", stop.node)
      writer.member("packet", stop.packet.rawValue)
    }
  }

  private mutating func remedy(_ remedy: Remedy) {
    object { writer in
      writer.key("change")
      writer.patch(JSONPatch(edits: remedy.edits))
      writer.member("summary", remedy.summary)
      writer.member("side_effects", array: remedy.sideEffects) { $0.string($1) }
    }
  }

  private mutating func dial(_ dial: DialAddress) {
    object { writer in
      writer.member("address", dial.address)
      writer.member("port", dial.port)
      writer.key("adapter")
      guard let adapter = dial.adapter else { return writer.null() }
      writer.object { writer in
        writer.member("vm", adapter.machine)
        writer.member("slot", adapter.slot)
      }
    }
  }

  private mutating func hop(_ hop: PathHop) {
    object { writer in
      writer.member("node", hop.node)
      writer.member("via", hop.via)
      writer.member("address", hop.address)
      if let translation = hop.translation { writer.member("translation", translation) }
    }
  }
}
