internal import LabCore

/// Carries bytes between two connections until either ends, then resets both.
///
/// A station tells its name and nothing else, which is far less than a socket's buffer holds; so
/// whatever has come in on one side can be sent on at once.
final class Relay {
  private let near: Descriptor
  private let far: Descriptor
  private let loop: EventLoop

  /// Joins two connections; the far one may still be being made.
  @discardableResult
  init(_ near: Descriptor, _ far: Descriptor, on loop: EventLoop) {
    self.near = near
    self.far = far
    self.loop = loop
    far.resetWhenClosed()
    // The handlers are what keeps the relay alive.
    loop.watch(near) { _ in self.carry(from: self.near, to: self.far) }
    loop.watch(far) { _ in self.carry(from: self.far, to: self.near) }
  }

  private func carry(from source: Descriptor, to target: Descriptor) {
    if let bytes = source.receive(), target.send(bytes) == 0 { return }
    loop.forget(near)
    loop.forget(far)
  }
}
