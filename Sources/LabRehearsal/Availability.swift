internal import CNamespaces
internal import Glibc
internal import LabCore

/// Builds one of everything that a rehearsal is made of.
func tryEverything() throws(RehearsalError) {
  let settings = KernelSettings(family: .ipv4, forwards: true, isTransparent: true)
  let near = try NetworkNamespace(title: "a router", settings: settings)
  let far = try NetworkNamespace(title: "a switch", settings: settings)
  try near.configure([
    LinkRequests.cable(
      CableEnd(namespace: near, index: 100, name: NATEngine.insideName, mac: nil),
      CableEnd(namespace: far, index: 101, name: "port", mac: nil))
  ])
  try far.configure([
    LinkRequests.bridge(index: 100, name: "switch"), LinkRequests.plug(101, into: 100),
  ])
  try near.configure([
    LinkRequests.switchOn(100),
    RouteRequests.address(
      .ipv4(IPv4Address(bits: 0xc000_0201)), prefixLength: 24, interface: 100),
  ])
  try near.filter(PacketFilter.homeRouter(outside: NATEngine.insideName, family: .ipv4))
  let loop = try EventLoop()
  let engine = NATEngine(
    BlueprintEngine(
      node: 0,
      inside: .ipv4(IPv4Prefix(containing: IPv4Address(bits: 0xc000_0200), length: 24)),
      gateway: .ipv4(IPv4Address(bits: 0xc000_0201)), loopbackAlias: nil),
    router: near, host: far, loop: loop)
  try engine.start()
  loop.forgetAll()
}
