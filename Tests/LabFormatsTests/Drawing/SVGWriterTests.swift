import Foundation
import FoundationXML
import Testing

@testable import LabCore
@testable import LabFormats

/// What every drawing as SVG must be.
@Suite struct SVGWriterTests {
  private static let document = """
    name: gateway-lab
    host: {name: laptop, uplink: {ipv4: 192.168.1.20/24, gateway: 192.168.1.1}}
    networks:
      - {name: office, mode: bridged}
      - {name: shared, mode: nat-network, ipv4: 10.0.2.0/24}
      - {name: out, mode: nat}
      - {name: admin, mode: host-only}
      - {name: inner, mode: internal, ipv4: 10.20.0.0/24, ipv6: "fd00:1::/64", gateway: gw}
    vms:
      - name: gw
        forwarding: true
        adapters: [{network: shared, masquerade: true}, {network: inner, address: 10.20.0.1}]
      - {name: web, os: linux, adapters: [{network: inner}, {network: out}, {network: admin}]}
      - name: pc
        os: windows
        adapters: [{network: office}, {network: inner, cable_connected: false}]
    """

  private func scene(from source: Endpoint, to target: Endpoint) throws -> Scene {
    let (draft, faults) = LabDocumentReader.readLab(
      try YAMLReader.read(Array(Self.document.utf8)))
    try #require(faults.isEmpty, "\(faults)")
    let plan = Plan(try resolve(draft).get())
    let pair = explain(
      from: source, to: target, of: plan.lab, in: plan.fabric, query: ConnectivityQuery())
    return try plan.drawing(of: pair)
  }

  @Test func itIsXMLOfKnownElementsAlone() throws {
    let text = SVGWriter.document(of: try scene(from: .machine(1), to: .internet))
    let reader = Reader(text)
    #expect(reader.fault == nil)
    #expect(
      reader.elements == ["svg", "title", "style", "rect", "path", "circle", "text"])
    #expect(
      reader.attributes == [
        "xmlns", "role", "width", "height", "viewBox", "class", "x", "y", "rx", "d", "cx", "cy",
        "r",
      ])
    #expect(
      reader.title.hasPrefix("gateway-lab: 3 VMs, 5 networks. Path from web to internet: web"))
  }

  @Test func nothingIsFetchedAndNothingRuns() throws {
    let text = SVGWriter.document(of: try scene(from: .lan, to: .machine(1)))
    for word in ["href", "url(", "@import", "<image", "<script", "<use", "<foreignObject", "on"] {
      let isIn = word == "on" ? text.contains(#/\son[a-z]+=/#) : text.contains(word)
      #expect(!isIn, "\(word)")
    }
    #expect(text.contains("role=\"img\""))
    #expect(text.contains("@media (prefers-color-scheme: dark)"))
  }

  @Test func everyVMNetworkAndAddressIsInIt() throws {
    let reader = Reader(SVGWriter.document(of: try scene(from: .host, to: .machine(2))))
    for text in [
      "gw", "web", "pc", "office", "shared", "out", "admin", "inner", "10.20.0.1", "192.168.1.20",
      "NAT", "unplugged", "routes, translates", "NAT router · 10.0.2.1",
    ] {
      #expect(reader.texts.contains(text), "\(text) in \(reader.texts)")
    }
  }

  @Test func whatXMLForbidsOrTakesForItsOwnIsWrittenSafely() throws {
    let hostile = "a<b>&\"'\u{0}\u{1}\u{b}\u{1f}\u{fffe}\u{ffff}é😀]]>"
    let label = Scene.Label(
      text: hostile, style: .name, at: Scene.Point(0, 9), isCentred: false)
    let area = Scene.Rectangle(x: 0, y: 0, width: 9, height: 9)
    let scene = Scene(
      lab: "lab", title: hostile, width: 9, height: 9, lines: [], bars: [], frames: [],
      boxes: [
        Scene.Box(
          id: "x", kind: .vm, node: "x", isGateway: false, frame: nil, area: area, labels: [label])
      ], way: nil)
    let reader = Reader(SVGWriter.document(of: scene))
    #expect(reader.fault == nil)
    #expect(reader.title == "a<b>&\"'é😀]]>")
    #expect(reader.texts == ["a<b>&\"'é😀]]>"])
  }

  // MARK: Colours

  /// WCAG 2.2, success criterion 1.4.3: text on everything that it stands on.
  @Test(arguments: [Palette.light, Palette.dark])
  func lettersAreLegible(palette: Palette) {
    let grounds = palette.networks.map(\.fill) + [palette.ground, palette.box, palette.router]
    for ground in grounds {
      for letters in [palette.text, palette.detail] {
        #expect(contrast(letters, ground) >= 4.5, "\(letters) on \(ground)")
      }
    }
    // 1.4.11: lines, and the way.
    for line in palette.networks.map(\.edge) + [palette.edge, palette.way] {
      #expect(contrast(line, palette.ground) >= 3, "\(line)")
    }
  }

  private func contrast(_ one: String, _ other: String) -> Double {
    let (light, dark) = (luminance(one), luminance(other))
    return (max(light, dark) + 0.05) / (min(light, dark) + 0.05)
  }

  /// Relative luminance as WCAG defines it.
  private func luminance(_ colour: String) -> Double {
    let number = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [number >> 16, number >> 8 & 0xff, number & 0xff].map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}

/// What another XML reader finds in a drawing.
private final class Reader: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var texts: [String] = []
  private(set) var title = ""
  private(set) var fault: String?
  private var text = ""

  init(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { fault = parser.parserError.map { "\($0)" } ?? "no XML" }
  }

  func parser(
    _: XMLParser, didStartElement name: String, namespaceURI _: String?,
    qualifiedName _: String?, attributes: [String: String]
  ) {
    elements.insert(name)
    self.attributes.formUnion(attributes.keys)
    text = ""
  }

  func parser(_: XMLParser, foundCharacters characters: String) { text += characters }

  func parser(
    _: XMLParser, didEndElement name: String, namespaceURI _: String?, qualifiedName _: String?
  ) {
    if name == "text" { texts.append(text) }
    if name == "title" { title = text }
  }
}
