import LabCore

extension CandidateTable {
  /// The smallest question that the search and the oracle still disagree on, and how.
  public mutating func smallest(_ question: Question) -> (question: Question, sentence: String)? {
    guard case .disagreement(var sentence) = verdict(on: question) else { return nil }
    var smallest = question
    var isShrinking = true
    while isShrinking {
      isShrinking = false
      for candidate in smallest.simpler {
        guard case .disagreement(let found) = verdict(on: candidate) else { continue }
        (smallest, sentence, isShrinking) = (candidate, found, true)
        break
      }
    }
    return (smallest, sentence)
  }
}

extension Question {
  /// Questions that ask for a little less, or more plainly.
  fileprivate var simpler: [Question] {
    var simpler: [Question] = []
    func add(_ change: (inout Question) -> Void) {
      var question = self
      change(&question)
      if question != self { simpler.append(question) }
    }
    for index in requirements.indices { add { $0.requirements.remove(at: index) } }
    add { $0.limits.modes = Set(Hypervisor.Product.virtualbox.words) }
    add { $0.limits.adapters = $0.limits.adapters.map { _ in 4 } }
    for index in requirements.indices {
      add { $0.requirements[index].transport = nil }
      add { $0.requirements[index].port = nil }
      add { $0.requirements[index].allow = nil }
    }
    for machine in tags.indices { add { $0.tags[machine] = [] } }
    return simpler.filter { $0.namesOnlyTagsThatAreThere }
  }

  private var namesOnlyTagsThatAreThere: Bool {
    let known = Set(tags.joined())
    return requirements.allSatisfy { requirement in
      [requirement.from, requirement.to].allSatisfy { selector in
        guard case .tag(let tag)? = selector else { return true }
        return known.contains(tag.text)
      }
    }
  }
}
