internal import Glibc

extension Worker {
  /// Answers a request that has no handler, and gives the connection up.
  func refuse(_ reason: Refusal, _ connection: Connection) -> Wait {
    let subject = Outgoing.Subject(
      method: connection.parser.method, target: connection.parser.target, received: now,
      requestID: core.requestIDs.next())
    // Of what has come nothing is needed any more, while the client goes on sending.
    connection.parser = RequestParser(limits: core.limits)
    _ = hold(0, connection)
    let response = core.refusal(reason, subject.requestID)
    // Nil would say that the connection is kept.
    return send(response, to: subject, version: .http11, ending: .linger, connection) ?? .closed
  }

  /// Tells a client that it has too many connections, as far as the system takes that at once, and
  /// closes the new one.
  func turnAway(_ descriptor: Int32, _ address: SocketAddress) {
    let id = core.requestIDs.next()
    let response = core.refusal(.tooManyFromClient, id)
    let head = ResponseHead(
      response: response, framing: bodyFraming(response, .http11), persistence: .close)
    var outgoing = Outgoing(
      Outgoing.Subject(method: nil, target: nil, received: now, requestID: id),
      status: response.status, route: nil, head: written(head, for: id), body: response.body,
      isChunked: false, ending: .close)
    let progress = outgoing.send(to: descriptor)
    shutdown(descriptor, Int32(SHUT_WR))
    // What is left unread would make the end a reset.
    _ = read(descriptor, input.baseAddress, input.count)
    close(descriptor)
    observe(outgoing, isComplete: progress == .complete, address)
  }

  /// Sends a response. Nil when it is out and the connection goes on.
  func send(
    _ response: Response, to subject: Outgoing.Subject, version: Request.Version,
    ending: Outgoing.Ending, _ connection: Connection
  ) -> Wait? {
    let framing = bodyFraming(response, version)
    let ending = framing == .untilClose ? Outgoing.Ending.close : ending
    let head = ResponseHead(
      response: response, framing: framing, persistence: persistence(ending, version))
    let hasBody = subject.method != .head && !response.status.forbidsBody
    return begin(
      Outgoing(
        subject, status: response.status, route: response.route,
        head: written(head, for: subject.requestID), body: hasBody ? response.body : .none,
        isChunked: framing == .chunked, ending: ending),
      connection)
  }

  private func written(_ head: ResponseHead, for requestID: RequestID) -> [UInt8] {
    var buffer = headBuffer
    headBuffer = []
    buffer.removeAll(keepingCapacity: true)
    head.append(to: &buffer, date: date.now(), requestID: requestID)
    return buffer
  }

  private func begin(_ outgoing: consuming Outgoing, _ connection: Connection) -> Wait? {
    var outgoing = outgoing
    connection.delivery.begin(at: now)
    let progress = send(&outgoing, connection)
    connection.stage = .sending
    return settle(&outgoing, progress, connection)
  }

  /// Goes on with a response that waited. Nil when it is out and the connection goes on.
  func continueSending(_ connection: Connection) -> Wait? {
    guard var outgoing = connection.outgoing else { return nil }
    connection.outgoing = nil
    let sent = outgoing.bytesSent
    if case .live = connection.stage { connection.delivery.begin(at: now) }
    var progress = send(&outgoing, connection)
    if progress == .dry, outgoing.bytesSent == sent {
      progress = lookForClient(&outgoing, connection)
    }
    return settle(&outgoing, progress, connection)
  }

  private func send(_ outgoing: inout Outgoing, _ connection: Connection) -> Outgoing.Progress {
    let before = outgoing.bytesSent
    let progress = outgoing.send(to: connection.descriptor)
    connection.delivery.note(outgoing.bytesSent - before)
    now = monotonicNow()
    return progress
  }

  private func settle(
    _ outgoing: inout Outgoing, _ progress: Outgoing.Progress, _ connection: Connection
  ) -> Wait? {
    switch progress {
    case .complete:
      observe(outgoing, isComplete: true, connection.remoteAddress)
      headBuffer = outgoing.takeHeadBuffer()
      return finish(outgoing.ending, connection)
    case .dry:
      guard let live = outgoing.live else { return .closed }
      if core.isDraining {
        outgoing.endLive()
        return settle(&outgoing, send(&outgoing, connection), connection)
      }
      connection.stage = .live
      connection.outgoing = outgoing
      return .live(live, until: now &+ live.interval.nanoseconds)
    case .blocked, .turnOver:
      connection.stage = .sending
      let deadline = connection.delivery.deadline(core.configuration)
      connection.outgoing = outgoing
      return progress == .blocked ? .writable(until: deadline) : .turn(until: deadline)
    case .failed, .left:
      outgoing.live?.end()
      observe(outgoing, isComplete: progress == .left, connection.remoteAddress)
      connection.resetOnClose()
      return .closed
    }
  }

  /// Woken for nothing, a live body may have lost its client. One that has finished sending is
  /// sent a heartbeat, so that its system says whether it is still there.
  private func lookForClient(
    _ outgoing: inout Outgoing, _ connection: Connection
  ) -> Outgoing.Progress {
    switch PeerState(ofSocket: connection.descriptor) {
    case .gone:
      return .left
    case .finishedSending where !connection.clientHasFinished:
      connection.clientHasFinished = true
      outgoing.beat()
      return send(&outgoing, connection)
    case .present, .finishedSending:
      return .dry
    }
  }

