/// Keeps what was used of late, up to a bound: entries are young when they are put in or used, and
/// as soon as the young ones cost half of the bound, the old ones go and the young become old.
///
/// Every step takes constant time on average. What is used again within half the bound stays.
struct TwoGenerations<Key: Hashable, Value> {
  private struct Entry {
    let value: Value
    let cost: Int
  }

  /// What all entries together may cost.
  let bound: Int
  private var young: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var youngCost = 0

  init(bound: Int) {
    self.bound = bound
  }

  /// What is kept for a key.
  mutating func value(for key: Key) -> Value? {
    if let entry = young[key] { return entry.value }
    guard let entry = old.removeValue(forKey: key) else { return nil }
    insert(entry, for: key)
    return entry.value
  }

  /// Whether something is kept for a key; does not count as a use.
  func holds(_ key: Key) -> Bool { young[key] != nil || old[key] != nil }

  /// Keeps a value in the place of any other of its key. One that costs more than half of the
  /// bound is not kept.
  mutating func insert(_ value: Value, for key: Key, cost: Int) {
    old[key] = nil
    insert(Entry(value: value, cost: cost), for: key)
  }

  private mutating func insert(_ entry: Entry, for key: Key) {
    if let former = young.removeValue(forKey: key) { youngCost -= former.cost }
    guard entry.cost <= bound / 2 else { return }
    if youngCost + entry.cost > bound / 2 {
      old = young
      young = [:]
      youngCost = 0
    }
    young[key] = entry
    youngCost += entry.cost
  }
}
