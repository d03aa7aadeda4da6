internal import Glibc

extension Worker {
  /// Reads, answers and writes until the connection has to wait.
  func advance(_ connection: Connection) -> Wait {
    if case .lingering(let end) = connection.stage { return dropInput(connection, until: end) }
    if let pending = connection.pending {
      guard mayAnswer(pending) else { return .thread }
      connection.pending = nil
      if let wait = answer(pending, connection) { return wait }
    }
    if let outgoing = connection.outgoing {
      guard duty == .handlers || !outgoing.isMadeWhileSent else { return .thread }
      if let wait = continueSending(connection) { return wait }
    }
    if !connection.unread.isEmpty {
      // Between requests: what is unread begins with one.
      connection.stage = .idle(since: now)
      let unread = connection.unread
      connection.unread = []
      if let wait = process(unread.span, connection) { return wait }
    }
    return receive(connection)
  }

  private func mayAnswer(_ pending: PendingRequest) -> Bool {
    switch duty {
    case .eventLoop: false
    case .reserved: pending.isReserved
    case .handlers: true
    }
  }

  private func receive(_ connection: Connection) -> Wait {
    for _ in 0..<Self.readsPerTurn where !connection.isDrained {
      let count = read(connection.descriptor, input.baseAddress, input.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        connection.isDrained = true
        connection.mayHaveEnded = false
        break
      }
      guard count != 0 else { return leave(connection) }
      guard count > 0 else { return .closed }
      connection.isDrained = count < input.count && !connection.mayHaveEnded
      let received = UnsafeBufferPointer(rebasing: input[..<count])
      if let wait = process(received.span, connection) { return wait }
    }
    return waitForInput(connection)
  }

  /// How often a connection's input is read before other connections come first.
  private static var readsPerTurn: Int { 16 }

  /// How many pipelined requests are answered before other connections come first.
  private static var requestsPerTurn: Int { 32 }

  /// Answers the requests in these bytes, or leaves the next one to a thread that may block. Nil
  /// when the connection wants to read on.
  private func process(_ bytes: borrowing Span<UInt8>, _ connection: Connection) -> Wait? {
    var position = 0
    var answered = 0
    while position < bytes.count {
      guard answered < Self.requestsPerTurn else {
        connection.unread = Array(bytes, from: position)
        // What was answered may still wait in the system for the client to take it.
        connection.stage = .sending
        connection.delivery.begin(at: now)
        return .turn(until: connection.delivery.deadline(core.configuration))
      }
      let rest = bytes.extracting(position..<bytes.count)
      let step: RequestParser.Step
      do {
        step = try connection.parser.consume(rest)
      } catch {
        return refuse(Refusal(error, core.limits), connection)
      }
      position += step.consumed
      let hasRoom = hold(
        step.request?.body.count ?? connection.parser.bodyByteCount, connection)
      guard let request = step.request else {
        guard hasRoom else { return refuse(.overloaded, connection) }
        noteProgress(connection)
        break
      }
      let pending = PendingRequest(
        request: named(request, connection), keepsAlive: step.keepsAlive,
        isReserved: isReserved(request), hasMoreInput: position < bytes.count, received: now)
      let wait: Wait?
      if let refusal = hasRoom ? refusal(of: pending, connection) : .overloaded {
        connection.pending = pending
        wait = turnAway(connection, refusal)
      } else if let response = duty == .handlers ? nil : core.atOnce(pending.request) {
        _ = hold(0, connection)
        wait = send(response, to: pending, connection)
      } else if mayAnswer(pending) {
        wait = answer(pending, connection)
      } else {
        connection.pending = pending
        connection.unread = Array(bytes, from: position)
        return .thread
      }
      answered += 1
      if let wait {
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

  /// The request with where it comes from and what it is called.
  private func named(_ request: Request, _ connection: Connection) -> Request {
    var request = request
    request.remoteAddress = connection.remoteAddress
    request.lifetime = RequestLifetime(
      client: connection.clientPresence,
      deadline: now &+ core.configuration.requestTimeout.nanoseconds,
      stopNotice: core.stopNotice)
    request.id = request.headers[.requestID].flatMap(RequestID.init) ?? core.requestIDs.next()
    return request
  }

  private func isReserved(_ request: Request) -> Bool {
    core.configuration.reservedPaths.contains(request.path)
  }

  /// Changes how much of a body counts. False when there is no room for it.
  func hold(_ bytes: Int, _ connection: Connection) -> Bool {
    let before = connection.takeHeldBytes()
    connection.heldBytes = bytes
    return core.bodies.change(from: before, to: bytes)
  }

  /// Takes a place for the client that a proxy speaks for, or says why there is none.
  private func refusal(of pending: PendingRequest, _ connection: Connection) -> Refusal? {
    guard connection.speaksForOthers,
      let address = core.configuration.proxies.client(pending.request)
    else { return nil }
    let client = ClientKey(address: address)
    guard core.clients.take(client) else { return .tooManyFromClient }
    connection.serveClient(client)
    return nil
  }

  private func answer(_ pending: PendingRequest, _ connection: Connection) -> Wait? {
    // One that has waited for long may have been given up.
    let isLate = now &- pending.received > Self.longWait.nanoseconds
    let response =
      isLate && pending.request.interruption != nil
      ? core.refusal(.overloaded, pending.request.id) : core.handler(pending.request)
    _ = hold(0, connection)
    return send(response, to: pending, connection)
  }

  private static var longWait: Duration { .milliseconds(100) }

  private func send(
    _ response: Response, to pending: PendingRequest, _ connection: Connection
  ) -> Wait? {
    let keeps = pending.keepsAlive && !core.isDraining && !asksToClose(response)
    let ending: Outgoing.Ending =
      keeps ? .keep : pending.keepsAlive || pending.hasMoreInput ? .linger : .close
    var subject = pending.subject
    subject.client = response.client
    return send(
      response, to: subject, version: pending.request.version, ending: ending, connection)
  }

  /// Answers a request for which there is no room. Nil when the answer is out and the connection
  /// goes on.
  func turnAway(_ connection: Connection, _ reason: Refusal) -> Wait? {
    guard let pending = connection.pending else { return .closed }
    connection.pending = nil
    _ = hold(0, connection)
    let response = core.refusal(reason, pending.request.id)
    return send(
      response, to: pending.subject, version: pending.request.version,
      ending: pending.keepsAlive && !core.isDraining ? .keep : .linger, connection)
  }

  private func waitForInput(_ connection: Connection) -> Wait {
    let timeouts = core.configuration
    let deadline: Instant
    switch connection.stage {
    case .idle(let start):
      guard !core.isDraining else { return .closed }
      deadline = idleDeadline(connection, since: start)
    case .receivingHead(let start):
      deadline = start &+ timeouts.headTimeout.nanoseconds
    case .receivingBody(let start):
      let grace = timeouts.bodyTimeout.nanoseconds
      let bytes = connection.parser.bodyByteCount
      deadline = start &+ grace &+ timeouts.timeGranted(forBytes: bytes)
    case .sending, .live, .lingering:
      return .closed
    }
    return connection.isDrained ? .readable(until: deadline) : .turn(until: deadline)
  }

  /// When a connection has been idle for too long, or should have taken the last response.
  func idleDeadline(_ connection: Connection, since start: Instant) -> Instant {
    connection.delivery.isOwed()
      ? connection.delivery.deadline(core.configuration)
      : start &+ core.configuration.idleTimeout.nanoseconds
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
