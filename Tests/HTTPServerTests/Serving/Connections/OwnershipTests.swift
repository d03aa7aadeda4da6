import Testing

@testable import HTTPServer

@Suite struct OwnershipTests {
  @Test func oneTakesWhatIsParked() {
    let ownership = Ownership(count: 2)
    ownership.claim(0)
    #expect(ownership.park(0, until: 100, for: .progress))
    #expect(ownership.deadline(0) == 100)
    #expect(ownership.take(0))
    #expect(ownership.deadline(0) == nil)
    #expect(!ownership.take(0))
    #expect(!ownership.takeParked(0))
  }

  @Test func anEventWhileBusyIsReportedOnce() {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(!ownership.take(0))
    #expect(!ownership.take(0))
    #expect(!ownership.park(0, until: 100, for: .progress))
    #expect(ownership.deadline(0) == nil)
    #expect(ownership.park(0, until: 100, for: .progress))
  }

  @Test func expiresAtTheDeadline() {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(!ownership.takeExpired(0, at: 1000))
    #expect(ownership.park(0, until: 100, for: .progress))
    #expect(!ownership.takeExpired(0, at: 99))
    #expect(ownership.takeExpired(0, at: 100))
    #expect(!ownership.takeExpired(0, at: 100))
  }

  @Test func tellsIdleConnectionsApart() {
    let ownership = Ownership(count: 2)
    for slot in 0...1 {
      ownership.claim(slot)
      #expect(!ownership.takeIdle(slot))
      #expect(ownership.park(slot, until: 101, for: slot == 1 ? .request : .progress))
      #expect(ownership.deadline(slot) == 100)
    }
    #expect(!ownership.takeIdle(0))
    #expect(ownership.takeIdle(1))
    #expect(!ownership.takeIdle(1))
    #expect(ownership.takeExpired(0, at: 100))
  }

  @Test func nobodyTakesWhatIsClosed() {
    let ownership = Ownership(count: 1)
    #expect(!ownership.take(0))
    #expect(!ownership.takeParked(0))
    ownership.claim(0)
    ownership.release(0)
    #expect(!ownership.take(0))
    #expect(ownership.deadline(0) == nil)
  }

  /// Deadlines that would be mistaken for the words of a busy or closed connection.
  @Test(arguments: [Instant(0), 1, 2, 3])
  func parksWithAnyDeadline(deadline: Instant) {
    let ownership = Ownership(count: 1)
    ownership.claim(0)
    #expect(ownership.park(0, until: deadline, for: .request))
    #expect(ownership.take(0))
  }
}
