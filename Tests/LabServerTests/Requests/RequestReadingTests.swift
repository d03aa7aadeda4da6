import Foundation
import LabCore
import LabStorage
import TestSupport
import Testing

@testable import LabServer

/// The small readers of header fields, by table.
@Suite struct RequestReadingTests {
  static let tags: [(text: String, weak: EntityTags?, strong: EntityTags?)] = [
    ("*", .any, .any), (" * ", .any, .any),
    ("\"1\"", .versions([1]), .versions([1])),
    ("\"1\",\"2\"", .versions([1, 2]), .versions([1, 2])),
    ("\"1\" , W/\"2\" ,\"3\"", .versions([1, 2, 3]), .versions([1, 3])),
    ("W/\"7\"", .versions([7]), .versions([])),
    ("\"x\"", .versions([]), .versions([])), ("\"\"", .versions([]), .versions([])),
    ("\"01\"", .versions([]), .versions([])), ("\"+1\"", .versions([]), .versions([])),
    ("\"1,2\"", .versions([]), .versions([])),
    ("\"99999999999999999999\"", .versions([]), .versions([])),
    ("\"1\",", .versions([1]), .versions([1])), (",\"1\"", .versions([1]), .versions([1])),
    ("\"1\", ,\"2\"", .versions([1, 2]), .versions([1, 2])),
    (",", nil, nil), ("\"\u{7f}\"", nil, nil), ("\"a b\"", nil, nil),
    ("", nil, nil), ("1", nil, nil), ("\"1", nil, nil), ("w/\"1\"", nil, nil),
    ("\"1\"\"2\"", nil, nil), ("*,\"1\"", nil, nil), ("\"1\", *", nil, nil), ("W/", nil, nil),
  ]

  @Test(arguments: tags)
  func entityTagsAreRead(text: String, weak: EntityTags?, strong: EntityTags?) {
    #expect(EntityTags(text, isWeak: true) == weak)
    #expect(EntityTags(text, isWeak: false) == strong)
  }

  static let weights: [(accept: String, answered: MediaType?)] = [
    ("application/json;q=0.001", .json), ("application/json;q=0.000", nil),
    ("application/json;q=0.0001", nil), ("application/json;q=1.000", .json),
    ("application/json;q=2", .json), ("application/json;q=x, application/yaml", .json),
    ("application/json;version=1;q=0.3,application/yaml;q=0.31", .yaml),
    ("*/*;q=0.1, application/*;q=0.2, application/json;q=0.05", .yaml),
    ("*/json", nil), ("application", nil), ("/", nil), ("application/", nil), (",,", nil),
    ("text/html,", nil), ("", .json),
  ]

  @Test(arguments: weights)
  func weightsDecide(accept: String, answered: MediaType?) {
    #expect(negotiate(accept, among: [.json, .yaml]) == answered)
  }

  @Test func nothingMeansAnything() {
    #expect(negotiate(nil, among: [.csv, .json]) == .csv)
  }

  /// Against Foundation's calendar.
  @Test func momentsAreWrittenAsRFC3339() {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    let edges: [Int64] = [
      0, 1, 999, 1000, -1, -86_400_000, 951_782_399_999, 951_782_400_000, 1_709_164_800_000,
      4_107_542_399_999, 4_107_542_400_000, 253_402_300_799_000,
    ]
    var random = SeededGenerator(seed: 61)
    let moments =
      edges + (0..<500).map { _ in Int64.random(in: -1 << 40...1 << 43, using: &random) }
    for moment in moments {
      // Whole milliseconds as a Double are exact here.
      let date = Date(timeIntervalSince1970: Double(moment) / 1000)
      #expect(Timestamp(milliseconds: moment).text == formatter.string(from: date), "\(moment)")
    }
  }
}
