import Testing

@testable import HTTPServer

@Suite struct ConnectionTableTests {
  @Test func givesEachPlaceOnceUntilItComesBack() throws {
    let table = ConnectionTable(capacity: 2, limits: smallLimits)
    let first = try #require(table.claim())
    let second = try #require(table.claim())
    #expect(first.slot != second.slot)
    #expect(table.connection(first.slot) === first)
    #expect(table.claim() == nil)
    let mustResume = table.release(second)
    #expect(mustResume, "someone was refused meanwhile")
    let again = try #require(table.claim())
    #expect(again === second)
    let mustResumeAgain = table.release(again)
    #expect(!mustResumeAgain)
    #expect(table.usedSlots == 2)
  }

  @Test func knowsNoConnectionThatNeverWas() {
    let table = ConnectionTable(capacity: 2, limits: smallLimits)
    #expect([-1, 0, 1, 2, Int.max].allSatisfy { table.connection($0) == nil })
  }

  /// As when the process has no descriptor left: room in the table, yet nothing can be accepted.
  @Test func remembersARefusalUntilThereIsRoom() throws {
    let table = ConnectionTable(capacity: 1, limits: smallLimits)
    #expect(!table.takeRefused())
    table.noteRefused()
    let connection = try #require(table.claim())
    #expect(!table.takeRefused())
    #expect(table.release(connection))
    table.noteRefused()
    let taken = [table.takeRefused(), table.takeRefused()]
    #expect(taken == [true, false])
  }

  @Test func waitsUntilAllAreGone() throws {
    let table = ConnectionTable(capacity: 1, limits: smallLimits)
    let connection = try #require(table.claim())
    let isGone = Event()
    let waiter = try Thread {
      table.waitUntilEmpty(until: monotonicNow() + 10_000_000_000)
      isGone.happen()
    }
    #expect(!isGone.isPast)
    _ = table.release(connection)
    #expect(isGone.wait())
    waiter.join()
  }
}
