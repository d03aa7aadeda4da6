import HTTPServer
import LabAnswers
import LabCore
import LabFormats

/// A change of a lab's document, as its media type says.
enum LabPatch {
  /// JSON Merge Patch (RFC 7396).
  case merge(MergePatch)
  /// JSON Patch (RFC 6902).
  case operations(JSONPatch)

  /// The media type of a JSON Patch.
  static let jsonPatch = "application/json-patch+json"
  /// How many operations a patch may have.
  static let mostOperations = 10_000

  /// The change that a request asks for.
  init(of call: Call) throws(Problem) {
    let type = call.request.headers[.contentType]?.lowercased().split(separator: ";").first
    guard type.map({ trimmed($0) == Self.jsonPatch }) ?? false else {
      self = .merge(MergePatch(try call.document()))
      return
    }
    let document: DocumentNode
    do throws(SyntaxFaults) { document = try JSONReader.read(call.request.body) } catch {
      throw Problem(error)
    }
    do throws(PatchFault) {
      let patch = try JSONPatch(reading: document)
      guard patch.operations.count <= Self.mostOperations else {
        throw PatchFault(tooMany: patch.operations.count, most: Self.mostOperations)
      }
      self = .operations(patch)
    } catch {
      throw Problem(error)
    }
  }

  /// The document with the change. The first operation that cannot be carried out ends it.
  func applied(to document: DocumentNode) throws(Problem) -> DocumentNode {
    switch self {
    case .merge(let patch):
      return patch.applied(to: document)
    case .operations(let patch):
      do throws(PatchFault) {
        return try patch.applied(to: document, within: Self.mostValues)
      } catch {
        throw Problem(error)
      }
    }
  }

  /// How many values the document may hold and operations may move, together: more than a document
  /// within its limits has, and few enough to end soon.
  private static let mostValues = 4_000_000
}

extension Problem {
  /// A patch that cannot be read or applied: which operation, and why.
  init(_ fault: PatchFault) {
    let place = fault.operation.map { "/\($0)" } ?? ""
    self.init(
      .invalidDocument, "The patch cannot be applied; nothing was changed. \(fault)",
      items: [Item(pointer: place, code: .invalidValue, detail: fault.detail)])
  }
}
