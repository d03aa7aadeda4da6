/// A queue: what came first leaves first, each step in constant time on average.
struct FirstInFirstOut<Element> {
  private var elements: [Element?] = []
  // Invariant: everything before it has left and is nil, everything from it on is not.
  private var head = 0

  var count: Int { elements.count - head }

  /// The element that leaves next.
  var first: Element? { head < elements.count ? elements[head] : nil }

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head * 2 >= elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}
