import Testing

@testable import LabStorage

@Suite("The schema is a net of its own")
struct SchemaTests {
  private let connection: Connection

  init() throws {
    connection = try Connection(to: DatabaseLocation(path: ":memory:"), access: .readWrite)
    try Migrator().migrate(connection)
    for statement in Self.lab { try connection.run(statement) }
  }

  private static let lab = [
    "INSERT INTO labs (id, name, revision, created_at, updated_at) VALUES (1, 'lab', 3, 0, 0)",
    "INSERT INTO hosts (lab_id) VALUES (1)",
    "INSERT INTO networks (lab_id, position, name, mode) VALUES (1, 0, 'net', 'internal')",
    "INSERT INTO vms (lab_id, position, name) VALUES (1, 0, 'vm')",
    "INSERT INTO adapters (lab_id, vm, position, slot, network) VALUES (1, 'vm', 0, 1, 'net')",
    "INSERT INTO port_forwards (lab_id, position, name, host_port, vm, guest_port)"
      + " VALUES (1, 0, 'ssh', 2222, 'vm', 22)",
    "INSERT INTO requirements (lab_id, position, source, target) VALUES (1, 0, 'vm', 'internet')",
  ]

  @Test(
    "statements that would make a wrong lab",
    arguments: [
      // Names are DNS labels, and unique where they are keys.
      "UPDATE labs SET name = ''",
      "UPDATE labs SET name = 'Lab'",
      "UPDATE labs SET name = 'a_b'",
      "UPDATE labs SET name = '-a'",
      "UPDATE labs SET name = 'a-'",
      "UPDATE labs SET name = 'ü'",
      "UPDATE labs SET name = printf('%064d', 0)",
      "UPDATE labs SET revision = 0",
      "INSERT INTO labs (name, revision, created_at, updated_at) VALUES ('lab', 1, 0, 0)",
      "INSERT INTO networks (lab_id, position, name, mode) VALUES (1, 1, 'net', 'nat')",
      "INSERT INTO networks (lab_id, position, name, mode) VALUES (1, 0, 'net2', 'nat')",
      "INSERT INTO networks (lab_id, position, name, mode) VALUES (1, 1, '-', 'nat')",
      "INSERT INTO vms (lab_id, position, name) VALUES (1, 1, 'vm')",
      "INSERT INTO vms (lab_id, position, name) VALUES (1, 1, 'host')",
      "INSERT INTO vms (lab_id, position, name) VALUES (1, -1, 'vm2')",
      "INSERT INTO vm_tags (lab_id, vm, position, tag) VALUES (1, 'vm', 0, 'T')",
      "INSERT INTO adapters (lab_id, vm, position, slot) VALUES (1, 'vm', 1, 1)",
      "INSERT INTO port_forwards (lab_id, position, name, host_port, vm, guest_port)"
        + " VALUES (1, 1, 'ssh', 1, 'vm', 1)",
      // Vocabularies and ranges.
      "INSERT INTO hypervisors (lab_id, product) VALUES (1, 'bhyve')",
      "UPDATE hosts SET os = 'bsd'",
      "UPDATE hosts SET internet = 2",
      "INSERT INTO uplinks (lab_id, kind) VALUES (1, 'mesh')",
      "INSERT INTO uplinks (lab_id, dhcp_first) VALUES (1, '10.0.0.1')",
      "UPDATE networks SET mode = 'vlan'",
      "UPDATE networks SET hypervisor_name = ''",
      "UPDATE networks SET dhcp = 0, dhcp_first = '10.0.0.1'",
      "UPDATE networks SET dhcp_server = '10.0.0.1'",
      "UPDATE networks SET size = 0",
      "UPDATE networks SET localhost_reachable = -1",
      "UPDATE vms SET os = 'plan9'",
      "UPDATE adapters SET slot = 0",
      "UPDATE adapters SET model = 'e1000'",
      "UPDATE adapters SET promiscuous = 'yes'",
      "UPDATE adapters SET cable_connected = 'x'",
      "UPDATE port_forwards SET protocol = 'icmp'",
      "UPDATE port_forwards SET host_port = 0",
      "UPDATE port_forwards SET guest_port = 65536",
      "UPDATE requirements SET port = 0",
      "UPDATE requirements SET protocol = 'icmp', port = 1",
      // References hold.
      "INSERT INTO networks (lab_id, position, name, mode) VALUES (2, 0, 'net', 'nat')",
      "UPDATE adapters SET network = 'none'",
      "UPDATE adapters SET vm = 'none'",
      "UPDATE port_forwards SET vm = 'none'",
      "UPDATE requirements SET source = 'none'",
      "UPDATE requirements SET target = 'none'",
      "DELETE FROM networks",
      "DELETE FROM vms",
      "INSERT INTO routes (lab_id, vm, position, destination, next_hop)"
        + " VALUES (1, 'none', 0, '0.0.0.0/0', '10.0.0.1')",
    ])
  func refused(sql: String) {
    let error = #expect(throws: StoreError.self) { try connection.run(sql) }
    #expect(error?.kind == .constraint)
  }

  @Test(
    "their neighbours, which make a right one",
    arguments: [
      "UPDATE labs SET name = printf('%063d', 0)",
      "UPDATE labs SET name = '9-a'",
      "INSERT INTO vms (lab_id, position, name) VALUES (1, 1, 'host2')",
      "INSERT INTO uplinks (lab_id) VALUES (1)",
      "UPDATE networks SET dhcp = 1, dhcp_first = '10.0.0.1'",
      "UPDATE adapters SET network = NULL",
      "UPDATE port_forwards SET host_port = 65535, guest_port = 1",
      "UPDATE requirements SET source = 'tag:anything', target = 'lan', port = 65535",
      "DELETE FROM labs",
    ])
  func accepted(sql: String) throws {
    try connection.run(sql)
  }

  @Test("deletions and later ones of the same name keep the highest revision")
  func retiredRevisions() throws {
    try connection.run("DELETE FROM labs")
    try connection.run(
      "INSERT INTO labs (name, revision, created_at, updated_at) VALUES ('lab', 1, 0, 0)")
    try connection.run("DELETE FROM labs")
    let revision = try connection.first("SELECT revision FROM retired_revisions") {
      row throws(StoreError) in try row.next(Int.self)
    }
    #expect(revision == 3)
  }

  @Test("every table is STRICT")
  func strictTables() throws {
    let others = try connection.all(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        + " AND name NOT LIKE 'sqlite%'"
    ) { row throws(StoreError) in try row.next(String.self) }
    #expect(others == [])
  }
}
