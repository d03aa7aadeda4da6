import LabFormats
import Testing

/// `connectivity/{from}/{to}?address=` asks for one address of the target.
@Suite struct OneAddressTests {
  /// A VM on two networks that the host is in, and one that no host reaches.
  private func service() throws -> RunningService {
    let document = """
      {'networks': [{'name':'near','mode':'host-only','ipv4':'192.168.56.0/24',
                     'ipv6':'fd00:56::/64'},
                    {'name':'far','mode':'internal','ipv4':'10.9.0.0/24'}],
       'vms': [{'name':'v','adapters':[{'network':'near','address':'192.168.56.9',
                                        'address6':'fd00:56::9'},
                                       {'network':'far','address':'10.9.0.9'}]}]}
      """
    let service = try RunningService()
    #expect(try service.send("PUT", "/v1/labs/lab", document.json).status == 201)
    return service
  }

  @Test(arguments: [
    ("", "direct"), ("?address=192.168.56.9", "direct"), ("?address=fd00:56::9", "direct"),
    ("?family=ipv6&address=fd00:56::9", "direct"),
  ])
  func itIsDialledAlone(query: String, outcome: String) throws {
    let answer = try service().get("/v1/labs/lab/connectivity/host/v\(query)")
    #expect(try answer.json["outcome"].text == outcome, "\(answer.text)")
  }

  @Test func anAddressOfAnotherNetworkIsBlocked() throws {
    let service = try service()
    let answer = try service.get("/v1/labs/lab/connectivity/host/v?address=10.9.0.9").json
    #expect(!["", "direct"].contains(answer["outcome"].text))
  }

  @Test func itRulesOutTheOtherFamily() throws {
    let path = "/v1/labs/lab/connectivity/host/v?family=ipv4&address=fd00:56::9"
    let answer = try service().get(path)
    #expect(answer.status == 400)
    #expect(try answer.json["detail"].text.contains("is not an IPv4 address"))
  }
}
