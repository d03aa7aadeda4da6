/// A cost as one number, in the order of `LabCost`, so that costs can be added and compared fast.
struct Weight: Hashable, Comparable {
  var value: Int

  init(exposure: Int = 0, adapters: Int = 0, networks: Int = 0, handConfiguration: Int = 0) {
    value = exposure << 44 | adapters << 31 | networks << 18 | handConfiguration << 1
  }

  private init(value: Int) {
    self.value = value
  }

  static let zero = Weight(value: 0)
  /// More than any lab costs, and yet addable.
  static let impossible = Weight(value: 1 << 60)

  var isPossible: Bool { value < Self.impossible.value }

  /// The cost, where it is a whole one.
  var cost: LabCost {
    LabCost(
      exposure: value >> 44, adapters: value >> 31 & 0x1fff, networks: value >> 18 & 0x1fff,
      handConfiguration: value >> 1 & 0x1ffff)
  }

  var exposure: Int { value >> 44 }
  var withoutExposure: Weight { Weight(value: value & (1 << 44 - 1)) }
  /// The exposure and the adapters.
  var withoutNetworks: Weight { Weight(value: value & ~(1 << 31 - 1)) }

  static func + (left: Weight, right: Weight) -> Weight {
    Weight(value: min(left.value + right.value, impossible.value))
  }

  static func < (left: Weight, right: Weight) -> Bool { left.value < right.value }
}
