import Glibc

/// The documents that an argument names: the files of a folder and of its folders, in the order of
/// their paths; any other argument is itself.
///
/// Names that begin with a dot are skipped, and links to folders are not followed.
func documents(at path: String) -> [String] {
  var status = stat()
  guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
    return [path]
  }
  let found = documents(in: path.hasSuffix("/") ? String(path.dropLast()) : path)
  // Told as a file that cannot be read.
  return found.isEmpty ? [path] : found
}

private func documents(in folder: String) -> [String] {
  names(in: folder).flatMap { name -> [String] in
    let path = "\(folder)/\(name)"
    var status = stat()
    guard lstat(path, &status) == 0 else { return [] }
    if status.st_mode & S_IFMT == S_IFDIR { return documents(in: path) }
    return isDocument(name) ? [path] : []
  }
}

private func isDocument(_ name: String) -> Bool {
  [".yaml", ".yml", ".json"].contains { name.lowercased().hasSuffix($0) }
}

private func names(in folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names.sorted()
}
