import Foundation
import LabCore
import Testing

@testable import LabStorage

@Suite("Many threads on one store")
struct ConcurrencyTests {
  private let directory: TemporaryDirectory
  private let store: LabStore
  private let failures = Guarded<[String]>([])

  init() throws {
    directory = try TemporaryDirectory()
    store = try LabStore(path: directory.file("db"))
  }

  private func parallel(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
    let failures = failures
    inParallel(count) { number in
      do { try body(number) } catch { failures.change { $0.append("\(error)") } }
    }
    #expect(failures.value == [])
  }

  @Test("64 threads, each with labs of its own")
  func differentLabs() throws {
    let store = store
    parallel(64) { thread in
      for number in 0..<10 { try store.put(plainLab("lab-\(thread)-\(number)")) }
      for number in 0..<5 { try store.delete("lab-\(thread)-\(number)") }
    }
    let names = try store.labs(after: nil, limit: 1000).map(\.name.text)
    let expected = (0..<64).flatMap { thread in (5..<10).map { "lab-\(thread)-\($0)" } }
    #expect(names == expected.sorted())
  }

  @Test("64 threads count one lab up by its revision, and no count is lost")
  func optimisticCounter() throws {
    try store.put(plainLab("counter", "0"))
    let (store, name, refused) = (store, try label("counter"), Guarded(0))
    parallel(64) { _ in
      var counted = 0
      while counted < 5 {
        guard let current = try store.lab(named: name) else { return }
        let next = Int(current.draft.description ?? "").map { "\($0 + 1)" }
        switch try store.put(plainLab("counter", next), if: .revisionIn([current.revision])) {
        case .replaced: counted += 1
        default: refused.change { $0 += 1 }
        }
      }
    }
    let final = try #require(try store.lab(named: name))
    #expect(final.draft.description == "320")
    #expect(final.revision == 321)
  }

  @Test("64 threads create one lab, and one of them does")
  func oneCreator() throws {
    let (store, created) = (store, Guarded(0))
    parallel(64) { thread in
      if case .created = try store.put(plainLab("lab", "\(thread)"), if: .absent) {
        created.change { $0 += 1 }
      }
    }
    #expect(created.value == 1)
    #expect(try store.revision(of: label("lab")) == 1)
  }

  @Test("readers see whole labs and never go back in time")
  func readersDuringWrites() throws {
    try store.put(plainLab("lab", "1", machines: 1))
    let (store, name, done) = (store, try label("lab"), Guarded(false))
    parallel(9) { thread in
      if thread == 0 {
        defer { done.change { $0 = true } }
        for count in 2..<60 { try store.put(plainLab("lab", "\(count)", machines: count)) }
        return
      }
      var last = 0
      while !done.value {
        guard let lab = try store.lab(named: name) else { throw StoreError(.corrupt, "no lab") }
        let isWhole =
          lab.draft.vms.count == lab.revision && lab.draft.description == "\(lab.revision)"
          && lab.draft.vms.allSatisfy { $0.adapters.count == 1 }
        guard isWhole, lab.revision >= last else { throw StoreError(.corrupt, "half a lab") }
        last = lab.revision
        guard let revision = try store.revision(of: name), revision >= last else {
          throw StoreError(.corrupt, "an older revision after a newer one")
        }
      }
    }
    #expect(try store.revision(of: name) == 59)
  }

  @Test("several stores on one file take turns, as several processes do")
  func severalStores() throws {
    let stores = try (0..<4).map { _ in try LabStore(path: directory.file("db")) }
    let name = try label("counter")
    parallel(4) { number in
      for _ in 0..<50 {
        _ = try stores[number].write(name, from: .at(0)) { current in
          .store(try plainLab("counter", "\((current?.revision ?? 0) + 1)"))
        }
      }
    }
    let final = try #require(try store.lab(named: name))
    #expect(final.revision == 200)
    #expect(final.draft.description == "200")
  }
}
