import LabCore
import LabFormats
import LabStorage

/// A page of the list of labs.
struct LabList {
  /// In name order.
  let labs: [LabSummary]
  /// How many labs a page has.
  let limit: Int
  /// Whether no labs follow.
  let isLast: Bool
  /// What of the pages is wanted; nil for all.
  let fields: FieldSelection?

  /// Where the next page is.
  var next: String? {
    guard !isLast, let last = labs.last else { return nil }
    return "/v1/labs?limit=\(limit)&cursor=\(last.name)\(fields?.parameter ?? "")"
  }
}

extension JSONWriter {
  /// Writes the answer of `GET /v1/labs`.
  mutating func labList(_ list: LabList) {
    object { writer in
      writer.member("labs", array: list.labs) { $0.summary($1) }
      writer.member("next", list.next)
    }
  }

  private mutating func summary(_ lab: LabSummary) {
    object { writer in
      writer.member("name", lab.name.text)
      writer.member("description", lab.description)
      writer.member("revision", lab.revision)
      writer.member("networks", lab.networkCount)
      writer.member("vms", lab.machineCount)
      writer.member("created_at", lab.createdAt.text)
      writer.member("updated_at", lab.updatedAt.text)
    }
  }
}
