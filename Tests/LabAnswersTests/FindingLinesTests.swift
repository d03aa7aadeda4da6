import LabCore
import Testing

@testable import LabAnswers

/// Findings for people, many of one kind in one line.
@Suite struct FindingLinesTests {
  private func unserved(_ count: Int) -> [Finding] {
    (0..<count).map { index in
      Finding(
        rule: "no-dhcp-server", severity: .info, pointer: .root["networks"][index],
        detail: "\"lab-\(index)\" has no DHCP server")
    }
  }

  @Test func aFewStandAlone() {
    #expect(
      FindingLines(unserved(2)).text == """
        info  /networks/0: "lab-0" has no DHCP server  [no-dhcp-server]
        info  /networks/1: "lab-1" has no DHCP server  [no-dhcp-server]

        """)
  }

  @Test func manyAreOneLine() {
    #expect(
      FindingLines(unserved(30)).text == """
        info  30 networks: nobody hands out the addresses that the planner chose (/networks/0, \
        /networks/1, /networks/2 and 27 more)  [no-dhcp-server]

        """)
  }
}
