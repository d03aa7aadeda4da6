import LabCore

/// A language of another program in which a lab can be written down, as data.
public struct ExportFormat: Sendable {
  /// How many files an export has.
  public enum Files: String, CaseIterable, Hashable, Sendable {
    case one
    case several
  }

  /// What a format's writer makes of a lab.
  struct Draft {
    /// In any order; of a format with one file, exactly one.
    var files: [ExportFile] = []
    /// In document order.
    var warnings: [ExportWarning] = []
  }

  /// Unique; stable, for URLs and the command line.
  public let name: String
  /// What it is for, in a sentence.
  public let summary: String
  /// The media type of the one file, or of the archive of several. Without parameters.
  public let mediaType: String
  /// One file, or several in an archive.
  public let files: Files
  /// The program with which the tests check the files.
  public let checkedWith: String
  let write: @Sendable (ExportSource) -> Draft

  /// The format of a name; nil where there is none.
  public static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  /// Writes a lab down.
  ///
  /// The same lab with the same addresses gives the same bytes.
  public func export(_ source: ExportSource) -> Export {
    let draft = write(source)
    return Export(
      format: self, lab: source.lab.name, files: draft.files.sorted { $0.name < $1.name },
      warnings: draft.warnings)
  }
}
