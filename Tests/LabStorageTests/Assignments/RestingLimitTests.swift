import LabCore
import Testing

/// However often a lab gives addresses up, no more than so many rest.
@Suite struct RestingLimitTests {
  @Test func thoseGivenUpFirstAreFreeBeforeTheirTime() throws {
    let lab = try plainLab("lab")
    let most = AddressMemory.mostResting
    let network = NetworkIdentity.named(try label("gone"))
    let holder = RememberedAddress.Holder.adapter(.named(machine: try label("gone"), slot: 1))
    let rows = (0..<most + 100).map { number in
      RememberedAddress(
        network: network, address: .ipv4(IPv4Address(bits: 0x0a00_0000 + UInt32(number))),
        holder: holder, freedAt: Int64(number % 1_000))
    }
    let memory = assignAddresses(
      in: lab, remembering: AddressMemory(addresses: rows), at: 1_000
    ).memory
    let resting = memory.addresses.filter { $0.freedAt != nil }
    #expect(resting.count == most)
    // 65 or 66 rows have each time: 100 too many are those of time 0 and some of time 1.
    #expect(resting.compactMap(\.freedAt).min() == 1)
    #expect(Set(resting).isSubset(of: rows))
  }
}
