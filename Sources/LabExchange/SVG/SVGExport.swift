import LabCore
import LabFormats

extension ExportFormat {
  /// The picture that `GET …/drawing` answers.
  static let svg = ExportFormat(
    name: "svg", summary: "A picture for documents and browsers, legible on light and dark.",
    mediaType: "image/svg+xml", files: .one, checkedWith: "an XML reader"
  ) { (source, budget) throws(BudgetExhausted) in
    let scene = try draw(source.lab, addresses: source.addresses, budget: budget)
    let text = SVGWriter.document(of: scene)
    return Draft(files: [ExportFile("\(source.lab.name).svg", "image/svg+xml", text)])
  }
}
