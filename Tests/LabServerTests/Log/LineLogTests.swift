import Foundation
import LabStorage
import Logging
import Testing

@testable import LabServer

@Suite struct LineLogTests {
  /// What is read from a pipe while `body` logs to it.
  private func lines(_ body: @Sendable (Logger) -> Void) -> [Substring] {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    let reading = DispatchGroup()
    nonisolated(unsafe) var data = Data()
    DispatchQueue.global().async(group: reading) {
      data = pipe.fileHandleForReading.readDataToEndOfFile()
    }
    let writer = LineWriter(descriptor: descriptor)
    body(Logger(label: "test") { _ in LineLog(to: writer) })
    writer.flush()
    try? pipe.fileHandleForWriting.close()
    reading.wait()
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  @Test func aMessageIsALine() {
    let before = Timestamp.now.text
    let written = lines { logger in
      logger.info("hello")
      logger.debug("not this")
      logger.warning("two\nlines", metadata: ["b": "2", "a": "1"])
      var child = logger
      child[metadataKey: "lab"] = "x"
      child.error("bad", metadata: ["a": "1"])
    }
    #expect(
      written.map { $0.drop { $0 != " " } } == [
        " info hello", " warning two lines a=1 b=2", " error bad a=1 lab=x",
      ])
    for line in written { #expect(line.prefix { $0 != " " } >= before[...]) }
  }

  /// Many threads at once: every line is there, whole, and each thread's in its order.
  @Test func linesOfManyThreadsStayWhole() {
    let (threads, count) = (8, 2000)
    let written = lines { logger in
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for index in 0..<count { logger.info("t=\(thread) i=\(index)") }
      }
    }
    #expect(written.count == threads * count)
    var next = [Int](repeating: 0, count: threads)
    for line in written {
      let numbers = line.split(separator: " ").suffix(2).compactMap { Int($0.dropFirst(2)) }
      guard numbers.count == 2 else {
        Issue.record("a broken line: \(line)")
        return
      }
      #expect(next[numbers[0]] == numbers[1])
      next[numbers[0]] += 1
    }
  }

  /// More than a pipe holds, while nobody reads: the callers go on, and all of it is there later.
  @Test func aReaderThatPausesStopsNobody() {
    let pipe = Pipe()
    let writer = LineWriter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    let count = 5000
    for index in 0..<count { writer.write("line \(index) of a log that nobody reads yet") }
    let reading = DispatchGroup()
    nonisolated(unsafe) var data = Data()
    DispatchQueue.global().async(group: reading) {
      data = pipe.fileHandleForReading.readDataToEndOfFile()
    }
    writer.flush()
    try? pipe.fileHandleForWriting.close()
    reading.wait()
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == count)
    for (index, line) in lines.enumerated() { #expect(line.hasPrefix("line \(index) ")) }
  }

  @Test func aLogThatNobodyTakesStopsNobody() {
    let logger = Logger(label: "test") { _ in LineLog(to: LineWriter(descriptor: -1)) }
    for _ in 0..<10 { logger.info("lost") }
  }
}
