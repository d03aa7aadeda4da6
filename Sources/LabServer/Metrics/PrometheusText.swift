/// Metrics as Prometheus reads them: its text format, version 0.0.4.
struct PrometheusText {
  private(set) var text = ""

  /// What kind of metric it is.
  enum Kind: String {
    case counter, gauge, histogram
  }

  /// What the samples after it are about.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// A value.
  mutating func sample(_ name: String, _ value: some Numeric, _ labels: [(String, String)] = []) {
    text += "\(name)\(written(labels)) \(value)\n"
  }

  /// A histogram, in seconds. Prometheus wants each bound to count what is below it as well.
  mutating func histogram(
    _ name: String, _ histogram: Histogram, _ labels: [(String, String)] = []
  ) {
    var count = 0
    for (bound, more) in zip(Histogram.bounds, histogram.counts) {
      count += more
      sample("\(name)_bucket", count, labels + [("le", "\(seconds(bound))")])
    }
    count += histogram.counts[Histogram.bounds.count]
    sample("\(name)_bucket", count, labels + [("le", "+Inf")])
    sample("\(name)_sum", seconds(histogram.sum), labels)
    sample("\(name)_count", count, labels)
  }

  private func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }

  private func written(_ labels: [(String, String)]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
