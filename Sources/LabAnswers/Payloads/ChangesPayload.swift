public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes what a change does to addresses and matrix: `null` for what was or will not be there.
  public mutating func changes(_ difference: PlanDifference) {
    object { writer in
      let addresses = writer.member("addresses", firstOf: difference.addresses) {
        $0.addressChange($1)
      }
      let cells = writer.member(
        "cells", firstOf: difference.cells, of: difference.cells.countAll()
      ) { $0.cellChange($1) }
      writer.more(["addresses": addresses, "cells": cells])
    }
  }

  private mutating func addressChange(_ change: PlanDifference.AddressChange) {
    object { writer in
      writer.member("vm", change.machine.text)
      writer.member("slot", change.slot)
      writer.member("family", change.family.rawValue)
      writer.member("before", change.before?.description)
      writer.member("after", change.after?.description)
    }
  }

  /// Writes a pair of endpoints whose outcome changes.
  mutating func cellChange(_ change: PlanDifference.CellChange) {
    object { writer in
      writer.member("from", change.source)
      writer.member("to", change.target)
      writer.member("before", change.before?.name)
      writer.member("after", change.after?.name)
    }
  }
}
