import HTTPServer
import LabCore

/// Who the client is: the other end of the connection or, where that is a proxy whose word counts,
/// the one that the proxy speaks for.
struct ClientAddress: Sendable {
  let trustedProxies: [AnyPrefix]

  /// Whether anybody's word counts.
  var isAsked: Bool { !trustedProxies.isEmpty }

  /// What the server's limits go by.
  var trust: ProxyTrust {
    guard isAsked else { return .nobody }
    return ProxyTrust(
      isProxy: { isTrusted($0) },
      client: { request in
        let client = of(request)
        return client == request.remoteAddress?.host ? nil : client
      })
  }

  /// The client's address, for logs and histories; nil for a request that came from no socket.
  ///
  /// Proxies add to the right. So the client is the rightmost address that is no trusted proxy's;
  /// what stands left of it is hearsay. Where `Forwarded` (RFC 7239) and `X-Forwarded-For` are both
  /// there, the proxy has passed on one of them unread, and neither counts.
  func of(_ request: Request) -> String? {
    guard let peer = request.remoteAddress?.host else { return nil }
    guard !trustedProxies.isEmpty, isTrusted(peer) else { return peer }
    let forwarded = request.headers[.forwarded]
    let forwardedFor = request.headers[.xForwardedFor]
    let hops: [Substring]
    switch (forwarded, forwardedFor) {
    case (let text?, nil): hops = text.split(separator: ",").map(forParameter)
    case (nil, let text?): hops = text.split(separator: ",").map(trimmed)
    default: return peer
    }
    var client = peer
    for hop in hops.reversed() {
      guard let address = hopAddress(hop) else { return client }
      client = address.description
      guard isTrusted(client) else { return client }
    }
    return client
  }

  private func isTrusted(_ text: String) -> Bool {
    guard let address = try? AnyAddress(parsing: text) else { return false }
    return trustedProxies.contains { $0.contains(address) }
  }
}

extension LabService {
  /// Finds out who the client is, for the steps behind it, the operations and the log.
  var clientStep: Step {
    Step { [access] request, rest in
      guard let client = access.client.of(request), client != request.remoteAddress?.host else {
        return rest(request)
      }
      var request = request
      request[ForwardedClient.self] = ForwardedClient(address: client)
      var response = rest(request)
      response.client = client
      return response
    }
  }
}

/// A client that a proxy spoke for.
private struct ForwardedClient: Sendable {
  let address: String
}

extension Request {
  /// The client's address: that of the other end of the connection, unless a proxy whose word counts
  /// spoke for another; nil for a request that came from no socket.
  var clientAddress: String? { self[ForwardedClient.self]?.address ?? remoteAddress?.host }
}

extension AnyPrefix {
  fileprivate func contains(_ address: AnyAddress) -> Bool {
    switch (self, address) {
    case (.ipv4(let prefix), .ipv4(let address)): prefix.contains(address)
    case (.ipv6(let prefix), .ipv6(let address)): prefix.contains(address)
    default: false
    }
  }
}

/// What `for` says in an element of `Forwarded`; empty where it says nothing.
private func forParameter(_ element: Substring) -> Substring {
  for parameter in element.split(separator: ";").map(trimmed)
  where parameter.lowercased().hasPrefix("for=") {
    let value = parameter.dropFirst(4)
    return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
      ? value.dropFirst().dropLast() : value
  }
  return ""
}

/// The address of a hop, with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`,
/// `[2001:db8::1]:80`; IPv4 in IPv6 clothes, `::ffff:192.0.2.1`, is IPv4. Nil for `unknown`, for names that proxies make up, and for nonsense.
private func hopAddress(_ text: Substring) -> AnyAddress? {
  var text = text
  if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
    text = text[..<end].dropFirst()
  } else if text.filter({ $0 == ":" }).count == 1 {
    text = text.prefix { $0 != ":" }
  }
  let address = try? AnyAddress(parsing: String(text))
  guard case .ipv6(let address) = address, address.bits >> 32 == 0xFFFF else { return address }
  return .ipv4(IPv4Address(bits: UInt32(truncatingIfNeeded: address.bits)))
}
