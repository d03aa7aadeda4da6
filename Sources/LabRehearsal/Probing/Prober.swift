internal import CNamespaces
internal import Glibc
internal import LabCore

/// Dials, and finds out what comes of it.
///
/// Everything that can happen to a packet in the rebuilt lab happens within microseconds, so a dial
/// is not given up after a time but when nothing at all has happened for a while. Dials without an
/// answer are dialled again until a round brings nothing new, since a burst of packets may overflow
/// a queue of the kernel's.
final class Prober {
  private let dials: [Dial]
  private let namespaces: [Station: NetworkNamespace]
  private let names: [String: Station]
  private let probe: Probe
  private let loop: EventLoop
  private var outcomes: [DialOutcome?]
  private var underWay: [Int: Descriptor] = [:]
  private var heard: [Int: [UInt8]] = [:]

  /// How long nothing must happen for the rest to count as silent in the first round, in turns of
  /// the loop that end in time. Where others keep the processor busy, turns end late, and packets
  /// wait as this thread does.
  private static let patience = 8
  private static let turnMilliseconds = 5
  private static let lateMilliseconds = 8
  /// Late turns do not count, but for every sixteenth, so that the wait ends on any machine.
  private static let lateTurnsThatCount = 16
  private static let mostRounds = 5

  init(
    _ dials: [Dial], with probe: Probe, from namespaces: [Station: NetworkNamespace],
    names: [String: Station], loop: EventLoop
  ) {
    self.dials = dials
    self.probe = probe
    self.namespaces = namespaces
    self.names = names
    self.loop = loop
    outcomes = Array(repeating: nil, count: dials.count)
  }

  /// What came of the dials; those not dialled yet are silent.
  var results: [DialOutcome] { outcomes.map { $0 ?? .silent } }

  /// Dials a part of the list until nothing new comes of it, calling `startAfresh` in between.
  func dial(_ wave: Range<Int>, startAfresh: () -> Void) throws(RehearsalError) {
    var patience = Self.patience
    var open = Array(wave)
    for round in 0..<Self.mostRounds where !open.isEmpty {
      let before = open.count
      if round > 0 { startAfresh() }
      try launch(open)
      try waitUntilQuiet(patience)
      open = open.filter { outcomes[$0] == nil }
      if round > 0, open.count == before { break }
      patience *= 2
    }
  }

  private func launch(_ indices: [Int]) throws(RehearsalError) {
    for (count, index) in indices.enumerated() {
      try open(index)
      // In small portions, so that the kernel's queues don't overflow.
      if count % 16 == 15 { _ = try loop.turn(waitingMilliseconds: 0) }
    }
  }

  private func waitUntilQuiet(_ patience: Int) throws(RehearsalError) {
    var (quietTurns, lateTurns) = (0, 0)
    while !underWay.isEmpty, quietTurns + lateTurns / Self.lateTurnsThatCount < patience {
      let start = millisecondsNow()
      if try loop.turn(waitingMilliseconds: Self.turnMilliseconds) > 0 {
        (quietTurns, lateTurns) = (0, 0)
      } else if millisecondsNow() - start < Self.lateMilliseconds {
        quietTurns += 1
      } else {
        lateTurns += 1
      }
    }
    for descriptor in underWay.values { loop.forget(descriptor) }
    underWay = [:]
    heard = [:]
  }

  // MARK: One dial

  private func open(_ index: Int) throws(RehearsalError) {
    let dial = dials[index]
    guard let namespace = namespaces[dial.source] else { return }
    let target = SocketAddress(dial.address, port: dial.port ?? 0)
    let socket =
      switch probe {
      case .tcp: try namespace.socket(dial.address.family.socketFamily, SOCK_STREAM)
      case .udp: try namespace.socket(dial.address.family.socketFamily, SOCK_DGRAM)
      case .icmp:
        try namespace.socket(
          dial.address.family.socketFamily, SOCK_DGRAM, dial.address.family.pingProtocol)
      }
    if probe == .tcp { socket.resetWhenClosed() }
    var number = socket.connect(to: target)
    if number == 0, probe != .tcp { number = socket.send(question(dial.address.family)) }
    guard number == 0 || number == EINPROGRESS else {
      outcomes[index] = DialOutcome(errorNumber: number)
      return
    }
    underWay[index] = socket
    loop.watch(socket) { [unowned self] _ in hear(index, socket) }
  }

  private func question(_ family: AddressFamily) -> [UInt8] {
    probe == .icmp ? Ping(isRequest: true, payload: [0]).bytes(family) : [0]
  }

  private func hear(_ index: Int, _ socket: Descriptor) {
    let error = socket.pendingError
    guard error == 0 else { return settle(index, socket, DialOutcome(errorNumber: error)) }
    guard let bytes = socket.receive() else { return settle(index, socket, .refused) }
    guard let text = answer(in: heard[index, default: []] + bytes, dials[index].address.family)
    else {
      heard[index, default: []] += bytes
      return
    }
    settle(index, socket, names[text].map { .answered(by: $0) })
  }

  /// The line in what has arrived; nil while it is not complete.
  private func answer(in bytes: [UInt8], _ family: AddressFamily) -> String? {
    let line = probe == .icmp ? Ping(message: bytes[...], family)?.payload ?? [] : bytes
    guard line.last == Answerer.lineEnd else { return nil }
    return String(decoding: line.dropLast(), as: UTF8.self)
  }

  private func settle(_ index: Int, _ socket: Descriptor, _ outcome: DialOutcome?) {
    outcomes[index] = outcome
    underWay[index] = nil
    heard[index] = nil
    loop.forget(socket)
  }
}

/// Milliseconds of the kernel's monotonic clock (clock_gettime(2)).
private func millisecondsNow() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}

extension DialOutcome {
  /// What an error number says; nil where it says that the kernel was short of something and the
  /// dial is to be tried again.
  fileprivate init?(errorNumber: Int32) {
    switch errorNumber {
    case ECONNREFUSED, ECONNRESET, EPIPE: self = .refused
    case EADDRNOTAVAIL, EAGAIN, ENOBUFS, ENOMEM, ETIMEDOUT: return nil
    default: self = .unreachable
    }
  }
}
