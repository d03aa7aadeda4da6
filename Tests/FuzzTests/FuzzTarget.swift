/// Something that reads what strangers send.
struct FuzzTarget: Sendable {
  /// Something that must hold and does not.
  struct Broken: Error {
    let property: String

    init(_ property: String) {
      self.property = property
    }
  }

  /// Also the folder of its corpus.
  let name: String
  /// Words of its language.
  let words: [String]
  /// Reads bytes and checks what must hold of the result.
  ///
  /// - Returns: what became of them, in a few words: input that leads to something new is kept and
  ///   changed further.
  let read: @Sendable ([UInt8]) throws -> String

  static let all: [FuzzTarget] = [requests, addresses, json, yaml]
}
