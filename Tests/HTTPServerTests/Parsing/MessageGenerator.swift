import TestSupport

@testable import HTTPServer

/// What a request says, apart from how its bytes say it.
struct RequestModel: Equatable {
  var method = "GET"
  var path: [String] = []
  var query: [Query.Item] = []
  var fields: [String] = []
  var body: [UInt8] = []
  var keepsAlive = true
}

extension RequestModel {
  /// What a parsed request says. Fields that frame the message are left out.
  init(_ request: Request, keepsAlive: Bool) {
    let framing: Set<String> = ["host", "content-length", "transfer-encoding", "connection"]
    self.init(
      method: request.method.description, path: request.path, query: request.query.items,
      fields: request.headers.filter { !framing.contains($0.name.lowercased()) }
        .map { "\($0.name): \($0.value)" },
      body: request.body, keepsAlive: keepsAlive)
  }
}

/// Random requests, and random bytes for each: of the many ways to write one, any.
struct MessageGenerator {
  var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func model() -> RequestModel {
    var model = RequestModel()
    model.method = pick(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
    model.path = (0..<below(5)).map { _ in text() }.filter { $0 != "." && $0 != ".." }
    // A lone empty segment is written like no segment.
    if model.path == [""] { model.path = [] }
    model.query = (0..<below(4)).map { _ in Query.Item(name: "n" + text(), value: text()) }
    model.fields = (0..<below(6)).map { "X-\($0): \(pick(["a", "", "b\tc d", "é", "\"q\", r"]))" }
    model.body = below(2) == 0 ? [] : (0..<below(300)).map { _ in UInt8(below(256)) }
    model.keepsAlive = below(4) > 0
    return model
  }

  /// The bytes of a message that says what the model does.
  mutating func bytes(of model: RequestModel) -> [UInt8] {
    var fields = model.fields.map { line -> String in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return line[..<colon] + ":" + blanks() + line[colon...].dropFirst(2) + blanks()
    }
    var framing = [pick(["Host: a", "host:\ta.example:80", "HOST: [::1]:8080 "])]
    if !model.keepsAlive { framing.append(pick(["Connection: close", "connection: x, Close"])) }
    var body = model.body
    if below(2) == 0 {
      framing.append(pick(["Transfer-Encoding: chunked", "transfer-encoding:Chunked"]))
      body = chunks(of: model.body)
    } else if !body.isEmpty || below(2) == 0 {
      framing.append("Content-Length: \(pick(["", "0", "000"]))\(body.count)")
    }
    for field in framing { fields.insert(field, at: below(fields.count + 1)) }
    let head =
      "\(model.method) \(target(of: model)) HTTP/1.1\r\n"
      + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    return Array(head.utf8) + body
  }

  private mutating func target(of model: RequestModel) -> String {
    var target = "/" + model.path.map { encode($0, spaceIsPlus: false) }.joined(separator: "/")
    if !model.query.isEmpty {
      let items = model.query.map { item in
        encode(item.name, spaceIsPlus: true) + "=" + encode(item.value, spaceIsPlus: true)
      }
      target += "?" + items.joined(separator: "&")
    }
    return target
  }

  private mutating func chunks(of body: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(1 + below(100))
      rest = rest.dropFirst(chunk.count)
      let size = String(chunk.count, radix: 16, uppercase: below(2) == 0)
      bytes += Array((size + pick(["", ";a", " ;a=\"b\"", ";a=b;c"]) + "\r\n").utf8)
      bytes += chunk + [0x0D, 0x0A]
    }
    return bytes + Array((pick(["0", "00;a"]) + "\r\n" + pick(["", "A: b\r\n"]) + "\r\n").utf8)
  }

  /// A text for a segment or a query, from pieces that are hard for one or the other.
  private mutating func text() -> String {
    let pieces = [
      "a", "Z9", "-._~", "/", "..", ".", "%", "+", " ", "&", "=", "?", "#", "é", "日", ";",
    ]
    return (0..<below(4)).map { _ in pick(pieces) }.joined()
  }

  private mutating func encode(_ text: String, spaceIsPlus: Bool) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let isPlain = byte.isPathCharacter && byte != 0x2B && byte != 0x26 && byte != 0x3D
      if isPlain, below(8) > 0 {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else if byte == 0x20, spaceIsPlus, below(2) == 0 {
        encoded += "+"
      } else {
        let digits = String(byte, radix: 16, uppercase: below(2) == 0)
        encoded += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return encoded
  }

  private mutating func blanks() -> String { pick(["", " ", "\t", " \t "]) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &random)
  }
}

/// Random damage to messages, of the kinds that tell parsers apart.
extension MessageGenerator {
  mutating func damaged(_ message: [UInt8]) -> [UInt8] {
    var bytes = message
    for _ in 0..<below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(5) {
      case 0: bytes[place] = UInt8(below(256))
      case 1: bytes[place] ^= 1 << UInt8(below(8))
      case 2: bytes.remove(at: place)
      case 3: bytes.insert(contentsOf: Array(pick(Self.troublemakers).utf8), at: place)
      default:
        let end = min(bytes.count, place + 1 + below(40))
        bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count))
      }
    }
    return bytes
  }

  private static let troublemakers = [
    "\r", "\n", "\r\n", "\r\n\r\n", "\u{0}", " ", "\t", ":", "%", "%00", "..", "/", "+", "0", "F",
    "7FFFFFFFFFFFFFFF", "9223372036854775807", "Content-Length: 1\r\n", "Host: b\r\n",
    "Transfer-Encoding: chunked\r\n", "HTTP/1.1", "é",
  ]
}
