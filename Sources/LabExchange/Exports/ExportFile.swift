/// A file of an export.
public struct ExportFile: Hashable, Sendable {
  /// Its path below the export's folder, with `/` between folders: `gw/user-data`.
  public let name: String
  /// Without parameters.
  public let mediaType: String
  /// The text, with the line ends and the byte order mark that the format wants.
  public let content: String
  /// Whether its owner alone may read it (mode 0600); programs refuse some files otherwise.
  public let isPrivate: Bool

  /// A file of the given parts.
  init(_ name: String, _ mediaType: String, _ content: String, isPrivate: Bool = false) {
    self.name = name
    self.mediaType = mediaType
    self.content = content
    self.isPrivate = isPrivate
  }
}
