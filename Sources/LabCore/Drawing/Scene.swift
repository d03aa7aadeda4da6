/// A lab as a picture: what stands where, in whole units.
///
/// A unit is a pixel at full size; x grows to the right and y downwards from the top left corner.
/// Whoever shows a scene draws frames, lines, the legs of a way, bars, the way's parts on bars,
/// boxes, and on top the labels of lines and the way's arrows; nothing is left to work out. Made by
/// `Plan.drawing`; the same lab gives the same scene.
public struct Scene: Hashable, Sendable {
  /// The lab's name.
  public let lab: String
  /// What the picture shows, in a sentence.
  public let title: String
  /// The extent of everything.
  public let width: Int
  /// The extent of everything.
  public let height: Int
  /// Hangers, legs, risers, cables.
  public let lines: [Line]
  /// Switches, a bar for each shelf that needs one.
  public let bars: [Bar]
  /// What holds VMs together that are alike.
  public let frames: [Frame]
  /// Machines and routers, VMs first, in document order.
  public let boxes: [Box]
  /// The way of a pair; nil where nobody asks for one.
  public var way: Way?
}

extension Scene {
  /// A place.
  public struct Point: Hashable, Sendable {
    /// To the right.
    public let x: Int
    /// Downwards.
    public let y: Int

    /// The place of two coordinates.
    public init(_ x: Int, _ y: Int) {
      self.x = x
      self.y = y
    }
  }

  /// An upright rectangle.
  public struct Rectangle: Hashable, Sendable {
    /// Its left edge.
    public let x: Int
    /// Its upper edge.
    public let y: Int
    /// How far it goes to the right.
    public let width: Int
    /// How far it goes down.
    public let height: Int

    /// The x of its right edge.
    public var right: Int { x + width }
    /// The y of its lower edge.
    public var bottom: Int { y + height }
    /// The place in its middle.
    public var middle: Point { Point(x + width / 2, y + height / 2) }

    /// A rectangle by its upper left corner and its extent.
    public init(x: Int, y: Int, width: Int, height: Int) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }

    /// Whether it has an area in common with another.
    public func overlaps(_ other: Rectangle) -> Bool {
      x < other.right && other.x < right && y < other.bottom && other.y < bottom
    }
  }

  /// A text, at the left end of its baseline or, where it is centred, at the middle of it.
  public struct Label: Hashable, Sendable {
    /// How it is set.
    public enum Style: String, CaseIterable, Hashable, Sendable {
      /// What something is called.
      case name
      /// What there is to say of it.
      case detail
      /// An address.
      case address
    }

    /// The text.
    public let text: String
    /// How it is set.
    public let style: Style
    /// Where it is.
    public let at: Point
    /// Whether it is centred there.
    public let isCentred: Bool
  }
}
