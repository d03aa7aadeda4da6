/// Where name and value stand in a field line (RFC 9112, section 5).
struct FieldLine {
  let name: Range<Int>
  let value: Range<Int>

  /// Parses a line without its CR LF. Blanks around the value are no part of it.
  init(_ line: borrowing Span<UInt8>) throws(ParseFailure) {
    guard line.count > 0 else { throw .malformedFieldName }
    guard !line[0].isBlank else { throw .foldedField }
    var colon = 0
    while colon < line.count, line[colon].isTokenCharacter { colon += 1 }
    guard colon < line.count else { throw .malformedFieldName }
    guard line[colon] == 0x3A else { throw fault(atEndOfName: line[colon]) }
    guard colon > 0 else { throw .malformedFieldName }
    var start = colon + 1
    var end = line.count
    while start < end, line[start].isBlank { start += 1 }
    while end > start, line[end - 1].isBlank { end -= 1 }
    for index in start..<end where !line[index].isFieldValueCharacter {
      throw line[index] == 0x0D ? .bareCarriageReturn : .controlCharacter
    }
    name = 0..<colon
    value = start..<end
  }
}

private func fault(atEndOfName byte: UInt8) -> ParseFailure {
  if byte.isBlank { return .blankBeforeColon }
  if byte == 0x0D { return .bareCarriageReturn }
  return byte.isControl ? .controlCharacter : .malformedFieldName
}
