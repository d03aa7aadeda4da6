import LabCore
import Testing

@testable import LabAnswers

/// What promiscuous adapters hear, in sentences.
@Suite struct ListenerLinesTests {
  private func lines(_ kind: String) throws -> String {
    let yaml = """
      name: sensor
      host: {uplink: {kind: \(kind), ipv4: 192.168.1.20/24, gateway: 192.168.1.1}}
      networks: [{name: office, mode: bridged}]
      vms:
        - {name: sensor, adapters: [{network: office, promiscuous: allow-all}]}
        - {name: desk, adapters: [{network: office}]}
      """
    return ListenerLines(try readQuestion(Array(yaml.utf8), as: .yaml)).text
  }

  @Test func theLANsOwnFramesDoNotComeHere() throws {
    #expect(
      try lines("wired") == """
        sensor, adapter 1 on "office": every frame of desk and the host, and those that the lan \
        exchanges with this computer and its VMs; what other machines of the LAN say to each other \
        does not come here

        """)
  }

  @Test func overWiFiStillLessComes() throws {
    #expect(try lines("wireless").contains("over Wi-Fi it hears still less"))
  }
}
