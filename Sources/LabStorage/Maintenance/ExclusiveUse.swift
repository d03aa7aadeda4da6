import Glibc

/// Keeps other processes from opening a database file, once none has it open.
///
/// Every connection holds a shared lock on these bytes of the file as long as it has a write-ahead
/// log open (<https://www.sqlite.org/walformat.html>, section 2.3.1; `os_unix.c`): whoever can lock
/// them is alone, also where the file is too damaged for SQLite to open it.
struct ExclusiveUse {
  // PENDING_BYTE, RESERVED_BYTE and the 510 bytes from SHARED_FIRST on.
  private static let firstByte = 0x4000_0000
  private static let byteCount = 512

  private let descriptor: Int32

  /// - Throws: `inUse` where another process has the database open.
  init(of path: String) throws(MaintenanceError) {
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(path: path, code: errno) }
    var lock = Self.lock
    guard fcntl(descriptor, F_SETLK, &lock) != 0 else { return }
    let code = errno
    let hasHolder = fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    close(descriptor)
    guard hasHolder else { throw .file(path: path, code: code) }
    throw .inUse(path: path, process: lock.l_pid)
  }

  /// Lets others open it.
  func end() { close(descriptor) }

  private static var lock: flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = firstByte
    lock.l_len = byteCount
    return lock
  }
}
