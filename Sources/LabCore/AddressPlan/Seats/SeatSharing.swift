/// Someone to be given a seat: an address, or a prefix.
struct Claimant {
  /// By its name.
  let key: UInt64
  /// The number that its name ends in.
  let number: UInt64?

  init(name: DNSLabel) {
    var hash = FNV1a()
    var number: UInt64 = 0
    var scale: UInt64 = 0
    for byte in name.text.utf8 {
      hash.combine(byte)
      if (48...57).contains(byte), number < 1 << 40 {
        number = number * 10 + UInt64(byte - 48)
        scale = 1
      } else {
        number = 0
        scale = 0
      }
    }
    key = mixed(hash.value)
    self.number = scale == 1 ? number : nil
  }
}

/// Which seat the number 1 stands for, and how far apart the seats of successive numbers are.
struct Numbering {
  let first: UInt64
  let step: UInt64

  func seat(of number: UInt64) -> UInt64? {
    guard number > 0 else { return nil }
    let (distance, overflow) = (number - 1).multipliedReportingOverflow(by: step)
    return overflow ? nil : first &+ distance
  }
}

/// Shares out seats so that who sits where depends on who is there and not on any order, and that
/// nearly everyone stays when someone comes or goes.
///
/// The answer has the index of each claimant's seat, in their order; nil for those that are left
/// when the seats run out.
///
/// A claimant whose name ends in a number gets the seat of that number where it is among the seats:
/// `web-1` to `web-9` sit in a row. For what is left each seat in turn, the lowest first, draws
/// among all that have none yet: the highest hash of name and seat wins (rendezvous hashing, Thaler
/// and Ravishankar 1998).
///
/// **What moves.** As the seats are always the lowest that are free, someone must move nearly every
/// time: whoever leaves a seat other than the last leaves a hole, and the last has to fill it. That
/// one alone would do only if it mattered in which order others had come and gone. Here an arrival
/// meets one draw at each seat and wins the k-th last with probability 1/k; each win sends one
/// loser on to the next seat, so that of n others 1/2 + 1/3 + … + 1/(n+1), about ln n − 0.4, move:
/// one of 3, four of 50, six of 1,000. In the order of their names it would be n/2. Someone who
/// leaves moves as many. Numbered names move less: a number that comes or goes at the end of its
/// row moves nobody who sits at a number of his own.
///
/// - Parameters:
///   - seats: in ascending order, no more than there are claimants.
///   - claimants: of equal keys the first in this order wins.
func shareOut(
  seats: [UInt64], among claimants: [Claimant], numberedFrom numbering: Numbering
) -> [Int?] {
  var sharing = SeatSharing(seats: seats, claimants: claimants)
  sharing.seatByNumber(numbering)
  sharing.seatByDraw()
  return sharing.result
}

/// How many may draw: each seat looks at all of them, and beyond some ten thousand the time that
/// takes counts for more than who moves.
let drawingLimit = 8_192

private struct SeatSharing {
  let seats: [UInt64]
  let claimants: [Claimant]
  var result: [Int?]
  var isTaken: [Bool]

  init(seats: [UInt64], claimants: [Claimant]) {
    self.seats = seats
    self.claimants = claimants
    result = Array(repeating: nil, count: claimants.count)
    isTaken = Array(repeating: false, count: seats.count)
  }

  mutating func seatByNumber(_ numbering: Numbering) {
    var winner: [Int?] = Array(repeating: nil, count: seats.count)
    for (index, claimant) in claimants.enumerated() {
      guard let number = claimant.number, let wanted = numbering.seat(of: number),
        let seat = self.seat(at: wanted)
      else { continue }
      let draw = SeatDraw(seat: wanted)
      if let other = winner[seat], draw.score(claimants[other].key) >= draw.score(claimant.key) {
        continue
      }
      winner[seat] = index
    }
    for (seat, index) in winner.enumerated() {
      guard let index else { continue }
      result[index] = seat
      isTaken[seat] = true
    }
  }

  private func seat(at value: UInt64) -> Int? {
    var low = 0
    var high = seats.count
    while low < high {
      let middle = (low + high) / 2
      if seats[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < seats.count && seats[low] == value ? low : nil
  }

  mutating func seatByDraw() {
    var waiting = claimants.indices.filter { result[$0] == nil }
    if waiting.count > drawingLimit {
      waiting.sort { (claimants[$0].key, $0) < (claimants[$1].key, $1) }
      for (index, seat) in zip(waiting, isTaken.indices.filter { !isTaken[$0] }) {
        result[index] = seat
      }
      return
    }
    var keys = waiting.map { claimants[$0].key }
    for seat in seats.indices where !isTaken[seat] {
      guard let best = SeatDraw(seat: seats[seat]).winner(among: keys, waiting) else { return }
      result[waiting[best]] = seat
      waiting.swapAt(best, waiting.count - 1)
      keys.swapAt(best, keys.count - 1)
      waiting.removeLast()
      keys.removeLast()
    }
  }
}

/// A seat that draws.
private struct SeatDraw {
  private let key: UInt64

  init(seat: UInt64) {
    key = mixed(seat ^ Self.seed)
  }

  /// Any number would do; with this one the examples of the documentation come out in the order in
  /// which they name their VMs.
  private static let seed: UInt64 = 221

  func score(_ claimant: UInt64) -> UInt64 {
    var score = (claimant ^ key) &* 0xbf58_476d_1ce4_e5b9
    score ^= score >> 29
    return score &* 0x94d0_49bb_1331_11eb
  }

  /// The place of the highest score; of equals that of the lowest order.
  func winner(among keys: [UInt64], _ order: [Int]) -> Int? {
    var best: Int?
    var highest: UInt64 = 0
    for place in keys.indices {
      let score = score(keys[place])
      if score > highest || best == nil {
        best = place
        highest = score
      } else if score == highest, let other = best, order[place] < order[other] {
        best = place
      }
    }
    return best
  }
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): small, and the same on every run.
struct FNV1a {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func combine(_ byte: UInt8) {
    value ^= UInt64(byte)
    value &*= 0x0000_0100_0000_01b3
  }

  mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(byte) }
  }
}

/// A number whose every bit depends on every bit of another (the finalizer of SplitMix64; Steele,
/// Lea, Flood 2014).
private func mixed(_ number: UInt64) -> UInt64 {
  var number = number &+ 0x9e37_79b9_7f4a_7c15
  number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
  number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
  return number ^ number >> 31
}
