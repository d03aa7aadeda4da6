import HTTPServer
import LabCore
import LabFormats

/// What `fields` asks for: `name,vms.name`.
struct FieldSelection: Sendable {
  /// The parameter again, behind others in a query.
  let parameter: String
  private let members: MemberSelection

  /// Reads a list of fields with commas between them, or says which of them an answer does not have.
  init(_ text: String, of answer: AnswerFields) throws(UnknownFields) {
    var members = MemberSelection.none
    var unknown: [String] = []
    for field in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let names = field.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      if names.reduce(answer as AnswerFields?, { $0?[$1] }) == nil {
        unknown.append(field)
        if unknown.count == UnknownFields.limit { break }
      }
      members.insert(names)
    }
    guard unknown.isEmpty else { throw UnknownFields(unknown, of: answer) }
    // Names of fields have no characters that a query gives a meaning.
    parameter = "&\(QueryParameter.fields)=\(text)"
    self.members = members
  }

  /// Whether it asks for anything of what stands at the keys, one inside the other.
  func touches(_ keys: String...) -> Bool { members.touches(keys) }

  /// The answer with these fields alone. Its entity tag stays: it counts for the target, and the
  /// query is part of that (RFC 9110 section 8.8.3).
  func selected(from response: Response) -> Response {
    guard response.status == .ok else { return response }
    var response = response
    response.encodedBody = EncodedBody()
    var filter = JSONFilter(members)
    switch response.body {
    case .none, .live: break
    case .bytes(let bytes): response.body = .bytes(filter.filter(bytes))
    case .stream(let stream):
      response.body = .stream(
        BodyStream {
          while let piece = try stream.next() {
            let kept = filter.filter(piece)
            if !kept.isEmpty { return kept }
          }
          return nil
        })
    }
    return response
  }
}

/// Fields that an answer does not have.
struct UnknownFields: Error {
  /// How many are looked for.
  static let limit = 10

  /// A sentence for each.
  let details: [String]

  init(_ names: [String], of answer: AnswerFields) {
    let known = answer.paths
    let top = known.filter { !$0.contains(".") }.joined(separator: ", ")
    details = names.map { name in
      let nearest = nearestNames(to: name, among: known).first.map { "did you mean \"\($0)\"?" }
      return "the answer has no field \"\(excerpt(name))\"; "
        + (nearest ?? "it has \(top), and what is in them behind a dot")
    }
  }
}
