public import LabCore

/// What a client asks for to reserve addresses.
public struct ReservationDraft: Hashable, Sendable {
  /// How many addresses; 1 where it is left out.
  public var count: Int?
  /// Of which family; IPv4 where it is left out.
  public var family: AddressFamily?
  /// What they are for.
  public var note: String?

  /// A request that says nothing.
  public init() {}
}

extension LabDocumentReader {
  /// Reads a request for addresses.
  ///
  /// - Parameter counts: how many may be asked for.
  public static func readReservation(
    _ document: DocumentNode, counts: ClosedRange<Int>
  ) -> (reservation: ReservationDraft, faults: [Fault]) {
    var reader = PartReader()
    let reservation = reader.readReservation(document, counts: counts)
    return (reservation, reader.faults)
  }
}

extension PartReader {
  private static let reservationKeys = ["count", "note", "family"]

  fileprivate mutating func readReservation(
    _ node: DocumentNode, counts: ClosedRange<Int>
  ) -> ReservationDraft {
    var reservation = ReservationDraft()
    readMembers(of: node, "a reservation", keys: Self.reservationKeys) { reader, key, value in
      switch key {
      case "count": reservation.count = reader.readInteger(value, "a count", in: counts)
      case "family": reservation.family = reader.readChoice(value)
      case "note": reservation.note = reader.readLine(value, characters: 1...200)
      default: return false
      }
      return true
    }
    return reservation
  }
}
