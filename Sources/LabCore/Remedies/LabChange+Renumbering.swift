/// A place of a document whose address moves with its network.
struct AddressMove {
  let pointer: JSONPointer
  let value: String
  let apply: (inout LabDraft) -> Void
}

extension LabDraft {
  /// Everything that moves when a network of a written prefix gets another of the same length.
  func moves(of network: Int, to new: IPv4Prefix) -> [AddressMove] {
    guard let old = networks[network].ipv4, old.length == new.length else { return [] }
    var list = AddressMoveList(old: old, new: new)
    let place = JSONPointer.root["networks"][network]
    list.add(place["ipv4"], new.description) { $0.networks[network].ipv4 = new }
    list.move(networks[network].gateway?.address, place["gateway"]) {
      $0.networks[network].gateway = .address($1)
    }
    if case .address(let address) = networks[network].hostAddress {
      list.move(address, place["host_address"]) { $0.networks[network].hostAddress = .address($1) }
    }
    addServerMoves(of: network, at: place["dhcp"], to: &list)
    for machine in vms.indices { addMoves(of: machine, on: networks[network].name, to: &list) }
    return list.moves
  }

  private func addServerMoves(
    of network: Int, at place: JSONPointer, to list: inout AddressMoveList
  ) {
    switch networks[network].dhcp {
    case .on(let server, let first, let last):
      list.move(server, place["server"]) {
        $0.changeServer(of: network, server: $1, first: nil, last: nil)
      }
      addPoolMoves(of: network, first, last, at: place, to: &list)
    case .served(_, let first, let last):
      addPoolMoves(of: network, first, last, at: place, to: &list)
    case .off, nil: break
    }
  }

  private func addPoolMoves(
    of network: Int, _ first: IPv4Address?, _ last: IPv4Address?, at place: JSONPointer,
    to list: inout AddressMoveList
  ) {
    list.move(first, place["first"]) {
      $0.changeServer(of: network, server: nil, first: $1, last: nil)
    }
    list.move(last, place["last"]) {
      $0.changeServer(of: network, server: nil, first: nil, last: $1)
    }
  }

  private mutating func changeServer(
    of network: Int, server: IPv4Address?, first: IPv4Address?, last: IPv4Address?
  ) {
    switch networks[network].dhcp {
    case .on(let oldServer, let oldFirst, let oldLast):
      networks[network].dhcp = .on(
        server: server ?? oldServer, first: first ?? oldFirst, last: last ?? oldLast)
    case .served(let machine, let oldFirst, let oldLast):
      networks[network].dhcp = .served(
        by: machine, first: first ?? oldFirst, last: last ?? oldLast)
    case .off, nil: break
    }
  }

  private func addMoves(
    of machine: Int, on network: DNSLabel?, to list: inout AddressMoveList
  ) {
    let place = place(machine)
    var isMember = false
    for (index, adapter) in vms[machine].adapters.enumerated()
    where adapter.network != nil && adapter.network == network {
      isMember = true
      let own = place["adapters"][index]
      list.move(adapter.address, own["address"]) { $0.vms[machine].adapters[index].address = $1 }
      for (position, further) in adapter.secondary.enumerated() {
        list.move(further.address, own["secondary"][position]["address"]) {
          $0.vms[machine].adapters[index].secondary[position].address = $1
        }
      }
    }
    if isMember {
      list.move(vms[machine].gateway, place["gateway"]) { $0.vms[machine].gateway = $1 }
    }
    for (index, route) in vms[machine].routes.enumerated() {
      if isMember, case .ipv4(let router) = route.via {
        list.move(router, place["routes"][index]["via"]) {
          $0.vms[machine].routes[index].via = .ipv4($1)
        }
      }
      if case .ipv4(let to) = route.to, to == list.old {
        let new = list.new
        list.add(place["routes"][index]["to"], new.description) {
          $0.vms[machine].routes[index].to = .ipv4(new)
        }
      }
    }
  }
}

private struct AddressMoveList {
  let old: IPv4Prefix
  let new: IPv4Prefix
  private(set) var moves: [AddressMove] = []

  init(old: IPv4Prefix, new: IPv4Prefix) {
    self.old = old
    self.new = new
  }

  mutating func add(
    _ pointer: JSONPointer, _ value: String, _ apply: @escaping (inout LabDraft) -> Void
  ) {
    moves.append(AddressMove(pointer: pointer, value: value, apply: apply))
  }

  /// An address of the old prefix becomes that of the new one in the same place.
  mutating func move(
    _ address: IPv4Address?, _ pointer: JSONPointer,
    _ apply: @escaping (inout LabDraft, IPv4Address) -> Void
  ) {
    guard let address, let offset = old.offset(of: address),
      let moved = new.address(at: offset)
    else { return }
    add(pointer, moved.description) { apply(&$0, moved) }
  }
}
