import LabFormats
import Testing

@Suite struct PartOperationTests {
  let service: RunningService
  let lab = "/v1/labs/classic"

  init() throws {
    service = try RunningService()
    _ = try service.send("PUT", lab, classicLab, yaml)
  }

  private func names(_ collection: String) throws -> [String] {
    try service.get("\(lab)/\(collection)").json[collection]?.elements.map { $0["name"].text } ?? []
  }

  // MARK: Networks

  @Test func networksAreListedInDocumentOrder() throws {
    let list = try service.get("\(lab)/networks")
    #expect(list.headers["etag"] == "\"1\"")
    #expect(
      list.text == """
        {"networks":[{"name":"shared","mode":"nat-network","ipv4":"10.0.2.0/24"},\
        {"name":"spare","mode":"internal"}]}

        """)
  }

  @Test func aNetworkIsAddedReadChangedAndRemoved() throws {
    let added = try service.send("POST", "\(lab)/networks", "{'name':'out','mode':'nat'}".json)
    #expect(added.status == 201)
    #expect(added.headers["location"] == "\(lab)/networks/out")
    #expect(added.headers["etag"] == "\"2\"")
    let read = try service.get("\(lab)/networks/out")
    #expect(read.text == "{'name':'out','mode':'nat'}\n".json)
    #expect(read.headers["etag"] == "\"2\"")
    let asYAML = try service.get("\(lab)/networks/out", ["Accept": "application/yaml"])
    #expect(asYAML.text == "name: out\nmode: nat\n")
    let patched = try service.send(
      "PATCH", "\(lab)/networks/out", "{'localhost_reachable':true}".json)
    #expect(patched.text == "{'name':'out','mode':'nat','localhost_reachable':true}\n".json)
    let replaced = try service.send("PUT", "\(lab)/networks/out", "mode: host-only\n", yaml)
    #expect(replaced.status == 200)
    #expect(replaced.text == "{'name':'out','mode':'host-only'}\n".json)
    #expect(try names("networks") == ["shared", "spare", "out"])
    let removed = try service.delete("\(lab)/networks/out")
    #expect(removed.status == 204)
    #expect(removed.headers["etag"] == "\"5\"")
    #expect(try service.get("\(lab)/networks/out").status == 404)
    #expect(try names("networks") == ["shared", "spare"])
  }

  @Test func putAddsANetworkThatIsNotThere() throws {
    let added = try service.send("PUT", "\(lab)/networks/out", "{'mode':'nat'}".json)
    #expect(added.status == 201)
    #expect(added.headers["location"] == "\(lab)/networks/out")
    #expect(try names("networks") == ["shared", "spare", "out"])
  }

  @Test func aNetworkInUseStays() throws {
    let refused = try service.delete("\(lab)/networks/shared")
    #expect(refused.status == 409)
    #expect(try refused.json["code"].text == "in-use")
    #expect(
      try refused.faults == [
        "/vms/0/adapters/0/network in-use", "/vms/1/adapters/0/network in-use",
        "/vms/2/adapters/0/network in-use",
      ])
    for user in ["adapter 1 of VM \"ubuntu\"", "adapter 1 of VM \"windows\""] {
      #expect(try refused.json["detail"].text.contains(user))
    }
    #expect(try service.get("\(lab)/networks").headers["etag"] == "\"1\"")
  }

  /// Faults in the body have pointers into the body, those that it makes elsewhere pointers into
  /// the lab.
  @Test func faultsOfANetworkPointIntoIt() throws {
    _ = try service.send(
      "PATCH", lab,
      """
      port_forwards: [{host_port: 2222, vm: ubuntu, slot: 1, guest_port: 22}]
      vms:
        - {name: ubuntu, adapters: [{network: shared, address: 10.0.2.9}]}
        - {name: android}
        - {name: windows}
      """, yaml)
    let cases: [(method: String, path: String, body: String, faults: [String])] = [
      ("POST", "networks", "{'mode':'nat'}", ["/name missing"]),
      (
        "POST", "networks", "{'name':'x','mode':'nat','ipv4':'10.9.0.0/28'}", ["/ipv4 out-of-range"]
      ),
      (
        "PUT", "networks/shared", "{'name':'x','ipv4':'10.0.2.1/24','colour':1}",
        ["/ipv4 host-bits", "/colour unknown-key", "/name name-mismatch", "/mode missing"]
      ),
      (
        "PATCH", "networks/shared", "{'ipv4':'10.0.3.0/24'}",
        ["/vms/0/adapters/0/address outside-prefix"]
      ),
      ("PATCH", "networks/shared", "{'name':'A B'}", ["/name invalid-value"]),
      (
        "PUT", "vms/android", "{'adapters':[{'network':'shraed','slot':2},{'network':7,'slot':2}]}",
        [
          "/adapters/1/network wrong-type", "/adapters/0/network unknown-reference",
          "/adapters/1/slot duplicate-slot",
        ]
      ),
      (
        "PATCH", "vms/ubuntu", "{'adapters':[]}",
        ["/port_forwards/0/slot unknown-reference"]
      ),
    ]
    for (method, path, body, faults) in cases {
      let answer = try service.send(method, "\(lab)/\(path)", body.json)
      #expect(answer.status == 422, "\(method) \(path) \(body)")
      #expect(try answer.faults == faults, "\(method) \(path) \(body)")
    }
    #expect(try service.get("\(lab)/networks").headers["etag"] == "\"2\"")
  }

  // MARK: Renaming

  /// Whatever names the part follows it, and no address moves.
  @Test func aPatchRenames() throws {
    func addresses() throws -> [String] {
      try service.get("\(lab)/addresses").json["adapters"]?.elements.map {
        $0["ipv4"]?["address"].text ?? ""
      } ?? []
    }
    _ = try service.send(
      "PATCH", lab, "{'constraints':{'keep':{'networks':['shared']}}}".json)
    let before = try addresses()
    let vm = try service.send("PATCH", "\(lab)/vms/windows", "{'name':'zeta'}".json)
    #expect(vm.status == 200, "\(vm.text)")
    #expect(try vm.json["name"].text == "zeta")
    let network = try service.send("PATCH", "\(lab)/networks/shared", "{'name':'wire'}".json)
    #expect(network.status == 200, "\(network.text)")
    let document = try service.get(lab).text
    #expect(!document.contains("'name':'windows'".json) && !document.contains("shared"))
    #expect(!document.contains("'from':'windows'".json))
    #expect(document.contains("{'from':'zeta','to':'internet'}".json))
    #expect(document.contains("'keep':{'networks':['wire']}".json))
    #expect(try addresses() == before)
    #expect(try service.get("\(lab)/vms/windows").status == 404)
    #expect(try service.send("PATCH", "\(lab)/vms/zeta", "{'name':'ubuntu'}".json).status == 422)
  }

  // MARK: VMs

  @Test func aVMIsAddedReadChangedAndRemoved() throws {
    let added = try service.send(
      "POST", "\(lab)/vms", "name: gw\nforwarding: true\nadapters: [{network: spare}]\n", yaml)
    #expect(added.status == 201)
    #expect(added.headers["location"] == "\(lab)/vms/gw")
    #expect(
      added.text == "{'name':'gw','forwarding':true,'adapters':[{'network':'spare'}]}\n".json)
    let patched = try service.send("PATCH", "\(lab)/vms/gw", "{'adapters':null,'os':'bsd'}".json)
    #expect(patched.text == "{'name':'gw','os':'bsd','forwarding':true}\n".json)
    let replaced = try service.send("PUT", "\(lab)/vms/gw", "{}")
    #expect(replaced.text == "{'name':'gw'}\n".json)
    #expect(try names("vms") == ["ubuntu", "android", "windows", "gw"])
    #expect(try service.delete("\(lab)/vms/gw").status == 204)
    #expect(try names("vms") == ["ubuntu", "android", "windows"])
  }

  @Test func aVMThatOthersNameStays() throws {
    let forwarded = try service.delete("\(lab)/vms/ubuntu")
    #expect(forwarded.status == 409)
    #expect(try forwarded.faults == ["/port_forwards/0/vm in-use"])
    let required = try service.delete("\(lab)/vms/windows")
    #expect(try required.faults == ["/requirements/1/from in-use"])
    #expect(try service.delete("\(lab)/vms/android").status == 204)
  }

  @Test func theLastVMOfARequiredTagStays() throws {
    _ = try service.send("PATCH", "\(lab)/vms/android", "{'tags':['phone']}".json)
    _ = try service.send(
      "PATCH", lab, "{'requirements':[{'from':'tag:phone','to':'internet'}]}".json)
    let refused = try service.delete("\(lab)/vms/android")
    #expect(refused.status == 422)
    #expect(try refused.faults == ["/requirements/0/from unknown-reference"])
  }

  // MARK: Both

  @Test(arguments: [
    ("networks", "spare", "{'name':'spare','mode':'nat'}"), ("vms", "ubuntu", "{'name':'ubuntu'}"),
  ])
  func namesAreUnique(collection: String, name: String, body: String) throws {
    let taken = try service.send("POST", "\(lab)/\(collection)", body.json)
    #expect(taken.status == 409)
    #expect(try taken.json["code"].text == "already-exists")
    let onlyNew = try service.send(
      "PUT", "\(lab)/\(collection)/\(name)", body.json, ["If-None-Match": "*"])
    #expect(onlyNew.status == 412)
    let withOtherName = body.json.replacing(name, with: "other")
    let created = try service.send(
      "PUT", "\(lab)/\(collection)/other", withOtherName, ["If-None-Match": "*"])
    #expect(created.status == 201)
  }

  @Test(arguments: [("networks", "sharde", "shared"), ("vms", "ubunut", "ubuntu")])
  func aMistypedNameIsAnsweredWithTheNearest(
    collection: String, name: String, nearest: String
  ) throws {
    for method in ["GET", "DELETE"] {
      let answer = try service.send(method, "\(lab)/\(collection)/\(name)")
      #expect(answer.status == 404)
      #expect(try answer.json["detail"].text.contains("did you mean \"\(nearest)\""))
    }
    #expect(try service.send("PATCH", "\(lab)/\(collection)/\(name)", "{}").status == 404)
    for path in ["/v1/labs/clasic", "/v1/labs/clasic/\(collection)"] {
      #expect(try service.get(path).json["detail"].text.contains("did you mean \"classic\"?"))
    }
  }
}
