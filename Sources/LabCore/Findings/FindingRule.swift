/// A check that a well-formed lab goes through.
///
/// The rules are a closed list; each has a file of its own in `Rules`, and the comment on it there
/// is what its user reads: what goes wrong and why, how bad it is, what the fix changes, the source.
public struct FindingRule: Sendable {
  /// Stable, for programs: `overlapping-prefixes`.
  public let id: String
  /// The only product that it is about; nil for a rule that reads the facts of any.
  private let product: Hypervisor.Product?
  let check: @Sendable (LabSurvey, inout FindingReport) -> Void

  init(
    _ id: String, of product: Hypervisor.Product? = nil,
    check: @escaping @Sendable (LabSurvey, inout FindingReport) -> Void
  ) {
    self.id = id
    self.product = product
    self.check = check
  }

  /// Whether it has anything to say of labs of a product.
  func isAbout(_ other: Hypervisor.Product) -> Bool { product.map { $0 == other } ?? true }

  /// Every rule there is, by what it looks at.
  public static let all =
    prefixRules + addressRules + gatewayRules + networkRules + machineRules + forwardRules
    + requirementRules + productRules

  private static let prefixRules: [FindingRule] = [
    .overlappingPrefixes, .overlappingAdapters, .natOverlapsHostOnly, .prefixOverlapsUplink,
    .prefixInUseOnHost,
    .prefixOverlapsOtherLab, .hostOnlyPrefixNotAllowed, .natNetworkIPv6Prefix,
    .bridgedPrefixIsNotLANs, .unusablePrefix, .publicAddressSpace, .prefixTooSmall,
    .nestedLibvirtOverlap, .insideOverlaps,
  ]

  private static let addressRules: [FindingRule] = [
    .duplicateAddress, .addressOutsidePrefix, .addressOfService, .duplicateMAC, .staticInDHCPPool,
    .dhcpPoolTooSmall,
    .dhcpPoolCoversService, .dhcpServerAddressTaken, .dhcpServerNotThere, .severalDHCPServers,
    .noDHCPServer, .factoryDHCPServer, .copiesShareIdentity,
  ]

  private static let gatewayRules: [FindingRule] = [
    .gatewayWithoutOwner, .gatewayDoesNotForward, .gatewayOffLink, .severalDefaultGateways,
    .routeWithoutNextHop, .masqueradeWithoutForwarding,
  ]

  private static let networkRules: [FindingRule] = [
    .unusedNetwork, .singleMemberNetwork, .mergedNetworks, .nearEqualNames, .switchSharedWithLab,
    .ignoredSetting, .bridgedOverWiFi, .hostOnlyOnMacOS, .hostOnlyIPv6OnWindows,
    .natNetworkRegression, .natNameResolution,
  ]

  private static let machineRules: [FindingRule] = [
    .tooManyAdapters, .adapterModelUnavailable, .virtioNeedsDrivers, .promiscuousIgnored,
    .nothingAttached, .nestedNeedsPromiscuous, .clusterNodeOnNAT, .multiHomedDomainController,
  ]

  private static let forwardRules: [FindingRule] = [
    .portForwardCollision, .privilegedHostPort, .forwardNotBehindNAT, .forwardWithoutTarget,
    .forwardBoundElsewhere, .forwardBoundToLoopback, .forwardExposedToLAN,
  ]

  private static let productRules: [FindingRule] = [
    .hostSystemNotSupported, .oneNATNetwork, .notIsolated, .ipv6Open, .forwardingSideEffect,
    .dockerForwardDrop, .macvtapNoHost, .vlanWithoutUplinkVLAN, .prefixOverlapNotRefused,
    .dhcpNotOffered, .staticOnChangingPrefix, .adapterLimit, .foreignMAC, .defaultMAC,
    .forgedTransmits,
  ]

  private static let requirementRules: [FindingRule] = [
    .unmetRequirement, .isolatedByNAT, .hostLoopbackClosed, .protocolThroughNAT, .pingToWindows,
    .pingToFirewall, .windowsHostFirewall, .doubtfulRequirement,
  ]
}
