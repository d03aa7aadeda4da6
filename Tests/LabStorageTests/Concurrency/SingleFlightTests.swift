import Testing

@testable import LabStorage

@Suite struct SingleFlightTests {
  @Test func oneWorksAndTheOthersWait() throws {
    let flights = SingleFlight<String, Int>()
    let (runs, results, gate) = (Guarded(0), Guarded([Int]()), Gate())
    inParallel(9) { thread in
      if thread == 8 {
        // Once the seven others have come, the one that works may end.
        while flights.waitingCount < 7 {}
        return gate.open()
      }
      let value = try? flights.value(for: "lab") { () throws(StoreError) in
        runs.change { $0 += 1 }
        gate.wait()
        return 42
      }
      results.change { $0.append(value ?? 0) }
    }
    #expect(runs.value == 1)
    #expect(results.value == Array(repeating: 42, count: 8))
    // The next one works anew.
    #expect(try flights.value(for: "lab") { () throws(StoreError) in 43 } == 43)
  }

  @Test func aFailureIsEverybodysAndIsNotKept() throws {
    let flights = SingleFlight<String, Int>()
    #expect(throws: StoreError.self) {
      try flights.value(for: "lab") { () throws(StoreError) in throw StoreError(.busy, "busy") }
    }
    #expect(try flights.value(for: "lab") { () throws(StoreError) in 1 } == 1)
  }
}
