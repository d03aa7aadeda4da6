import HTTPServer

/// The dashboard's pages and files. They hold no secrets, so they need no token; what they show does.
let dashboardRoutes: [Route] =
  ["/", "/new", "/docs", "/labs/{lab}", "/labs/{lab}/{view}"].map { path in
    Route(.get, path) { request, parameters in page(for: request, view: parameters["view"]) }
  } + [
    Route(.get, "/assets/{hash}/{file}") { request, parameters in
      file(parameters["file"], of: parameters["hash"], for: request)
    }
  ]

/// The views of a lab that have an address, beside the plan.
private let views: Set = ["addresses", "findings", "text", "recommendations", "history"]

private func page(for request: Request, view: String) -> Response {
  guard view.isEmpty || views.contains(view) else {
    return Problem(.unknownPath, "A lab has no view of that name.").response(to: request.id)
  }
  let files = DashboardFiles.embedded
  let tag = "\"\(files.hash)\""
  var headers = pageHeaders
  headers.set(.etag, tag)
  headers.set(.cacheControl, "no-cache")
  guard !isKnown(tag, to: request) else { return Response(status: .notModified, headers: headers) }
  headers.set(.contentType, files.page.type)
  return answer(with: files.page, headers)
}

private func file(_ name: String, of hash: String, for request: Request) -> Response {
  let files = DashboardFiles.embedded
  guard hash == files.hash, let file = files.files[name] else {
    return Problem(.unknownPath, "There is no such file. Load the page again.")
      .response(to: request.id)
  }
  var headers = pageHeaders
  headers.set(.cacheControl, "public, max-age=31536000, immutable")
  headers.set(.contentType, file.type)
  return answer(with: file, headers)
}

private func answer(with file: DashboardFiles.File, _ headers: Headers) -> Response {
  var response = Response(status: .ok, headers: headers, body: .bytes(file.bytes))
  response.encodedBody = file.encoded
  return response
}

/// Whether the client says that it has a page already.
private func isKnown(_ tag: String, to request: Request) -> Bool {
  let known = request.headers[.ifNoneMatch]?.split(separator: ",") ?? []
  return known.contains { $0.drop { $0 == " " } == tag || $0.drop { $0 == " " } == "W/\(tag)" }
}

/// What browsers may make of the dashboard: its own files and the service's answers, nothing else
/// (W3C, Content Security Policy Level 3; Trusted Types).
private let pageHeaders: Headers = [
  .contentSecurityPolicy: """
  default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
  connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
  require-trusted-types-for 'script'; trusted-types 'none'
  """,
  .crossOriginOpenerPolicy: "same-origin",
]
