extension Scene {
  /// A machine or a router.
  public struct Box: Hashable, Sendable {
    /// What a box stands for.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      case vm, host, lan, internet, site, router
    }

    /// Unique in the scene: `vm:web`, `host`, `router:shared`.
    public let id: String
    /// What it stands for.
    public let kind: Kind
    /// As paths name the node: `web`, `host`, `router:shared`.
    public let node: String
    /// Whether it is a VM, or the host, that routes or translates for others.
    public let isGateway: Bool
    /// The frame that it is in, by index in `Scene.frames`.
    public let frame: Int?
    /// Where it is.
    public let area: Rectangle
    /// What stands on it.
    public let labels: [Label]
  }

  /// A switch, or that part of it which a shelf needs.
  public struct Bar: Hashable, Sendable {
    /// What a network is, as colours tell it.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      /// The LAN of the host's uplink.
      case lan
      /// A switch behind one router that translates.
      case shared
      /// No switch at all: a router of its own for each adapter.
      case alone
      /// A switch that the host has a foot on.
      case host
      /// A switch with nothing on it but VMs.
      case inside
    }

    /// Unique in the scene: `network:shared`, `network:shared:2` for its second bar, `lan-bar`.
    public let id: String
    /// What the network is.
    public let kind: Kind
    /// The networks that it is, by name; none for the LAN as the host has it.
    public let networks: [String]
    /// Where it is.
    public let area: Rectangle
    /// What stands on it.
    public let labels: [Label]
    /// The y at which ways run along it.
    public let lane: Int
  }

  /// What holds VMs together that have the same networks.
  public struct Frame: Hashable, Sendable {
    /// Unique in the scene: `group:` and the name of its first VM.
    public let id: String
    /// How many VMs are in it.
    public let count: Int
    /// Where it is.
    public let area: Rectangle
  }

  /// A line from one part to another, with corners.
  public struct Line: Hashable, Sendable {
    /// What a line is.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      /// From a bar to a box or a frame.
      case hanger
      /// What joins the bars of one network.
      case riser
      /// A network of two adapters, without a bar.
      case cable
      /// What joins the host, routers, the LAN and the internet.
      case link
    }

    /// What it is.
    public let kind: Kind
    /// What the network is that it belongs to; nil for what belongs to none.
    public let network: Bar.Kind?
    /// The networks that it is part of, by name.
    public let networks: [String]
    /// The boxes and frames at its ends, by id.
    public let ends: [String]
    /// Whether its cable is unplugged.
    public let isUnplugged: Bool
    /// Its corners, at least two.
    public let points: [Point]
    /// Addresses, and the name of a cable.
    public let labels: [Label]
  }

  /// How a packet goes from one endpoint to another.
  public struct Way: Hashable, Sendable {
    /// The way from one node to the next.
    public struct Leg: Hashable, Sendable {
      /// Its corners, from the edge of a box to the edge of another.
      public let points: [Point]
      /// The corners of the arrowhead at its end.
      public let arrow: [Point]
    }

    /// Who dials, as paths name it.
    public let source: String
    /// Who is dialled.
    public let target: String
    /// The way in a sentence: `Path from lan to ubuntu: lan, host, ubuntu; arrives`.
    public let title: String
    /// The boxes that it passes, by id.
    public let boxes: [String]
    /// In the order in which they are gone. They pass behind bars, as hangers do.
    public let legs: [Leg]
    /// The two ends of each part of a leg that runs on a bar, and is seen on it.
    public let onBars: [[Point]]
    /// The box where it stops, by id; nil where it arrives.
    public let stop: String?
    /// The middle of the mark where it stops.
    public let mark: Point?
  }
}
