import HTTPServer
import LabStorage

extension LabService {
  /// What answers a request to an operation without waiting for anything; nil where that takes a
  /// look into the database, or a problem has to be explained. It is what the operation would answer.
  ///
  /// - Parameter lab: the lab that the path names; empty where it names none.
  func answerAtOnce(
    _ request: Request, to operation: Operation, lab: String
  ) -> (@Sendable (Request) -> Response)? {
    guard let stamp = store.commitStamp, let caller = knownCaller(of: request, at: stamp),
      (try? caller.check(operation.admission, lab: lab)) != nil,
      let question = AnswersAtHand.Question(request, of: caller),
      let known = atHand.answer(to: question, at: stamp)
    else { return nil }
    if let condition = request.withoutEncodedTags.headers[.ifNoneMatch] {
      guard let tags = EntityTags(condition, isWeak: true) else { return nil }
      if tags.matches(known.tag) { return { _ in notModified(known.tag) } }
    }
    guard let whole = known.whole, whole.isEncodedAtOnce(for: request) else { return nil }
    return { _ in whole }
  }

  /// Keeps an answer that says what it was made from.
  func keepAtHand(_ response: Response, to call: Call) {
    guard let stamp = call.basis.stamp, let tag = call.basis.tag,
      let question = AnswersAtHand.Question(call.request, of: call.caller)
    else { return }
    switch (response.status, response.body) {
    case (.ok, .bytes):
      atHand.keep(AnswersAtHand.Answer(tag: tag, whole: response, stamp: stamp), to: question)
    case (.notModified, _):
      atHand.keep(AnswersAtHand.Answer(tag: tag, whole: nil, stamp: stamp), to: question)
    default: break
    }
  }

  /// Who sent a request, as far as that is known without waiting; nil also for whoever is refused.
  private func knownCaller(of request: Request, at stamp: CommitStamp) -> Caller? {
    guard let tokens = access.tokens.known(at: stamp) else { return nil }
    guard !tokens.isEmpty else { return access.rules.listensAtLoopback ? .anyone : nil }
    guard case .secret(let secret) = BearerCredentials(request.headers) else { return nil }
    let time = now
    guard let token = access.tokens.token(of: secret, among: tokens, at: time),
      token.isGood(at: time)
    else { return nil }
    return Caller(token)
  }
}
