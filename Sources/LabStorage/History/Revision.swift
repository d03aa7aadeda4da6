public import LabCore
public import LabFormats

/// Who changed a lab, and when: what the caller of a write knows of it.
public struct ChangeOrigin: Hashable, Sendable {
  /// The caller's clock.
  public let time: Timestamp
  /// The name of the token that was used; nil where there was none.
  public let token: String?
  /// The client's address; nil where the change came from no client.
  public let client: String?

  /// An origin.
  public init(at time: Timestamp, token: String? = nil, client: String? = nil) {
    self.time = time
    self.token = token
    self.client = client
  }
}

/// A change of a lab, as the history has it.
public struct Revision: Hashable, Sendable {
  /// What a change did.
  public enum Kind: String, CaseIterable, Sendable {
    /// There was no lab of that name; now there is.
    case created
    /// The lab's document became another one.
    case changed
    /// The lab is gone.
    case deleted
    /// The document of an earlier revision was stored again, also of a lab that was gone.
    case restored
  }

  /// Counts the changes of all labs in the order in which they were made, from 1, with gaps; no
  /// number is used twice.
  public let sequence: Int64
  /// The lab.
  public let lab: DNSLabel
  /// The lab's revision since the change; see `StoredLab.revision`. A deletion has one too.
  public let number: Int
  /// What the change did.
  public let kind: Kind
  /// Who made it, and when.
  public let origin: ChangeOrigin
  /// The revision whose document was stored again; nil unless `kind` is `restored`.
  public let restoredFrom: Int?
}

/// A change with what it did to the document.
public struct RecordedChange: Hashable, Sendable {
  /// When, who and which.
  public let revision: Revision
  /// From the document before to the one after, as JSON Patch (RFC 6902) in JSON; nil where there
  /// was no lab before or there is none after, and for the first that the history knows of a lab.
  public let patch: String?
}

/// A change with the document as the change left it.
public struct RevisionDocument: Hashable, Sendable {
  /// The change.
  public let change: RecordedChange
  /// The lab's document after it; nil after a deletion.
  public let document: DocumentNode?
}
