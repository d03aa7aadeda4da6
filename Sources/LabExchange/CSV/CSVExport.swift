import LabCore

extension ExportFormat {
  /// A table with a row an adapter (RFC 4180), for spreadsheets.
  static let csv = ExportFormat(
    name: "csv", summary: "A table with a row for each adapter, for spreadsheets.",
    mediaType: "text/csv", files: .one, checkedWith: "Python's csv module"
  ) { source in
    let rows = source.machines.flatMap { $0.adapters }.map { csvRow($0).map(inertCell) }
    let text = ([csvColumns] + rows).map(csvLine).joined()
    return Draft(files: [ExportFile("\(source.lab.name).csv", "text/csv", text)])
  }
}

private let csvColumns = [
  "vm", "slot", "network", "mode", "mac", "ipv4", "prefix_length", "gateway", "source", "ipv6",
  "model", "promiscuous", "cable_connected",
]

private func csvRow(_ seat: AdapterSeat) -> [String] {
  let ipv4 = seat.plan.ipv4
  return [
    seat.machine.name.text, "\(seat.adapter.slot)", seat.network?.name.text ?? "",
    seat.network?.mode.rawValue ?? "", "\(seat.plan.mac)",
    ipv4.address.map { "\($0)" } ?? "", ipv4.prefixLength.map { "\($0)" } ?? "",
    ipv4.gateway.map { "\($0)" } ?? "", ipv4.source.rawValue,
    seat.plan.ipv6?.address.map { "\($0)" } ?? "", seat.adapter.model.rawValue,
    seat.adapter.promiscuous.rawValue, "\(seat.adapter.cableConnected)",
  ]
}
