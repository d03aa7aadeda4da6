import Foundation

/// Changes the corpus of a target and reads it, over and over.
///
/// Before an input is read it is written to a file, so that a crash leaves it behind.
final class Fuzzer {
  /// An input that broke something.
  struct Finding {
    let property: String
    let input: [UInt8]
  }

  private let target: FuzzTarget
  private var mutator: Mutator
  private var pool: [[UInt8]]
  private var seen: Set<String> = []
  private let current: FileHandle
  private(set) var count = 0

  /// The input that is being read.
  let currentFile: URL

  static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  init(_ target: FuzzTarget, seed: UInt64) throws {
    self.target = target
    mutator = Mutator(seed: seed, words: target.words)
    pool = try Self.inputs(of: target).map(\.bytes)
    currentFile = FileManager.default.temporaryDirectory
      .appendingPathComponent("labplan-fuzz-\(target.name)-\(getpid())")
    FileManager.default.createFile(atPath: currentFile.path, contents: nil)
    current = try FileHandle(forWritingTo: currentFile)
  }

  deinit { try? FileManager.default.removeItem(at: currentFile) }

  var name: String { target.name }

  /// The corpus: what the fuzzer starts with, and what it once found.
  static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    let folder = corpus.appendingPathComponent(target.name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0))))
    }
  }

  /// Goes on until the moment, or until something is found.
  func run(until end: ContinuousClock.Instant) throws -> Finding? {
    while ContinuousClock.now < end {
      let input = mutator.next(from: pool)
      count += 1
      try remember(input)
      let start = ContinuousClock.now
      do {
        let outcome = try target.read(input)
        if seen.insert(outcome).inserted, pool.count < 20_000 { pool.append(input) }
      } catch let broken as FuzzTarget.Broken {
        return Finding(property: broken.property, input: input)
      } catch {
        return Finding(property: "\(error)", input: input)
      }
      // Far beyond what any of these inputs takes, also on a machine that does other things.
      guard start.duration(to: .now) < .seconds(10) else {
        return Finding(property: "it took longer than 10 s", input: input)
      }
    }
    return nil
  }

  private func remember(_ input: [UInt8]) throws {
    try current.truncate(atOffset: 0)
    try current.write(contentsOf: Data(input))
  }

  /// How many different things became of the input so far.
  var outcomes: Int { seen.count }
}
