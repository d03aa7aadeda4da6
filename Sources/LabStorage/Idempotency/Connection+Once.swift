import LabCore

extension Connection {
  /// Does something, unless the request was carried out before; notes the answer in the same
  /// transaction.
  ///
  /// - Parameters:
  ///   - bytes: how many bytes of answers are kept for each caller.
  ///   - answer: to an outcome; nil for one that left nothing done, so that the request may be sent
  ///     again.
  func once<Outcome>(
    _ request: IdempotentRequest?, at time: Timestamp, keeping bytes: Int,
    _ body: () throws -> Outcome, answer: (Outcome) throws -> RecordedAnswer?
  ) throws -> Once<Outcome> {
    guard let request else { return .now(try body()) }
    try run(
      "DELETE FROM answered_requests WHERE answered_at <= ?",
      time.milliseconds - IdempotentRequest.life)
    if let known = try answered(request) {
      return known.contentHash == request.contentHash ? .before(known.answer) : .keyInUse
    }
    let outcome = try body()
    if let answer = try answer(outcome) {
      try record(answer, to: request, at: time, keeping: bytes)
    }
    return .now(outcome)
  }

  private func answered(
    _ request: IdempotentRequest
  ) throws(StoreError) -> (contentHash: String, answer: RecordedAnswer)? {
    try first(
      """
      SELECT r.content_hash, a.status, a.headers, a.body
      FROM answered_requests AS r JOIN recorded_answers AS a ON a.id = r.answer_id
      WHERE r.operation = ? AND r.key = ?
      """, request.operation, request.key
    ) { (row) throws(StoreError) in
      (
        contentHash: try row.next(),
        answer: RecordedAnswer(
          status: try row.next(), headers: try row.next(), body: try row.next())
      )
    }
  }

  /// Notes an answer, and forgets the caller's oldest as far as all of them take too many bytes.
  private func record(
    _ answer: RecordedAnswer, to request: IdempotentRequest, at time: Timestamp,
    keeping bytes: Int
  ) throws(StoreError) {
    let last = try lastAnswer(to: request.caller)
    var size = last?.bytesSoFar ?? 0
    size += Self.rowSize + request.operation.utf8.count + request.key.utf8.count
    let id: Int64
    if let last, last.answer == answer {
      id = last.id
    } else {
      size += answer.headers.utf8.count + answer.body.utf8.count
      id = try insert(answer)
    }
    try run(
      """
      INSERT INTO answered_requests
        (operation, key, content_hash, answered_at, answer_id, caller, bytes_so_far)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, request.operation, request.key, request.contentHash, time, id, request.caller, size)
    guard size > bytes else { return }
    // The one that reaches over the limit goes too, unless it is the newest.
    try run(
      """
      DELETE FROM answered_requests WHERE caller = ? AND bytes_so_far < ? AND bytes_so_far <= (
        SELECT min(bytes_so_far) FROM answered_requests WHERE caller = ? AND bytes_so_far > ?)
      """, request.caller, size, request.caller, size - bytes)
  }

  /// How many bytes a row and its entries in indexes take, beside its operation and key.
  private static var rowSize: Int { 256 }

  private func lastAnswer(
    to caller: String
  ) throws(StoreError) -> (id: Int64, bytesSoFar: Int, answer: RecordedAnswer)? {
    try first(
      """
      SELECT a.id, r.bytes_so_far, a.status, a.headers, a.body
      FROM answered_requests AS r JOIN recorded_answers AS a ON a.id = r.answer_id
      WHERE r.caller = ? ORDER BY r.bytes_so_far DESC LIMIT 1
      """, caller
    ) { (row) throws(StoreError) in
      (
        id: try row.next(), bytesSoFar: try row.next(),
        answer: RecordedAnswer(
          status: try row.next(), headers: try row.next(), body: try row.next())
      )
    }
  }

  private func insert(_ answer: RecordedAnswer) throws(StoreError) -> Int64 {
    let id = try first(
      "INSERT INTO recorded_answers (status, headers, body) VALUES (?, ?, ?) RETURNING id",
      answer.status, answer.headers, answer.body
    ) { (row) throws(StoreError) in try row.next(Int64.self) }
    guard let id else { throw StoreError(.misuse, "a recorded answer has no id") }
    return id
  }
}
