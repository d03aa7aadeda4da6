import LabCore

extension ExportFormat {
  /// A Vagrantfile for VirtualBox (https://developer.hashicorp.com/vagrant/docs).
  static let vagrant = ExportFormat(
    name: "vagrant", summary: "A Vagrantfile: boxes for the VMs, on the lab's networks.",
    mediaType: "text/x-ruby", files: .one, checkedWith: "ruby -c and vagrant validate"
  ) { source in
    let machines = source.machines.map { VagrantMachine(source, $0.index, $0.adapters) }
    let warnings = machines.flatMap(\.warnings)
    var lines = source.header(warnings).map { "# \($0)" }
    lines += ["#", "# \(requiredVersion(source.lab.hypervisor.version))", ""]
    lines.append("Vagrant.configure('2') do |config|")
    lines += natNetworkTrigger(source)
    lines += machines.flatMap(\.lines).map { $0.isEmpty ? "" : "  \($0)" }
    lines.append("end")
    let text = lines.map { "\($0)\n" }.joined()
    return Draft(files: [ExportFile("Vagrantfile", "text/x-ruby", text)], warnings: warnings)
  }
}

/// Which Vagrant knows which VirtualBox (Vagrant's changelog).
private func requiredVersion(_ version: HypervisorVersion) -> String {
  let vagrant =
    version.isAtLeast(7, 2) ? "2.4.9" : version.isAtLeast(7, 1) ? "2.4.2" : "2.3.2"
  return "VirtualBox \(version) needs Vagrant \(vagrant) or later."
}

/// NAT networks, which Vagrant has no word for: made before the first VM starts.
private func natNetworkTrigger(_ source: ExportSource) -> [String] {
  let networks = source.networks.compactMap { index, network, plan -> (String, NetworkPlan, Int)? in
    guard case .natNetwork(let name)? = source.attachment(to: index),
      source.lab.switches[index] == index
    else { return nil }
    return (name, plan, index)
  }
  guard !networks.isEmpty else { return [] }
  var lines = ["config.trigger.before :up do |trigger|", "  trigger.ruby do"]
  lines.append(
    "    known = IO.popen(%w[VBoxManage list --long natnets], &:read).lines.map(&:chomp)")
  for (name, plan, index) in networks {
    let rules = VagrantMachine.natNetworkRules(source, network: index)
    let hasServer =
      plan.ipv4?.dhcp != nil && source.lab.networks[index].dhcpMachine == nil
    let add =
      ["natnetwork", "add", "--netname", name]
      + (plan.ipv4.map { ["--network", "\($0.prefix)"] } ?? [])
      + ["--enable", "--dhcp", hasServer ? "on" : "off"]
    let calls =
      [add] + rules.map { ["natnetwork", "modify", "--netname", name, "--port-forward-4", $0] }
    lines.append(
      "    unless known.any? { |line| line.sub(/\\A(Network)?Name: +/, '') == \(rubyWord(name)) }")
    lines += calls.map { words in
      "      system('VBoxManage', \(words.map(rubyWord).joined(separator: ", "))) || exit(1)"
    }
    lines.append("    end")
  }
  lines += ["  end", "end"]
  return (lines + [""]).map { $0.isEmpty ? "" : "  \($0)" }
}
