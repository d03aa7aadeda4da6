internal import Glibc

extension Worker {
  /// Reads, answers and writes until the connection has to wait.
  func advance(_ connection: Connection) -> Wait {
    if case .lingering(let end) = connection.stage { return dropInput(connection, until: end) }
    if connection.outgoing != nil, let wait = continueSending(connection) { return wait }
    if !connection.unread.isEmpty {
      // Between requests: what is unread begins with one.
      connection.stage = .idle(since: now)
      let unread = connection.unread
      connection.unread = []
      if let wait = process(unread.span, connection) { return wait }
    }
    for _ in 0..<Self.readsPerTurn {
      let count = read(connection.descriptor, input.baseAddress, input.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { break }
      guard count > 0 else { return .closed }
      let received = UnsafeBufferPointer(rebasing: input[..<count])
      if let wait = process(received.span, connection) { return wait }
      if count < input.count { break }
    }
    return waitForInput(connection)
  }

  /// How often a connection's input is read before other connections come first.
  private static var readsPerTurn: Int { 16 }

  /// How many pipelined requests are answered before other connections come first.
  private static var requestsPerTurn: Int { 32 }

  /// Answers the requests in these bytes. Nil when the connection wants to read on.
  private func process(_ bytes: borrowing Span<UInt8>, _ connection: Connection) -> Wait? {
    var position = 0
    var answered = 0
    while position < bytes.count {
      guard answered < Self.requestsPerTurn else {
        connection.unread = Array(bytes, from: position)
        // What was answered may still wait in the system for the client to take it.
        connection.stage = .sending(since: now, after: 0)
        return .writable(until: now &+ core.configuration.writeTimeout.nanoseconds)
      }
      let step: RequestParser.Step
      do {
        step = try connection.parser.consume(bytes.extracting(position..<bytes.count))
      } catch {
        return refuse(.malformed(error), connection)
      }
      position += step.consumed
      guard let request = step.request else {
        noteProgress(connection)
        break
      }
      answered += 1
      let hasMoreInput = position < bytes.count
      if let wait = answer(request, step.keepsAlive, hasMoreInput, connection) {
        if connection.outgoing != nil { connection.unread = Array(bytes, from: position) }
        return wait
      }
    }
    return nil
  }

  /// Takes note of a request that has come in part.
  private func noteProgress(_ connection: Connection) {
    switch connection.stage {
    case .idle where connection.parser.isBetweenRequests: break
    case .idle: connection.stage = .receivingHead(since: now)
    default: break
    }
    guard connection.parser.isInBody else { return }
    if case .receivingHead = connection.stage { connection.stage = .receivingBody(since: now) }
    if connection.parser.takeContinueExpected() {
      sendInterim("HTTP/1.1 100 Continue\r\n\r\n", to: connection.descriptor)
    }
  }

  private func answer(
    _ request: Request, _ keepsAlive: Bool, _ hasMoreInput: Bool, _ connection: Connection
  ) -> Wait? {
    var request = request
    request.remoteAddress = connection.remoteAddress
    request.client = connection.clientPresence
    request.id = request.headers[.requestID].flatMap(RequestID.init) ?? core.requestIDs.next()
    let received = now
    let response = core.handler(request)
    let keeps = keepsAlive && !core.isDraining && !asksToClose(response)
    let ending: Outgoing.Ending =
      keeps ? .keep : keepsAlive || hasMoreInput ? .linger : .close
    let subject = Outgoing.Subject(
      method: request.method, target: request.target, received: received, requestID: request.id,
      client: response.client)
    return send(response, to: subject, version: request.version, ending: ending, connection)
  }

  private func waitForInput(_ connection: Connection) -> Wait {
    let timeouts = core.configuration
    switch connection.stage {
    case .idle(let start):
      return core.isDraining ? .closed : .readable(until: idleDeadline(since: start))
    case .receivingHead(let start):
      return .readable(until: start &+ timeouts.headTimeout.nanoseconds)
    case .receivingBody(let start):
      let grace = timeouts.bodyTimeout.nanoseconds
      let bytes = connection.parser.bodyByteCount
      return .readable(until: start &+ grace &+ timeouts.timeGranted(forBytes: bytes))
    case .sending, .live, .lingering:
      return .closed
    }
  }

  /// When a connection has been idle for too long.
  func idleDeadline(since start: Instant) -> Instant {
    start &+ core.configuration.idleTimeout.nanoseconds
  }
}

private func asksToClose(_ response: Response) -> Bool {
  response.headers.values(of: .connection).contains { $0.lowercased() == "close" }
}

extension [UInt8] {
  fileprivate init(_ bytes: borrowing Span<UInt8>, from position: Int) {
    self = bytes.extracting(position..<bytes.count).withUnsafeBufferPointer { Array($0) }
  }
}

extension Configuration {
  /// The nanoseconds that the lowest rate grants for a number of bytes.
  func timeGranted(forBytes bytes: Int) -> UInt64 {
    let rate = UInt64(clamping: max(1, lowestRate))
    let (seconds, rest) = UInt64(clamping: bytes).quotientAndRemainder(dividingBy: rate)
    return seconds &* 1_000_000_000 &+ rest &* 1_000_000_000 / rate
  }
}
