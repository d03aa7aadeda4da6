/// What is free of a pool, as the fewest prefixes that make it up.
struct FreePrefixes {
  /// **Invariant:** sorted, disjoint, and none could be wider and still be free.
  private(set) var blocks: [IPv4Prefix]

  /// All of some ranges, which have at least one address between two of them.
  init(_ ranges: [AddressRange<IPv4Address>]) {
    blocks = ranges.sorted().flatMap { $0.prefixes() }
  }

  /// The best fitting prefix of a length: in the smallest block that has room for it, the lowest
  /// of equals, so that the wide ones stay whole for as long as possible.
  func bestFit(ofLength length: Int) -> IPv4Prefix? {
    var best: IPv4Prefix?
    for block in blocks where block.length <= length {
      if block.length == length { return block }
      if block.length > best?.length ?? -1 { best = block }
    }
    return best.map { IPv4Prefix(containing: $0.network, length: length) }
  }

  /// Takes a prefix out, wherever it lies.
  mutating func remove(_ prefix: IPv4Prefix) {
    var start = 0
    var end = blocks.count
    while start < end {
      let middle = (start + end) / 2
      if blocks[middle].last < prefix.network { start = middle + 1 } else { end = middle }
    }
    guard start < blocks.count, blocks[start].overlaps(prefix) else { return }
    let block = blocks[start]
    if block.length < prefix.length {
      blocks.replaceSubrange(start...start, with: rest(of: block, without: prefix))
      return
    }
    while end < blocks.count, prefix.contains(blocks[end]) { end += 1 }
    blocks.removeSubrange(start..<end)
  }

  /// A block has one neighbour left of each length between its own and that of the prefix taken
  /// from it.
  private func rest(of block: IPv4Prefix, without prefix: IPv4Prefix) -> [IPv4Prefix] {
    (block.length + 1...prefix.length).map { length in
      let bit: UInt32 = 1 << (32 - UInt32(length))
      return IPv4Prefix(
        containing: IPv4Address(bits: prefix.network.bits ^ bit), length: length)
    }.sorted()
  }
}
