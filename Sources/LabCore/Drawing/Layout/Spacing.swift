/// The one scale of spaces and sizes of a drawing, in units.
enum Spacing {
  /// Around everything.
  static let margin = 24
  /// Between boxes.
  static let gap = 24
  /// Between a box's edge and what is in it.
  static let padding = 12
  /// A line of small text.
  static let line = 14

  static let barHeight = 24
  /// From one bar to the next.
  static let barPitch = 36
  static let boxHeight = 44
  /// A router on a hanger.
  static let smallBox = 20
  /// Between a box and the bars above or below it, where no label is.
  static let hanger = 20
  /// From one riser to the next.
  static let riser = 12
  /// From one cable's port to the next.
  static let port = 16
  /// Between shelves.
  static let shelf = 40
  /// Narrowest content: room for what stands beside the host.
  static let content = 600
}
