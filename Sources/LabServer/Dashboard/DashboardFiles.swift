import CAssets
import HTTPServer

/// The files of the dashboard, as they travel inside the binary.
struct DashboardFiles: Sendable {
  /// A file, ready to be sent.
  struct File: Sendable {
    let bytes: [UInt8]
    /// Its media type.
    let type: String
    /// Keeps what it is when compressed.
    let encoded = EncodedBody()
  }

  /// Those of this binary.
  static let embedded = DashboardFiles()

  /// By name, without folders. The page is not among them.
  let files: [String: File]
  /// The page, which is the same at every address.
  let page: File
  /// Of all bytes, in 16 hexadecimal digits: other files have other addresses.
  let hash: String

  private init() {
    let folder = "Dashboard/"
    var found: [String: [UInt8]] = [:]
    for index in 0..<labplan_asset_count {
      guard let asset = labplan_asset_at(index)?.pointee else { continue }
      let name = String(cString: asset.name)
      guard name.hasPrefix(folder) else { continue }
      found[String(name.dropFirst(folder.count))] = Array(
        UnsafeBufferPointer(start: asset.bytes, count: asset.count))
    }
    hash = Self.hash(of: found.sorted { $0.key < $1.key }.flatMap(\.value))
    let text = String(decoding: found.removeValue(forKey: "index.html") ?? [], as: UTF8.self)
    let page = text.split(separator: "{hash}", omittingEmptySubsequences: false)
      .joined(separator: hash)
    self.page = File(bytes: Array(page.utf8), type: "text/html; charset=utf-8")
    files = found.reduce(into: [:]) { files, file in
      let ending = file.key.split(separator: ".").last.map(String.init) ?? ""
      files[file.key] = File(bytes: file.value, type: Self.types[ending] ?? "text/plain")
    }
  }

  private static let types = [
    "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
  ]

  /// FNV-1a (Fowler, Noll, Vo), 64 bits.
  private static func hash(of bytes: [UInt8]) -> String {
    let value = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
