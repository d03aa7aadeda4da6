import ArgumentParser
import LabCore
import LabServer
import LabStorage

/// `labplan token create`.
struct CreateToken: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Create a token and print its secret, which is never shown again.",
    discussion: """
      Only the secret goes to standard output, so you can redirect it to a file.

      The first token of a database changes what the service does: from then on it refuses every \
      request without a token. Create tokens for all clients before you tell the first of them.

      EXAMPLES:
        labplan token create alice --role admin > alice.token
        labplan token create ci --role edit --lab classic --expires-in 90d
      """)

  @Argument(help: "Its name in histories: a-z, 0-9 and hyphens. A name is never used twice.")
  var name: DNSLabel

  @Option(
    help: """
      read: see labs. edit: also create, change and delete them. admin: every lab, also /metrics \
      and /v1/events.
      """)
  var role = AccessRole.read

  @Option(
    help: ArgumentHelp(
      "A lab that it is for, which need not exist yet. Repeatable. Default: every lab.",
      valueName: "name"))
  var lab: [DNSLabel] = []

  @Option(
    help: ArgumentHelp(
      "How long it is valid: a number and m, h, d or w, as in 90d. Default: without end.",
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
    let isNew = !place.exists
    let creation = try place.withStore(creating: true) { store in
      if try store.tokens().isEmpty { announceTheFirst(isNew: isNew) }
      return try store.create(token)
    }
    guard creation == .created else {
      complain("labplan: a token \"\(name)\" exists or existed; choose another name")
      throw ExitCode.failure
    }
    waitUntilServicesKnow()
    complain("Created the token \"\(name)\" in \(place.database). Its secret, shown only once:")
    try StandardOutput.write("\(secret.text)\n".utf8)
  }

  /// Says what changes for everyone who uses the service without a token.
  private func announceTheFirst(isNew: Bool) {
    if isNew { complain("\(place.database) is a new database.") }
    complain(
      """
      This is the first token of \(place.database): from now on the service refuses requests \
      without a token, even after every token was revoked. Create one for each client.
      """)
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
