import Glibc
import LabStorage

extension MaintenanceError {
  /// What to tell a person, a line each.
  var lines: [String] {
    switch self {
    case .store(let error, let path): [error.words(for: path)]
    case .file(let path, let code): ["\(path): \(String(cString: strerror(code)))"]
    case .exists(let path): ["\(path) exists already; choose another name, or add --overwrite"]
    case .sameFile(let path): ["\(path) is the database itself; choose another file"]
    case .inUse(let path, let process):
      ["process \(process) has \(path) open; stop it first, and start it again afterwards"]
    case .damaged(let path, let faults): ["\(path) is damaged"] + faults.map { "\(path): \($0)" }
    }
  }
}

extension StoreError {
  /// What to tell a person of a database that cannot be used.
  func words(for path: String) -> String {
    switch kind {
    case .busy: "another process is writing to \(path); try again when it is done"
    case .full: "the disk has no room left for \(path)"
    case .readOnly: "\(path), or its folder, cannot be written to"
    case .cannotOpen: "\(path) cannot be opened: \(reasonNotToOpen(path) ?? detail)"
    case .foreignDatabase: "\(path) is not a labplan database"
    case .corrupt: "\(path) is damaged: \(detail)"
    case .newerSchema, .alteredMigration: "\(path): \(detail)"
    case .inputOutput, .constraint, .outOfMemory, .misuse: "\(path): \(self)"
    }
  }
}

/// Why the system does not open a file; nil where it does.
private func reasonNotToOpen(_ path: String) -> String? {
  let descriptor = open(path, O_RDWR | O_CLOEXEC)
  guard descriptor < 0 else {
    close(descriptor)
    return nil
  }
  return String(cString: strerror(errno))
}
