internal import Glibc
internal import LabCore

/// The kernel's network settings of one namespace (Documentation/networking/ip-sysctl.rst).
struct KernelSettings {
  /// The family of addresses in use; nil where it has none at all, as a switch.
  var family: AddressFamily?
  /// Whether it routes packets that are not for itself.
  var forwards = false
  /// Whether it takes up packets for any address; questions for hardware addresses are then
  /// answered for its own addresses only.
  var isTransparent = false

  /// Writes them into the namespace that the calling thread is in.
  func apply(to title: String) throws(RehearsalError) {
    // Turning forwarding on or off resets others of these, so it comes first.
    try write("ipv4/ip_forward", forwards ? "1" : "0", title)
    for scope in ["all", "default"] {
      try applyIPv4(to: title, scope)
      if family == .ipv6 {
        try applyIPv6(to: title, scope)
      } else {
        // Neighbour discovery and router solicitations would only be noise.
        writeWhereItExists("ipv6/conf/\(scope)/disable_ipv6", "1")
      }
    }
    // Pings are answered by a program that tells the machine's name. Only groups that exist in the
    // user's namespace may be named.
    try write("ipv4/ping_group_range", "\(getegid()) \(getegid())", title)
    try write("ipv4/icmp_echo_ignore_all", "1", title)
    writeWhereItExists("ipv6/icmp/echo_ignore_all", "1")
    // A refusal says that a dial has failed; held back, the dial would seem to be lost.
    writeWhereItExists("ipv4/icmp_ratelimit", "0")
    writeWhereItExists("ipv4/icmp_ratemask", "0")
    writeWhereItExists("ipv6/icmp/ratelimit", "0")
    for protocols in ["iptables", "ip6tables", "arptables"] {
      writeWhereItExists("bridge/bridge-nf-call-\(protocols)", "0")
    }
  }

  private func applyIPv4(to title: String, _ scope: String) throws(RehearsalError) {
    let folder = "ipv4/conf/\(scope)/"
    // A machine with several adapters takes packets by any of them, and learns no routes from
    // redirects; questions for hardware addresses are answered in the kernel's default way.
    for setting in [
      "rp_filter", "accept_redirects", "send_redirects", "arp_announce", "arp_filter",
      "proxy_arp", "route_localnet", "accept_local",
    ] {
      try write(folder + setting, "0", title)
    }
    try write(folder + "arp_ignore", isTransparent ? "1" : "0", title)
  }

  private func applyIPv6(to title: String, _ scope: String) throws(RehearsalError) {
    let folder = "ipv6/conf/\(scope)/"
    try write(folder + "disable_ipv6", "0", title)
    try write(folder + "forwarding", forwards ? "1" : "0", title)
    // The plan says who has which address and router: nothing is announced or asked for.
    for setting in [
      "accept_ra", "accept_dad", "dad_transmits", "router_solicitations", "accept_redirects",
      "autoconf", "proxy_ndp",
    ] {
      try write(folder + setting, "0", title)
    }
  }

  private func write(
    _ setting: String, _ value: String, _ title: String
  ) throws(RehearsalError) {
    let number = put(setting, value)
    guard number == 0 else {
      throw .refused(step: "set net/\(setting) of \(title)", errorNumber: number)
    }
  }

  private func writeWhereItExists(_ setting: String, _ value: String) {
    _ = put(setting, value)
  }

  private func put(_ setting: String, _ value: String) -> Int32 {
    let opened = open("/proc/sys/net/" + setting, O_WRONLY | O_CLOEXEC)
    guard opened >= 0 else { return errno }
    let file = Descriptor(adopting: opened)
    let bytes = Array(value.utf8)
    return Glibc.write(file.number, bytes, bytes.count) == bytes.count ? 0 : errno
  }
}
