import Glibc
import LabExchange

/// Why files cannot be written into a folder.
enum FolderError: Error, CustomStringConvertible {
  /// A file of that name is in the way.
  case exists(String)
  /// The system refuses, with `errno`.
  case system(String, Int32)

  var description: String {
    switch self {
    case .exists(let path): "\(path): is there already; --force replaces it"
    case .system(let path, let code):
      "\(path): cannot be written: \(String(cString: strerror(code)))"
    }
  }
}

/// Writes files into a folder, which is made where it is missing, with those below it.
///
/// Nothing is written where a file is in the way.
func write(
  _ files: [ExportFile], into folder: String, replacing isReplacing: Bool
) throws(FolderError) {
  if !isReplacing {
    for file in files where access("\(folder)/\(file.name)", F_OK) == 0 {
      throw .exists("\(folder)/\(file.name)")
    }
  }
  for file in files {
    let path = "\(folder)/\(file.name)"
    try makeFolders(above: path)
    try write(
      Array(file.content.utf8), at: path, replacing: isReplacing, isPrivate: file.isPrivate)
  }
}

private func makeFolders(above path: String) throws(FolderError) {
  for (place, character) in path.enumerated() where character == "/" && place > 0 {
    let folder = String(path.prefix(place))
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw .system(folder, errno) }
  }
}

/// Writes a file.
///
/// - Parameter isPrivate: whether its owner alone may read it.
func write(
  _ bytes: [UInt8], at path: String, replacing isReplacing: Bool, isPrivate: Bool = false
) throws(FolderError) {
  let permissions: mode_t = isPrivate ? 0o600 : 0o666
  let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isReplacing ? O_TRUNC : O_EXCL)
  let descriptor = open(path, flags, permissions)
  guard descriptor >= 0 else {
    throw errno == EEXIST ? .exists(path) : .system(path, errno)
  }
  defer { close(descriptor) }
  // The file may have been there with wider permissions.
  if isPrivate, fchmod(descriptor, permissions) != 0 { throw .system(path, errno) }
  do throws(WriteError) {
    try writeAll(bytes, to: descriptor)
  } catch {
    throw .system(path, error.code)
  }
}
