import HTTPServer
import LabCore
import LabFormats
import LabStorage

/// A request on its way through an operation: what it asks for, read strictly.
struct Call {
  let request: Request
  let parameters: Parameters
  let query: QueryParameters
  let caller: Caller
  /// What a dry run finds out.
  let dryRun = DryRun()

  /// The lab that the path names.
  var labName: DNSLabel {
    get throws(Problem) { try name("lab", of: "lab") }
  }

  /// A name in the path; what can be no name is the name of nothing.
  func name(_ parameter: String, of what: String) throws(Problem) -> DNSLabel {
    let text = parameters[parameter]
    guard let name = try? DNSLabel(parsing: text) else {
      throw .notFound(what, text, among: [])
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
        .invalidValue, at: .root["name"], "\"\(text)\" in the URL is not a name: \(error)")
      throw Problem([LocatedFault(fault, in: nil)])
    }
  }

  // MARK: Content

  /// The media type of the answer.
  func negotiate(_ offers: MediaType...) throws(Problem) -> MediaType {
    if let offer = LabServer.negotiate(request.headers[.accept], among: offers) { return offer }
    let names = offers.map { String($0.essence) }.joined(separator: ", ")
    throw Problem(.notAcceptable, "This is answered in \(names) alone; Accept takes none of them.")
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
    let known =
      (isPatch ? ["application/merge-patch+json"] : []) + ["application/json", "application/yaml"]
    let found = contentType.map { "it says \"\($0)\"" } ?? "it is missing"
    var problem = Problem(
      .unsupportedMediaType,
      "Content-Type is to be \(known.joined(separator: " or ")) in UTF-8; \(found).")
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

  /// What a write depends on.
  func precondition() throws(Problem) -> WritePrecondition {
    let match = request.headers[.ifMatch]
    let noneMatch = request.headers[.ifNoneMatch]
    if let match, noneMatch != nil {
      throw headerProblem(
        "If-Match", "If-Match and If-None-Match cannot both be met here; send one.", match)
    }
    if let match {
      switch try entityTags(match, of: "If-Match", isWeak: false) {
      case .any: return .present
      case .versions(let versions): return .revisionIn(Set(versions.map(\.revision)))
      }
    }
    guard let noneMatch else { return .none }
    switch try entityTags(noneMatch, of: "If-None-Match", isWeak: true) {
    case .any: return .absent
    case .versions(let versions): return .revisionNotIn(Set(versions.map(\.revision)))
    }
  }

  private func entityTags(
    _ text: String, of field: String, isWeak: Bool
  ) throws(Problem) -> EntityTags {
    if let tags = EntityTags(text, isWeak: isWeak) { return tags }
    throw headerProblem(
      field, "\(field) is to be *, or a list of entity tags such as \"3\", in their quotes.", text)
  }

  private func headerProblem(_ field: String, _ detail: String, _ text: String) -> Problem {
    Problem(
      .invalidHeader, detail,
      items: [
        Problem.Item(code: "invalid-value", detail: "This was sent: \(text)", parameter: field)
      ])
  }
}
