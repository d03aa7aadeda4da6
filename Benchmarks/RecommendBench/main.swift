import Glibc
import LabCore

// Times recommendations for random questions, and says how many answers are proven: of all sizes,
// or of those whose numbers of VMs are the arguments.

let wantedSizes = CommandLine.arguments.dropFirst().compactMap { Int($0) }
for (machines, requirements, questions) in [
  (3, 5, 100), (6, 10, 50), (12, 20, 50), (30, 60, 5), (100, 200, 3),
] where wantedSizes.isEmpty || wantedSizes.contains(machines) {
  try time(machines: machines, requirements: requirements, questions: questions)
}

func time(machines: Int, requirements: Int, questions: Int) throws {
  var times: [Double] = []
  var proven = 0
  var unmeetable = 0
  for seed in 1...questions {
    let draft = try randomQuestion(
      machines: machines, requirements: requirements, seed: UInt64(seed))
    let lab = try resolve(draft).get()
    let (time, report) = timed(lab)
    times.append(time)
    switch report.proof {
    case .optimal: proven += 1
    case .unmeetable: unmeetable += 1
    case .bound(let bound): say("  question \(seed): " + gap(report, bound))
    }
  }
  times.sort()
  say(
    "\(machines) VMs, \(requirements) requirements: \(rounded(times[times.count / 2])) ms"
      + " (longest \(rounded(times[times.count - 1])) ms); of \(questions) questions \(proven)"
      + " proven, \(unmeetable) unmeetable")
}

/// An answer within two seconds, and how many milliseconds it took.
func timed(_ lab: Lab) -> (Double, RecommendationReport) {
  let clock = ContinuousClock()
  let start = clock.now
  let budget = Budget { clock.now - start < .seconds(2) ? nil : .time }
  let report = recommend(for: lab, effort: .untilStopped, budget: budget)
  let time = (clock.now - start).components
  return (Double(time.seconds) * 1e3 + Double(time.attoseconds) / 1e15, report)
}

func gap(_ report: RecommendationReport, _ bound: LabCost) -> String {
  guard let best = report.best?.cost else { return "nothing found" }
  return "exposure \(best.exposure) with \(best.adapters) adapters, at least"
    + " \(bound.exposure) with \(bound.adapters)"
}

/// At once, also into a pipe.
func say(_ line: String) {
  print(line)
  fflush(nil)
}

/// With two decimal places.
func rounded(_ milliseconds: Double) -> Double { Double(Int(milliseconds * 100 + 0.5)) / 100 }
