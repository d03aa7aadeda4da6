import LabCore

extension Setting {
  /// Every shape within bounds, but for VMs and networks that are alike.
  ///
  /// Two VMs are alike where both route or neither does; two networks where they have one mode,
  /// but not host-only ones, of which the planner gives only one the prefix with DHCP, by name.
  func forEachShape(_ body: (Shape) -> Void) {
    for modes in modeLists {
      let choices = orderedSubsets(of: modes.indices.map { $0 }, upTo: adapters)
      let exchanges = exchanges(of: modes)
      var seen: Set<[[Int]]> = []
      forEachAttachment(choices) { attachments in
        guard Set(attachments.joined()).count == modes.count else { return }
        guard seen.insert(normal(attachments, exchanges)).inserted else { return }
        forEachGateway(Shape(modes: modes, attachments: attachments), body)
      }
    }
  }

  /// Lists of modes in order, with at most one NAT and one bridged network.
  private var modeLists: [[NetworkMode]] {
    func extended(_ list: [NetworkMode], from first: Int) -> [[NetworkMode]] {
      guard list.count < networks else { return [list] }
      return [list]
        + Hypervisor.Product.virtualbox.words.indices.dropFirst(first).flatMap { index in
          let mode = Hypervisor.Product.virtualbox.words[index]
          return extended(list + [mode], from: mode == .nat || mode == .bridged ? index + 1 : index)
        }
    }
    return extended([], from: 0)
  }

  /// Attachments of all VMs; those of VMs that are alike in ascending order.
  private func forEachAttachment(_ choices: [[Int]], _ body: ([[Int]]) -> Void) {
    func extend(_ chosen: [Int]) {
      if chosen.count == machines { return body(chosen.map { choices[$0] }) }
      let isAlike = !chosen.isEmpty && chosen.count != routers
      for choice in (isAlike ? chosen[chosen.count - 1] : 0)..<choices.count {
        extend(chosen + [choice])
      }
    }
    extend([])
  }

  /// One of all attachments that differ by exchanging what is alike.
  private func normal(_ attachments: [[Int]], _ exchanges: [[Int]]) -> [[Int]] {
    exchanges.map { exchange in
      let renamed = attachments.map { $0.map { exchange[$0] } }
      return sorted(renamed.prefix(routers)) + sorted(renamed.dropFirst(routers))
    }.min { isBefore($0.flatMap { $0 + [-1] }, $1.flatMap { $0 + [-1] }) } ?? attachments
  }

  private func sorted(_ lists: ArraySlice<[Int]>) -> [[Int]] { lists.sorted(by: isBefore) }

  private func isBefore(_ left: [Int], _ right: [Int]) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  private func exchanges(of modes: [NetworkMode]) -> [[Int]] {
    permutations(of: modes.count).filter { exchange in
      modes.indices.allSatisfy { index in
        modes[index] == modes[exchange[index]]
          && (modes[index] != .hostOnly || exchange[index] == index)
      }
    }
  }

  /// The shape without gateways, and with each choice of them.
  private func forEachGateway(_ shape: Shape, _ body: (Shape) -> Void) {
    var shapes = [shape]
    for (network, mode) in shape.modes.enumerated() where mode == .internal || mode == .hostOnly {
      for machine in 0..<routers where shape.attachments[machine].contains(network) {
        shapes += shapes.filter { $0.gateways[network] == nil }.map { shape in
          var routed = shape
          routed.gateways[network] = machine
          return routed
        }
      }
    }
    shapes.filter(\.hasPlainDefaultRoutes).forEach(body)
  }
}

extension Shape {
  /// Whether no VM that routes by another VM has another adapter that leads out as well.
  ///
  /// Its default route could then lead where answers cannot come from. That exposes less, but
  /// nobody wants it.
  fileprivate var hasPlainDefaultRoutes: Bool {
    attachments.indices.allSatisfy { machine in
      let routers = attachments[machine].filter { (gateways[$0] ?? machine) != machine }
      let others = attachments[machine].filter {
        [.nat, .natNetwork, .bridged].contains(modes[$0])
      }
      return routers.isEmpty || routers.count + others.count == 1
    }
  }
}

/// Every list of at most so many different elements.
func orderedSubsets(of elements: [Int], upTo count: Int) -> [[Int]] {
  guard count > 0 else { return [[]] }
  return [[]]
    + elements.flatMap { first in
      orderedSubsets(of: elements.filter { $0 != first }, upTo: count - 1).map { [first] + $0 }
    }
}

/// Every order of `0..<count`.
func permutations(of count: Int) -> [[Int]] {
  orderedSubsets(of: Array(0..<count), upTo: count).filter { $0.count == count }
}
