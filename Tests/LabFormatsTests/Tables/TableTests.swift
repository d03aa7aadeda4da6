import LabFormats
import Testing

struct TableTests {
  @Test func alignsColumns() {
    var table = TextTable(["vm", "slot", "address"], alignments: [.left, .right])
    table.append(["ubuntu", "1", "10.0.2.4"])
    table.append(["gw", "12"])
    table.append([])
    table.append(["é\u{301}日", "3", "a\nb", "more"])
    #expect(
      table.text == """
        vm      slot  address
        ubuntu     1  10.0.2.4
        gw        12

        é\u{301}日         3  a b       more

        """)
  }
}
