import LabFormats
import Testing

/// Recommendations that take long: no longer than they may, and not for nobody.
@Suite struct LimitedSearchTests {
  private let log = RecordedLog()
  private let service: RunningService

  init() throws { service = try RunningService(logger: log.logger) }

  /// Pairs of VMs that only each other may talk to, some of them seen from the LAN: more ways than
  /// can be tried in an hour.
  private static let question: String = {
    let machines = (0..<14).map { "{\"name\":\"m\($0)\"}" }
    var requirements: [String] = []
    for index in 0..<14 {
      let (next, far) = ("m\((index + 1) % 14)", "m\((index + 5) % 14)")
      requirements += [
        #"{"from":"m\#(index)","to":"\#(next)","port":\#(8000 + index)}"#,
        #"{"from":"\#(far)","to":"m\#(index)"}"#,
        index.isMultiple(of: 3)
          ? #"{"from":"lan","to":"m\#(index)","port":443}"#
          : #"{"from":"m\#(index)","to":"internet"}"#,
      ]
    }
    return
      "{\"name\":\"hard\",\"vms\":[\(machines.joined(separator: ","))],"
      + "\"requirements\":[\(requirements.joined(separator: ","))]}"
  }()

  @Test func theLimitEndsTheSearchAndTheAnswerSaysHowFarItCame() throws {
    let start = ContinuousClock.now
    let answer = try service.send("POST", "/v1/recommendations?limit_ms=200", Self.question)
    let duration = ContinuousClock.now - start
    #expect(answer.status == 200, "\(answer.text)")
    // The limit, and then what was found is put into words.
    #expect(duration < .seconds(15), "\(duration)")
    let report = try answer.json
    let isProven = report["optimal"]?.value == .bool(true)
    #expect((report["bound"]?["exposure"]?.integer == nil) == isProven, "\(answer.text)")
    #expect((report["gap"]?["exposure"]?.integer == nil) == isProven)
  }

  /// Whoever goes away is not searched for to the end of the limit.
  @Test func aClientThatGoesEndsItsSearch() throws {
    do {
      let client = try service.connect()
      try client.begin("POST", "/v1/recommendations?limit_ms=60000", body: Self.question)
    }
    let start = ContinuousClock.now
    #expect(log.line(with: "target=/v1/recommendations?limit_ms=60000 ") != nil)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test(arguments: ["0", "60001", "-5", "1s", ""])
  func aLimitIsANumberOfMilliseconds(limit: String) throws {
    let answer = try service.send("POST", "/v1/recommendations?limit_ms=\(limit)", Self.question)
    #expect(answer.status == 400)
    #expect(try answer.faults == [" out-of-range"])
    #expect(
      try answer.json["errors"]?[0]?["detail"].text
        == "limit_ms is a number from 1 to 60000, not \"\(limit)\"")
  }

  /// Each at its place, in a lab and in a beginner's answers.
  @Test(arguments: [#""vms":[{"name":"a"}]"#, #""vms":1,"needs":["internet"]"#])
  func constraintsAreReadWithEveryFault(rest: String) throws {
    let constraints = """
      {"modes":["nat","bridgd"],
       "exclude":[{"reason":"slow"}],
       "administrator":"no","max_adapters":37,
       "port_securty":true}
      """
    let answer = try service.send(
      "POST", "/v1/recommendations",
      "{\(rest.contains("needs") ? "" : "\"name\":\"x\",")"
        + "\(rest),\n\"constraints\":\(constraints)}")
    #expect(answer.status == 422)
    let errors = try answer.json["errors"]?.elements ?? []
    #expect(
      errors.map { "\($0["line"]?.integer ?? 0) \($0["pointer"].text): \($0["detail"].text)" } == [
        #"2 /constraints/modes/1: "bridgd" is not one of nat, nat-network, bridged, internal, host-only, routed; did you mean "bridged"?"#,
        "4 /constraints/administrator: true or false belongs here, not a text",
        "4 /constraints/max_adapters: a number of adapters is a number from 1 to 36, not 37",
        #"5 /constraints/port_securty: an object of constraints has no key "port_securty"; did you mean "port_security"?"#,
        "3 /constraints/exclude/0/mode: say which mode is excluded",
      ])
  }

  /// What is kept has to be there; what is excluded is not allowed as well.
  @Test func constraintsThatContradictTheLabAreFaults() throws {
    let answer = try service.send(
      "POST", "/v1/recommendations",
      #"{"vms":2,"needs":["internet"],"constraints":{"modes":["nat"],"exclude":[{"mode":"nat"}],"#
        + #""keep":{"networks":["old"],"adapters":[{"vm":"vm1","slot":1}]}}}"#)
    #expect(answer.status == 422)
    #expect(
      try answer.faults == [
        "/constraints/exclude/0/mode contradiction",
        "/constraints/keep/networks/0 unknown-reference",
        "/constraints/keep/adapters/0/slot unknown-reference",
      ])
  }
}
