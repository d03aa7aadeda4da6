import TestSupport
import Testing

@testable import HTTPServer

@Suite struct ClientQuotaTests {
  /// Any taking and giving back, beside an array of who has a place.
  @Test func nobodyHasMoreThanTheLimit() {
    var random = SeededGenerator(seed: 1)
    let clients = (0..<5).map { ClientKey(address: "192.0.2.\($0)") }
    let quota = ClientQuota(limit: 3)
    var places: [ClientKey] = []
    for step in 0..<5000 {
      let client = clients[Int.random(in: 0..<5, using: &random)]
      let count = places.count { $0 == client }
      if Bool.random(using: &random) {
        #expect(quota.take(client) == (count < 3), "\(step)")
        if count < 3 { places.append(client) }
      } else if let place = places.firstIndex(of: client) {
        places.remove(at: place)
        quota.giveBack(client)
      }
      #expect(quota.clientCount == Set(places).count, "\(step)")
    }
  }

  /// By pairs of addresses: whether they count as one client.
  @Test(arguments: [
    ("7.7.7.7", "7.7.7.7", true), ("7.7.7.7", "7.7.7.8", false),
    ("::ffff:7.7.7.7", "7.7.7.7", true), ("::ffff:707:707", "7.7.7.7", true),
    ("2001:db8::1", "2001:db8::2", true), ("2001:db8::1", "2001:db8:0:0:ffff::", true),
    ("2001:db8:0:1::1", "2001:db8::1", false), ("::1", "0.0.0.1", false),
    ("::7.7.7.7", "7.7.7.7", false), ("unknown", "_hidden", true), ("unknown", "7.7.7.7", false),
    ("::", "unknown", false), ("0.0.0.0", "unknown", false),
  ])
  func addressesOfOneClientAreOneKey(one: String, other: String, isSame: Bool) {
    #expect((ClientKey(address: one) == ClientKey(address: other)) == isSame)
  }
}
