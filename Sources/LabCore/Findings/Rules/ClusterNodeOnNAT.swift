extension FindingRule {
  /// A cluster's nodes have their default route on NAT, and another network to meet on.
  ///
  /// Kubernetes and its like take the address of the default route for the node's own: every node
  /// registers as 10.0.2.15, and none finds the others. VMs count as nodes of a cluster by a tag
  /// they share: k8s, k3s, kubernetes, etcd or cluster.
  ///
  /// Warning. What the nodes call themselves is set in the guests: `--node-ip` of the kubelet,
  /// `--iface` of flannel; without another network to meet on, it is `isolated-by-nat`.
  ///
  /// Source: kubernetes/kubernetes#69509, flannel-io/flannel#1379, k3s-io/k3s#1365.
  static let clusterNodeOnNAT = FindingRule("cluster-node-on-nat") { survey, report in
    for tag in clusterTags {
      let nodes = survey.lab.machines.indices.filter {
        survey.lab.machines[$0].tags.contains { $0.text == tag }
      }
      guard nodes.count > 1 else { continue }
      let behindNAT = Dictionary(
        grouping: nodes.compactMap { defaultAdapterOnNAT(of: $0, survey) },
        by: { survey.adapterPlan($0).ipv4.address })
      for (address, group) in behindNAT.sorted(by: { $0.value[0].machine < $1.value[0].machine }) {
        guard let address, group.count > 1 else { continue }
        report.add(
          .warning, at: survey.pointer(group[0]),
          "\(group.count) nodes of \"\(tag)\" would register as \(address), which all of them have "
            + "on NAT; tell them which other address is theirs",
          related: group.dropFirst().map(survey.pointer))
      }
    }
  }
}

private let clusterTags = ["cluster", "etcd", "k3s", "k8s", "kubernetes"]

/// The adapter of a VM's default route, where it is on NAT and the VM has another network.
private func defaultAdapterOnNAT(of machine: Int, _ survey: LabSurvey) -> AdapterReference? {
  let virtualMachine = survey.lab.machines[machine]
  let attached = virtualMachine.adapters.indices.filter {
    virtualMachine.adapters[$0].network != nil && virtualMachine.adapters[$0].cableConnected
  }
  let adapters = attached.map { AdapterReference(machine: machine, adapter: $0) }
  guard virtualMachine.gateway == nil,
    let first = adapters.first(where: { survey.adapterPlan($0).ipv4.gateway != nil }),
    survey.lab.profile(of: survey.adapter(first))?.segment == .adapter,
    survey.adapterPlan(first).ipv4.source == .engine,
    adapters.contains(where: { survey.lab.profile(of: survey.adapter($0))?.segment != .adapter })
  else { return nil }
  return first
}
