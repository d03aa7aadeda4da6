public import LabCore

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
  private let write: @Sendable (ExportSource, Budget) throws(BudgetExhausted) -> Draft

  /// A format whose files take time in proportion to the lab.
  init(
    name: String, summary: String, mediaType: String, files: Files, checkedWith: String,
    write: @escaping @Sendable (ExportSource) -> Draft
  ) {
    self.init(
      name: name, summary: summary, mediaType: mediaType, files: files, checkedWith: checkedWith
    ) { source, _ in write(source) }
  }

  /// A format that asks who reaches whom.
  init(
    name: String, summary: String, mediaType: String, files: Files, checkedWith: String,
    write: @escaping @Sendable (ExportSource, Budget) throws(BudgetExhausted) -> Draft
  ) {
    self.name = name
    self.summary = summary
    self.mediaType = mediaType
    self.files = files
    self.checkedWith = checkedWith
    self.write = write
  }

  /// The format of a name; nil where there is none.
  public static func named(_ name: String) -> ExportFormat? { all.first { $0.name == name } }

  /// Writes a lab down.
  ///
  /// The same lab with the same addresses gives the same bytes.
  public func export(_ source: ExportSource, budget: Budget) throws(BudgetExhausted) -> Export {
    let draft = try write(source, budget)
    return Export(
      format: self, lab: source.lab.name, files: draft.files.sorted { $0.name < $1.name },
      warnings: draft.warnings)
  }

  /// The same, however long it takes.
  public func export(_ source: ExportSource) -> Export {
    // An unlimited budget is never exhausted.
    (try? export(source, budget: .unlimited))
      ?? Export(format: self, lab: source.lab.name, files: [], warnings: [])
  }
}
