internal import Glibc

/// Why a lab could not be rebuilt or measured.
public enum RehearsalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// This machine cannot rehearse labs at all; the sentence of `Rehearsal.unavailableReason()`.
  case unavailable(String)
  /// The kernel refused a step.
  case refused(step: String, errorNumber: Int32)

  /// A sentence for a person.
  public var description: String {
    switch self {
    case .unavailable(let reason): reason
    case .refused(let step, let number): "cannot \(step): \(errorText(number))"
    }
  }
}

/// The C library's words for an error number.
func errorText(_ number: Int32) -> String {
  guard let text = strerror(number) else { return "error \(number)" }
  return String(cString: text)
}
