import Glibc

/// Where results go.
enum StandardOutput {
  /// Writes bytes at once, with nothing left in a buffer.
  ///
  /// - Throws: `WriteError` where they cannot be written, as on a full disk.
  static func write(_ bytes: some Sequence<UInt8>) throws(WriteError) {
    try writeAll(Array(bytes), to: STDOUT_FILENO)
  }
}

/// Writes a line to standard error.
func complain(_ line: String) { prompt(line + "\n") }

/// Writes a question to standard error, so that it is not taken for a result.
func prompt(_ question: String) {
  // Where even that is closed there is nobody left to tell.
  try? writeAll(Array(question.utf8), to: STDERR_FILENO)
}

/// Writes bytes to a file or pipe, all of them.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(WriteError) {
  var start = 0
  while start < bytes.count {
    let written = bytes[start...].withUnsafeBytes {
      Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if written < 0 {
      if errno == EINTR { continue }
      throw WriteError(code: errno)
    }
    start += written
  }
}

/// The system does not take what is written.
struct WriteError: Error, CustomStringConvertible {
  /// `errno`.
  let code: Int32

  var description: String { "cannot write the result: \(String(cString: strerror(code)))" }
}
