import HTTPServer
import LabStorage

/// Answers that an event loop can give: whole, and true for as long as nothing is committed.
///
/// **Invariant:** an answer is given to the question that it was the answer to, and only while the
/// database stands where it stood before the answer was made.
final class AnswersAtHand: Sendable {
  /// What an answer about a stored lab depends on, besides the database.
  struct Question: Hashable {
    /// Path and query, as they were sent.
    let target: String
    let accept: String?
    /// What the caller may see.
    let labs: LabScope
    let role: AccessRole

    /// Nil for a request whose answer is not worth keeping, or depends on more.
    init?(_ request: Request, of caller: Caller) {
      switch request.method {
      case .get, .head: break
      case .post, .put, .patch, .delete, .options, .query, .trace, .connect, .other: return nil
      }
      target = request.target
      accept = request.headers[.accept]
      labs = caller.labs
      role = caller.role
      guard request.body.isEmpty, cost <= Self.longest else { return nil }
    }

    /// How many bytes it takes, about.
    var cost: Int { target.utf8.count + (accept?.utf8.count ?? 0) + 64 }

    /// Longer questions are hardly asked twice.
    private static var longest: Int { 1024 }
  }

  /// What is known of the answer to a question.
  struct Answer {
    /// The version of the lab that it is about.
    let tag: VersionTag
    /// The whole answer; nil where only its version is known.
    let whole: Response?
    /// Where the database stood before it was made.
    let stamp: CommitStamp
  }

  private let shards: [Locked<TwoGenerations<Question, Answer>>]

  /// - Parameter bound: how many bytes the answers may take, as far as they are counted.
  init(bound: Int) {
    shards = (0..<Self.shardCount).map { _ in
      Locked(TwoGenerations(bound: bound / Self.shardCount))
    }
  }

  private static var shardCount: Int { 4 }

  /// The answer to a question, if it is still true.
  func answer(to question: Question, at stamp: CommitStamp) -> Answer? {
    let known = shard(of: question).withLock { $0.value(for: question) }
    return known?.stamp == stamp ? known : nil
  }

  /// Keeps an answer in the place of any other to its question. Where only its version is known, and
  /// that is the one before, the whole answer stays.
  func keep(_ answer: Answer, to question: Question) {
    shard(of: question).withLock { shard in
      var answer = answer
      if answer.whole == nil, let known = shard.value(for: question), known.tag == answer.tag {
        answer = Answer(tag: answer.tag, whole: known.whole, stamp: answer.stamp)
      }
      shard.insert(answer, for: question, cost: question.cost + answer.cost)
    }
  }

  private func shard(of question: Question) -> Locked<TwoGenerations<Question, Answer>> {
    shards[question.hashValue & (Self.shardCount - 1)]
  }
}

extension AnswersAtHand.Answer {
  /// How many bytes it takes, about.
  fileprivate var cost: Int {
    guard case .bytes(let bytes)? = whole?.body else { return 512 }
    return 1024 + bytes.count
  }
}

/// What an answer about a stored lab was made from, for whoever keeps it.
///
/// A request is carried by one thread at a time.
final class AnswerBasis {
  private(set) var tag: VersionTag?
  private(set) var stamp: CommitStamp?

  /// Notes which version of a lab the answer is of, and where the database stood before that was
  /// read.
  func note(_ tag: VersionTag, at stamp: CommitStamp?) {
    self.tag = tag
    self.stamp = stamp
  }
}