  /// Ends a connection, owned by this thread, that has nothing in flight.
  func drain(_ connection: Connection) {
    guard connection.outgoing?.live != nil else { return core.close(connection) }
    now = monotonicNow()
    connection.outgoing?.endLive()
    serve(connection)
  }

  private func finish(_ ending: Outgoing.Ending, _ connection: Connection) -> Wait? {
    if connection.speaksForOthers, let client = connection.takeClient() {
      core.clients.giveBack(client)
    }
    switch ending {
    case .keep:
      connection.stage = .idle(since: now)
      return nil
    case .close:
      return leave(connection)
    case .linger:
      shutdown(connection.descriptor, Int32(SHUT_WR))
      let end = now &+ Self.longestLinger.nanoseconds
      connection.stage = .lingering(until: end)
      connection.lingerBudget = Self.mostDropped
      connection.unread = []
      return dropInput(connection, until: end)
    }
  }

  /// Ends a connection whose client sends nothing more, once it has taken what was sent.
  func leave(_ connection: Connection) -> Wait {
    guard connection.delivery.isOwed() else { return .closed }
    shutdown(connection.descriptor, Int32(SHUT_WR))
    let end = connection.delivery.deadline(core.configuration)
    connection.stage = .lingering(until: end)
    connection.lingerBudget = Self.mostDropped
    connection.unread = []
    return dropInput(connection, until: end)
  }

  /// How long, and for how many bytes, a client may go on sending what nobody wants.
  private static var longestLinger: Duration { .seconds(3) }
  private static var mostDropped: Int { 16 * 1024 * 1024 }

  /// Reads and drops what the client still sends after the last response.
  func dropInput(_ connection: Connection, until end: Instant) -> Wait {
    while connection.lingerBudget > 0 {
      let count = read(connection.descriptor, input.baseAddress, input.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return .readable(until: end) }
      if count == 0, connection.delivery.isOwed(), end > now { return .readable(until: end) }
      guard count > 0 else { return .closed }
      connection.lingerBudget -= count
    }
    return .closed
  }

  /// Ends what a connection, owned by this thread, waited for too long.
  func expire(_ connection: Connection) {
    now = monotonicNow()
    switch connection.stage {
    case .idle(let start):
      expireQuiet(connection, until: idleDeadline(connection, since: start))
    case .lingering:
      expireQuiet(connection, until: connection.delivery.deadline(core.configuration))
    case .receivingHead, .receivingBody:
      if !settle(connection, refuse(.timedOut, connection)) { serve(connection) }
    case .live:
      connection.outgoing?.beat()
      serve(connection)
    case .sending:
      let deadline = connection.delivery.deadline(core.configuration)
      // The client has taken something since it was last looked at.
      guard deadline <= now else {
        if !settle(connection, .writable(until: deadline)) { serve(connection) }
        return
      }
      if let outgoing = connection.outgoing {
        observe(outgoing, isComplete: false, connection.remoteAddress)
      }
      connection.resetOnClose()
      core.close(connection)
    }
  }

  /// Ends a connection on which all is sent, but not before the client could take it.
  private func expireQuiet(_ connection: Connection, until deadline: Instant) {
    let isOwed = connection.delivery.isOwed()
    guard isOwed || isIdle(connection), deadline > now else {
      if isOwed { connection.resetOnClose() }
      return core.close(connection)
    }
    if case .lingering = connection.stage { connection.stage = .lingering(until: deadline) }
    if !settle(connection, .readable(until: deadline)) { serve(connection) }
  }

  private func isIdle(_ connection: Connection) -> Bool {
    if case .idle = connection.stage { true } else { false }
  }

  private func observe(_ outgoing: Outgoing, isComplete: Bool, _ address: SocketAddress) {
    let subject = outgoing.subject
    core.observer(
      Exchange(
        method: subject.method, target: subject.target, status: outgoing.status,
        bytesSent: outgoing.bytesSent,
        duration: .nanoseconds(Int64(clamping: now &- subject.received)),
        isComplete: isComplete, requestID: subject.requestID, route: outgoing.route,
        remoteAddress: address, client: subject.client))
  }
}

private func bodyFraming(
  _ response: Response, _ version: Request.Version
) -> ResponseHead.Framing {
  guard !response.status.forbidsBody else { return .none }
  switch response.body {
  case .none: return .length(0)
  case .bytes(let bytes): return .length(bytes.count)
  case .stream, .live: return version == .http11 ? .chunked : .untilClose
  }
}

/// HTTP/1.0 clients have to be told that the connection stays, HTTP/1.1 clients that it does not
/// (RFC 9112, section 9.3).
private func persistence(
  _ ending: Outgoing.Ending, _ version: Request.Version
) -> ResponseHead.Persistence {
  switch ending {
  case .keep: version == .http10 ? .keepAlive : .unsaid
  case .close, .linger: .close
  }
}
