extension FindingRule {
  /// A domain controller has a second adapter behind a NAT.
  ///
  /// Windows registers every address of a domain controller in its DNS, that of NAT too. Members ask
  /// for the controller, get 10.0.2.15, which is their own or nobody's, and the join or the
  /// replication fails, now and then. A VM counts as a domain controller by its tags: dc, ad, adds,
  /// domain-controller.
  ///
  /// Warning. On the controller, clear "Register this connection's addresses in DNS" of the NAT
  /// adapter (`Set-DnsClient -RegisterThisConnectionsAddress $false`), let its DNS server listen on
  /// the domain's address alone (`dnscmd /ResetListenAddresses`) and delete the wrong records;
  /// members ask the controller's address in the domain for names, and no other server.
  ///
  /// Source: Microsoft Learn, "Active Directory communication fails on multihomed domain
  /// controllers" (KB272294).
  static let multiHomedDomainController = FindingRule("multi-homed-domain-controller") {
    survey, report in
    for (index, machine) in survey.lab.machines.enumerated()
    where machine.operatingSystem == .windows && machine.firstTag(of: controllerTags) != nil {
      let adapters = machine.adapters.indices
        .map { AdapterReference(machine: index, adapter: $0) }
        .filter { survey.adapter($0).network != nil && survey.adapter($0).cableConnected }
      let isTranslated = { (member: AdapterReference) in
        survey.lab.profile(of: survey.adapter(member))?.router.engine != nil
      }
      guard let outer = adapters.first(where: isTranslated),
        let inner = adapters.first(where: { !isTranslated($0) })
      else { continue }
      let registered = survey.adapterPlan(outer).ipv4.address.map { ", \($0)," } ?? ""
      let domain = survey.adapterPlan(inner).ipv4.address.map { " (\($0))" } ?? ""
      report.add(
        .warning, at: survey.pointer(outer),
        "the domain controller \(survey.title(machine: index)) registers its NAT address\(registered) "
          + "in DNS, where members cannot reach it; turn registration off on adapter "
          + "\(survey.adapter(outer).slot), and let members use its address in the domain\(domain) as "
          + "their only DNS server",
        related: [survey.pointer(inner)])
    }
  }
}

private let controllerTags: Set<String> = ["ad", "adds", "dc", "domain-controller"]
