/// The colours and letters of a drawing. Kinds of networks differ for every kind of colour vision
/// (after Okabe and Ito), and all letters have a contrast of at least 4.5 to what they stand on.
let drawingStyle =
  sharedStyle + Palette.light.rules + "@media (prefers-color-scheme: dark) {\n"
  + Palette.dark.rules + "}\n"

private let sharedStyle = """

  text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
    font-size: 11px; }
  .name { font-size: 13px; font-weight: 600; }
  .address { font-variant-numeric: tabular-nums; paint-order: stroke; stroke-width: 4px;
    stroke-linejoin: round; }
  .centred { text-anchor: middle; stroke-width: 6px; }
  .line, .sign, .way, .halo, .cross, .passed { fill: none; }
  .line { stroke-width: 1.5px; }
  .riser { stroke-width: 3px; }
  .unplugged { stroke-dasharray: 2 4; }
  .bar.alone { stroke-dasharray: 5 4; }
  .gateway, .passed { stroke-width: 2px; }
  .sign { stroke-width: 1.5px; stroke-linecap: round; stroke-linejoin: round; }
  .way { stroke-width: 4px; stroke-linejoin: round; stroke-linecap: round; }
  .halo { stroke-width: 8px; stroke-linejoin: round; }
  .passed { stroke-width: 3px; }
  .cross { stroke: #fff; stroke-width: 2.5px; stroke-linecap: round; }

  """

/// The colours of a drawing, on light or on dark screens.
struct Palette: Sendable {
  /// What everything stands on.
  let ground: String
  let text: String
  /// Of what is said of a thing.
  let detail: String
  let box: String
  let edge: String
  let router: String
  let frame: String
  /// Of the way of a pair.
  let way: String
  /// By kind of network: of its bars, and of their edges and lines.
  let networks: [(kind: String, fill: String, edge: String)]

  var rules: String {
    var rules = """
      .ground { fill: \(ground); }
      text { fill: \(text); }
      .detail { fill: \(detail); }
      .address { fill: \(detail); stroke: \(ground); }
      .line { stroke: \(edge); }
      .box { fill: \(box); stroke: \(edge); }
      .frame { fill: \(frame); }
      .router-box, .internet-box { fill: \(router); }
      .gateway, .sign { stroke: \(text); }
      .way, .passed { stroke: \(way); }
      .halo { stroke: \(ground); }
      .arrow, .start, .mark { fill: \(way); }

      """
    for network in networks {
      rules += """
        .bar.\(network.kind) { fill: \(network.fill); stroke: \(network.edge); }
        .line.\(network.kind) { stroke: \(network.edge); }
        .dot.\(network.kind) { fill: \(network.edge); }

        """
    }
    rules += ".line.link { stroke: \(edge); }\n"
    for (kind, network) in [("host", "host"), ("lan", "lan"), ("site", "lan")] {
      guard let colours = networks.first(where: { $0.kind == network }) else { continue }
      rules += ".\(kind)-box { fill: \(colours.fill); stroke: \(colours.edge); }\n"
    }
    return rules
  }
}

extension Palette {
  static let light = Palette(
    ground: "#ffffff", text: "#1b2733", detail: "#46535f", box: "#ffffff", edge: "#74828f",
    router: "#edf1f5", frame: "#f4f6f8", way: "#c2410c",
    networks: [
      ("lan", "#d5efe6", "#0b7a5b"), ("shared", "#d7e7fa", "#0b5fad"),
      ("alone", "#eaf5fc", "#3a86b7"), ("host", "#fdeccb", "#a06a00"),
      ("inside", "#f6e1ef", "#a34a84"),
    ])

  static let dark = Palette(
    ground: "#12181f", text: "#e6edf3", detail: "#aebbc7", box: "#202a34", edge: "#6f7f8e",
    router: "#27323d", frame: "#1a222b", way: "#ff8a4c",
    networks: [
      ("lan", "#123c30", "#3fbf95"), ("shared", "#143559", "#6cb0f5"),
      ("alone", "#12293a", "#7cc4ea"), ("host", "#43310c", "#e0a93b"),
      ("inside", "#43223a", "#dd8fc0"),
    ])
}
