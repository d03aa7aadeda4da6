import Foundation
import Glibc
import Testing

/// System calls of a running service that fail, through strace's fault injection
/// (`man strace`, "tampering"); they work again once this ends.
final class FailingCalls {
  /// Which calls fail, how, and when.
  struct Fault: CustomTestStringConvertible, Sendable {
    let calls: String
    let error: String
    /// As in strace: `3` is the third alone, `2+5` each fifth from the second on; nil is each.
    var when: String?

    var testDescription: String { "\(calls) \(error) \(when ?? "always")" }

    fileprivate var expression: String {
      "inject=\(calls):error=\(error)" + (when.map { ":when=\($0)" } ?? "")
    }
  }

  private let strace: RunningCommand

  /// Begins once every thread of the process is under strace.
  init(_ fault: Fault, in process: Int32) throws {
    strace = try Self.attach(fault, to: process)
    let line = strace.line()
    try #require(line.contains(" attached"), "\(line)")
  }

  deinit { end() }

  /// Returns once the process is by itself again.
  func end() {
    // Test threads block the signals that can be blocked, and what they start inherits that. The
    // kernel lets go of the service when strace is gone.
    strace.signal(SIGKILL)
    _ = strace.wait()
  }

  private static func attach(_ fault: Fault, to process: Int32) throws -> RunningCommand {
    try RunningCommand(
      [
        "-c",
        "exec strace -f -o /dev/null -e trace=\(fault.calls) -e '\(fault.expression)'"
          + " -p \(process) 2>&1",
      ], executable: URL(fileURLWithPath: "/bin/sh"))
  }

  /// Whether strace is here, and may trace; asked once.
  static let isAvailable: Bool = {
    guard let sleeper = try? RunningCommand(["60"], executable: URL(fileURLWithPath: "/bin/sleep")),
      let strace = try? attach(Fault(calls: "fsync", error: "EIO"), to: sleeper.identifier)
    else { return false }
    let line = strace.line()
    for command in [strace, sleeper] {
      command.signal(SIGKILL)
      _ = command.wait()
    }
    if line.contains(" attached") { return true }
    print("failing system calls are skipped: \(line)")
    return false
  }()
}

/// A small file system in memory, gone with the last reference to it.
final class SmallDisk {
  let path: String
  private let folder: TemporaryFolder

  init(megabytes: Int = 2) throws {
    folder = try TemporaryFolder()
    path = folder.path
    let mount = try Self.run("mount -t tmpfs -o size=\(megabytes)m labplan-test '\(path)'")
    try #require(mount.status == 0, "\(mount.output)")
  }

  deinit { _ = try? Self.run("umount -l '\(path)'") }

  /// Writes a file until there is no room left.
  func fill() throws {
    let file = open(path + "/filler", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    for size in [65_536, 4_096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(file, bytes, size) > 0 {}
    }
  }

  /// Makes room again.
  func clear() { unlink(path + "/filler") }

  /// Mounts it again, so that it takes writes or does not.
  func remount(readOnly: Bool) throws {
    let mount = try Self.run("mount -o remount,\(readOnly ? "ro" : "rw") '\(path)'")
    try #require(mount.status == 0, "\(mount.output)")
  }

  private static func run(_ script: String) throws -> (status: Int32, output: String) {
    let shell = try RunningCommand(
      ["-c", script + " 2>&1"], executable: URL(fileURLWithPath: "/bin/sh"))
    let output = shell.rest()
    return (shell.wait(), output)
  }

  /// Whether this user may mount one; asked once.
  static let isAvailable: Bool = {
    if (try? SmallDisk()) != nil { return true }
    print("full disks are skipped: this user may not mount a file system")
    return false
  }()
}

extension Trait where Self == ConditionTrait {
  /// Skips where system calls cannot be made to fail.
  static var needsStrace: Self {
    .enabled(if: FailingCalls.isAvailable, "needs strace, and the right to trace")
  }

  /// Skips where no file system can be mounted.
  static var needsSmallDisk: Self {
    .enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system")
  }
}
