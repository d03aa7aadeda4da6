import Glibc
import RecommendationOracle

/// How many questions to ask, and from which seed on: the two arguments.
let arguments = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
let count = arguments.first ?? 20_000
let firstSeed = arguments.dropFirst().first ?? 1

let clock = ContinuousClock()
let start = clock.now

/// Plans every candidate of every setting, two tables at a time.
let tables = await withTaskGroup(of: (Int, CandidateTable).self) { group in
  for (index, setting) in Setting.contest.enumerated() {
    group.addTask { (index, CandidateTable(setting)) }
  }
  var tables: [Int: CandidateTable] = [:]
  for await (index, table) in group { tables[index] = table }
  return Setting.contest.indices.compactMap { tables[$0] }
}
let planned = tables.reduce(0) { $0 + $1.measured }
print("\(planned) candidates in \(tables.count) tables, planned in \(clock.now - start)")

/// Every worker asks the questions of its own tables.
let tallies = await withTaskGroup(of: Tally.self) { group in
  for (index, table) in tables.enumerated() {
    group.addTask {
      let seeds = (0..<count).filter { $0 % tables.count == index }.map { firstSeed + $0 }
      return Tally(asking: table, seeds: seeds.map(UInt64.init))
    }
  }
  var total = Tally()
  for await tally in group { total.add(tally) }
  return total
}
print(tallies.summary)
print("in \(clock.now - start)")
if tallies.hasDisagreements { exit(EXIT_FAILURE) }
