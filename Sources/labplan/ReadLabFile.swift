import ArgumentParser
import LabAnswers
import LabCore
import LabFormats

/// The lab that a file describes; `-` is standard input.
///
/// - Parameter read: reads the file's bytes.
/// - Throws: `ExitCode.failure` once every fault stands on standard error, one a line.
func readLabFile(
  _ file: String,
  by read: ([UInt8], DocumentFormat) throws(DocumentRefusal) -> Lab = {
    bytes, format throws(DocumentRefusal) in try readLab(bytes, as: format)
  }
) throws -> Lab {
  let name = file == "-" ? "<stdin>" : file
  let bytes: [UInt8]
  do throws(ReadError) {
    bytes = try readDocument(at: file)
  } catch {
    complain("\(name): \(error)")
    throw ExitCode.failure
  }
  do throws(DocumentRefusal) {
    return try read(bytes, .guessed(from: file, bytes))
  } catch {
    for line in error.lines(file: name) { complain(line) }
    throw ExitCode.failure
  }
}

extension DocumentRefusal {
  /// A line for each fault, as compilers write them.
  fileprivate func lines(file: String) -> [String] {
    switch self {
    case .syntax(let faults):
      faults.faults.map { "\(file):\($0.position.line):\($0.position.column): \($0.detail)" }
    case .faults(let faults):
      faults.map { fault in
        let place = fault.position.map { ":\($0.line):\($0.column)" } ?? ""
        let pointer = fault.fault.pointer.description
        return "\(file)\(place): \(pointer.isEmpty ? "" : "\(pointer): ")\(fault.fault.detail)"
      }
    }
  }
}
