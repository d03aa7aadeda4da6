/// A check that a well-formed lab goes through.
///
/// The rules are a closed list; each has a file of its own in `Rules`, and the comment on it there
/// is what its user reads: what goes wrong and why, how bad it is, what the fix changes, the source.
public struct FindingRule: Sendable {
  /// Stable, for programs: `overlapping-prefixes`.
  public let id: String
  let check: @Sendable (LabSurvey, inout FindingReport) -> Void

  init(_ id: String, check: @escaping @Sendable (LabSurvey, inout FindingReport) -> Void) {
    self.id = id
    self.check = check
  }

  /// Every rule there is, by what it looks at.
  public static let all = prefixRules + addressRules + gatewayRules + networkRules + forwardRules

  private static let prefixRules: [FindingRule] = [
    .overlappingPrefixes, .prefixOverlapsUplink, .prefixInUseOnHost, .hostOnlyPrefixNotAllowed,
  ]

  private static let addressRules: [FindingRule] = [
    .duplicateAddress, .addressOfService, .duplicateMAC, .staticInDHCPPool, .dhcpPoolTooSmall,
  ]

  private static let gatewayRules: [FindingRule] = [
    .gatewayWithoutOwner, .severalDefaultGateways,
  ]

  private static let networkRules: [FindingRule] = [
    .unusedNetwork, .singleMemberNetwork,
  ]

  private static let forwardRules: [FindingRule] = [
    .portForwardCollision, .privilegedHostPort,
  ]
}
