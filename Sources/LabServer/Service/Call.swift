import HTTPServer
import LabAnswers
import LabCore
import LabFormats
import LabStorage

/// A request on its way through an operation: what it asks for, read strictly.
struct Call {
  let request: Request
  let parameters: Parameters
  let query: QueryParameters
  let caller: Caller
  /// What the answer may take.
  let budget: Budget
  /// What a dry run finds out.
  let dryRun = DryRun()
  /// What the answer is made from, where that is a stored lab.
  let basis = AnswerBasis()

  /// The lab that the path names.
  var labName: DNSLabel {
    get throws(Problem) { try name(of: .lab) }
  }

  /// A name in the path; what can be no name is the name of nothing.
  func name(of sought: Sought) throws(Problem) -> DNSLabel {
    let text = parameters[sought.parameter]
    guard let name = try? DNSLabel(parsing: text) else {
      throw .notFound(sought, text, among: [])
    }
    return name
  }

  /// A name in the path of something that may be about to be created.
  func newName(_ parameter: String) throws(Problem) -> DNSLabel {
    let text = parameters[parameter]
    do throws(NameSyntaxError) {
      return try DNSLabel(parsing: text)
    } catch {
      let fault = Fault(
        .invalidValue, at: .root,
        "the name in the URL is wrong: \"\(excerpt(text))\" is not a name: \(error)")
      throw Problem(LocatedFault.locate([fault], in: nil))
    }
  }

  // MARK: Content

  /// The media type of the answer. Fields are selected from JSON alone.
  func negotiate(_ offers: MediaType...) throws(Problem) -> MediaType {
    let selects = query.fields != nil
    let offers = selects ? [.json] : offers
    if let offer = LabServer.negotiate(request.headers[.accept], among: offers) { return offer }
    let names = listed(offers.map { String($0.essence) }, "and")
    let (are, them) = offers.count == 1 ? ("is", "it") : ("are", "them")
    throw Problem(
      .notAcceptable,
      "Only \(names) \(are) available here\(selects ? " with fields" : ""); your Accept header"
        + " excludes \(them).")
  }

  /// The body as a tree.
  func document() throws(Problem) -> DocumentNode {
    let contentType = request.headers[.contentType]
    guard let format = contentType.flatMap(DocumentFormat.init(contentType:)) else {
      throw unsupported(contentType)
    }
    do {
      return try format.read(request.body)
    } catch {
      throw Problem(error)
    }
  }

  private func unsupported(_ contentType: String?) -> Problem {
    let isPatch = request.method == .patch
    let isOfLab = parameters["network"].isEmpty && parameters["vm"].isEmpty
    let known =
      (isPatch ? ["application/merge-patch+json"] : [])
      + (isPatch && isOfLab ? [LabPatch.jsonPatch] : []) + ["application/json", "application/yaml"]
    let found = contentType.map { "it says \"\(excerpt($0))\"" } ?? "it is missing"
    var problem = Problem(
      .unsupportedMediaType,
      "Content-Type must be \(listed(known, "or")) in UTF-8; \(found).")
    if isPatch, let field = HeaderName("Accept-Patch") {
      problem.headers.append(field, known.joined(separator: ", "))
    } else {
      problem.headers.append(.accept, known.joined(separator: ", "))
    }
    return problem
  }

  // MARK: Preconditions

  /// Whether the client has a lab's answer of this version already.
  func isFresh(_ version: VersionTag) throws(Problem) -> Bool {
    guard let text = request.headers[.ifNoneMatch] else { return false }
    return try entityTags(text, of: "If-None-Match", isWeak: true).matches(version)
  }

  /// What a write depends on: of two fields, both (RFC 9110 section 13.2.2).
  func precondition() throws(Problem) -> WritePrecondition {
    let match = try request.headers[.ifMatch].map { text throws(Problem) in
      try entityTags(text, of: "If-Match", isWeak: false)
    }
    let noneMatch = try request.headers[.ifNoneMatch].map { text throws(Problem) in
      try entityTags(text, of: "If-None-Match", isWeak: true)
    }
    switch (match, noneMatch) {
    case (nil, nil): return .none
    case (.any, nil): return .present
    case (.versions(let wanted), nil): return .revisionIn(wanted.revisions)
    case (nil, .any): return .absent
    case (nil, .versions(let unwanted)): return .revisionNotIn(unwanted.revisions)
    // Nothing is both there and not there.
    case (.some, .any): return .revisionIn([])
    case (.any, .versions(let unwanted)): return .presentNotIn(unwanted.revisions)
    case (.versions(let wanted), .versions(let unwanted)):
      return .revisionIn(wanted.revisions.subtracting(unwanted.revisions))
    }
  }

  private func entityTags(
    _ text: String, of field: String, isWeak: Bool
  ) throws(Problem) -> EntityTags {
    if let tags = EntityTags(text, isWeak: isWeak) { return tags }
    throw headerProblem(
      field, "\(field) must be * or a list of quoted entity tags, such as \"3\".", text)
  }

  private func headerProblem(_ field: String, _ detail: String, _ text: String) -> Problem {
    Problem(
      .invalidHeader, detail,
      items: [
        Problem.Item(
          code: .invalidValue, detail: "This was sent: \(excerpt(text))", parameter: field)
      ])
  }
}

extension Set<VersionTag> {
  /// The revisions of their documents.
  fileprivate var revisions: Set<Int> { Set<Int>(map(\.revision)) }
}

/// `a`, `a or b`, `a, b or c`.
func listed(_ names: [String], _ conjunction: String) -> String {
  guard names.count > 1, let last = names.last else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
}
