import LabCore
import Testing

@testable import LabAnswers

/// The addresses of a lab as a table and as CSV.
@Suite struct AdapterRowsTests {
  private let rows: AdapterRows

  init() throws {
    let document = """
      name: lab
      networks:
        - {name: net, mode: internal, ipv4: 10.0.0.0/24, gateway: 10.0.0.1, ipv6: "fd00::/64"}
      vms:
        - {name: b, adapters: [{network: net, mac: "08:00:27:00:00:02"}]}
        - {name: a, adapters: [{network: null, mac: "08:00:27:00:00:01"}]}
      """
    let lab = try readLab(Array(document.utf8), as: .yaml)
    rows = AdapterRows(assignAddresses(in: lab), of: lab)
  }

  @Test func theTableIsAlignedAndHasADashForWhatThereIsNoneOf() {
    #expect(
      rows.table == """
        vm  slot  network  family  address                prefix_length  gateway   source   mac
        a   1     -        ipv4    -                      -              -         none     08:00:27:00:00:01
        b   1     net      ipv4    10.0.0.2               24             10.0.0.1  planned  08:00:27:00:00:02
        b   1     net      ipv6    fd00::a00:27ff:fe00:2  64             -         planned  08:00:27:00:00:02

        """)
  }

  @Test func everyLineOfTheCSVHasEveryColumn() {
    let lines = rows.csv.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.last == "")
    #expect(lines.count == 5)
    for line in lines.dropLast() {
      #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == 9)
    }
    #expect(lines[1] == "a,1,,ipv4,,,,none,08:00:27:00:00:01")
  }
}
