public import LabCore

/// A lab as it is exported: with the addresses that it has.
public struct ExportSource: Sendable {
  /// The lab.
  public let lab: Lab
  /// Its addresses: a stored lab's own, so that exporting moves no VM.
  public let addresses: AddressPlan
  /// The revision of the stored lab, for formats that need a number; 1 for a document from a file.
  public let revision: Int
  let portForwards: ForwardList

  /// A lab to export.
  ///
  /// - Parameter addresses: nil assigns them as if for the first time.
  public init(_ lab: Lab, addresses: AddressPlan? = nil, revision: Int = 1) {
    self.lab = lab
    self.addresses = addresses ?? assignAddresses(in: lab)
    self.revision = revision
    portForwards = ForwardList(of: lab)
  }
}
