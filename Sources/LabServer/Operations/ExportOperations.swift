import HTTPServer
import LabAnswers
import LabCore
import LabExchange
import LabFormats
import LabStorage

/// Labs in the languages of other programs.
let exportOperations: [Operation] = [
  Operation(.get, "/v1/exports", query: [.fields], for: .everyone) { _, call throws(Problem) in
    plainAnswer(.bytes(ExportFormat.catalogue), as: try call.negotiate(.json))
  },
  Operation(
    .get, "/v1/labs/{lab}/exports/{format}", query: [.vm, .force]
  ) { service, call throws(Problem) in
    try service.exportStoredLab(call)
  },
  Operation(
    .post, "/v1/exports/{format}", query: [.vm, .force], for: .role(.read)
  ) { service, call throws(Problem) in
    let format = try call.exportFormat
    let form = try call.negotiateForm(of: format)
    let source = ExportSource(try call.lab(within: service.limits))
    if !call.query.isForced {
      try call.refuseErrors(
        in: call.within { (budget) throws(BudgetExhausted) in
          try findings(in: source.lab, plan: source.addresses, budget: budget)
        })
    }
    let export = try call.export(source, as: format)
    var headers = form.headers(of: export)
    headers.set(.cacheControl, "no-store")
    return Response(status: .ok, headers: headers, body: form.body(of: export))
  },
]

extension LabService {
  fileprivate func exportStoredLab(_ call: Call) throws(Problem) -> Response {
    let format = try call.exportFormat
    let form = try call.negotiateForm(of: format)
    let found = try addressedLab(call.labName, for: call.caller)
    let tag = VersionTag(revision: found.lab.revision)
    if try call.isFresh(tag) { return notModified(tag) }
    let planned = try planned(found, family: .ipv4)
    if !call.query.isForced { try call.refuseErrors(in: findings(in: planned, for: call)) }
    let source = ExportSource(
      planned.lab, addresses: planned.addresses, revision: found.lab.revision)
    let export = try call.export(source, as: format)
    var headers = form.headers(of: export)
    headers.set(.etag, entityTag(tag))
    headers.set(.vary, "Accept")
    headers.set(.cacheControl, "no-cache")
    return Response(status: .ok, headers: headers, body: form.body(of: export))
  }
}

extension Call {
  /// The format that the path names.
  fileprivate var exportFormat: ExportFormat {
    get throws(Problem) {
      let name = parameters["format"]
      if let format = ExportFormat.named(name) { return format }
      let known = ExportFormat.all.map(\.name)
      guard nearestNames(to: name, among: known).isEmpty else {
        throw .notFound(.format, name, among: known)
      }
      throw .notFound(
        .format,
        "There is no format \"\(excerpt(name))\"; there are \(known.joined(separator: ", ")).")
    }
  }

  fileprivate func negotiateForm(of format: ExportFormat) throws(Problem) -> ExportForm {
    let forms = [ExportForm.text(format), .json(format)]
    let offers = forms.map { [Substring($0.mediaType)] }
    if let index = preferred(by: request.headers[.accept], among: offers) { return forms[index] }
    throw Problem(
      .notAcceptable,
      "Only \(listed(forms.map(\.mediaType), "and")) are available here; your Accept header excludes"
        + " them.")
  }

  /// The lab in a format, or the files of the one VM that the query names.
  fileprivate func export(
    _ source: ExportSource, as format: ExportFormat
  ) throws(Problem) -> Export {
    let export = try within { (budget) throws(BudgetExhausted) in
      try format.export(source, budget: budget)
    }
    guard let vm = query.vm else { return export }
    guard format.files == .several else {
      let detail = "\(format.name) is one file for the whole lab; leave vm out"
      throw Problem(
        .invalidQuery, "The query cannot be answered: \(detail).",
        items: [Problem.Item(code: .contradiction, detail: detail, parameter: "vm")])
    }
    let known = source.lab.machines.map(\.name)
    guard known.contains(vm) else { throw .notFound(.machine, vm.text, among: known.map(\.text)) }
    return export.restricted(to: vm)
  }

  /// Refuses to export what could not run, unless the client insists.
  fileprivate func refuseErrors(in findings: [Finding]) throws(Problem) {
    let errors = findings.filter { $0.severity == .error }
    guard let first = errors.first, !query.isForced else { return }
    let others = errors.count > 1 ? " There are \(errors.count - 1) more." : ""
    var problem = Problem(
      .labHasErrors,
      "The lab could not run as it is: \(first.detail).\(others) ?force=true exports it all the same."
    )
    problem.findings = errors
    throw problem
  }
}

/// How an export is answered.
private enum ExportForm {
  /// The file itself, or an archive of several.
  case text(ExportFormat)
  /// Its files, and the warnings, in JSON.
  case json(ExportFormat)

  /// Without parameters.
  var mediaType: String {
    switch self {
    case .text(let format): format.mediaType
    case .json(let format):
      format.mediaType == MediaType.json.rawValue
        ? "application/vnd.labplan.export+json" : MediaType.json.rawValue
    }
  }

  func headers(of export: Export) -> Headers {
    let isText = mediaType.hasPrefix("text/")
    var headers: Headers = [.contentType: isText ? "\(mediaType); charset=utf-8" : mediaType]
    if let name = HeaderName("Labplan-Warnings") { headers.set(name, "\(export.warnings.count)") }
    if case .text = self {
      headers.set(.contentDisposition, "attachment; filename=\"\(export.fileName)\"")
    }
    return headers
  }

  func body(of export: Export) -> Response.Body {
    switch self {
    case .text: .bytes(export.body)
    case .json: .bytes(export.json)
    }
  }
}
