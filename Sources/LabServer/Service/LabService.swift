public import HTTPServer
import LabCore
public import LabFormats
public import LabStorage
public import Logging

/// The REST service: labs in a store, and the answers about them.
public final class LabService: Sendable {
  let store: LabStore
  let kept: KeptAnswers
  let atHand: AnswersAtHand
  let changes: ChangeFeed
  let logger: Logger
  let access: AccessControl
  let limits: DocumentLimits
  let metrics = ServiceMetrics()
  /// Who has sent tokens that are none of this service's.
  let wrongTokens = FailureBrake(perMinute: 60)
  /// How much the server of this service has to do; nil before there is one.
  let serverLoad = Locked<(@Sendable () -> ServerLoad?)?>(nil)
  let clock: @Sendable () -> Timestamp
  /// How long the service works on an answer at most.
  let answerLimits: AnswerLimits

  /// The time.
  var now: Timestamp { clock() }

  /// A service on a store.
  ///
  /// - Parameters:
  ///   - logger: told what the client is not: why the store failed.
  ///   - access: who may use it from where.
  ///   - limits: how much a lab may hold that a client sends.
  ///   - keptBytes: how many bytes of answers are kept at most.
  ///   - answerLimits: how long it works on an answer; then it answers 503 or with the best so far.
  ///   - clock: says when a lab was written.
  public init(
    store: LabStore, logger: Logger, access: AccessRules = AccessRules(),
    limits: DocumentLimits = DocumentLimits(), keptBytes: Int = 32 << 20,
    answerLimits: AnswerLimits = AnswerLimits(),
    clock: @escaping @Sendable () -> Timestamp = { .now }
  ) {
    self.store = store
    self.logger = logger
    self.answerLimits = answerLimits
    self.limits = limits
    self.clock = clock
    let access = AccessControl(access, store: store)
    self.access = access
    // What another process wrote may have been the end of a token.
    changes = ChangeFeed(of: store, logger: logger) { access.tokens.forget() }
    kept = KeptAnswers(bound: keptBytes)
    atHand = AnswersAtHand(bound: keptBytes)
  }

  /// Every operation of the service.
  static let operations: [Operation] =
    labOperations + partOperations(of: NetworkDraft.self)
    + partOperations(of: VirtualMachineDraft.self) + answerOperations + drawingOperations
    + translationOperations
    + reservationOperations + revisionOperations + eventOperations + statelessOperations
    + exportOperations + serviceOperations

  /// The routes to the operations and the dashboard, with problems for what they do not answer.
  public func router() throws(RouterError) -> Router {
    try Router(Self.operations.map { $0.route(of: self) } + dashboardRoutes) { refusal, request in
      Problem(refusal).response(to: request.id)
    }
  }
}

// MARK: The store, with problems for its errors

extension LabService {
  /// Does something with the store.
  func reading<Result>(_ body: () throws(StoreError) -> Result) throws(Problem) -> Result {
    do throws(StoreError) {
      return try metrics.time(.read, body)
    } catch {
      throw Problem(error)
    }
  }

  /// Changes a lab in one transaction; in a dry run, finds out what the change would do, and rolls
  /// it back.
  func write(
    _ call: Call, _ name: DNSLabel, if precondition: WritePrecondition = .none,
    change: (StoredLab?) throws(Problem) -> LabChange
  ) throws(Problem) -> WriteOutcome {
    try writing {
      guard !call.query.isDryRun else {
        let rehearsal = try store.rehearse(
          name, if: precondition, from: origin(of: call), change: change)
        return try call.dryRun.record(rehearsal, of: name, for: call)
      }
      return try store.write(name, if: precondition, from: origin(of: call), change: change)
    }
  }

  /// Changes a lab and answers; once, where the request is a POST with a key of its own.
  func write(
    _ call: Call, _ name: DNSLabel, if precondition: WritePrecondition = .none,
    change: (StoredLab?) throws(Problem) -> LabChange,
    answer: (WriteOutcome) throws(Problem) -> Response
  ) throws(Problem) -> Response {
    guard call.request.method == .post, let request = try call.idempotentRequest(),
      !call.query.isDryRun
    else { return try answer(write(call, name, if: precondition, change: change)) }
    var response = Response(status: .noContent)
    let outcome = try writing {
      try store.write(
        name, if: precondition, from: origin(of: call), once: request, change: change
      ) { outcome in
        response = try answer(outcome)
        return RecordedAnswer(response)
      }
    }
    switch outcome {
    case .now: return response
    case .before(let answer): return Response(repeating: answer)
    case .keyInUse: throw .keyInUse
    }
  }

  /// Does something with the store that throws problems of its own.
  func writing<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
    do {
      return try metrics.time(.write, body)
    } catch let error as Problem {
      throw error
    } catch let error as StoreError {
      throw Problem(error)
    } catch let error as LimitReached {
      throw Problem(error)
    } catch {
      var problem = Problem(.internal, "The service failed; its log says more.")
      problem.cause = error
      throw problem
    }
  }

  /// What the history keeps of a change beside the change itself.
  private func origin(of call: Call) -> ChangeOrigin {
    ChangeOrigin(
      at: now, token: call.caller.token?.text, client: call.request.clientAddress)
  }

  /// Tells the log why a request failed, where the client is not told.
  func logCause(of problem: Problem, _ request: RequestID) {
    guard let cause = problem.cause else { return }
    let what = cause is StoreError ? "the store failed" : "a write failed"
    logger.error("\(what)", metadata: ["error": "\(cause)", "id": "\(request)"])
  }

  /// There is no lab of a name, among those that the caller may see.
  func noLab(_ name: DNSLabel, for caller: Caller) -> Problem {
    let known = try? store.labs(after: nil, limit: 1000, among: caller.labs).map(\.name.text)
    return .notFound(.lab, name.text, among: known ?? [])
  }
}
