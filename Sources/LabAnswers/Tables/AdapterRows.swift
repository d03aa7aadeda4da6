public import LabCore
import LabFormats

/// The addresses of a lab's adapters, a row for each adapter and address family.
public struct AdapterRows {
  private static let columns = [
    "vm", "slot", "network", "family", "address", "prefix_length", "gateway", "source", "mac",
  ]

  /// By VM and slot; a value that is missing is an empty text.
  private let rows: [[String]]

  /// The rows of a planned lab.
  public init(_ plan: AddressPlan, of lab: Lab) {
    rows = lab.machinesInNameOrder.flatMap { machine in
      zip(lab.machines[machine].adapters, plan.adapters[machine]).flatMap { adapter, planned in
        let place = [
          lab.machines[machine].name.text, "\(adapter.slot)",
          lab.network(of: adapter)?.name.text ?? "",
        ]
        let families =
          [["ipv4"] + Self.cells(of: planned.ipv4)]
          + (planned.ipv6.map { [["ipv6"] + Self.cells(of: $0)] } ?? [])
        return families.map { place + $0 + [planned.mac.description] }
      }
    }
  }

  private static func cells<Address: IPAddress>(of assignment: Assignment<Address>) -> [String] {
    [
      assignment.address?.description ?? "", assignment.prefixLength.map { "\($0)" } ?? "",
      assignment.gateway?.description ?? "", assignment.source.rawValue,
    ]
  }

  /// An aligned table for people; a value that is missing is a dash.
  public var table: String {
    var table = TextTable(Self.columns)
    for row in rows { table.append(row.map { $0.isEmpty ? "-" : $0 }) }
    return table.text
  }

  /// Comma-separated values (RFC 4180) with a header line. No cell needs quotes.
  public var csv: String {
    ([Self.columns] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }
}
