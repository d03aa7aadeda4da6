import Foundation
import Glibc
import Testing

/// A service whose descriptors run out while it runs, as the system's limit is really lowered.
@Suite struct DescriptorTests {
  private static let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

  /// Clients that find no descriptor wait, at no cost, and are served as soon as there is one.
  @Test func acceptingGoesOnWhenThereAreDescriptorsAgain() throws {
    let folder = try TemporaryFolder()
    let service = try ServiceProcess(database: folder.file("labs.sqlite"))
    #expect(try service.send("GET", "/readyz").status == 200)
    let process = service.command.identifier
    try setLimit(of: process, to: openDescriptors(of: process) + 5)

    var clients: [HTTPConnection] = []
    for _ in 0..<20 {
      let client = try #require(HTTPConnection(port: service.port))
      client.sendRaw(Self.request)
      clients.append(client)
    }
    // Some are served, and the first of the others waits.
    var served = clients.prefix { $0.hasAnswer(withinMilliseconds: 2000) }
    try #require((1..<clients.count).contains(served.count), "\(served.count)")
    let firstWaiting = clients[served.count]

    let before = try processorTime(of: process)
    #expect(!firstWaiting.hasAnswer(withinMilliseconds: 1000))
    #expect(try processorTime(of: process) - before < 0.3, "it does not spin")

    // Those that have a connection are served on.
    let first = try #require(served.first)
    #expect(first.wait(for: "\r\n\r\n"))
    first.sendRaw(Self.request)
    #expect(first.wait(for: "HTTP/1.1 200"))

    // One leaves, and the next one takes its place, without a change of the limit.
    served = served.dropFirst()
    clients.removeFirst()
    #expect(first.isClosedByHalf())
    #expect(firstWaiting.hasAnswer(withinMilliseconds: 10_000))

    try setLimit(of: process, to: 1000)
    for client in clients { #expect(client.hasAnswer(withinMilliseconds: 10_000)) }
    #expect(try service.send("GET", "/readyz").status == 200)
  }

  private func setLimit(of process: Int32, to count: Int) throws {
    let result = try RunningCommand(
      ["--pid", "\(process)", "--nofile=\(count):4096"],
      executable: URL(fileURLWithPath: "/usr/bin/prlimit"))
    #expect(result.wait() == 0, "\(result.errors())")
  }

  private func openDescriptors(of process: Int32) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
  }

  /// Seconds that a process has had of the processors.
  private func processorTime(of process: Int32) throws -> Double {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = try #require(Double(fields[11])) + (try #require(Double(fields[12])))
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}

extension HTTPConnection {
  fileprivate func hasAnswer(withinMilliseconds patience: Int32) -> Bool {
    var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&event, 1, patience) > 0
  }

  /// Ends sending, and waits for the other end to do so too.
  fileprivate func isClosedByHalf() -> Bool {
    shutdown(descriptor, Int32(SHUT_WR))
    return !rest().isEmpty
  }
}
