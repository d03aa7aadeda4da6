public import LabCore

/// The best candidate for a question, by trying all of them.
public struct Answer: Sendable {
  /// What it is worth.
  public var objective: Objective
  /// The candidate's document, with the question's requirements.
  public var lab: LabDraft
  /// The fewest requirements that no candidate meets together, by index; none where all are met.
  public var core: [Int]
}

extension CandidateTable {
  /// Holds every candidate with every choice of forwards against a question.
  public mutating func answer(_ question: Question) -> Answer? {
    let reading = Reading(question, machines: setting.machines)
    let rows = rows(within: question.limits)
    var best: (objective: Objective, row: Row, choice: [Int])?
    for row in rows {
      forEachChoice(row, reading) { choice, forwards in
        let (met, exposure) = reading.judge(row.reach, forwards: forwards)
        var objective = row.objective
        objective.unmet = reading.demands.count - met.nonzeroBitCount
        objective.exposure = exposure
        objective.handConfiguration += choice.filter { $0 > 0 }.count
        if let known = best, known.objective <= objective { return }
        best = (objective, row, choice)
      }
    }
    guard let best, var lab = lab(best.row, best.choice, reading) else { return nil }
    let document = question.document(in: setting)
    lab.requirements = document.requirements
    for machine in lab.vms.indices { lab.vms[machine].tags = document.vms[machine].tags }
    let core = best.objective.unmet == 0 ? [] : smallestCore(rows, reading)
    return Answer(objective: best.objective, lab: lab, core: core)
  }

  /// Every choice of forwards: for each wanted port 0 for none, or 1 + a way to lead there.
  private func forEachChoice(
    _ row: Row, _ reading: Reading, _ body: (_ choice: [Int], _ forwards: [PairSet]) -> Void
  ) {
    var choice = [Int](repeating: 0, count: reading.wanted.count)
    var forwards = [PairSet](repeating: 0, count: reading.wanted.count)
    while true {
      body(choice, forwards)
      var place = 0
      while place < choice.count {
        let ways = row.reach.forwards[reading.wanted[place].machine]
        if choice[place] < ways.count {
          forwards[place] = ways[choice[place]]
          choice[place] += 1
          break
        }
        choice[place] = 0
        forwards[place] = 0
        place += 1
      }
      if place == choice.count { return }
    }
  }

  private func lab(_ row: Row, _ choice: [Int], _ reading: Reading) -> LabDraft? {
    let forwards = zip(choice, reading.wanted).compactMap { choice, wanted -> ForwardChoice? in
      guard choice > 0 else { return nil }
      let way = row.ways[wanted.machine][choice - 1]
      return ForwardChoice(
        machine: wanted.machine, adapter: way.adapter,
        transport: wanted.transport == .udp ? .udp : .tcp, guestPort: wanted.port,
        isLoopback: way.isLoopback)
    }
    return setting.draft(of: row.shape, forwards: forwards)
  }

  // MARK: What cannot be met together

  private func smallestCore(_ rows: [Row], _ reading: Reading) -> [Int] {
    var achieved: Set<UInt64> = []
    for row in rows {
      forEachChoice(row, reading) { _, forwards in
        achieved.insert(reading.judge(row.reach, forwards: forwards).met)
      }
    }
    let subsets = (0..<UInt64(1) << UInt64(reading.demands.count)).sorted {
      ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
    }
    let core = subsets.first { subset in !achieved.contains { subset & ~$0 == 0 } } ?? 0
    return reading.demands.indices.filter { core >> UInt64($0) & 1 == 1 }
  }
}
