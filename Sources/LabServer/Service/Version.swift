/// The version of labplan, such as `0.3.0`: `info.version` of `openapi.yaml`, which travels inside the
/// binary, so that both always say the same.
public let labplanVersion: String = {
  let key = Array("\n  version: ".utf8)
  guard let start = openAPIDocument.firstRange(of: key)?.upperBound else { return "unknown" }
  let rest = openAPIDocument[start...].prefix { $0 != UInt8(ascii: "\n") }
  return String(decoding: rest, as: UTF8.self)
}()
