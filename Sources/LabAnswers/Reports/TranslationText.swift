public import LabCore
import LabFormats

/// A lab moved to another product, for people and for programs.
public struct TranslationReport: Sendable {
  private let lab: Lab
  private let translation: Translation

  /// Moves a lab; nil where something of its document rules the product out.
  public init?(_ lab: Lab, to product: Hypervisor.Product) {
    guard let found = try? translate(lab, to: product, budget: .unlimited) else { return nil }
    self.lab = lab
    translation = found
  }

  /// What `POST /v1/translate` answers.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.translation(translation, of: lab)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The document of the moved lab alone.
  public var yaml: String { LabDocumentWriter.yaml(translation.lab.draft) }

  /// Tables and sentences, and the document.
  public var text: String {
    let parts = [
      "\(lab.name) on \(translation.lab.product.name)\n\n" + networks,
      "Requirements\n\n" + listed(requirements),
      "Lost\n\n" + listed(lost), "Pairs that change\n\n" + listed(cells),
      "By hand\n\n" + listed(translation.handWork.map(\.asSentence)), "Document\n\n" + yaml,
    ]
    return parts.joined(separator: "\n")
  }

  private var networks: String {
    var table = TextTable(["network", "was", "is", "form", "called"])
    for (old, new) in zip(lab.networks, translation.networks) {
      table.append([
        old.name.text, old.mode.rawValue, new.mode.rawValue, new.profile.variant ?? "-",
        new.profile.native.name,
      ])
    }
    return table.text
  }

  private var requirements: [String] {
    let (met, broken) = (translation.requirements.met, translation.requirements.broken)
    guard !met.isEmpty || !broken.isEmpty else { return ["There are none."] }
    return ["\(met.count) of \(met.count + broken.count) are met."]
      + broken.map { "/requirements/\($0) is not met." }
  }

  private var lost: [String] {
    translation.lost.map { "\($0.pointer): \($0.what): \($0.because)." }
  }

  private var cells: [String] {
    let changes = translation.difference.cells
    let shown = changes.prefix(Self.shownCells).map { change in
      "\(change.source) to \(change.target): \(change.before?.name ?? "-") becomes "
        + "\(change.after?.name ?? "-")."
    }
    let left = changes.countAll() - shown.count
    return shown + (left > 0 ? ["\(left) more pairs change."] : [])
  }

  private static let shownCells = 40
}

private func listed(_ lines: [String]) -> String {
  (lines.isEmpty ? ["Nothing."] : lines).map { "  \($0)\n" }.joined()
}

extension String {
  fileprivate var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
