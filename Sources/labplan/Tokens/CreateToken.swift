import ArgumentParser
import LabCore
import LabServer
import LabStorage

/// `labplan token create`.
struct CreateToken: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a token, and print its secret, which is not kept and never shown again.",
    discussion: """
      The secret alone goes to standard output, so that it can be put into a file.

      EXAMPLES:
        labplan token create alice --role admin > alice.token
        labplan token create ci --role edit --lab classic --expires-in 90d
      """)

  @Argument(help: "What histories and logs call it: a-z, 0-9 and hyphens. Never given twice.")
  var name: DNSLabel

  @Option(
    help: """
      read: see labs. edit: also change, create and delete them. admin: every lab, and the tokens.
      """)
  var role = AccessRole.read

  @Option(
    help: ArgumentHelp(
      "A lab that it is for, there already or not; as often as wanted. Every lab where left out.",
      valueName: "name"))
  var lab: [DNSLabel] = []

  @Option(
    help: ArgumentHelp(
      "For how long it is good: a number and m, h, d or w, as in 90d. For ever where left out.",
      valueName: "time"))
  var expiresIn: Lifetime?

  @OptionGroup var place: TokenDatabase

  func validate() throws {
    guard role != .admin || lab.isEmpty else {
      throw ValidationError("an admin has every lab; leave --lab out, or make it an edit token")
    }
  }

  func run() throws {
    let secret = TokenSecret.random()
    let now = Timestamp.now
    let token = AccessToken(
      name: name, digest: secret.digest, role: role, labs: lab.isEmpty ? .all : .only(Set(lab)),
      createdAt: now, expiresAt: expiresIn?.end(from: now))
    let creation = try place.withStore { try $0.create(token) }
    guard creation == .created else {
      complain("labplan: there is a token \"\(name)\", or was; names are not given twice")
      throw ExitCode.failure
    }
    waitUntilServicesKnow()
    complain("The token \"\(name)\" was made; this is its secret, shown this once:")
    try StandardOutput.write("\(secret.text)\n".utf8)
  }
}

/// A span of time as the command line has it: `90d`.
struct Lifetime: ExpressibleByArgument {
  private let minutes: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["m": 1, "h": 60, "d": 60 * 24, "w": 60 * 24 * 7]
    guard let unit = argument.last.flatMap({ units[$0] }),
      let count = Int64(argument.dropLast()), (1...1_000_000).contains(count)
    else { return nil }
    minutes = count * unit
  }

  /// When it is over.
  func end(from start: Timestamp) -> Timestamp {
    Timestamp(milliseconds: start.milliseconds + minutes * 60_000)
  }
}
