/// Writes ZIP archives whose files are stored as they are (PKWARE's APPNOTE 6.3.10).
///
/// The same files give the same bytes: they are sorted by name, and all bear the first moment that
/// the format can say, 1980-01-01.
struct ZIPWriter {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  /// An archive of files.
  ///
  /// - Parameter files: below 4 GiB together, and at most 65,535, the format's own limits. Files
  ///   whose names would lead out of the folder they are unpacked in are left out.
  static func archive(of files: [ExportFile]) -> [UInt8] {
    var writer = ZIPWriter()
    for file in files.sorted(by: { $0.name < $1.name }) where staysInFolder(file.name) {
      writer.append(file)
    }
    return writer.bytes
  }

  /// Whether a name is relative, and leads out of no folder.
  static func staysInFolder(_ name: String) -> Bool {
    let steps = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") || $0 < 0x20 }
      && steps.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  private mutating func append(_ file: ExportFile) {
    let content = Array(file.content.utf8)
    let name = Array(file.name.utf8)
    let offset = UInt32(body.count)
    var facts: [UInt8] = []
    facts.append(UInt16(20))  // Needs version 2.0.
    facts.append(UInt16(1 << 11))  // The name is UTF-8.
    facts.append(UInt16(0))  // Stored.
    facts.append(UInt16(0))  // 00:00:00.
    facts.append(UInt16(1 << 5 | 1))  // 1980-01-01.
    facts.append(crc32(content))
    facts.append(UInt32(content.count))
    facts.append(UInt32(content.count))
    facts.append(UInt16(name.count))
    facts.append(UInt16(0))  // No extra field.

    body += [0x50, 0x4b, 0x03, 0x04]
    body += facts
    body += name
    body += content

    directory += [0x50, 0x4b, 0x01, 0x02]
    directory.append(UInt16(3 << 8 | 20))  // Made on Unix, so that modes count.
    directory += facts
    directory.append(UInt16(0))  // No comment.
    directory.append(UInt16(0))  // On the first disk.
    directory.append(UInt16(0))  // Binary.
    directory.append(UInt32(file.isPrivate ? 0o100600 : 0o100644) << 16)
    directory.append(offset)
    directory += name
    count += 1
  }

  private var bytes: [UInt8] {
    var bytes = body
    bytes += directory
    bytes += [0x50, 0x4b, 0x05, 0x06, 0, 0, 0, 0]
    bytes.append(count)
    bytes.append(count)
    bytes.append(UInt32(directory.count))
    bytes.append(UInt32(body.count))
    bytes.append(UInt16(0))
    return bytes
  }
}

extension [UInt8] {
  /// Appends a number, its lowest byte first.
  fileprivate mutating func append<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number)
  where Number: ZIPField {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> Number(shift)))
    }
  }
}

/// The numbers of more than one byte that a ZIP archive has.
private protocol ZIPField {}
extension UInt16: ZIPField {}
extension UInt32: ZIPField {}

/// The checksum of ZIP and gzip (ISO 3309, RFC 1952 section 8).
func crc32(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(UInt32.max) { $0 >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
}

private let crcTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
}
