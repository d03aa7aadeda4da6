/// The program that runs the VMs.
public struct Hypervisor: Hashable, Sendable {
  /// The products whose modes the planner knows.
  public enum Product: String, CaseIterable, Hashable, Sendable {
    case virtualbox, libvirt, qemu, proxmox, esxi
    case vmwareWorkstation = "vmware-workstation"
    case hyperV = "hyper-v"
    case parallels, utm
    case xcpNG = "xcp-ng"
  }

  /// Which program.
  public let product: Product
  /// Which version of it; behaviours differ by version.
  public let version: HypervisorVersion

  /// A hypervisor of a product and version.
  ///
  /// - Parameter version: the one that is assumed of the product where a document names none.
  public init(product: Product = .virtualbox, version: HypervisorVersion? = nil) {
    self.product = product
    self.version = version ?? product.facts.assumedVersion
  }
}

/// A version such as `7.1`, `7.1.12` or `7.1.6a`.
///
/// What is left out counts as the newest: `7.1` compares like the last release of the 7.1 series.
public struct HypervisorVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The version as written.
  public let text: String
  private let major: Int
  private let minor: Int
  private let patch: Int

  /// A version of one number, such as Proxmox VE's `9`.
  init(major: Int) {
    self.major = major
    minor = Int.max
    patch = Int.max
    text = "\(major)"
  }

  /// A version of two or three numbers.
  public init(major: Int, minor: Int, patch: Int? = nil) {
    self.major = major
    self.minor = minor
    self.patch = patch ?? Int.max
    text = patch.map { "\(major).\(minor).\($0)" } ?? "\(major).\(minor)"
  }

  /// Reads one to three numbers joined by dots, the last with an optional letter; nil for others.
  public init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var numbers: [Int] = []
    for (index, part) in parts.enumerated() {
      var digits = part
      if index == 2, let last = digits.last, last.isASCII, last.isLowercase { digits.removeLast() }
      guard (1...4).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(digits)
      else { return nil }
      numbers.append(number)
    }
    self.text = text
    major = numbers[0]
    minor = numbers.count > 1 ? numbers[1] : Int.max
    patch = numbers.count > 2 ? numbers[2] : Int.max
  }

  /// The version as written.
  public var description: String { text }

  /// By number; the text does not count.
  public static func < (left: HypervisorVersion, right: HypervisorVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// Whether the version is of this release or a later one.
  public func isAtLeast(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
    (self.major, self.minor, self.patch) >= (major, minor, patch)
  }
}
