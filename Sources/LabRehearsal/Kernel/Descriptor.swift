internal import Glibc

/// An open file descriptor, closed with its last reference.
final class Descriptor {
  /// The number by which the kernel knows it.
  let number: Int32

  /// Takes over an open descriptor.
  init(adopting number: Int32) {
    self.number = number
  }

  deinit {
    close(number)
  }
}
