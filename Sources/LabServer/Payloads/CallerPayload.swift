import LabCore
import LabFormats
import LabStorage

extension JSONWriter {
  /// Writes the answer of `GET /v1/whoami`.
  mutating func caller(_ caller: Caller) {
    object { writer in
      writer.member("token", caller.token?.text)
      writer.member("role", caller.role.rawValue)
      writer.key("labs")
      switch caller.labs {
      case .all: writer.null()
      case .only(let labs): writer.array(labs.map(\.text).sorted()) { $0.string($1) }
      }
      writer.member("expires_at", caller.expiresAt?.text)
    }
  }
}
