import ArgumentParser
import HTTPServer
import LabServer

/// Whom `serve` answers how often.
struct SharingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Origin whose web pages may use the service (CORS), such as https://labs.example. Repeatable.
      """, valueName: "origin"))
  var corsOrigin: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Requests a minute per client address (an IPv6 /64 counts as one). Default: unlimited.",
      valueName: "n"))
  var rateLimit: Int?

  func validate() throws {
    for origin in corsOrigin where !isOrigin(origin) {
      throw ValidationError(
        "--cors-origin must be a scheme and a host, such as https://labs.example, not \(origin)")
    }
    if let rateLimit { try check("rate-limit", rateLimit, 1...10_000_000) }
  }

  /// What requests pass before anything else of the service.
  var steps: [Step] {
    (corsOrigin.isEmpty ? [] : [.sharing(with: Set(corsOrigin))])
      + (rateLimit.map { [.rateLimit(requestsPerMinute: $0)] } ?? [])
  }
}

/// Whether browsers would send it as `Origin` (RFC 6454, section 6.2): no path, no capitals.
private func isOrigin(_ text: String) -> Bool {
  let schemes = ["http://", "https://"]
  guard let scheme = schemes.first(where: text.hasPrefix) else { return false }
  let rest = text.dropFirst(scheme.count)
  return !rest.isEmpty && !rest.contains { "/?#@ *".contains($0) || $0.isUppercase }
}
