import HTTPServer
import LabCore

/// Whether a write comes from a page that may write.
///
/// A page on the web can make a browser send requests here without being able to read the answers
/// (cross-site request forgery). Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`;
/// programs that are no browsers send neither.
struct CrossOriginCheck: Sendable {
  /// Other origins whose pages may write.
  let origins: Set<String>

  /// Refuses a write from a page of another origin.
  func check(_ request: Request) throws(Problem) {
    guard !request.method.isSafe else { return }
    let origin = request.headers[.origin]
    if let origin, origins.contains(origin) { return }
    switch request.headers[.secFetchSite] {
    case "same-origin", "none": return
    case nil:
      guard let origin, origin != "\(scheme(of: origin))\(request.headers[.host] ?? "")" else {
        return
      }
      throw refusal(of: origin)
    default: throw refusal(of: origin ?? "another site")
    }
  }

  private func refusal(of origin: String) -> Problem {
    Problem(
      .crossOrigin,
      "Pages of \(excerpt(origin)) may not write here; to allow it, start the service with"
        + " --cors-origin.")
  }
}

/// `http://` of an origin; empty where it has none, as `null`.
private func scheme(of origin: String) -> String {
  ["http://", "https://"].first { origin.hasPrefix($0) } ?? ""
}
