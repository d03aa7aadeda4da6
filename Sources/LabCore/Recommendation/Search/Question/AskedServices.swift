/// The services of a lab that forwards may lead to: those that a requirement asks for.
///
/// Services of a VM of which the same requirements speak but for the port are a symmetry class: a
/// forward that one of them needs all of them need, and one that exposes nothing for one exposes
/// nothing for any. A class has one bit in the search, however many ports are in it.
struct AskedServices {
  /// By index in `Lab.machines`, in the order of the requirements.
  private(set) var ofMachine: [[PortService]]
  /// By VM, then by service: the bit of its class; 0 for classes beyond the 64th.
  private(set) var bits: [[UInt64]]
  /// By VM, then by place of a class's bit: how many services it has.
  private(set) var classSizes: [[Int]]

  /// Who is asked about a service, and whether to let them reach it.
  private struct Ask: Hashable {
    let from: EndpointSelector
    let allow: Bool
  }

  /// What the services of a class have in common: the transport, and what is asked by number.
  private struct SymmetryKey: Hashable {
    let transport: PortForward.Transport
    let asks: Set<Int>
  }

  init(_ lab: Lab, requirements: [Int]) {
    var numbers: [Ask: Int] = [:]
    var asks = lab.machines.map { _ in [PortService: Set<Int>]() }
    ofMachine = lab.machines.map { _ in [] }
    // Nobody has to reach what is only forbidden, so that no forward leads there.
    for isAllowed in [true, false] {
      for index in requirements where lab.requirements[index].allow == isAllowed {
        let requirement = lab.requirements[index]
        guard let service = requirement.service else { continue }
        let ask = Ask(from: requirement.from, allow: isAllowed)
        let number = numbers[ask] ?? numbers.count
        numbers[ask] = number
        for case .machine(let machine) in lab.endpoints(of: requirement.to) {
          guard isAllowed || asks[machine][service] != nil else { continue }
          if asks[machine][service] == nil { ofMachine[machine].append(service) }
          asks[machine][service, default: []].insert(number)
        }
      }
    }
    bits = []
    classSizes = []
    for (services, asks) in zip(ofMachine, asks) {
      addClasses(services.map { SymmetryKey(transport: $0.transport, asks: asks[$0] ?? []) })
    }
  }

  /// Gives the services of the next VM their bits.
  private mutating func addClasses(_ keys: [SymmetryKey]) {
    var places: [SymmetryKey: Int] = [:]
    var sizes: [Int] = []
    bits.append(
      keys.map { key in
        let place = places[key] ?? sizes.count
        guard place < UInt64.bitWidth else { return 0 }
        if places.updateValue(place, forKey: key) == nil { sizes.append(0) }
        sizes[place] += 1
        return 1 << UInt64(place)
      })
    classSizes.append(sizes)
  }

  /// The bit of a VM's service; 0 where nothing asks for it.
  func bit(_ service: PortService, of machine: Int) -> UInt64 {
    ofMachine[machine].firstIndex(of: service).map { bits[machine][$0] } ?? 0
  }

  /// The bits of a VM's services of a transport.
  func bits(_ transport: PortForward.Transport, of machine: Int) -> UInt64 {
    zip(ofMachine[machine], bits[machine]).reduce(0) {
      $1.0.transport == transport ? $0 | $1.1 : $0
    }
  }

  /// How many port forwards lead to a VM, by the classes that are forwarded to it.
  func forwardCount(_ classes: UInt64, to machine: Int) -> Int {
    var count = 0
    for (place, size) in classSizes[machine].enumerated() where classes >> UInt64(place) & 1 != 0 {
      count += size
    }
    return count
  }
}
