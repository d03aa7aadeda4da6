/// What stands in the place of a secret.
private let mark = "[hidden]"

extension String {
  /// The text without what could be the secret of a token: runs of hexadecimal digits as long as
  /// ``TokenSecret`` and `openssl rand -hex 32` make them, but longer than the names of requests and
  /// traces that may stand in a log.
  var withoutSecrets: String {
    let shortest = 48
    guard utf8.count >= shortest else { return self }
    var kept: [UInt8] = []
    var run: [UInt8] = []
    func isDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    func endRun() {
      kept += run.count < shortest ? run : Array(mark.utf8)
      run.removeAll()
    }
    for byte in utf8 {
      if isDigit(byte) {
        run.append(byte)
      } else {
        endRun()
        kept.append(byte)
      }
    }
    endRun()
    return String(decoding: kept, as: UTF8.self)
  }

  /// A request's target for the log. Parameters that no operation has keep their values for
  /// themselves: `?access_token=…` was meant to be a secret.
  var targetForLog: String {
    guard let start = firstIndex(of: "?") else { return withoutSecrets }
    let items = self[index(after: start)...].split(separator: "&", omittingEmptySubsequences: false)
    let shown = items.map { item -> Substring in
      let name = item.prefix { $0 != "=" }
      let isKnown = name.endIndex == item.endIndex || QueryParameter(rawValue: "\(name)") != nil
      return isKnown ? item : "\(name)=\(mark)"
    }
    return "\(self[...start])\(shown.joined(separator: "&"))".withoutSecrets
  }
}
