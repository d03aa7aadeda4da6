internal import CNamespaces
internal import Glibc

extension Rehearsal {
  /// Makes an ordinary user's process root of a user namespace of its own, where it may rehearse;
  /// answers whether it did.
  ///
  /// It may do there what its user may, and make networks besides (user_namespaces(7)). Works as
  /// long as the process has a single thread, on systems that let users have such namespaces; does
  /// nothing for root.
  public static func enterUserNamespace() -> Bool {
    let (user, group) = (geteuid(), getegid())
    guard user != 0, unshare(user_namespace) == 0 else { return false }
    return write("deny", to: "/proc/self/setgroups")
      && write("0 \(user) 1", to: "/proc/self/uid_map")
      && write("0 \(group) 1", to: "/proc/self/gid_map")
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let opened = open(path, O_WRONLY | O_CLOEXEC)
    guard opened >= 0 else { return false }
    let file = Descriptor(adopting: opened)
    let bytes = Array(text.utf8)
    return Glibc.write(file.number, bytes, bytes.count) == bytes.count
  }
}
