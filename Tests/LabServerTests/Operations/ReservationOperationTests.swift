import LabFormats
import LabStorage
import Testing

/// The next free addresses of a network, over HTTP.
@Suite struct ReservationOperationTests {
  let service: RunningService
  private let addresses = "/v1/labs/lab/networks/net/addresses"

  init() throws {
    service = try RunningService()
    let lab = """
      networks:
        - {name: net, mode: internal, ipv4: 10.9.0.0/28}
        - {name: out, mode: nat}
      vms: [{name: a, adapters: [{network: net}]}]
      """
    let put = try service.send("PUT", "/v1/labs/lab", lab, yaml)
    #expect(put.status == 201, "\(put.text)")
  }

  private func reserve(
    _ body: String? = nil, _ headers: [String: String] = [:]
  ) throws -> TestResponse {
    try service.send("POST", addresses, body?.json, headers)
  }

  @Test func oneOrManyAreReservedAndGivenBack() throws {
    let one = try reserve()
    #expect(one.status == 201)
    #expect(one.text == "{\"addresses\":[\"10.9.0.2\"]}\n")
    let two = try reserve("{'count':2,'note':'printers'}")
    #expect(two.text == "{\"addresses\":[\"10.9.0.3\",\"10.9.0.4\"]}\n")
    let list = try service.get(addresses).json
    #expect(
      list["addresses"]?.elements.map { $0["address"].text } == [
        "10.9.0.2", "10.9.0.3", "10.9.0.4",
      ])
    #expect(list["addresses"]?[1]?["note"].text == "printers")
    #expect(try service.delete("\(addresses)/10.9.0.3").status == 204)
    #expect(try service.delete("\(addresses)/10.9.0.3").status == 404)
    #expect(try service.get(addresses).json["addresses"]?.elements.count == 2)
    let free = try service.get("/v1/labs/lab/networks/net/free").json["ipv4"]
    #expect(free?["free"]?.jsonText == "11")
    #expect(free?["ranges"]?.jsonText == "[{'first':'10.9.0.5','last':'10.9.0.14'}]".json)
    #expect(free?["prefixes"]?.elements.count == 5)
    #expect(free?["resting"]?[0]?["address"].text == "10.9.0.3")
  }

  @Test func theListComesInPages() throws {
    _ = try reserve("{'count':5}")
    var path: String? = addresses + "?limit=2"
    var seen: [String] = []
    while let page = path {
      let answer = try service.get(page)
      seen += try answer.json["addresses"]?.elements.map { $0["address"].text } ?? []
      let next = try answer.json["next"]
      path = next.text.isEmpty ? nil : next.text
      #expect(answer.headers["link"] == path.map { "<\($0)>; rel=\"next\"" })
      #expect(answer.headers["etag"] == "\"1.1\"")
    }
    #expect(seen == (2...6).map { "10.9.0.\($0)" })
    for cursor in ["zzz", "10.9.0.03", "", "10.9.0.3/28"] {
      let answer = try service.get("\(addresses)?cursor=\(cursor)")
      #expect(answer.status == 400, "\(cursor)")
      #expect(try answer.json["errors"]?[0]?["parameter"].text == "cursor")
    }
    for limit in ["0", "1001", "01"] {
      #expect(try service.get("\(addresses)?limit=\(limit)").status == 400, "\(limit)")
    }
  }

  @Test func tooManyAreRefusedWithHowManyAreLeft() throws {
    let answer = try reserve("{'count':14}")
    #expect(answer.status == 409)
    #expect(try answer.json["code"].text == "too-few-addresses")
    #expect(try answer.json["left"]?.jsonText == "13")
    #expect(try service.get(addresses).json["addresses"]?.elements.isEmpty == true)
    let nat = try service.send("POST", "/v1/labs/lab/networks/out/addresses")
    #expect(nat.status == 409)
    #expect(try nat.json["code"].text == "nothing-to-reserve")
    #expect(try service.get("/v1/labs/lab/networks/out/free").json["ipv4"]?.value == .null)
  }

  @Test func everyFaultOfARequestIsTold() throws {
    let answer = try reserve("{'count':1001,'note':'','familly':'ipv4'}")
    #expect(answer.status == 422)
    #expect(
      try answer.json["errors"]?.elements.map { $0["pointer"].text } == [
        "/count", "/note", "/familly",
      ])
    #expect(try service.send("POST", "/v1/labs/lab/networks/nett/addresses").status == 404)
    #expect(try service.delete("\(addresses)/10.9.0.300").status == 404)
    #expect(try reserve("{'family':'ipv6'}").status == 409)
  }

  @Test func aRequestSentAgainIsCarriedOutOnce() throws {
    let key = ["Idempotency-Key": "\"8e03978e\""]
    let first = try reserve("{'count':2}", key)
    let again = try reserve("{'count':2}", key)
    #expect(first.status == 201)
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(first.headers["idempotent-replayed"] == nil)
    #expect(again.headers["idempotent-replayed"] == "true")
    #expect(try reserve("{'count':1}", key).status == 422)
    #expect(try reserve("{'count':1}", ["Idempotency-Key": "two words"]).status == 400)
    // A refusal is no answer to keep.
    let other = ["Idempotency-Key": "other"]
    #expect(try reserve("{'count':14}", other).status == 409)
    #expect(try reserve("{'count':1}", other).status == 201)
    try service.restart()
    #expect(try reserve("{'count':2}", key).body == first.body)
    #expect(try service.get(addresses).json["addresses"]?.elements.count == 3)
  }

  /// Two clients that make the same key do not know of each other, and are told nothing of each other.
  @Test func aKeyIsItsTokensAlone() throws {
    let keys = [try Key("one", .edit), try Key("two", .edit)]
    let service = try RunningService(tokens: keys.map(\.token))
    let lab = "{'networks':[{'name':'n','mode':'internal','ipv4':'10.9.0.0/28'}]}".json
    #expect(try service.send("PUT", "/v1/labs/lab", lab, keys[0].header).status == 201)
    let path = "/v1/labs/lab/networks/n/addresses"
    for (key, address) in [(keys[0], "10.9.0.1"), (keys[1], "10.9.0.2"), (keys[0], "10.9.0.1")] {
      let headers = key.header.merging(["Idempotency-Key": "7f3a"]) { $1 }
      let answer = try service.send("POST", path, nil, headers)
      #expect(answer.text == "{\"addresses\":[\"\(address)\"]}\n")
    }
    // The same key, and another question of its own.
    let other = keys[1].header.merging(["Idempotency-Key": "7f3a"]) { $1 }
    #expect(try service.send("POST", path, "{'count':2}".json, other).status == 422)
  }

  @Test(arguments: ["", "?dry_run=true"])
  func aKeyThatIsNoneIsRefused(query: String) throws {
    for key in ["two words", String(repeating: "k", count: 256), "a\"b"] {
      let headers = ["Idempotency-Key": key]
      let answer = try service.send("POST", addresses + query, nil, headers)
      #expect(answer.status == 400, "\(key)")
      let lab = try service.send("POST", "/v1/labs" + query, "{'name':'new'}".json, headers)
      #expect(lab.status == 400, "\(key)")
    }
  }

  @Test(arguments: ["", "?dry_run=true"])
  func whoIsLateReservesNothing(query: String) throws {
    let refused = try service.send("POST", addresses + query, nil, ["If-Match": "\"99\""])
    #expect(refused.status == 412)
    #expect(try refused.json["code"].text == "precondition-failed")
  }

  @Test func aDryRunReservesNothing() throws {
    let dry = try service.send("POST", "\(addresses)?dry_run=true", "{'count':2}".json)
    #expect(dry.status == 200)
    #expect(try dry.json["addresses"]?.jsonText == "['10.9.0.2','10.9.0.3']".json)
    #expect(try reserve().text == "{\"addresses\":[\"10.9.0.2\"]}\n")
    #expect(try service.delete("\(addresses)/10.9.0.2?dry_run=true").status == 200)
    #expect(try service.delete("\(addresses)/10.9.0.3?dry_run=true").status == 404)
    #expect(try service.get(addresses).json["addresses"]?.elements.count == 1)
  }

  @Test func preconditionsAreHonoured() throws {
    let stale = ["If-Match": "\"9\""]
    #expect(try reserve(nil, stale).status == 412)
    #expect(try reserve(nil, ["If-Match": "\"1\""]).status == 201)
    #expect(try service.delete("\(addresses)/10.9.0.2", stale).status == 412)
    #expect(try service.delete("\(addresses)/10.9.0.2", ["If-Match": "\"1\""]).status == 204)
  }

  @Test func whatIsFreeChangesTheTagOfAddressesAndNotOfTheDocument() throws {
    func tags() throws -> [String?] {
      try ["", "/addresses", "/networks/net/addresses", "/connectivity"].map {
        try service.get("/v1/labs/lab\($0)").headers["etag"]
      }
    }
    #expect(try tags() == ["\"1\"", "\"1\"", "\"1\"", "\"1\""])
    _ = try reserve()
    #expect(try tags() == ["\"1\"", "\"1.1\"", "\"1.1\"", "\"1\""])
    let answer = try service.get("/v1/labs/lab/addresses").json
    #expect(answer["networks"]?[0]?["ipv4"]?["free"]?.jsonText == "12")
  }
}
