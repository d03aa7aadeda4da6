import Foundation
import Glibc
import Testing

/// Sixty-four clients take the next free address of one network, from two services on one database,
/// and both services are killed in the middle: nobody is given an address that somebody else has.
///
/// `make race-test` does it with a hundred requests each.
@Suite(.serialized) struct NextFreeKillTests {
  static let clients = 64
  static let requests =
    ProcessInfo.processInfo.environment["LABPLAN_REQUESTS"].flatMap { Int($0) } ?? 20

  @Test func nobodyIsGivenAnAddressTwice() throws {
    let folder = try TemporaryFolder()
    let services = try ServicePair(database: folder.file("labs.sqlite"))
    let lab = #"{"networks": [{"name": "net", "mode": "internal", "ipv4": "10.20.0.0/16"}]}"#
    #expect(try services.process(0).send("PUT", "/v1/labs/race", lab).status == 201)
    let book = AddressBook()
    let half = Self.clients * Self.requests / 2
    inParallel(Self.clients) { client in
      var taker = AddressTaker(client, services: services)
      for request in 0..<Self.requests {
        guard let address = taker.take(request) else { return }
        if book.note(address) == half { services.killBoth() }
      }
    }
    let all = Self.clients * Self.requests
    #expect(book.addresses.count == all)
    #expect(Set(book.addresses).count == all)
    // And nothing was given that nobody was told of: what was sent again was carried out once.
    let stored = try reserved(by: services.process(1))
    #expect(stored.count == all)
    #expect(Set(stored) == Set(book.addresses))
    print(
      "\(all) addresses of \(Self.clients) clients, two services, each killed once: all distinct")
  }
}

/// Every reserved address, page by page.
private func reserved(by service: ServiceProcess) throws -> [String] {
  var stored: [String] = []
  var path: String? = "/v1/labs/race/networks/net/addresses?limit=1000"
  while let page = path {
    let answer = try service.send("GET", page).json
    stored += answer["addresses"].elements.compactMap { $0["address"].text }
    path = answer["next"].text
  }
  return stored
}

/// Two services on one database.
private final class ServicePair: @unchecked Sendable {
  private let database: String
  private let lock = NSLock()
  // Guarded by `lock`.
  private var processes: [ServiceProcess]

  init(database: String) throws {
    self.database = database
    processes = try (0..<2).map { _ in try ServiceProcess(database: database) }
  }

  func process(_ index: Int) -> ServiceProcess { lock.withLock { processes[index] } }

  func port(_ index: Int) -> UInt16 { process(index).port }

  /// Kills both, and starts others; whoever asks for a port meanwhile waits.
  func killBoth() {
    lock.withLock {
      for process in processes { process.kill(SIGKILL) }
      for index in processes.indices {
        do { processes[index] = try ServiceProcess(database: database) } catch {
          Issue.record("\(error)")
        }
      }
    }
  }
}

/// A client that sends a request again, with its key, until it is answered.
private struct AddressTaker {
  private let number: Int
  private let services: ServicePair
  private var connection: HTTPConnection?

  init(_ number: Int, services: ServicePair) {
    self.number = number
    self.services = services
  }

  mutating func take(_ request: Int) -> String? {
    for attempt in 0..<100 {
      if connection == nil { connection = HTTPConnection(port: services.port(number % 2)) }
      let answer = connection?.send(
        "POST", "/v1/labs/race/networks/net/addresses", #"{"note": "client \#(number)"}"#,
        ["Idempotency-Key": "\"\(number)-\(request)\""])
      switch answer?.status {
      case 201: return answer?.json["addresses"].elements.first?.text
      case nil: connection = nil
      case 503: break
      default:
        Issue.record("client \(number), attempt \(attempt): \(answer.map { "\($0)" } ?? "")")
        return nil
      }
    }
    Issue.record("client \(number) was not answered")
    return nil
  }
}

/// Who was given what.
private final class AddressBook: @unchecked Sendable {
  private let lock = NSLock()
  // Guarded by `lock`.
  private var given: [String] = []

  var addresses: [String] { lock.withLock { given } }

  /// Says how many there are with it.
  func note(_ address: String) -> Int {
    lock.withLock {
      given.append(address)
      return given.count
    }
  }
}
