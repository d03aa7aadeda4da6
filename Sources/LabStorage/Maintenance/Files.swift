import Glibc

/// Whether anything has that name.
func fileExists(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}

/// Whether two names are those of one file.
func isSameFile(_ path: String, _ other: String) -> Bool {
  var (mine, theirs) = (stat(), stat())
  return stat(path, &mine) == 0 && stat(other, &theirs) == 0
    && (mine.st_dev, mine.st_ino) == (theirs.st_dev, theirs.st_ino)
}

/// Gives a file another name, also one that another file has, and returns once that is on disk.
func renameFile(_ path: String, to name: String) throws(MaintenanceError) {
  guard rename(path, name) == 0 else { throw .file(path: name, code: errno) }
  let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? "."
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .file(path: folder, code: errno) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw .file(path: folder, code: errno) }
}

/// Removes a database and what SQLite keeps beside it, as far as they are there.
func removeDatabase(_ path: String) {
  for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
}
