import Glibc
import LabAnswers

/// Why a file cannot be read.
enum ReadError: Error, CustomStringConvertible {
  /// The system refuses, with `errno`.
  case system(Int32)
  /// It is larger than `largestDocument`.
  case tooLarge

  var description: String {
    switch self {
    case .system(let code): "cannot be read: \(String(cString: strerror(code)))"
    case .tooLarge: "is larger than \(largestDocument >> 20) MiB"
    }
  }
}

/// As much as the service takes in a request's body.
private let largestDocument = 8 << 20

/// The bytes of a file; `-` is standard input.
func readDocument(at path: String) throws(ReadError) -> [UInt8] {
  let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .system(errno) }
  defer { if path != "-" { close(descriptor) } }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0 {
      if errno == EINTR { continue }
      throw .system(errno)
    }
    guard count > 0 else { return bytes }
    bytes.append(contentsOf: buffer[..<count])
    guard bytes.count <= largestDocument else { throw .tooLarge }
  }
}

extension DocumentFormat {
  /// The format of a document: by the end of its file's name, else by whether it begins like an
  /// object of JSON.
  static func guessed(from path: String, _ bytes: [UInt8]) -> DocumentFormat {
    let name = path.lowercased()
    if name.hasSuffix(".json") { return .json }
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") { return .yaml }
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") ? .json : .yaml
  }
}
